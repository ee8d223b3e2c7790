// Auto-protection intents: listed with the container they watch, turned off before that container's data goes.

import { describe, expect, it } from "vitest";
import { autoProtection, deleteIntentKeys } from "../../src/dependencies/auto-protection.ts";
import { backupItems } from "../../src/dependencies/backup-items.ts";
import { armId } from "../../src/model/arm-id.ts";
import { stepKey } from "../../src/model/step.ts";
import { answer, inFabric, intentAnswer, readerOf, vaultPath } from "./arm-answers.ts";
import { contextOf, database, draftOf, fileShare, intent, only, stepOn, vmItem } from "./builders.ts";

describe("listing intents", () => {
  it("reads the instance, and the container without its type prefix", async () => {
    const given = intentAnswer("sql-1");
    const found = only(await autoProtection.list(readerOf({ intents: async () => [given] })));
    expect(found).toEqual({
      kind: "auto-protection-intent",
      id: given.id,
      name: "MSSQLSERVER",
      state: "NotProtected",
      container: given.properties["sourceResourceId"],
    });
  });

  it("names no container for an intent on a resource outside the vault", async () => {
    const machine = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-1";
    const given = answer(`${vaultPath}/backupFabrics/Azure/backupProtectionIntent/vm-1`, { sourceResourceId: machine });
    const found = only(await autoProtection.list(readerOf({ intents: async () => [given] })));
    expect(found).toMatchObject({ name: "vm-1", state: "Unknown" });
    expect(found.container).toBeUndefined();
  });

  it("keeps an intent of which Azure says nothing more", async () => {
    const given = answer(`${vaultPath}/backupFabrics/Azure/backupProtectionIntent/odd`);
    expect(only(await autoProtection.list(readerOf({ intents: async () => [given] }))).name).toBe("odd");
  });
});

describe("an intent in a plan", () => {
  it.each(["soft", "purge"] as const)("is deleted in a %s plan, although it reads NotProtected", (strategy) => {
    const found = intent("sql-1");
    const draft = draftOf(autoProtection.contribute(found, contextOf([found], { strategy })), "delete-intent");
    expect(draft).toMatchObject({ target: found.id, after: [], irreversible: false });
    expect(draft.weakens).toContain("no longer protected automatically");
    expect(draft.request).toEqual({ write: "delete-protection-intent", intent: found.id });
  });

  it("goes before the databases of its own server, and of no other", () => {
    const [mine, other] = [database("sql-1", "orders"), database("sql-2", "billing")];
    const context = contextOf([intent("sql-1"), mine, other]);
    const key = stepKey("delete-intent", intent("sql-1").id);
    expect(draftOf(backupItems.contribute(mine, context), "delete-item").after).toEqual([key]);
    expect(draftOf(backupItems.contribute(other, context), "delete-item").after).toEqual([]);
  });

  it("without a known container goes before every item", () => {
    const { container: _, ...homeless } = intent("sql-1");
    const items = [database("sql-1", "orders"), vmItem("vm-1"), fileShare("st1", "share")];
    const context = contextOf([homeless, ...items]);
    for (const item of items)
      expect(draftOf(backupItems.contribute(item, context), "delete-item").after).toEqual([
        stepKey("delete-intent", homeless.id),
      ]);
  });

  it("on a container of which no item is known by that name goes before every item, for names may be odd", () => {
    const group = armId(inFabric("protectionContainers/6c1a.ag-sales"));
    const found = intent("ag", { container: group });
    const items = [database("sql-1", "orders"), vmItem("vm-1")];
    const context = contextOf([found, ...items]);
    for (const item of items)
      expect(draftOf(backupItems.contribute(item, context), "delete-item").after).toEqual([
        stepKey("delete-intent", found.id),
      ]);
  });

  it("of a server is found under the name with and without its type prefix", () => {
    const context = contextOf([intent("SQL-1"), database("sql-1", "orders")]);
    expect(deleteIntentKeys(context, "compute;rg-data;sql-1")).toHaveLength(1);
    expect(deleteIntentKeys(context, "compute;rg-data;sql-2")).toEqual([]);
  });
});

describe("the proof of a deleted intent", () => {
  const step = stepOn(intent("sql-1"), "delete-intent");

  it("is that it is no longer listed, whatever else is", () => {
    expect(autoProtection.prove(step, [intent("sql-2")], "soft").verdict).toBe("proved");
  });

  it("is missing while it is listed", () => {
    expect(autoProtection.prove(step, [intent("sql-2"), intent("sql-1")], "soft").verdict).toBe("not-yet");
  });
});
