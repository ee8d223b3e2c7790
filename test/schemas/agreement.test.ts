// What the tool believes of a file is what its schema says of it: both take and refuse the same documents, but for the
// differences that are named here.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventShape } from "../../src/journal/event-shape.ts";
import type { RecordedEvent } from "../../src/model/event.ts";
import type { InventoryEntry, Plan } from "../../src/model/plan.ts";
import { consents, type Step } from "../../src/model/step.ts";
import { planShape } from "../../src/planning/plan-shape.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { commandLineHere } from "../cli/command-line.ts";
import { rehearse } from "../rehearsal.ts";
import {
  accepted,
  ended,
  failed,
  intended,
  planOf,
  recorded,
  skipped,
  started,
  step,
  verified,
} from "../reporting/builders.ts";
import { lacking, mutated, pathOfEachForm } from "../trust/mutations.ts";
import { planBack, tornDown } from "../way-back.ts";
import { wrongBySchema } from "./published.ts";

const isTakenPlan = (document: unknown): boolean => planShape.wrong(document) === undefined;
const isTakenEvent = (document: unknown): boolean => eventShape.wrong(document) === undefined;

/** Every event with every member it may have. */
const events: readonly RecordedEvent[] = recorded(
  started,
  { type: "run-resumed", run: "r-1", verified: 1, inDoubt: 2 },
  intended("s"),
  { ...accepted("s"), operation: "o", correlationId: "c", acceptedAt: "2026-11-21T08:00:00.000Z" } as never,
  { type: "step-retried", step: "s", attempt: 1, delaySeconds: 1.5, because: "b" },
  { type: "request-retried", delaySeconds: 2, because: "b" },
  verified("s"),
  failed("s", { correlationId: "c", until: "u", retryAfterSeconds: 3 }),
  skipped("s", "b"),
  ended(4, {
    outcome: { kind: "soft-deleted", until: "u", assumption: "a", evidence: ["e"], notShown: ["n"] },
    resumeAfter: "u",
    reason: "r",
    notPutBack: ["l"],
  }),
);

type Path = readonly (string | number)[];

/** A copy of the document that has the value at the path. */
function having(document: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  const copy: Record<string | number, unknown> = Array.isArray(document)
    ? ([...(document as unknown[])] as never)
    : { ...(document as object) };
  copy[name] = having(copy[name], rest, value);
  return copy;
}

const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, [], {}, ["x"], { x: 1 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ minLength: 1 }),
  fc.constantFrom("soft", "purge", "delete-item", "vault", "exists", "run-ended", "2026-01-31T08:00:00.000Z"),
);

/**
 * What the schemas let pass and the tool does not: an id that is empty (an id is a text to a schema, and most are checked by
 * what they name), and a time that no calendar has (a schema sees its form). The other way round there is nothing.
 */
const onlyTheToolRefuses: readonly (readonly [Path, unknown])[] = [
  [["vault", "id"], ""],
  [["inventory", 0, "id"], ""],
  [["steps", 0, "target"], ""],
  [["createdAt"], "2026-13-31T08:00:00.000Z"],
];

/** The same document with one entry of each form in its long lists: neither shape nor schema looks at two together. */
function oneOfEachForm(plan: Plan): Plan {
  const formOf = (entry: InventoryEntry | Step): string =>
    [entry.kind, Object(entry).action, ...Object.keys(entry)].join(" ");
  const cut = <T extends InventoryEntry | Step>(entries: readonly T[]): readonly T[] => [
    ...new Map(entries.map((entry) => [formOf(entry), entry])).values(),
  ];
  return { ...plan, inventory: cut(plan.inventory), steps: cut(plan.steps) };
}

async function documents(): Promise<readonly (readonly [string, unknown, (document: unknown) => boolean])[]> {
  const plan = await rehearse("kitchen-sink").plan({ consents }, true);
  const back = await tornDown("classic", { consents });
  return [
    ["plan", oneOfEachForm(plan), isTakenPlan],
    ["plan", oneOfEachForm(await rehearse("guarded").plan({ strategy: "purge", consents })), isTakenPlan],
    ["plan", await planBack(back.rehearsal, back.plan, back.events), isTakenPlan],
    ...events.map((event) => ["event", event, isTakenEvent] as const),
  ].map(([name, document, isTaken]) => [name, JSON.parse(JSON.stringify(document)), isTaken] as never);
}

/** Members that only some of those documents have. */
const mayLack: ReadonlySet<string> = new Set(
  [
    "acceptedAt assumption at backupEngine because before billingEndsAt blockers code container correlationId counts daysLeft deletedAt",
    "differences disposition evidence exitCode firstPurge held is items lastEventAt lastRecoveryPoint managementType message notPutBack",
    "notShown of outcome plan policy purgeAt reason recover recovery remains remedy resumable resumeAfter retries sourceId startedAt stops until",
    "waitedFor waits was workload",
  ].flatMap((names) => names.split(" ")),
);

async function printed(): Promise<readonly (readonly [string, unknown])[]> {
  const done = await tornDown("classic", { consents });
  const run = runDocument("r", done.plan, done.events, ["--state-dir", "s"]);
  const failing = runDocument("r-1", planOf({ steps: [step("delete-vault", { id: "s" })] }), events);
  const answers = { blockers: [{ code: "c", subject: "s", reason: "r", fix: "f", who: "w", until: "u" }] };
  const difference = { change: "changed", kind: "vault", name: "n", id: "i", was: "a", is: "b" };
  const about = { formatVersion: 1, exitCode: 6, reason: "r", plan: "p", before: [run], differences: [difference] };
  const { stdout } = await commandLineHere(["deleted", "--emulator", "recorded-deleted-vault", "--format", "json"]);
  const inVault = ["--emulator", "recorded-soft-deletion", "--vault", rehearse("recorded-soft-deletion").vault.id];
  const contents = await commandLineHere(["deleted", ...inVault, "--format", "json"]);
  return [
    ["run", { ...run, before: [failing] }],
    ["answer", { ...about, ...answers }],
    ["deleted-vaults", JSON.parse(stdout)],
    ["deleted-contents", JSON.parse(contents.stdout)],
    ["emulator", { url: "u", world: "w", vaults: ["v"] }],
  ].map(([name, document]) => [name, JSON.parse(JSON.stringify(document))] as never);
}

describe("the shapes that are believed and the published schemas", () => {
  it("take the same documents, and refuse them with anything in them missing, unknown or of another type", async () => {
    let compared = 0;
    for (const [name, document, isTaken] of await documents()) {
      expect([isTaken(document), wrongBySchema(name, document)]).toEqual([true, ""]);
      for (const path of pathOfEachForm(document)) {
        const wrongs = ["null", "another type", "unknown", "__proto__"].map(
          (how) => mutated(document, path, how).document,
        );
        for (const wrong of wrongs)
          expect([isTaken(wrong), wrongBySchema(name, wrong) === ""], path.join(".")).toEqual([false, false]);
        const less = lacking(document, path);
        if (less !== undefined) expect(wrongBySchema(name, less) === "", path.join(".")).toBe(isTaken(less));
        compared += wrongs.length + 1;
      }
    }
    expect(compared).toBeGreaterThan(2000);
  });

  it("refuse anything wrong in documents that are only printed: runs, answers, what is deleted", async () => {
    for (const [name, document] of await printed()) {
      expect(wrongBySchema(name, document)).toBe("");
      for (const path of pathOfEachForm(document)) {
        for (const how of ["null", "another type", "unknown", "__proto__"])
          expect(
            wrongBySchema(name, mutated(document, path, how).document),
            `${name} ${path.join(".")} ${how}`,
          ).not.toBe("");
        const less = lacking(document, path);
        const isNeeded = less !== undefined && !mayLack.has(String(path.at(-1)));
        if (isNeeded) expect(wrongBySchema(name, less), `${name} without ${path.join(".")}`).not.toBe("");
      }
    }
  });

  it("agree on documents that have any value anywhere", async () => {
    const all = await documents();
    const cases = all.map(([name, document, isTaken]) => ({
      name,
      document,
      isTaken,
      paths: pathOfEachForm(document),
    }));
    fc.assert(
      fc.property(fc.nat(), fc.nat(), anyValue, (which, where, value) => {
        const { name, document, isTaken, paths } = cases[which % cases.length]!;
        const changed = having(document, paths[where % paths.length]!, value);
        expect(wrongBySchema(name, changed) === "").toBe(isTaken(changed));
      }),
      { numRuns: 3000 },
    );
  });

  it("differ in nothing but an empty id and a day that no calendar has", async () => {
    const [, plan] = (await documents())[0]!;
    for (const [path, value] of onlyTheToolRefuses) {
      const changed = having(plan, path, value);
      expect([isTakenPlan(changed), wrongBySchema("plan", changed)], path.join(".")).toEqual([false, ""]);
    }
  });

  it("both take the end of a run of an earlier version, which did not know what was not shown", () => {
    const end = JSON.parse(JSON.stringify(events.at(-1))) as unknown;
    const earlier = lacking(end, ["outcome", "notShown"]);
    expect([isTakenEvent(earlier), wrongBySchema("event", earlier)]).toEqual([true, ""]);
  });
});
