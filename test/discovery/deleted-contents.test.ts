// What is soft-deleted in a standing vault, read from its lists.

import { expect, it } from "vitest";
import { findDeletedContents } from "../../src/discovery/deleted-contents.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import { answer, inFabric, vmItemAnswer } from "../dependencies/arm-answers.ts";

const now = Date.parse("2026-03-01T10:00:00Z");
const softDeleted = {
  isScheduledForDeferredDelete: true,
  deferredDeleteTimeInUTC: "2026-02-25T10:00:00.000Z",
  softDeleteRetentionPeriodInDays: 14,
};

const account = inFabric("protectionContainers/StorageContainer;Storage;rg-app;stapp");
const share = answer(`${account.toLowerCase()}/protectedItems/AzureFileShare;docs`, {
  friendlyName: "docs",
  workloadType: "AzureFileShare",
  protectionState: "ProtectionStopped",
  ...softDeleted,
});

it("only what is soft-deleted is listed, with its times and how many items a container holds", async () => {
  const found = await findDeletedContents(
    {
      protectedItems: async () => [vmItemAnswer("vm-kept"), vmItemAnswer("vm-gone", softDeleted), share],
      softDeletedContainers: async (type) =>
        type === "AzureStorage"
          ? [answer(account, { friendlyName: "stapp", backupManagementType: "AzureStorage" })]
          : [],
    },
    now,
  );
  expect(found.items.map(({ name, purgeAt, daysLeft }) => [name, purgeAt, daysLeft])).toEqual([
    ["docs", "2026-03-11T10:00:00.000Z", 10],
    ["vm-gone", "2026-03-11T10:00:00.000Z", 10],
  ]);
  expect(found.containers).toEqual([
    { kind: "container", id: account, name: "stapp", managementType: "AzureStorage", items: 1 },
  ]);
  expect(found.refused).toEqual([]);
});

it("a list that is refused is named, and the others are still told", async () => {
  const found = await findDeletedContents(
    {
      protectedItems: async () => [share],
      softDeletedContainers: (type) =>
        Promise.reject(new AzureError({ status: 403, code: "AuthorizationFailed", message: `not ${type}` })),
    },
    now,
  );
  expect(found.items).toHaveLength(1);
  expect(found.refused.map(({ list, message }) => [list, message])).toEqual([
    ["soft-deleted containers of AzureWorkload", "not AzureWorkload"],
    ["soft-deleted containers of AzureStorage", "not AzureStorage"],
  ]);
});
