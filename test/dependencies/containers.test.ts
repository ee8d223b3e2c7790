// What all Azure containers share: read from two lists, unregistered after every item in them, left alone when soft-deleted.

import { describe, expect, it } from "vitest";
import { storageAccounts } from "../../src/dependencies/storage-accounts.ts";
import { listContainers } from "../../src/dependencies/containers.ts";
import { workloadContainers } from "../../src/dependencies/workload-containers.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { ProtectedItem } from "../../src/model/resource.ts";
import { stepKey } from "../../src/model/step.ts";
import { answer, inFabric, onlyFor, readerOf, respelled, storageAccountAnswer } from "./arm-answers.ts";
import {
  contextOf,
  database,
  draftOf,
  fileShare,
  only,
  softDelete,
  softDeleted,
  sqlServer,
  stepOn,
  storageAccount,
} from "./builders.ts";

function groupDatabase(name: string, nodes: readonly string[] | undefined): ProtectedItem {
  const container = inFabric("protectionContainers/SQLAGWorkLoadContainer;compute;rg-other;ag-1");
  const id = armId(`${container}/protectedItems/SQLDataBase;ag-1;${name}`);
  return database("ag-1", name, { id, container: armId(container), ...(nodes === undefined ? {} : { nodes }) });
}

describe("listing containers of one management type", () => {
  it("joins registered and soft-deleted ones", async () => {
    const reader = readerOf({
      containers: onlyFor("AzureStorage", storageAccountAnswer("st1")),
      softDeletedContainers: onlyFor("AzureStorage", storageAccountAnswer("st2", "SoftDeleted")),
    });
    const found = await listContainers(reader, "AzureStorage");
    expect(found.map((container) => container.properties["friendlyName"])).toEqual(["st1", "st2"]);
  });

  it("gives one that stands in both lists once, as the first list has it", async () => {
    const twice = storageAccountAnswer("st1", "SoftDeleted");
    const reader = readerOf({
      containers: onlyFor("AzureStorage", storageAccountAnswer("st1")),
      softDeletedContainers: onlyFor("AzureStorage", { ...twice, id: respelled(twice.id) }),
    });
    expect(only(await listContainers(reader, "AzureStorage")).properties["registrationStatus"]).toBe("Registered");
  });

  it("does not hide that one of the two lists failed", async () => {
    const reader = readerOf({ softDeletedContainers: async () => Promise.reject(new Error("no answer")) });
    await expect(listContainers(reader, "AzureStorage")).rejects.toThrow("no answer");
  });

  it("reads a container that says next to nothing by its name and as unknown", async () => {
    const bare = answer(inFabric("protectionContainers/StorageContainer;Storage;rg;st9"), {
      containerType: "StorageContainer",
    });
    const reader = readerOf({ containers: onlyFor("AzureStorage", bare) });
    expect(only(await storageAccounts.list(reader))).toEqual({
      kind: "storage-container",
      id: bare.id,
      name: "StorageContainer;Storage;rg;st9",
      state: "Unknown",
      managementType: "Unknown",
    });
  });
});

describe("unregistering a container", () => {
  it("comes after all its items, although their ids spell it in another case", () => {
    const account = storageAccount("st1");
    const shares = [fileShare("st1", "a"), fileShare("st1", "b")];
    const context = contextOf([account, fileShare("st2", "c"), ...shares]);
    expect(shares[0]?.container).not.toBe(account.id);
    expect(draftOf(storageAccounts.contribute(account, context), "unregister-container").after).toEqual(
      shares.map((share) => stepKey("delete-item", share.id)),
    );
  });

  it("waits for no step of an item that is soft-deleted already, for in soft there is none", () => {
    const server = sqlServer("sql-1");
    const context = contextOf([server, database("sql-1", "old", softDeleted), database("sql-1", "orders")]);
    expect(draftOf(workloadContainers.contribute(server, context), "unregister-container").after).toEqual([
      stepKey("delete-item", database("sql-1", "orders").id),
    ]);
  });

  it("in purge waits for those too, for they are deleted again", () => {
    const server = sqlServer("sql-1");
    const old = database("sql-1", "old", softDeleted);
    const setting = softDelete("Enabled");
    const context = contextOf([setting, server, old], { strategy: "purge" });
    expect(draftOf(workloadContainers.contribute(server, context), "unregister-container").after).toEqual([
      stepKey("disable-soft-delete", setting.id),
      stepKey("delete-item", old.id),
    ]);
  });

  it("comes after the databases of the availability group it is a node of, wherever they lie", () => {
    const nodes = ["sql-1.corp", "SQL-2.corp"];
    const [first, second, third] = [sqlServer("sql-1"), sqlServer("sql-2"), sqlServer("sql-3")];
    const sales = groupDatabase("sales", nodes);
    const context = contextOf([first, second, third, sales]);
    const waits = [first, second, third].map(
      (server) => draftOf(workloadContainers.contribute(server, context), "unregister-container").after,
    );
    const key = stepKey("delete-item", sales.id);
    expect(waits).toEqual([[key], [key], []]);
  });

  it.each([
    ["that does not tell its machines", undefined],
    ["with a machine that no container here has", ["sql-1", "elsewhere"]],
  ])("comes after a group's database %s, whatever machine it is", (_what, nodes) => {
    const server = sqlServer("sql-9");
    const sales = groupDatabase("sales", nodes);
    const draft = draftOf(
      workloadContainers.contribute(server, contextOf([server, sqlServer("sql-1"), sales])),
      "unregister-container",
    );
    expect(draft.after).toEqual([stepKey("delete-item", sales.id)]);
  });

  it("of a storage account has nothing to do with availability groups", () => {
    const account = storageAccount("st1");
    const context = contextOf([account, groupDatabase("sales", undefined)]);
    expect(draftOf(storageAccounts.contribute(account, context), "unregister-container").after).toEqual([]);
  });

  it("of an empty container waits for nothing", () => {
    const account = storageAccount("st1");
    const draft = draftOf(storageAccounts.contribute(account, contextOf([account])), "unregister-container");
    expect(draft).toMatchObject({ after: [], irreversible: false });
    expect(draft.request).toEqual({ write: "unregister-container", container: account.id });
  });

  it("never runs beside a change to an item in it", () => {
    const server = sqlServer("SQL-1");
    const item = database("sql-1", "orders");
    const draft = draftOf(workloadContainers.contribute(server, contextOf([server, item])), "unregister-container");
    expect(draft.exclusive).toBe(item.container.toLowerCase());
  });
});

describe("a soft-deleted container", () => {
  it("gets no step in a soft plan, even when it stands in the list of registered ones", () => {
    const server = sqlServer("sql-1", "SoftDeleted");
    const contribution = workloadContainers.contribute(server, contextOf([server]));
    expect(contribution.steps ?? []).toEqual([]);
    expect(contribution.blockers ?? []).toEqual([]);
    expect(contribution.note).toContain("goes with the vault");
  });

  it("stops a purge, for its items cannot be undeleted", () => {
    const account = storageAccount("st1", "softDeleted");
    const contribution = storageAccounts.contribute(account, contextOf([account], { strategy: "purge" }));
    expect(contribution.steps ?? []).toEqual([]);
    expect(only(contribution.blockers)).toMatchObject({
      code: "container-soft-deleted",
      subject: account.id,
      reason: expect.stringContaining("st1 is soft-deleted"),
      fix: expect.stringContaining("--strategy soft"),
    });
  });
});

describe("the proof of an unregistered container", () => {
  const server = sqlServer("sql-1");
  const step = stepOn(server, "unregister-container");

  it("is that it is no longer listed", () => {
    expect(workloadContainers.prove(step, [sqlServer("sql-2")], "soft").verdict).toBe("proved");
  });

  it("is also that it is listed as soft-deleted", () => {
    const found = workloadContainers.prove(step, [sqlServer("sql-1", "SoftDeleted")], "soft");
    expect(found).toEqual({ verdict: "proved", evidence: "the container is listed as soft-deleted" });
  });

  it("is missing while it is registered", () => {
    const found = workloadContainers.prove(step, [server], "soft");
    expect(found).toEqual({ verdict: "not-yet", found: "the container is still listed, Registered" });
  });
});
