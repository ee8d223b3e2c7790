// What a rule may look at while it plans: a lookup that finds every resource of a kind under its key, and no other.

import { describe, expect, it } from "vitest";
import { nothingToProve } from "../../src/dependencies/dependency.ts";
import type { ProtectedItem } from "../../src/model/resource.ts";
import { contextOf, database, sqlServer, stepOn, vmItem } from "./builders.ts";

const byWorkload = (item: ProtectedItem): string => item.workload;

describe("the lookup of a planning context", () => {
  it("finds all resources of the kind under the key, in their order", () => {
    const [first, second] = [database("sql-1", "a"), database("sql-2", "b")];
    const context = contextOf([first, sqlServer("sql-1"), vmItem("vm-1"), second]);
    expect(context.lookup("protected-item", byWorkload)("SQLDataBase")).toEqual([first, second]);
    expect(context.lookup("protected-item", byWorkload)("nothing")).toEqual([]);
  });

  it("leaves out what has no key", () => {
    const context = contextOf([vmItem("vm-1")]);
    expect(context.lookup("protected-item", (item) => item.purgeAt)("undefined")).toEqual([]);
  });

  it("keeps two key functions apart", () => {
    const item = vmItem("vm-1");
    const context = contextOf([item]);
    expect(context.lookup("protected-item", byWorkload)("VM")).toEqual([item]);
    expect(context.lookup("protected-item", (found) => found.name)("VM")).toEqual([]);
    expect(context.lookup("protected-item", (found) => found.name)("vm-1")).toEqual([item]);
  });
});

describe("the lookup of two kinds by one key function", () => {
  it("keeps the kinds apart", () => {
    const context = contextOf([vmItem("vm-1"), sqlServer("sql-1")]);
    const byManagement = (resource: { readonly managementType: string }): string => resource.managementType;
    expect(context.lookup("protected-item", byManagement)("AzureIaasVM")).toEqual([vmItem("vm-1")]);
    expect(context.lookup("workload-container", byManagement)("AzureWorkload")).toEqual([sqlServer("sql-1")]);
    expect(context.lookup("workload-container", byManagement)("AzureIaasVM")).toEqual([]);
  });
});

describe("the proof of a kind without writes", () => {
  it("says which step it does not know", () => {
    expect(nothingToProve(stepOn(vmItem("vm-1"), "delete-item"))).toMatchObject({
      verdict: "contradicted",
      found: "no proof is defined for delete-item",
    });
  });
});
