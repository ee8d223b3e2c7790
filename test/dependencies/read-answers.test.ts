// What each kind reads of Azure's answers, member by member, and what it makes of one that says nothing.

import { describe, expect, it } from "vitest";
import { readOf, type ReadKind } from "./one-answer.ts";

type Row = readonly [title: string, kind: ReadKind, properties: Readonly<Record<string, unknown>>, read: unknown];

const full: readonly Row[] = [
  [
    "an item",
    "protected-item",
    {
      backupManagementType: "AzureIaasVM",
      protectedItemType: "Microsoft.Compute/virtualMachines",
      friendlyName: "vm-1",
      protectionState: "Protected",
      workloadType: "VM",
      sourceResourceId: "/vm-1",
      lastRecoveryPoint: "2026-11-20T22:00:00Z",
      lastBackupTime: "2026-11-19T22:00:00Z",
      backupEngineName: "dpm",
      nodesList: [{ nodeName: "n-1" }, {}, { nodeName: "n-2" }],
    },
    {
      name: "vm-1",
      state: "Protected",
      managementType: "AzureIaasVM",
      workload: "VM",
      itemType: "Microsoft.Compute/virtualMachines",
      container: "<vault>/backupFabrics/Azure/protectionContainers/c",
      softDeleted: false,
      sourceId: "/vm-1",
      lastRecoveryPoint: "2026-11-20T22:00:00Z",
      engine: "dpm",
      nodes: ["n-1", "n-2"],
    },
  ],
  [
    "an item by its last backup",
    "protected-item",
    {
      backupManagementType: "AzureIaasVM",
      protectedItemType: "Microsoft.Compute/virtualMachines",
      lastBackupTime: "2026-11-19T22:00:00Z",
    },
    {
      name: "i",
      state: "Unknown",
      managementType: "AzureIaasVM",
      workload: "Unknown",
      itemType: "Microsoft.Compute/virtualMachines",
      container: "<vault>/backupFabrics/Azure/protectionContainers/c",
      softDeleted: false,
      lastRecoveryPoint: "2026-11-19T22:00:00Z",
    },
  ],
  [
    "a soft-deleted item",
    "protected-item",
    {
      backupManagementType: "AzureIaasVM",
      protectedItemType: "Microsoft.Compute/virtualMachines",
      isScheduledForDeferredDelete: true,
      deferredDeleteTimeInUTC: "2026-11-28T07:36:32Z",
    },
    {
      name: "i",
      state: "Unknown",
      managementType: "AzureIaasVM",
      workload: "Unknown",
      itemType: "Microsoft.Compute/virtualMachines",
      container: "<vault>/backupFabrics/Azure/protectionContainers/c",
      softDeleted: true,
    },
  ],
  [
    "a machine with databases",
    "workload-container",
    {
      containerType: "VMAppContainer",
      friendlyName: "sql-1",
      registrationStatus: "Registered",
      backupManagementType: "AzureWorkload",
      sourceResourceId: "/sql-1",
    },
    { name: "sql-1", state: "Registered", managementType: "AzureWorkload", sourceId: "/sql-1" },
  ],
  [
    "a machine",
    "virtual-machine-container",
    { containerType: "microsoft.compute/virtualMachines", virtualMachineId: "/vm-1" },
    { name: "c", state: "Unknown", managementType: "Unknown", sourceId: "/vm-1" },
  ],
  [
    "a machine with the MARS agent",
    "mars-server",
    { containerType: "Windows", friendlyName: "M", registrationStatus: "Registered" },
    { name: "M", state: "Registered", identity: "windows;m.corp" },
  ],
  [
    "a backup server",
    "backup-server",
    { backupManagementType: "AzureBackupServer", friendlyName: "D", registrationStatus: "Registered" },
    { name: "D", state: "Registered", managementType: "AzureBackupServer", identity: "d" },
  ],
  [
    "a job",
    "backup-job",
    {
      containerName: "c",
      backupManagementType: "AzureIaasVM",
      startTime: "2026-11-20T22:00:00Z",
      entityFriendlyName: "vm-1",
      status: "InProgress",
      operation: "Restore",
      actionsInfo: ["Retriable", "Cancellable"],
    },
    {
      name: "vm-1",
      state: "InProgress",
      operation: "Restore",
      cancellable: true,
      container: "c",
      managementType: "AzureIaasVM",
      startedAt: "2026-11-20T22:00:00Z",
    },
  ],
  [
    "auto-protection of an instance",
    "auto-protection-intent",
    {
      itemId: "/protectionContainers/c/protectableItems/MSSQLSERVER",
      sourceResourceId: "/protectionContainers/c",
      protectionState: "Protected",
    },
    { name: "MSSQLSERVER", state: "Protected", container: "/protectionContainers/c" },
  ],
  [
    "auto-protection of a whole machine",
    "auto-protection-intent",
    { sourceResourceId: "/v/protectionContainers/Compute;rg;sql-1" },
    { name: "Compute;rg;sql-1", state: "Unknown", container: "/v/protectionContainers/Compute;rg;sql-1" },
  ],
  [
    "auto-protection of what is in no container",
    "auto-protection-intent",
    { itemId: "/machines/m" },
    { name: "m", state: "Unknown" },
  ],
  [
    "a policy",
    "backup-policy",
    { backupManagementType: "AzureIaasVM" },
    { name: "p", state: "defined", managementType: "AzureIaasVM" },
  ],
  [
    "a guard's tie",
    "resource-guard",
    {
      resourceGuardResourceId: "/guards/g",
      resourceGuardOperationDetails: [
        { vaultCriticalOperation: "Microsoft.RecoveryServices/vaults/a", defaultResourceRequest: "/r/1" },
        { vaultCriticalOperation: "Other/Microsoft.RecoveryServices/vaults/b", defaultResourceRequest: "/r/2" },
        { vaultCriticalOperation: "c" },
        { defaultResourceRequest: "/r/4" },
      ],
    },
    {
      name: "p",
      state: "Enabled",
      guard: "/guards/g",
      operations: [
        { operation: "/a", request: "/r/1" },
        { operation: "Other/Microsoft.RecoveryServices/vaults/b", request: "/r/2" },
      ],
    },
  ],
  [
    "a lock",
    "lock",
    { level: "ReadOnly", notes: "of finance", owners: [{ applicationId: "app-1" }, {}] },
    { name: "l", state: "ReadOnly", scope: "<vault>", notes: "of finance", owners: ["app-1"], ofBackup: false },
  ],
  [
    "the vault",
    "vault",
    { provisioningState: "Succeeded", moveState: "InProgress" },
    { name: "rsv-test", state: "Succeeded", location: "unknown", protectedByTag: [], moveState: "InProgress" },
  ],
  [
    "a connection",
    "private-endpoint-connection",
    {
      name: "pe-1",
      properties: { privateEndpoint: { id: "/pe-1" }, privateLinkServiceConnectionState: { status: "Pending" } },
    },
    { name: "pe-1", state: "Pending", endpoint: "/pe-1" },
  ],
  [
    "a container of no known type",
    "unknown",
    { containerType: "New", friendlyName: "F", registrationStatus: "Registered" },
    { name: "F", state: "Registered", what: "a container of type New" },
  ],
  [
    "a container of no known type, by its protection",
    "unknown",
    { containerType: "New", protectionState: "Protected", registrationStatus: "Registered" },
    { name: "c", state: "Protected", what: "a container of type New" },
  ],
];

const bare: readonly Row[] = [
  [
    "an item",
    "protected-item",
    { backupManagementType: "AzureIaasVM", protectedItemType: "Microsoft.Compute/virtualMachines" },
    {
      name: "i",
      state: "Unknown",
      managementType: "AzureIaasVM",
      workload: "Unknown",
      itemType: "Microsoft.Compute/virtualMachines",
      container: "<vault>/backupFabrics/Azure/protectionContainers/c",
      softDeleted: false,
    },
  ],
  [
    "a machine with databases",
    "workload-container",
    { containerType: "VMAppContainer" },
    { name: "c", state: "Unknown", managementType: "Unknown" },
  ],
  [
    "an availability group",
    "workload-container",
    { containerType: "SQLAGWorkLoadContainer" },
    { name: "c", state: "Unknown", managementType: "Unknown" },
  ],
  [
    "a storage account",
    "storage-container",
    { containerType: "StorageContainer" },
    { name: "c", state: "Unknown", managementType: "Unknown" },
  ],
  [
    "a machine",
    "virtual-machine-container",
    { containerType: "IaasVMContainer" },
    { name: "c", state: "Unknown", managementType: "Unknown" },
  ],
  [
    "a classic machine",
    "virtual-machine-container",
    { containerType: "Microsoft.ClassicCompute/virtualMachines" },
    { name: "c", state: "Unknown", managementType: "Unknown" },
  ],
  [
    "a machine with the MARS agent",
    "mars-server",
    { containerType: "Windows" },
    { name: "Windows;windows;m.corp", state: "Unknown", identity: "windows;m.corp" },
  ],
  [
    "a backup server",
    "backup-server",
    { backupManagementType: "DPM" },
    { name: "d", state: "Unknown", managementType: "DPM", identity: "d" },
  ],
  ["a job", "backup-job", {}, { name: "j", state: "Unknown", operation: "Unknown", cancellable: false }],
  ["auto-protection", "auto-protection-intent", {}, { name: "i", state: "Unknown" }],
  ["a policy", "backup-policy", {}, { name: "p", state: "defined", managementType: "Unknown" }],
  ["a guard's tie", "resource-guard", {}, { name: "p", state: "Enabled", guard: "", operations: [] }],
  ["a lock", "lock", {}, { name: "l", state: "Unknown", scope: "<vault>", ofBackup: false }],
  ["the vault", "vault", {}, { name: "rsv-test", state: "Unknown", location: "unknown", protectedByTag: [] }],
  ["a connection", "private-endpoint-connection", {}, { name: "c", state: "Unknown" }],
  ["a container of no known type", "unknown", {}, { name: "c", state: "Unknown", what: "a container of type unknown" }],
];

describe("Azure's answer is read", () => {
  it.each(full)("of %s", async (_title, kind, properties, read) => {
    expect(await readOf(kind, properties)).toStrictEqual(read);
  });
});

describe("what Azure says nothing of is listed all the same, and said to be unknown", () => {
  it.each(bare)("of %s", async (_title, kind, properties, read) => {
    expect(await readOf(kind, properties)).toStrictEqual(read);
  });
});
