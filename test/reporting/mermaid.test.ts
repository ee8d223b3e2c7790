// Plans as Mermaid: every line is of the few forms that any Mermaid draws, whatever the names, and no picture is too large.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { mermaidText } from "../../src/reporting/mermaid.ts";
import { terminalLine } from "../../src/reporting/terminal-text.ts";
import { rehearse } from "../rehearsal.ts";
import { blockersSaying, planSaying } from "./any-report.ts";
import { anyText } from "./any-text.ts";
import { planOf, step } from "./builders.ts";

/**
 * The grammar of what is written, line by line: a node with a quoted label in which nothing but letters, digits, harmless
 * marks and numbered characters stands; an arrow; a class and whom it is given to; one subgraph around the steps of a blocked plan.
 */
const forms = {
  head: /^flowchart TD$/,
  comment: /^ {2}%% plan [\da-f]{32}$/,
  node: /^ {2,4}(n\d+|gate)\["((?:[\p{L}\p{M}\p{N} .,()/—…-]|#\d+;)+)"\]$/u,
  arrow: /^ {2,4}(n\d+|gate) --> (n\d+|steps)$/,
  subgraph: /^ {2}subgraph steps\["steps"\]$/,
  end: /^ {2}end$/,
  classDef:
    /^ {2}classDef (irreversible|weakening|blocked) fill:#[\da-f]{6},stroke:#[\da-f]{6},stroke-width:\dpx(,stroke-dasharray:6 3)?,color:#[\da-f]{6}$/,
  class: /^ {2}class ((?:n\d+)(?:,n\d+)*|gate) (irreversible|weakening|blocked)$/,
};

type Read = {
  readonly labels: ReadonlyMap<string, string>;
  readonly arrows: readonly (readonly [string, string])[];
  readonly classes: ReadonlyMap<string, string>;
};

/** Takes it apart. Throws at a line that is of no form, and at a name that no node has. */
function read(text: string): Read {
  const labels = new Map<string, string>();
  const arrows: (readonly [string, string])[] = [];
  const classes = new Map<string, string>();
  const [head = "", ...lines] = text.trimEnd().split("\n");
  expect(head).toMatch(forms.head);
  for (const line of lines) {
    const node = forms.node.exec(line);
    const arrow = forms.arrow.exec(line);
    const given = forms.class.exec(line);
    if (node !== null)
      labels.set(
        node[1]!,
        node[2]!.replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
      );
    else if (arrow !== null) arrows.push([arrow[1]!, arrow[2]!]);
    else if (given !== null) for (const id of given[1]!.split(",")) classes.set(id, given[2]!);
    else if (![forms.comment, forms.subgraph, forms.end, forms.classDef].some((form) => form.test(line)))
      throw new Error(`no form: ${line}`);
  }
  const known = new Set([...labels.keys(), "steps"]);
  expect([...arrows.flat(), ...classes.keys()].filter((id) => !known.has(id))).toEqual([]);
  return { labels, arrows, classes };
}

describe("a plan as a flowchart", () => {
  it("has a node a step, with what it does, to whom, and what must not be overlooked", () => {
    const plan = planOf({
      steps: [
        step("disable-immutability", { id: "a", name: "rsv-test", weakens: "no more" }),
        step("delete-vault", { id: "b", name: "rsv-test", after: ["a"], irreversible: true }),
        step("prove-absence", { id: "c", name: "rsv-test", after: ["b"] }),
      ],
    });
    const { labels, arrows, classes } = read(mermaidText(plan));
    expect([...labels.values()]).toEqual([
      "disable-immutability — rsv-test — WEAKENS",
      "delete-vault — rsv-test — IRREVERSIBLE",
      "prove-absence — rsv-test",
    ]);
    expect(arrows).toEqual([
      ["n1", "n2"],
      ["n2", "n3"],
    ]);
    expect(Object.fromEntries(classes)).toEqual({ n1: "weakening", n2: "irreversible" });
  });

  it("that is blocked stands behind one gate", () => {
    const { labels, arrows, classes } = read(mermaidText(planOf({ blockers: blockersSaying(["a", "b"]) })));
    expect(labels.get("gate")).toBe("blocked by 2 things");
    expect(arrows).toContainEqual(["gate", "steps"]);
    expect(classes.get("gate")).toBe("blocked");
  });

  it("without steps is a chart without nodes, or the gate alone", () => {
    expect(read(mermaidText(planOf({ steps: [] }))).labels.size).toBe(0);
    expect([...read(mermaidText(planOf({ steps: [], blockers: blockersSaying(["a"]) }))).labels.keys()]).toEqual([
      "gate",
    ]);
  });

  it.each(["kitchen-sink", "small", "backup-vault", "guarded"])(
    "draws world %s in the order in which it runs",
    async (world) => {
      const plan = await rehearse(world).plan();
      const { labels, arrows } = read(mermaidText(plan));
      const order = [...labels.keys()];
      const backwards = arrows.filter(([from, to]) => to !== "steps" && order.indexOf(from) >= order.indexOf(to));
      expect(labels.size).toBeGreaterThan(3);
      expect(backwards).toEqual([]);
    },
  );
});

describe("whatever the names", () => {
  it("every line keeps its form, and a label is read as the name it is", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const plan = planOf({ steps: [step("delete-vault", { name })] });
        const [label = ""] = read(mermaidText(plan)).labels.values();
        const safe = terminalLine(name);
        expect(label).toBe(`delete-vault — ${name.length > 80 ? label.slice("delete-vault — ".length) : safe}`);
        expect(label.startsWith("delete-vault — ")).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a plan of any size", () => {
  const long = "\u202E😀".repeat(60);
  it.each<[string, Plan]>([
    ["of ten steps", planSaying(["vm", long], 10)],
    ["of 400 steps with names of strange characters", planSaying([long], 400)],
    ["of ten thousand steps", planSaying(["vm", long], 10_000)],
    [
      "of ten thousand steps that is blocked",
      planSaying(["vm", long], 10_000, { blockers: blockersSaying(["a"], 5000) }),
    ],
  ])("%s fits what Mermaid draws: 500 arrows, 50,000 characters", (_, plan) => {
    const text = mermaidText(plan);
    expect(text.length).toBeLessThan(50_000);
    expect(read(text).arrows.length).toBeLessThan(500);
    expect(read(text).labels.size).toBeGreaterThan(0);
  });
});
