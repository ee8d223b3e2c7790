// Pages of every list that planning reads: one that comes twice, one that leads to itself, one that has vanished, one that is never told of.

import { describe, expect, it } from "vitest";
import type { Fault, WorldFault } from "../../src/emulator/faults/fault.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Plan } from "../../src/model/plan.ts";
import { consents } from "../../src/model/step.ts";
import { rehearse } from "../rehearsal.ts";

const paged = { ...loadWorld("kitchen-sink"), pageSize: 1 };
const options = { consents } as const;

const whole = rehearse(paged);
const plan = await whole.plan(options);
/** Path and filter of every list that came in more than one page. */
const lists = [
  ...new Map(
    whole.emulator
      .requests()
      .filter(({ url }) => url.includes("skiptoken"))
      .map(({ url }) => {
        const { pathname, searchParams } = new URL(url);
        const filter = searchParams.get("$filter") ?? "";
        const path = decodeURIComponent(pathname);
        return [`${path.slice(path.lastIndexOf("/") + 1)} ${filter}`.trim(), { path, query: filter }] as const;
      }),
  ),
];

type Asked = { readonly path: string; readonly query: string };

function planWith(fault: Fault, { path, query }: Asked, more: Partial<WorldFault> = {}) {
  return rehearse({ ...paged, faults: [{ match: { method: "GET", path, query }, fault, ...more }] }).plan(options);
}

/** A list of what the vault needs gone blocks; one of what only stays behind, or was backed up, is said to be unread. */
function expectSaid(short: Plan, refusal: RegExp): void {
  if (short.expectedOutcome.kind === "blocked") expect(JSON.stringify(short.blockers)).toMatch(refusal);
  else expect(JSON.stringify([short.warnings, short.remains, short.inventory])).toMatch(refusal);
}

describe.each(lists)("the list %s", (_name, asked) => {
  it("makes the same plan where a page comes twice", async () => {
    expect(await planWith({ kind: "repeated-page" }, asked)).toEqual(plan);
  });

  it("is a gap, and no endless run, where a page leads to itself", async () => {
    expectSaid(
      await planWith({ kind: "repeated-page" }, asked, { times: "always" }),
      /goes on without end|EndlessList/,
    );
  });

  it("is a gap where a page has vanished when it is asked for", async () => {
    expectSaid(await planWith({ kind: "gone" }, asked, { from: 2, times: "always" }), /NotFound|not found/);
  });
});

describe("pages that nobody is told of", () => {
  it("were read from every list there is, so that this is about all of them", () => {
    expect(lists.length).toBeGreaterThanOrEqual(10);
  });

  it("keep the vault, and everything the plan does not name: what Azure still holds is refused", async () => {
    const items = { path: "*/backupProtectedItems", query: "" };
    const { blockers, ...short } = await planWith({ kind: "lost-pages" }, items);
    expect(short.steps.length).toBeLessThan(plan.steps.length);
    expect(blockers).toEqual([]);
    const rehearsal = rehearse(paged);
    const { result, events } = await rehearsal.run({ ...short, blockers });
    // What the plan does not know holds a container: a person has to plan again.
    expect(result.exitCode).toBe(3);
    expect(events.flatMap((event) => (event.type === "step-failed" ? [event.code] : []))).toContain(
      "BMSUserErrorContainerHasDatasources",
    );
    expect(rehearsal.emulator.world().vaults).toHaveLength(1);
    const targets = short.steps.map(({ target }) => target.toLowerCase());
    const deleted = rehearsal.writes().filter((write) => write.startsWith("DELETE ") && /protectedItems/i.test(write));
    expect(deleted.filter((write) => !targets.includes(write.slice("DELETE ".length).toLowerCase()))).toEqual([]);
  });
});
