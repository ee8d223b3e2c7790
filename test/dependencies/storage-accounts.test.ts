// Storage accounts registered for Azure Files backup: listed with their account, unregistered in both strategies.

import { describe, expect, it } from "vitest";
import { storageAccounts } from "../../src/dependencies/storage-accounts.ts";
import { onlyFor, readerOf, storageAccountAnswer, vmContainerAnswer } from "./arm-answers.ts";
import { contextOf, draftOf, storageAccount } from "./builders.ts";

describe("registered storage accounts", () => {
  it("are listed with the account they stand for", async () => {
    const given = storageAccountAnswer("st1");
    const reader = readerOf({ containers: onlyFor("AzureStorage", given) });
    expect(await storageAccounts.list(reader)).toEqual([
      {
        kind: "storage-container",
        id: given.id,
        name: "st1",
        state: "Registered",
        managementType: "AzureStorage",
        sourceId: given.properties["sourceResourceId"],
      },
    ]);
  });

  it("are nothing else that stands in their list", async () => {
    const reader = readerOf({ containers: onlyFor("AzureStorage", vmContainerAnswer("vm-1")) });
    expect(await storageAccounts.list(reader)).toEqual([]);
  });

  it.each(["soft", "purge"] as const)("are unregistered in a %s plan, which frees their delete lock", (strategy) => {
    const account = storageAccount("st1");
    const draft = draftOf(
      storageAccounts.contribute(account, contextOf([account], { strategy })),
      "unregister-container",
    );
    expect(draft.reason).toContain("delete lock");
    expect(draft.reason).toContain("Storage Account Contributor");
    expect(draft.permissions).toEqual(["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/delete"]);
  });
});
