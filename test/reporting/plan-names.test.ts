// The names a plan shows: enough to tell one thing from another, and no more.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { Lock } from "../../src/model/resource.ts";
import { planNames } from "../../src/reporting/plan-names.ts";
import { inFabric } from "../dependencies/arm-answers.ts";
import { database, intent, sqlServer, stepOn, vmItem } from "../dependencies/builders.ts";

const servers = [sqlServer("sql-1"), sqlServer("sql-2")];

describe("a name that several share", () => {
  it("is told apart by the machine, in the inventory and in the steps", () => {
    const items = [database("sql-1", "orders"), database("sql-2", "orders"), database("sql-2", "sales")];
    const steps = items.map((item) => stepOn(item, "delete-item"));
    const names = planNames({ inventory: [...servers, ...items], steps });
    expect(items.map(names.ofEntry)).toEqual(["orders on sql-1", "orders on sql-2", "sales"]);
    expect(steps.map(names.ofStep)).toEqual(["orders on sql-1", "orders on sql-2", "sales"]);
  });

  it("is told apart by the machine for auto-protected instances", () => {
    const intents = [intent("sql-1"), intent("sql-2")];
    expect(intents.map(planNames({ inventory: [...servers, ...intents], steps: [] }).ofEntry)).toEqual([
      "MSSQLSERVER on sql-1",
      "MSSQLSERVER on sql-2",
    ]);
  });

  it("is told apart by the resource group for machines themselves", () => {
    const items = ["rg-a", "rg-b"].map((group) =>
      vmItem("vm-1", {
        id: armId(inFabric(`protectionContainers/IaasVMContainer;x;${group};vm-1/protectedItems/VM;x;${group};vm-1`)),
        container: armId(inFabric(`protectionContainers/IaasVMContainer;x;${group};vm-1`)),
        sourceId: armId(`/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/vm-1`),
      }),
    );
    expect(items.map(planNames({ inventory: items, steps: [] }).ofEntry)).toEqual(["vm-1 in rg-a", "vm-1 in rg-b"]);
  });

  it("is told apart by the workload where an instance and a database of one machine share it", () => {
    const one = database("sql-1", "HXE");
    const other = { ...one, id: armId(`${one.id}-instance`), workload: "SAPHanaDBInstance" };
    const steps = [one, other].map((item) => stepOn(item, "delete-item"));
    const names = planNames({ inventory: [...servers, one, other], steps });
    expect(steps.map(names.ofStep)).toEqual([`HXE on sql-1 (${one.workload})`, "HXE on sql-1 (SAPHanaDBInstance)"]);
  });
});

describe("a name", () => {
  it("of a lock says what is locked", () => {
    const scope = armId("/subscriptions/s/resourceGroups/rg-files");
    const id = armId(`${scope}/providers/Microsoft.Authorization/locks/keep`);
    const keep: Lock = { kind: "lock", id, name: "keep", state: "CanNotDelete", scope, ofBackup: false };
    expect(planNames({ inventory: [keep], steps: [] }).ofEntry(keep)).toBe("keep on rg-files");
  });

  it("of what remains is the one it has in the vault, and none anywhere else", () => {
    const item = vmItem("vm-1");
    const names = planNames({ inventory: [item], steps: [] });
    expect(names.ofSubject(item.id.toUpperCase())).toBe("vm-1");
    expect(names.ofSubject("/subscriptions/s/resourceGroups/g")).toBeUndefined();
  });
});
