// Reports as JUnit XML: what a strict parser and the schema accept, and never a case that passed without proof.

import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { junitReport } from "../../src/reporting/junit.ts";
import type { Report } from "../../src/reporting/report.ts";
import { terminalLine } from "../../src/reporting/terminal-text.ts";
import { rehearse } from "../rehearsal.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { answerSaying, blockersSaying, planSaying, reportsSaying, runReport } from "./any-report.ts";
import { anyText } from "./any-text.ts";
import { accepted, ended, failed, intended, planOf, recorded, skipped, started, verified } from "./builders.ts";

type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: Element[];
  text: string;
};

/** Throws at anything that is not well-formed XML 1.0. */
function xml(text: string): Element {
  const root: Element = { name: "", attributes: {}, inside: [], text: "" };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, inside: [], text: "" };
    open.at(-1)!.inside.push(element);
    open.push(element);
  });
  parser.on("text", (said) => {
    open.at(-1)!.text += said;
  });
  parser.on("closetag", () => open.pop());
  parser.write(text).close();
  return root.inside[0]!;
}

/** The schema that Jenkins publishes, as far as it is used: the elements within each, in their order, and its attributes. */
const schema: Readonly<
  Record<string, { readonly inside: RegExp; readonly needs: readonly string[]; readonly may: readonly string[] }>
> = {
  testsuites: { inside: /^(testsuite )*$/, needs: ["name", "time", "tests", "failures", "errors"], may: [] },
  testsuite: {
    inside: /^(properties )?(testcase )*$/,
    needs: ["name", "tests", "failures", "errors", "skipped", "time"],
    may: ["timestamp"],
  },
  properties: { inside: /^(property )*$/, needs: [], may: [] },
  property: { inside: /^$/, needs: ["name", "value"], may: [] },
  testcase: { inside: /^(skipped |failure )?(system-out )?$/, needs: ["name", "classname", "time"], may: [] },
  skipped: { inside: /^$/, needs: ["message"], may: [] },
  failure: { inside: /^$/, needs: ["type", "message"], may: [] },
  "system-out": { inside: /^$/, needs: [], may: [] },
};

function expectValid(element: Element): void {
  const { name, attributes, inside } = element;
  const rule = schema[name];
  expect(rule, name).toBeDefined();
  expect(inside.map((one) => `${one.name} `).join("")).toMatch(rule!.inside);
  const given = Object.keys(attributes);
  expect(rule!.needs.filter((needed) => !given.includes(needed))).toEqual([]);
  expect(given.filter((one) => ![...rule!.needs, ...rule!.may].includes(one))).toEqual([]);
  if (attributes["time"] !== undefined) expect(attributes["time"]).toMatch(/^\d+\.\d{3}$/);
  if (attributes["timestamp"] !== undefined)
    expect(attributes["timestamp"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  for (const one of inside) expectValid(one);
}

/** What the attributes say is what there is. */
function expectCounted(root: Element): void {
  const cases = (suite: Element): readonly Element[] => suite.inside.filter(({ name }) => name === "testcase");
  const having = (suites: readonly Element[], what: string): string =>
    String(suites.flatMap(cases).filter(({ inside }) => inside.some(({ name }) => name === what)).length);
  for (const suite of root.inside) {
    expect(suite.attributes).toMatchObject({
      tests: String(cases(suite).length),
      failures: having([suite], "failure"),
      skipped: having([suite], "skipped"),
      errors: "0",
    });
  }
  expect(root.attributes).toMatchObject({
    tests: String(root.inside.flatMap(cases).length),
    failures: having(root.inside, "failure"),
  });
}

function read(report: Report): Element {
  const root = xml(junitReport(report));
  expectValid(root);
  expectCounted(root);
  return root;
}

type Told = { readonly suite: string; readonly name: string; readonly result: string; readonly said: string };

function casesOf(report: Report): readonly Told[] {
  return read(report).inside.flatMap((suite) =>
    suite.inside
      .filter(({ name }) => name === "testcase")
      .map(({ attributes, inside }) => {
        const [first] = inside.filter(({ name }) => name !== "system-out");
        return {
          suite: suite.attributes["name"]!,
          name: attributes["name"]!,
          result: first?.name ?? "passed",
          said: `${first?.attributes["type"] ?? ""} ${first?.attributes["message"] ?? ""} ${first?.text ?? ""}`.trim(),
        };
      }),
  );
}

const plan = planOf();

describe("a run", () => {
  it("has a suite an action and a case a step, with what became of it", () => {
    const report = runReport(
      plan,
      intended("delete-item-1"),
      accepted("delete-item-1"),
      verified("delete-item-1"),
      intended("delete-item-2"),
      failed("delete-item-2", { correlationId: "c-42" }),
      skipped("delete-vault-1", "delete-item-2"),
      ended(5),
    );
    expect(casesOf(report)).toEqual([
      { suite: "delete-item", name: "delete-item-1 vm-1", result: "passed", said: "" },
      {
        suite: "delete-item",
        name: "delete-item-2 vm-2",
        result: "failure",
        said: "Busy failed: another operation runs Busy: another operation runs\nto do: run the same command again\ncorrelation id: c-42",
      },
      {
        suite: "delete-vault",
        name: "delete-vault-1 rsv-test",
        result: "skipped",
        said: "skipped because of delete-item-2",
      },
      expect.objectContaining({ suite: "outcome", result: "failure" }),
    ]);
  });

  it("takes as long as from a step's beginning to its end, by the clock of the journal", () => {
    const root = read(
      runReport(plan, intended("delete-item-1"), accepted("delete-item-1"), verified("delete-item-1"), ended(5)),
    );
    const [suite] = root.inside;
    expect(suite?.attributes).toMatchObject({ name: "delete-item", time: "120.000", timestamp: "2026-11-21T08:01:00" });
    expect(suite?.inside[1]?.attributes).toMatchObject({ time: "120.000", classname: "vault-teardown.delete-item" });
    expect(root.attributes["time"]).toBe("240.000");
  });

  it("passes no step that was not proved: neither those not begun, nor those under way", () => {
    const report = runReport(plan, intended("delete-item-1"), accepted("delete-item-1"), intended("delete-item-2"));
    expect(casesOf(report).map(({ result, said }) => [result, said])).toEqual([
      ["skipped", "accepted by Azure; not yet proved"],
      ["skipped", "begun; what became of it is not known"],
      ["skipped", "not reached: the run did not come to it"],
      ["failure", expect.stringContaining("unfinished")],
    ]);
  });

  it.each([1, 3, 4, 5, 130])("that ended %i has a failure, even where no step failed", (exitCode) => {
    expect(casesOf(runReport(plan, ended(exitCode))).filter(({ result }) => result === "failure")).toHaveLength(1);
  });

  it("that left something open fails for it", () => {
    const report = runReport(plan, ended(5, { notPutBack: ["restore-lock-1 keep: az lock create"] }));
    expect(casesOf(report).at(-1)).toMatchObject({
      result: "failure",
      name: "put back: restore-lock-1 keep: az lock create",
    });
  });

  it("that took the vault away passes throughout, and carries its proof", async () => {
    const rehearsal = rehearse("small");
    const made = await rehearsal.plan();
    const { events } = await rehearsal.run(made);
    const report: Report = { about: "run", plan: made, run: runDocument("r", made, events), events: () => events };
    expect(new Set(casesOf(report).map(({ result }) => result))).toEqual(new Set(["passed"]));
    expect(junitReport(report)).toContain("<system-out>");
  });
});

describe("a plan", () => {
  it("that is blocked fails its gates, and passes no step", () => {
    const blockers = blockersSaying(["ScopeLocked", "the lock", "it is locked", "remove it", "its owner"], 1);
    const cases = casesOf({ about: "plan", plan: planOf({ blockers }) });
    expect(cases[0]).toEqual({
      suite: "gates",
      name: "ScopeLocked: the lock",
      result: "failure",
      said: "ScopeLocked it is locked it is locked\nabout: the lock\nto do: remove it\nwho: its owner\nwhat it means: vault-teardown explain ScopeLocked\nnot before: 2026-12-05T08:00:00.000Z",
    });
    expect(new Set(cases.slice(1).map(({ result }) => result))).toEqual(new Set(["skipped"]));
  });

  it("that can be carried out passes its gates alone", () => {
    expect(
      casesOf({ about: "plan", plan })
        .filter(({ result }) => result === "passed")
        .map(({ suite }) => suite),
    ).toEqual(["gates"]);
  });
});

describe("an answer", () => {
  it("that there is nothing to do is a case that passed", () => {
    const answer = { exitCode: 0, reason: "nothing to do: rsv-test is not there" };
    expect(casesOf({ about: "answer", answer })).toEqual([
      { suite: "gates", name: "nothing to do: rsv-test is not there", result: "passed", said: "" },
    ]);
  });

  it("of drift fails a case for every difference, and for every blocker", () => {
    const cases = casesOf(answerSaying(["a"], 3));
    expect(cases).toHaveLength(6);
    expect(new Set(cases.map(({ result }) => result))).toEqual(new Set(["failure"]));
  });

  it("that it cannot go on fails, without anything to point at", () => {
    expect(casesOf({ about: "answer", answer: { exitCode: 3, reason: "no way" } })).toMatchObject([
      { result: "failure", name: "no way" },
    ]);
  });

  it("tells of the runs before", () => {
    const before = [runDocument("r-0", plan, recorded(started, verified("delete-item-1"), ended(5)))];
    const suites = read({ about: "answer", answer: { exitCode: 3, reason: "blocked", before } }).inside;
    expect(suites.map(({ attributes }) => attributes["name"])).toEqual([
      "delete-item",
      "delete-vault",
      "outcome",
      "gates",
    ]);
  });
});

describe("whatever the names", () => {
  it("a report is well-formed, valid, counted right, and read as the names are", () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (texts) => {
        for (const report of reportsSaying(texts)) read(report);
        const [, first] = casesOf({ about: "plan", plan: planSaying(texts) });
        expect(first?.name).toBe(terminalLine(`delete-item-1 ${texts[0]}`));
      }),
      { numRuns: 300 },
    );
  });
});
