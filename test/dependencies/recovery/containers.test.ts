// Containers on their way back: registered again in their own vault, with what Azure needs to know them by.

import { describe, expect, it } from "vitest";
import { storageAccounts } from "../../../src/dependencies/storage-accounts.ts";
import { workloadContainers } from "../../../src/dependencies/workload-containers.ts";
import { armId } from "../../../src/model/arm-id.ts";
import { stepKey } from "../../../src/model/step.ts";
import { database, softDeleted, sqlServer, stepOn, storageAccount, vault } from "../builders.ts";
import { deletedVault, recovering, wish } from "./wishes.ts";

const sourceId = armId("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/sql-1");
const host = { ...sqlServer("sql-1", "SoftDeleted"), sourceId };
const account = { ...storageAccount("st1", "SoftDeleted"), sourceId };

describe("a soft-deleted container", () => {
  it("that is wanted is registered again, by machine and workload", () => {
    const item = database("sql-1", "db", softDeleted);
    const [step] = workloadContainers.recover?.(host, recovering([host, item], wish([host]))).steps ?? [];
    expect(step).toMatchObject({ action: "register-container", target: host.id, after: [], touches: [sourceId] });
    expect(step?.request).toEqual({
      write: "register-container",
      operation: "Reregister",
      container: host.id,
      containerType: "VMAppContainer",
      managementType: "AzureWorkload",
      sourceId,
      workload: "SQLDataBase",
    });
  });

  it("is registered for the sake of an item in it that is wanted", () => {
    const item = database("sql-1", "db", softDeleted);
    expect(workloadContainers.recover?.(host, recovering([host, item], wish([item]))).steps).toHaveLength(1);
    expect(workloadContainers.recover?.(host, recovering([host, item], wish([])))).toEqual({});
  });

  it("of a storage account says that Backup locks the account again, and whose right that takes", () => {
    const [step] = storageAccounts.recover?.(account, recovering([account], wish([account]))).steps ?? [];
    expect(step?.request).toMatchObject({ containerType: "StorageContainer", managementType: "AzureStorage" });
    expect(step?.reason).toMatch(/delete lock.*Storage Account Backup Contributor/);
  });

  it("waits for its vault where that is deleted", () => {
    const [step] =
      storageAccounts.recover?.(account, recovering([account], wish([account], { deletedVault }))).steps ?? [];
    expect(step?.after).toEqual([stepKey("undelete-vault", vault().id)]);
  });

  it("of which Azure does not say the source is left to a person, in words", () => {
    const without = sqlServer("sql-2", "SoftDeleted");
    const item = database("sql-2", "db", softDeleted);
    const said = workloadContainers.recover?.(without, recovering([without, item], wish([without, item])));
    expect(said?.steps ?? []).toEqual([]);
    expect(JSON.stringify(said)).toMatch(/register it again in the portal/);
  });
});

it("a container in which nothing was soft-deleted is registered anew", () => {
  const gone = { ...host, state: "Unregistered" };
  const [step] = workloadContainers.recover?.(gone, recovering([gone], wish([gone]))).steps ?? [];
  expect(step?.request).toMatchObject({ operation: "Register" });
});

it("a container that is registered says so, and an availability group needs no step", () => {
  const standing = { ...sqlServer("sql-1"), sourceId };
  expect(workloadContainers.recover?.(standing, recovering([standing], wish([standing])))).toEqual({
    note: "not soft-deleted: it is Registered",
  });
  const id = armId(host.id.replace(/VMAppContainer;[^/]*/, "SQLAGWorkLoadContainer;ag;one"));
  const group = { ...host, id };
  expect(workloadContainers.recover?.(group, recovering([group], wish([group])))?.note).toMatch(/comes back with/);
});

describe("a registration is proved", () => {
  const step = stepOn(host, "register-container");

  it.each([
    ["not by the container's absence", [], "not-yet"],
    ["not while it is listed as soft-deleted", [host], "not-yet"],
    ["by the container, registered", [{ ...host, state: "Registered" }], "proved"],
  ] as const)("%s", (_what, found, verdict) => {
    expect(workloadContainers.prove(step, found, "soft").verdict).toBe(verdict);
    expect(storageAccounts.prove({ ...step, kind: "storage-container" }, found as never, "soft").verdict).toBe(verdict);
  });
});
