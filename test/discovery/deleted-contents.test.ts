// What is soft-deleted in a standing vault, read from its lists.

import { expect, it } from "vitest";
import { createVaultReader } from "../../src/azure/vault-reader.ts";
import { findDeletedContents } from "../../src/discovery/deleted-contents.ts";
import { scopeOf } from "../../src/model/arm-id.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import { deletedContentsText } from "../../src/reporting/deleted-text.ts";
import { answer, inFabric, vmItemAnswer } from "../dependencies/arm-answers.ts";
import { deletedAnswer, diskAnswer } from "../dependencies/backup-vault/builders.ts";
import { backupVault, backupVaultId, disk, softDeletedDisk } from "../emulator/data-protection/backup-vault-builder.ts";
import { vault, world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";
import { virtualClock } from "../virtual-clock.ts";
import { dpmItemAnswer, marsItemAnswer, marsServerAnswer } from "../dependencies/server-answers.ts";

const now = Date.parse("2026-03-01T10:00:00Z");
const softDeleted = {
  isScheduledForDeferredDelete: true,
  deferredDeleteTimeInUTC: "2026-02-25T10:00:00.000Z",
  softDeleteRetentionPeriodInDays: 14,
};

const nothing = async (): Promise<readonly never[]> => [];

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
      deletedBackupInstances: nothing,
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

// azcli2020__test_backup_softdelete: an item of 2019 has no retention.
it("an item without a retention is purged when the time it has left is over", async () => {
  const old = vmItemAnswer("vm-old", {
    isScheduledForDeferredDelete: true,
    deferredDeleteTimeInUTC: "2026-02-28T10:00:00Z",
    deferredDeleteTimeRemaining: "12.23:59:42.0000000",
  });
  const lists = { softDeletedContainers: nothing, deletedBackupInstances: nothing };
  const { items } = await findDeletedContents({ ...lists, protectedItems: async () => [old] }, now);
  expect(items[0]).toMatchObject({ purgeAt: "2026-03-14T09:59:42.000Z", daysLeft: 12 });
});

it("a list that is refused is named, and the others are still told", async () => {
  const found = await findDeletedContents(
    {
      protectedItems: async () => [share],
      softDeletedContainers: (type) =>
        Promise.reject(new AzureError({ status: 403, code: "AuthorizationFailed", message: `not ${type}` })),
      deletedBackupInstances: nothing,
    },
    now,
  );
  expect(found.items).toHaveLength(1);
  expect(found.refused.map(({ list, message }) => [list, message])).toEqual([
    ["soft-deleted containers of AzureWorkload", "not AzureWorkload"],
    ["soft-deleted containers of AzureStorage", "not AzureStorage"],
    ["soft-deleted containers of MAB", "not MAB"],
  ]);
});

it("what servers outside Azure backed up is listed with the server, and no date is made of a number nobody explains", async () => {
  const files = marsItemAnswer("srv-files", "c-drive", { ...softDeleted, deferredDeleteSyncTimeInUTC: 637_500_000 });
  const unknownTimes = { isScheduledForDeferredDelete: true, deferredDeleteSyncTimeInUTC: 637_500_000 };
  const found = await findDeletedContents(
    {
      protectedItems: async () => [
        files,
        marsItemAnswer("srv-files", "state", unknownTimes),
        dpmItemAnswer("dpm-1.corp", "orders", softDeleted),
      ],
      softDeletedContainers: async (type) => (type === "MAB" ? [marsServerAnswer("srv-files", "SoftDeleted")] : []),
      deletedBackupInstances: nothing,
    },
    now,
  );
  const [drive, orders, state] = found.items;
  expect(drive).toMatchObject({
    name: "c-drive",
    managementType: "MAB",
    container: "Windows;srv-files.corp",
    purgeAt: "2026-03-11T10:00:00.000Z",
    deferredDeleteSyncTimeInUTC: 637_500_000,
  });
  expect(orders).toMatchObject({ name: "orders", managementType: "DPM", backupEngine: "dpm-1.corp", daysLeft: 10 });
  expect(state).toMatchObject({ name: "state", deferredDeleteSyncTimeInUTC: 637_500_000 });
  expect(state).not.toHaveProperty("deletedAt");
  expect(state).not.toHaveProperty("daysLeft");
  expect(found.containers.map(({ name, managementType }) => [name, managementType])).toEqual([
    ["SRV-FILES.CORP", "MAB"],
  ]);
});

it("instances of a Backup vault are listed with their deletion, the end of their billing and their purge", async () => {
  const deleted = deletedAnswer(diskAnswer("disk-1"));
  const found = await findDeletedContents(
    {
      protectedItems: nothing,
      softDeletedContainers: nothing,
      deletedBackupInstances: async () => [deleted],
    },
    Date.parse("2024-07-01T00:00:00Z"),
  );
  expect(found.instances).toEqual([
    {
      kind: "backup-instance",
      name: "disk-1",
      id: deleted.id,
      state: "SoftDeleted",
      datasourceType: "Microsoft.Compute/disks",
      policy: expect.stringMatching(/\/backupPolicies\/diskpol$/),
      sourceId: "/disks/d",
      deletedAt: "2024-06-26T07:49:49.461Z",
      billingEndsAt: "2024-06-26T07:49:49.461Z",
      purgeAt: "2024-07-10T07:49:49.461Z",
      daysLeft: 9,
    },
  ]);
});

it("of a Backup vault in an emulated Azure only the list of its soft-deleted instances is asked for", async () => {
  const deletedBackupInstances = [softDeletedDisk("disk-gone", "2026-03-06T10:00:00Z")];
  const standing = backupVault({ more: { backupInstances: [disk("disk-kept")], deletedBackupInstances } });
  const rehearsal = rehearse(world([vault()], { backupVaults: [standing] }), { clock: virtualClock(now) });
  const reader = createVaultReader(rehearsal.clients(), scopeOf(backupVaultId)!);
  const found = await findDeletedContents(reader, now);
  expect(found).toMatchObject({ items: [], containers: [], refused: [] });
  expect(rehearsal.emulator.requests().map(({ url }) => new URL(url).pathname)).toEqual([
    `${backupVaultId}/deletedBackupInstances`,
  ]);
  const [heading, , row] = deletedContentsText(found, { name: "bv-test", kind: "backup" }).split("\n");
  expect(heading).toBe("1 soft-deleted instance in bv-test");
  expect(row?.trim().split(/ {2,}/).slice(0, 7)).toEqual([
    "disk-gone",
    "Microsoft.Compute/disks",
    "disk-daily",
    "2026-02-20 10:00Z",
    "2026-02-20 10:00Z",
    "2026-03-06 10:00Z",
    "5",
  ]);
});
