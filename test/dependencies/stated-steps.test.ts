// The steps on what is backed up, word for word: people decide by the reason, roles are made of the permissions, the request is sent.

import { describe, expect, it } from "vitest";
import type { Contribution } from "../../src/dependencies/dependency.ts";
import { armId } from "../../src/model/arm-id.ts";
import { consents, type StepDraft } from "../../src/model/step.ts";
import {
  backupServer,
  fileShare,
  intent,
  job,
  marsItem,
  marsServer,
  only,
  softDelete,
  softDeleted,
  sqlServer,
  storageAccount,
  vmItem,
} from "./builders.ts";
import { stated } from "./stated.ts";

type Row = readonly [title: string, state: () => Contribution, said: unknown];

const backupSteps: readonly Row[] = [
  [
    "auto-protection",
    () => stated(intent("sql-1")),
    [
      {
        action: "delete-intent",
        reason: "while auto-protection is on, databases that were deleted are protected again",
        irreversible: false,
        weakens: "new databases of this instance are no longer protected automatically",
        permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/backupProtectionIntent/delete"],
        request: { write: "delete-protection-intent", intent: "<id>" },
      },
    ],
  ],
  [
    "an item",
    () => stated(vmItem("vm-1"), [softDelete("Enabled")]),
    [
      {
        action: "delete-item",
        reason: "backup data keeps the vault alive; it stays recoverable until about 2026-12-05",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/delete"],
        exclusive: "<vault key>/backupfabrics/azure/protectioncontainers/iaasvmcontainer;iaasvmcontainerv2;rg-app;vm-1",
        request: { write: "delete-protected-item", item: "<id>" },
      },
    ],
  ],
  [
    "a soft-deleted item",
    () => stated(vmItem("vm-1", softDeleted), [softDelete("Enabled")], { strategy: "purge" }),
    [
      {
        action: "undelete-item",
        reason: "a soft-deleted item is purged early only by undeleting it with soft delete off and deleting it again",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write"],
        exclusive: "<vault key>/backupfabrics/azure/protectioncontainers/iaasvmcontainer;iaasvmcontainerv2;rg-app;vm-1",
        request: { write: "undelete-protected-item", item: "<id>", itemType: "Microsoft.Compute/virtualMachines" },
      },
      {
        action: "delete-item",
        reason: "backup data keeps the vault alive; it is destroyed at once: soft delete is off when this runs",
        irreversible: true,
        permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/delete"],
        exclusive: "<vault key>/backupfabrics/azure/protectioncontainers/iaasvmcontainer;iaasvmcontainerv2;rg-app;vm-1",
        request: { write: "delete-protected-item", item: "<id>" },
      },
    ],
  ],
  [
    "a soft-deleted item whose source is known",
    () =>
      stated(vmItem("vm-1", { ...softDeleted, sourceId: armId("/vm-1") }), [softDelete("Enabled")], {
        strategy: "purge",
      }),
    [
      {
        action: "undelete-item",
        reason: "a soft-deleted item is purged early only by undeleting it with soft delete off and deleting it again",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write"],
        exclusive: "<vault key>/backupfabrics/azure/protectioncontainers/iaasvmcontainer;iaasvmcontainerv2;rg-app;vm-1",
        request: {
          write: "undelete-protected-item",
          item: "<id>",
          itemType: "Microsoft.Compute/virtualMachines",
          sourceId: "/vm-1",
        },
      },
      {
        action: "delete-item",
        reason: "backup data keeps the vault alive; it is destroyed at once: soft delete is off when this runs",
        irreversible: true,
        permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/delete"],
        exclusive: "<vault key>/backupfabrics/azure/protectioncontainers/iaasvmcontainer;iaasvmcontainerv2;rg-app;vm-1",
        request: { write: "delete-protected-item", item: "<id>" },
      },
    ],
  ],
  [
    "a machine with databases",
    () => stated(sqlServer("sql-1")),
    [
      {
        action: "unregister-container",
        reason: "a registered virtual machine keeps the vault alive",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/delete"],
        exclusive: "<key>",
        request: { write: "unregister-container", container: "<id>" },
      },
    ],
  ],
  [
    "a storage account",
    () => stated({ ...storageAccount("st1"), sourceId: armId("/accounts/st1") }),
    [
      {
        action: "unregister-container",
        reason:
          "a registered storage account keeps the vault alive, and Backup's delete lock stays on it until then; Azure documents that this takes Storage Account Contributor on the account too",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/delete"],
        exclusive: "<key>",
        touches: ["/accounts/st1"],
        request: { write: "unregister-container", container: "<id>" },
      },
    ],
  ],
  [
    "a job that is waited for",
    () => stated(job("j-1")),
    [
      {
        action: "settle-job",
        name: "Backup of j-1",
        reason: "the job is InProgress; while it runs, changes to its item are refused",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/backupJobs/read"],
      },
    ],
  ],
  [
    "a job that is cancelled",
    () => stated({ ...job("j-1"), cancellable: true }, [], { consents }),
    [
      {
        action: "settle-job",
        name: "Backup of j-1",
        reason:
          "the job is InProgress; while it runs, changes to its item are refused, so it is cancelled: what it was at work on stays undone",
        irreversible: false,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/backupJobs/read",
          "Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action",
        ],
        consent: "cancel-jobs",
        request: { write: "cancel-backup-job", job: "<id>" },
      },
    ],
  ],
  [
    "a machine with the MARS agent",
    () => stated(marsServer("m")),
    [
      {
        action: "unregister-server",
        reason: "a registered server keeps the vault alive; no backup item goes with it",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/registeredIdentities/delete"],
        exclusive: "<key>",
        request: { write: "unregister-server", vault: "<vault>", identity: "m.corp" },
      },
    ],
  ],
  [
    "a backup server",
    () => stated(backupServer("d")),
    [
      {
        action: "unregister-server",
        reason: "a registered server keeps the vault alive; no backup item goes with it",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/registeredIdentities/delete"],
        exclusive: "<key>",
        request: { write: "unregister-server", vault: "<vault>", identity: "d.corp" },
      },
    ],
  ],
];

const fates: readonly Row[] = [
  [
    "soft delete is on",
    () => stated(vmItem("vm-1"), [softDelete("AlwaysON")]),
    {
      reason: "backup data keeps the vault alive; it stays recoverable until about 2026-12-05",
      irreversible: false,
      remains: [{ what: "soft-deleted backup data", subject: "<id>", until: "2026-12-05T08:00:00.000Z" }],
    },
  ],
  [
    "soft delete is off",
    () => stated(vmItem("vm-1"), [softDelete("Disabled")]),
    {
      reason: "backup data keeps the vault alive; it is destroyed at once: soft delete is off when this runs",
      irreversible: true,
    },
  ],
  [
    "soft delete cannot be read",
    () => stated(vmItem("vm-1")),
    {
      reason:
        "backup data keeps the vault alive; it is destroyed at once: soft delete reads unreadable, so the worst is assumed",
      irreversible: true,
    },
  ],
  [
    "soft delete reads a word nobody knows",
    () => stated(vmItem("vm-1"), [softDelete("Odd")]),
    {
      reason:
        "backup data keeps the vault alive; it is destroyed at once: soft delete reads Odd, so the worst is assumed",
      irreversible: true,
    },
  ],
  [
    "a purge turns it off",
    () => stated(vmItem("vm-1"), [softDelete("Enabled")], { strategy: "purge" }),
    {
      reason: "backup data keeps the vault alive; it is destroyed at once: soft delete is off when this runs",
      irreversible: true,
    },
  ],
  [
    "a purge cannot turn it off",
    () => stated(vmItem("vm-1"), [softDelete("AlwaysON")], { strategy: "purge" }),
    {
      reason: "backup data keeps the vault alive; it is destroyed at once: a purge deletes only with soft delete off",
      irreversible: true,
    },
  ],
  [
    "it is a share in snapshots",
    () => stated(fileShare("st1", "a"), [softDelete("Enabled")]),
    {
      reason:
        "backup data keeps the vault alive; it is destroyed at once: snapshots of file shares are not covered by soft delete",
      irreversible: true,
    },
  ],
  [
    "a server holds nothing",
    () => stated(marsServer("m"), [softDelete("Enabled")]),
    {
      reason: "a registered server keeps the vault alive; no backup item goes with it",
      irreversible: false,
      remains: [{ what: "the MARS agent stays installed on the machine", subject: "<id>" }],
    },
  ],
  [
    "a server holds one item",
    () => stated(marsServer("m"), [softDelete("Enabled"), marsItem("a", "m")]),
    {
      reason:
        "a registered server keeps the vault alive; 1 backup item goes with it, and its data is recoverable until about 2026-12-05",
      irreversible: false,
      remains: [{ what: "the MARS agent stays installed on the machine", subject: "<id>" }],
    },
  ],
  [
    "a server holds two",
    () =>
      stated(marsServer("m"), [
        softDelete("Enabled"),
        marsItem("a", "m"),
        marsItem("b", "m"),
        marsItem("c", "m", softDeleted),
      ]),
    {
      reason:
        "a registered server keeps the vault alive; 2 backup items go with it, and their data is recoverable until about 2026-12-05",
      irreversible: false,
      remains: [{ what: "the MARS agent stays installed on the machine", subject: "<id>" }],
    },
  ],
  [
    "a server holds two and soft delete is off",
    () => stated(marsServer("m"), [softDelete("Disabled"), marsItem("a", "m"), marsItem("b", "m")]),
    {
      reason:
        "a registered server keeps the vault alive; 2 backup items go with it, and their data is destroyed at once",
      irreversible: true,
      remains: [{ what: "the MARS agent stays installed on the machine", subject: "<id>" }],
    },
  ],
  [
    "a server holds one and soft delete cannot be read",
    () => stated(marsServer("m"), [marsItem("a", "m")]),
    {
      reason:
        "a registered server keeps the vault alive; 1 backup item goes with it, and its data is destroyed at once",
      irreversible: true,
      remains: [{ what: "the MARS agent stays installed on the machine", subject: "<id>" }],
    },
  ],
];

describe("a step says what it is for, what it needs and what it writes", () => {
  it.each(backupSteps)("on %s", (_title, state, said) => {
    expect(state().steps).toStrictEqual(said);
  });
});

describe("a step says what becomes of the data when", () => {
  it.each(fates)("%s", (_title, state, said) => {
    const { steps, remains } = state();
    expect({ ...fateOf(only(steps)), ...(remains === undefined ? {} : { remains }) }).toStrictEqual(said);
  });
});

function fateOf({ reason, irreversible }: StepDraft): Pick<StepDraft, "reason" | "irreversible"> {
  return { reason, irreversible };
}
