// What a teardown's run took away, and of that what a recovery brings back and what a person has to do.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { ResourceGuard } from "../../src/model/resource.ts";
import { actions, consents, type Step } from "../../src/model/step.ts";
import { rememberedIn, undoingOf, unlistedContainers } from "../../src/planning/recovery-of-run.ts";
import { lossOf } from "../../src/dependencies/recovery/by-hand.ts";
import { instance, policy } from "../dependencies/backup-vault/builders.ts";
import {
  fileShare,
  marsServer,
  softDelete,
  softDeleted,
  sqlServer,
  stepOn,
  storageAccount,
  vault,
  vmContainer,
  vmItem,
} from "../dependencies/builders.ts";
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

describe("of single steps", () => {
  const doing = async (steps: readonly Step[]): Promise<Plan> => ({ ...(await everything()), steps });
  const deletion = stepOn(instance("db"), "delete-instance");
  const final = { ...deletion, irreversible: true };
  const data = "backup data that was destroyed for good";

  it("an instance that is kept is wanted back, and is no loss", async () => {
    expect(undoingOf(await doing([deletion]), all)).toEqual({ wanted: [deletion.target], byHand: [] });
  });

  it("an instance that the plan took for lost is wanted back where Azure lists it, and is lost where it does not", async () => {
    const plan = await doing([final]);
    const listed = { isKept: (target: string) => target === final.target, stands: () => false };
    expect(undoingOf(plan, all, listed)).toEqual({ wanted: [final.target], byHand: [] });
    expect(undoingOf(plan, all, { isKept: () => false, stands: () => true })).toEqual({ wanted: [], byHand: [] });
    const { wanted, byHand } = undoingOf(plan, all);
    expect(wanted).toEqual([]);
    expect(byHand).toMatchObject([{ what: data, subjects: ["db"] }]);
  });

  it("a setting is lost by the name of its vault, and what only looks is no loss", async () => {
    const plan = await doing([stepOn(softDelete("Enabled"), "disable-soft-delete"), stepOn(vault(), "recheck")]);
    expect(undoingOf(plan, all).byHand).toEqual([
      {
        what: "soft delete of the vault",
        subjects: [plan.vault.name],
        todo: expect.stringContaining("--soft-delete-feature-state Enable"),
      },
    ]);
  });

  it("of one sort is one loss, that names each thing once", async () => {
    const other = { ...stepOn(vmItem("vm-9"), "delete-item"), irreversible: true };
    const plan = await doing([final, other, final]);
    expect(undoingOf(plan, all).byHand).toMatchObject([{ what: data, subjects: ["db", "vm-9"] }]);
  });
});

describe("of a small vault that was deleted", () => {
  const guard: ResourceGuard = {
    kind: "resource-guard",
    id: armId("/vaults/v/proxies/p"),
    name: "p",
    state: "Enabled",
    guard: armId("/guards/g"),
    operations: [],
  };
  const db = instance("db");
  const inventory = [vault(), guard, db, instance("left"), marsServer("m"), softDelete("Enabled"), policy("daily")];
  const wanted = [db, marsServer("m"), policy("daily")].map(({ id }) => id);
  const small = async (more: Partial<Plan> = {}): Promise<Plan> => ({
    ...(await everything()),
    inventory,
    remains: [],
    ...more,
  });

  it("the vault, its guard and the wanted instances are remembered, and nothing else", async () => {
    expect(rememberedIn(await small(), wanted, deletedVault)).toStrictEqual([
      { ...vault(), state: "SoftDeleted" },
      guard,
      { ...db, state: "SoftDeleted", softDeleted: true, purgeAt: deletedVault.purgeAt },
    ]);
  });

  it("an instance has the date of the plan before that of the vault, and none where neither is known", async () => {
    const dated = await small({ remains: [{ what: "x", subject: armId(db.id.toUpperCase()), until: "2026-12-01" }] });
    expect(rememberedIn(dated, [db.id], deletedVault)).toContainEqual(
      expect.objectContaining({ purgeAt: "2026-12-01" }),
    );
    const undated = rememberedIn(await small(), [db.id], { id: deletedVault.id });
    expect(undated.find(({ id }) => id === db.id)).toStrictEqual({ ...db, state: "SoftDeleted", softDeleted: true });
  });

  it("a container is soft-deleted while any soft-deleted item is in it", async () => {
    const [account, host] = [storageAccount("st1"), sqlServer("sql-1")];
    const kept = { ...fileShare("st1", "share"), ...softDeleted, container: armId(account.id.toUpperCase()) };
    const plan = await small({ inventory: [account, host, kept, vmItem("vm-1")] });
    const states = rememberedIn(plan, [account.id, host.id], deletedVault).map(({ name, state }) => [name, state]);
    expect(states).toEqual([
      ["st1", "SoftDeleted"],
      ["sql-1", "Unregistered"],
    ]);
  });

  it("of containers that no list has, machines with databases and accounts are remembered", async () => {
    const containers = [storageAccount("st1"), sqlServer("sql-1"), vmContainer("vm-1"), marsServer("m")];
    const ids = containers.map(({ id }) => id);
    const plan = await small({ inventory: [...containers, storageAccount("st2")] });
    expect(unlistedContainers(plan, ids, [])).toEqual([
      storageAccount("st1", "Unregistered"),
      sqlServer("sql-1", "Unregistered"),
    ]);
  });
});
