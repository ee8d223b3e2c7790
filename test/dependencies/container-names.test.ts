// One container has several spellings: with its type prefix in ids, without it in jobs and intents, and in any case.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { containerKey, containerKeyOf, containerOf } from "../../src/dependencies/container-names.ts";
import { armId } from "../../src/model/arm-id.ts";
import { inFabric } from "./arm-answers.ts";

describe("two spellings of one container", () => {
  it.each([
    ["a virtual machine in an id and in a job", "IaasVMContainer;iaasvmcontainerv2;rg;vm", "iaasvmcontainerv2;rg;vm"],
    [
      "a virtual machine in an id and in a job of 2020",
      "IaasVMContainer;iaasvmcontainerv2;rg;vm",
      ";iaasvmcontainerv2;rg;vm",
    ],
    [
      "a classic virtual machine in an id and in its item",
      "IaasVMContainer;iaasvmcontainer;samuelvm1;samuelvm1",
      "iaasvmcontainer;samuelvm1;samuelvm1",
    ],
    ["a server in an id and in an intent", "VMAppContainer;compute;rg;vm", "Compute;rg;vm"],
    [
      "a storage account in its own id and in an item's",
      "StorageContainer;Storage;rg;st",
      "StorageContainer;storage;rg;st",
    ],
    ["a storage account in an id and without its prefix", "StorageContainer;Storage;rg;st", "storage;rg;st"],
  ])("are equal: %s", (_where, left, right) => {
    expect(containerKey(left)).toBe(containerKey(right));
  });

  it("do not make two machines of one name in two resource groups equal", () => {
    expect(containerKey("Compute;rg-1;vm")).not.toBe(containerKey("Compute;rg-2;vm"));
  });

  it("a type prefix alone changes nothing, for any name", () => {
    const prefix = fc.constantFrom(
      "IaasVMContainer;",
      "VMAppContainer;",
      "StorageContainer;",
      "SQLAGWorkLoadContainer;",
    );
    const name = fc.stringMatching(/^(Compute|Storage|iaasvmcontainerv2);[a-z0-9-]{1,9};[a-z0-9-]{1,9}$/);
    fc.assert(
      fc.property(prefix, name, (type, rest) => containerKey(type + rest) === containerKey(rest.toUpperCase())),
    );
  });
});

describe("the container of an item", () => {
  it("is the part of the item's id up to the container, as spelled", () => {
    const container = inFabric("protectionContainers/VMAppContainer;compute;rg;vm");
    expect(containerOf(`${container}/protectedItems/SQLDataBase;mssqlserver;orders`)).toBe(container);
    expect(containerOf(`${container}/protectableItems/MSSQLSERVER`)).toBe(container);
  });

  it("is the id itself where it names no container", () => {
    expect(containerOf("/subscriptions/s/odd")).toBe("/subscriptions/s/odd");
  });

  it("is keyed by its name alone", () => {
    expect(containerKeyOf(armId(inFabric("protectionContainers/VMAppContainer;Compute;RG;VM")))).toBe("compute;rg;vm");
  });
});
