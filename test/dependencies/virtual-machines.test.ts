// Containers of virtual machine backups: shown, never unregistered, whatever state they read.

import { describe, expect, it } from "vitest";
import { virtualMachines } from "../../src/dependencies/virtual-machines.ts";
import { onlyFor, readerOf, vmContainerAnswer } from "./arm-answers.ts";
import { contextOf, only, vmContainer } from "./builders.ts";

describe("containers of virtual machines", () => {
  it("are listed with the machine they stand for", async () => {
    const given = vmContainerAnswer("vm-1");
    const found = only(await virtualMachines.list(readerOf({ containers: onlyFor("AzureIaasVM", given) })));
    expect(found).toMatchObject({ name: "vm-1", state: "Registered", sourceId: given.properties["virtualMachineId"] });
  });

  it("are listed once when Azure has one as registered and as soft-deleted, as it did in 2024", async () => {
    const reader = readerOf({
      containers: onlyFor("AzureIaasVM", vmContainerAnswer("vm-1", "SoftDeleted")),
      softDeletedContainers: onlyFor("AzureIaasVM", vmContainerAnswer("vm-1", "SoftDeleted")),
    });
    expect(only(await virtualMachines.list(reader)).state).toBe("SoftDeleted");
  });

  it.each([
    ["soft", "Registered"],
    ["soft", "SoftDeleted"],
    ["purge", "Registered"],
    ["purge", "SoftDeleted"],
  ] as const)("never get a step and never block: %s, %s", (strategy, state) => {
    const container = vmContainer("vm-1", state);
    const contribution = virtualMachines.contribute(container, contextOf([container], { strategy }));
    expect(Object.keys(contribution)).toEqual(["note"]);
    expect(contribution.note).toContain("goes with its backup item");
  });
});
