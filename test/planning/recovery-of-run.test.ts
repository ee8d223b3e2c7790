// What a teardown's run took away, and of that what a recovery brings back and what a person has to do.

import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { actions, consents, type Step } from "../../src/model/step.ts";
import { rememberedIn, undoingOf, unlistedContainers } from "../../src/planning/recovery-of-run.ts";
import { lossOf } from "../../src/dependencies/recovery/by-hand.ts";
import { deletedVault } from "../dependencies/recovery/wishes.ts";
import { rehearse } from "../rehearsal.ts";
import { once } from "./made-once.ts";

const everything = once(() => rehearse("kitchen-sink").plan({ consents }));
const all = (): boolean => true;
const softDeletions: readonly Step["action"][] = ["delete-item", "delete-instance", "unregister-container"];

function isKept({ action, irreversible }: Step): boolean {
  return softDeletions.includes(action) && !irreversible;
}

describe("of a run that did everything", () => {
  it("wants back what is kept, and nothing that is destroyed", async () => {
    const plan = await everything();
    const { wanted } = undoingOf(plan, all);
    expect(wanted.toSorted()).toEqual(
      plan.steps
        .filter(isKept)
        .map(({ target }) => target)
        .toSorted(),
    );
  });

  it("names every step by which something is lost for good, each sort once, with what to do", async () => {
    const plan = await everything();
    const { byHand } = undoingOf(plan, all);
    expect(new Set(byHand.map(({ what }) => what)).size).toBe(byHand.length);
    for (const { subjects, todo } of byHand) {
      expect(subjects.length).toBeGreaterThan(0);
      expect(todo).not.toBe("");
    }
    const named = byHand.flatMap(({ subjects }) => subjects);
    const destroyed = plan.steps.filter(({ action, irreversible }) => action === "delete-item" && irreversible);
    expect(named).toEqual(expect.arrayContaining(destroyed.map(({ name }) => name)));
  });

  it("does not name a lock that the run itself put back", async () => {
    const plan = await everything();
    const back = plan.steps.filter(({ undoes }) => undoes !== undefined);
    expect(back.length).toBeGreaterThan(0);
    expect(undoingOf(plan, all).byHand.map(({ what }) => what)).not.toContain("locks that went with what they were on");
    const notBack = undoingOf(plan, ({ undoes }) => undoes === undefined).byHand;
    expect(notBack.map(({ what }) => what)).toContain("locks that went with what they were on");
  });
});

it("of a run that did nothing, nothing is wanted and nothing is lost", async () => {
  expect(undoingOf(await everything(), () => false)).toEqual({ wanted: [], byHand: [] });
});

it("every action that takes something away says what a person does about it, in one line without a break", async () => {
  const { vault } = await everything();
  const given = { id: "x", kind: "vault", target: "/x", name: "x", after: [], reason: "x", permissions: [] };
  for (const action of actions) {
    const loss = lossOf({ ...given, action, irreversible: true } as unknown as Step);
    if (loss !== undefined) expect([action, loss.what, loss.todo(vault)].join(" ")).toMatch(/^[^\n]{20,}$/);
  }
});

describe("what a deleted vault is remembered to hold", () => {
  const remembered = async (plan: Plan) => rememberedIn(plan, undoingOf(plan, all).wanted, deletedVault);

  it("is soft-deleted, with the date until which the plan kept it", async () => {
    const plan = await everything();
    const items = (await remembered(plan)).filter(({ kind }) => kind === "protected-item");
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(item).toMatchObject({ softDeleted: true, state: "SoftDeleted" });
    const until = new Map(plan.remains.map(({ subject, until: date }) => [subject, date]));
    for (const item of items) expect(item).toMatchObject({ purgeAt: until.get(item.id) ?? deletedVault.purgeAt });
  });

  it("has its containers soft-deleted where data is in them, and unregistered where none is", async () => {
    const states = (await remembered(await everything()))
      .filter(({ kind }) => kind === "workload-container" || kind === "storage-container")
      .map(({ name, state }) => [name, state] as const);
    expect(states).toContainEqual(["vm-sql-01", "SoftDeleted"]);
    expect(states).toContainEqual(["stfilesneu01", "Unregistered"]);
  });

  it("carries nothing that the teardown's plan said about it", async () => {
    for (const resource of await remembered(await everything())) {
      expect(resource).not.toHaveProperty("note");
      expect(resource).not.toHaveProperty("loss");
    }
  });
});

it("containers that the run unregistered and no list has are remembered as unregistered, and no others", async () => {
  const plan = await everything();
  const { wanted } = undoingOf(plan, all);
  const [listed, ...others] = plan.inventory.filter(({ kind }) => kind === "workload-container");
  const found = unlistedContainers(plan, wanted, listed === undefined ? [] : [listed]);
  expect(found.map(({ id }) => id)).not.toContain(listed?.id);
  expect(found.filter(({ kind }) => kind === "workload-container").length).toBeGreaterThan(0);
  expect(found.length).toBeLessThanOrEqual(others.length + 10);
  for (const { state } of found) expect(state).toBe("Unregistered");
});
