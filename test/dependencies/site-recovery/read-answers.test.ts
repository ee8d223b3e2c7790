// What each kind of Site Recovery reads of Azure's answers, member by member, and what it makes of one that says nothing.

import { describe, expect, it } from "vitest";
import { readOf, type ReadKind } from "../one-answer.ts";

type Row = readonly [title: string, kind: ReadKind, properties: Readonly<Record<string, unknown>>, read: unknown];

const full: readonly Row[] = [
  [
    "a job",
    "replication-job",
    {
      state: "InProgress",
      scenarioName: "EnableProtection",
      friendlyName: "F",
      targetObjectName: "VM1",
      allowedActions: ["Cancel"],
      targetObjectId: "/things/1",
    },
    { name: "VM1", state: "InProgress", operation: "EnableProtection", cancellable: true, about: "/things/1" },
  ],
  [
    "a job of no known scenario",
    "replication-job",
    { state: "Suspended", friendlyName: "Failover", targetObjectId: "a number" },
    { name: "j", state: "Suspended", operation: "Failover", cancellable: false },
  ],
  [
    "a recovery plan",
    "recovery-plan",
    { friendlyName: "P", currentScenarioStatus: "InProgress" },
    { name: "P", state: "InProgress" },
  ],
  [
    "a replicated machine",
    "replicated-item",
    {
      friendlyName: "VM-1",
      protectionState: "Protected",
      activeLocation: "Primary",
      testFailoverState: "None",
      allowedOperations: ["TestFailover"],
      recoveryContainerId: "/replicationFabrics/w/replicationProtectionContainers/c",
      currentScenario: { jobId: "/replicationJobs/j" },
      providerSpecificDetails: { instanceType: "A2A", fabricObjectId: "/vm-1" },
    },
    {
      name: "VM-1",
      state: "Protected",
      fabric: "<vault>/replicationFabrics/site",
      container: "<vault>/replicationFabrics/site/replicationProtectionContainers/site-container",
      provider: "A2A",
      activeLocation: "Primary",
      testFailover: "None",
      allowedOperations: ["TestFailover"],
      source: "reachable",
      sourceId: "/vm-1",
      recoveryContainer: "/replicationFabrics/w/replicationProtectionContainers/c",
      currentJob: "/replicationJobs/j",
    },
  ],
  [
    "a machine that is no resource, and goes to Azure itself",
    "replicated-item",
    { recoveryContainerId: "Microsoft Azure", providerSpecificDetails: { fabricObjectId: "a number" } },
    {
      name: "i",
      state: "Unknown",
      fabric: "<vault>/replicationFabrics/site",
      container: "<vault>/replicationFabrics/site/replicationProtectionContainers/site-container",
      provider: "Unknown",
      activeLocation: "",
      testFailover: "",
      allowedOperations: [],
      source: "unknown",
    },
  ],
  [
    "what a machine leaves behind",
    "replicated-item",
    {
      providerSpecificDetails: {
        targetResourceGroupId: "/groups/1",
        recoveryAzureStorageAccount: "/accounts/1",
        recoveryAzureLogStorageAccountId: "/accounts/2",
        logStorageAccountId: "/accounts/3",
        recoveryAzureResourceGroupId: "no id",
        protectedDisks: [{ seedManagedDiskId: "/disks/1", logStorageAccountId: "/accounts/4" }],
      },
    },
    {
      name: "i",
      state: "Unknown",
      fabric: "<vault>/replicationFabrics/site",
      container: "<vault>/replicationFabrics/site/replicationProtectionContainers/site-container",
      provider: "Unknown",
      activeLocation: "",
      testFailover: "",
      allowedOperations: [],
      source: "unknown",
      leaves: [
        { what: "target resource group", subject: "/groups/1" },
        { what: "replica storage account", subject: "/accounts/1" },
        { what: "cache storage account", subject: "/accounts/2" },
        { what: "cache storage account", subject: "/accounts/3" },
        { what: "replica disk (Azure may remove it)", subject: "/disks/1" },
        { what: "cache storage account", subject: "/accounts/4" },
      ],
    },
  ],
  [
    "a machine under migration",
    "migration-item",
    { machineName: "M", migrationState: "Replicating", testMigrateState: "None" },
    {
      name: "M",
      state: "Replicating",
      fabric: "<vault>/replicationFabrics/site",
      container: "<vault>/replicationFabrics/site/replicationProtectionContainers/site-container",
      testMigration: "None",
    },
  ],
  [
    "a mapping of containers",
    "container-mapping",
    {
      state: "Paired",
      policyId: "/replicationPolicies/p",
      targetProtectionContainerId: "/replicationFabrics/w/replicationProtectionContainers/c",
      providerSpecificDetails: { instanceType: "A2A" },
    },
    {
      name: "m",
      state: "Paired",
      fabric: "<vault>/replicationFabrics/site",
      container: "<vault>/replicationFabrics/site/replicationProtectionContainers/site-container",
      provider: "A2A",
      targetContainer: "/replicationFabrics/w/replicationProtectionContainers/c",
      policy: "/replicationPolicies/p",
    },
  ],
  [
    "a mapping to Azure itself",
    "container-mapping",
    { targetProtectionContainerId: "Microsoft Azure" },
    {
      name: "m",
      state: "Unknown",
      fabric: "<vault>/replicationFabrics/site",
      container: "<vault>/replicationFabrics/site/replicationProtectionContainers/site-container",
      provider: "",
    },
  ],
  [
    "a mapping of networks",
    "network-mapping",
    { state: "Paired", recoveryFabricArmId: "/replicationFabrics/w" },
    { name: "m", state: "Paired", fabric: "<vault>/replicationFabrics/site", targetFabric: "/replicationFabrics/w" },
  ],
  [
    "a mapping of storage",
    "storage-classification-mapping",
    { state: "Paired", targetStorageClassificationId: "/replicationFabrics/w/classes/c" },
    { name: "m", state: "Paired", fabric: "<vault>/replicationFabrics/site", targetFabric: "/replicationFabrics/w" },
  ],
  [
    "a container",
    "protection-container",
    { friendlyName: "C", pairingStatus: "Paired", fabricType: "VMM" },
    { name: "C", state: "Paired", fabric: "<vault>/replicationFabrics/site", fabricType: "VMM" },
  ],
  [
    "a vCenter",
    "vcenter",
    { friendlyName: "V", discoveryStatus: "Completed" },
    { name: "V", state: "Completed", fabric: "<vault>/replicationFabrics/site" },
  ],
  [
    "a server",
    "recovery-services-provider",
    { friendlyName: "S", connectionStatus: "Connected", fabricType: "VMM" },
    {
      name: "S",
      state: "Connected",
      fabric: "<vault>/replicationFabrics/site",
      fabricType: "VMM",
      source: "reachable",
    },
  ],
  [
    "a fabric",
    "fabric",
    { friendlyName: "F", bcdrState: "Valid", customDetails: { instanceType: "VMM" } },
    { name: "F", state: "Valid", fabricType: "VMM", appliances: [] },
  ],
  [
    "a fabric of appliances, by each of their parts",
    "fabric",
    {
      customDetails: {
        instanceType: "InMageRcm",
        processServers: [{ name: "p" }],
        rcmProxies: [{ name: "r" }],
        replicationAgents: [{ name: "a" }],
        reprotectAgents: [{ id: "b" }],
        dras: [{}],
      },
    },
    {
      name: "site",
      state: "Unknown",
      fabricType: "InMageRcm",
      appliances: ["a", "an appliance without a name", "b", "p", "r"],
    },
  ],
  ["a policy", "replication-policy", { providerSpecificDetails: { instanceType: "A2A" } }, { name: "p", state: "A2A" }],
];

const bare: readonly Row[] = [
  [
    "replication-job",
    "replication-job",
    {},
    { name: "j", state: "Unknown", operation: "replication", cancellable: false },
  ],
  ["recovery-plan", "recovery-plan", {}, { name: "p", state: "None" }],
  [
    "replicated-item",
    "replicated-item",
    {},
    {
      name: "i",
      state: "Unknown",
      fabric: "<vault>/replicationFabrics/site",
      container: "<vault>/replicationFabrics/site/replicationProtectionContainers/site-container",
      provider: "Unknown",
      activeLocation: "",
      testFailover: "",
      allowedOperations: [],
      source: "unknown",
    },
  ],
  [
    "migration-item",
    "migration-item",
    {},
    {
      name: "i",
      state: "Unknown",
      fabric: "<vault>/replicationFabrics/site",
      container: "<vault>/replicationFabrics/site/replicationProtectionContainers/site-container",
      testMigration: "",
    },
  ],
  [
    "container-mapping",
    "container-mapping",
    {},
    {
      name: "m",
      state: "Unknown",
      fabric: "<vault>/replicationFabrics/site",
      container: "<vault>/replicationFabrics/site/replicationProtectionContainers/site-container",
      provider: "",
    },
  ],
  [
    "network-mapping",
    "network-mapping",
    {},
    { name: "m", state: "Unknown", fabric: "<vault>/replicationFabrics/site" },
  ],
  [
    "storage-classification-mapping",
    "storage-classification-mapping",
    {},
    { name: "m", state: "Unknown", fabric: "<vault>/replicationFabrics/site" },
  ],
  [
    "protection-container",
    "protection-container",
    {},
    { name: "site-container", state: "Unknown", fabric: "<vault>/replicationFabrics/site", fabricType: "Unknown" },
  ],
  ["vcenter", "vcenter", {}, { name: "v", state: "Unknown", fabric: "<vault>/replicationFabrics/site" }],
  [
    "recovery-services-provider",
    "recovery-services-provider",
    {},
    {
      name: "p",
      state: "Unknown",
      fabric: "<vault>/replicationFabrics/site",
      fabricType: "Unknown",
      source: "unknown",
    },
  ],
  ["fabric", "fabric", {}, { name: "site", state: "Unknown", fabricType: "Unknown", appliances: [] }],
  ["replication-policy", "replication-policy", {}, { name: "p", state: "Unknown" }],
];

const endTime = "2026-11-20T10:00:00Z";

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

describe("a job", () => {
  it.each(["Canceled", "CompletedWithInformation", "PartiallySucceeded", "Skipped", "Succeeded", "Failed"])(
    "that is %s has ended",
    async (state) => {
      expect(await readOf("replication-job", { state })).toBe(0);
    },
  );

  it.each(["NotStarted", "InProgress", "Suspended", "Cancelling"])(
    "that is %s goes on, whatever its end",
    async (state) => {
      expect(await readOf("replication-job", { state, endTime })).toMatchObject({ state });
    },
  );

  it("in a state that nobody knows has ended when it has an end", async () => {
    expect(await readOf("replication-job", { state: "Odd", endTime })).toBe(0);
    expect(await readOf("replication-job", { state: "Odd" })).toMatchObject({ state: "Odd" });
  });
});

describe("the machine an item was recovered to", () => {
  it.each(["recoveryFabricObjectId", "targetVmId", "targetVmName", "recoveryAzureVmName", "recoveryAzureVMName"])(
    "is the one that %s names",
    async (member) => {
      const providerSpecificDetails = { [member]: "vm-r" };
      expect(await readOf("replicated-item", { providerSpecificDetails })).toMatchObject({ recoveredMachine: "vm-r" });
    },
  );
});
