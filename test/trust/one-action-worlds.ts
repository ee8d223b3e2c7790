// For every action a world in which it has to be done, and as little else as possible. It must not test anything.

import type { WorldBackupVault } from "../../src/emulator/data-protection/world-backup-vault.ts";
import type { FaultMatch } from "../../src/emulator/faults/fault.ts";
import type { WorldReplication } from "../../src/emulator/site-recovery/world-replication.ts";
import type { World, WorldLock } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { PlanOptions } from "../../src/model/plan.ts";
import { consents, type Action } from "../../src/model/step.ts";
import { backupVault, disk, softDeletedDisk } from "../emulator/data-protection/backup-vault-builder.ts";
import {
  bare,
  fabric,
  item,
  itemPath,
  mapping,
  migrationPath,
  networkPath,
  plan,
  policy,
  provider,
  replicatingWorld,
  storagePath,
  vcenterPath,
} from "../emulator/replication-builder.ts";
import {
  softDeleted,
  sqlIntent,
  sqlServer,
  storageAccount,
  subscription,
  vault,
  vm,
  world,
} from "../emulator/world-builder.ts";

export type OneAction = {
  readonly world: World;
  readonly options: Partial<PlanOptions>;
  /** Its write; absent where it only reads. */
  readonly write?: FaultMatch;
  /** Which request of that form it is, from 1; 1 where it says nothing. */
  readonly writeAt?: number;
  /** What is read to see its effect. */
  readonly read: FaultMatch;
};

const allowed: Partial<PlanOptions> = { consents };
const purge: Partial<PlanOptions> = { strategy: "purge", consents };

const atVault = (path: string): string => `*/vaults/rsv-test${path}`;
const del = (path: string): FaultMatch => ({ method: "DELETE", path: atVault(path) });
const post = (path: string): FaultMatch => ({ method: "POST", path: atVault(path) });
const list = (path: string): FaultMatch => ({ method: "GET", path: atVault(path) });

/** A machine whose data Azure Backup keeps, or kept. */
const machine = (more: Parameters<typeof vm>[1] = {}) =>
  vm("vm1", { protectedItemType: "Microsoft.Compute/virtualMachines", ...more });
const deletedMachine = machine(softDeleted("2026-11-20T10:00:00Z"));

const groupLock: WorldLock = {
  id: `/subscriptions/${subscription}/resourceGroups/rg-test/providers/Microsoft.Authorization/locks/keep`,
  properties: { level: "CanNotDelete", notes: "ask first" },
};
const lock: FaultMatch = { path: "*/Microsoft.Authorization/locks/keep" };
const locks: FaultMatch = { method: "GET", path: "*/Microsoft.Authorization/locks" };

/** The regime in which soft delete and hybrid security can be turned off. */
const classic = (parts: Parameters<typeof vault>[0] = {}): World => world([vault({ regime: "classic", ...parts })]);

const server = {
  name: "Windows;mars-01.contoso.example",
  properties: {
    friendlyName: "mars-01.contoso.example",
    backupManagementType: "MAB",
    registrationStatus: "Registered",
    containerType: "Windows",
  },
} as const;
const withServer = { more: { protectionContainers: [server] } } as const;

const runningJob = (actionsInfo: readonly string[]) => ({
  name: "770cc560-05c0-4d6f-a28f-6adb1b62e065",
  completesAt: "now+20m",
  properties: {
    jobType: "AzureIaaSVMJob",
    actionsInfo,
    entityFriendlyName: "vm1",
    backupManagementType: "AzureIaasVM",
    operation: "Backup",
    status: "InProgress",
    startTime: "now-21m",
  },
});

const replicating = (...parts: readonly WorldReplication[]): World => replicatingWorld(parts);
const item1 = (more: Parameters<typeof item>[2] = {}) => [fabric("eu"), provider("eu", "dra"), item("eu", "vm1", more)];

/** The endpoint, its connection and the vault of a shipped world, and nothing else of it. */
function privateWorld(): World {
  const small = loadWorld("small");
  const [whole] = small.vaults;
  const empty = { protectionContainers: [], protectedItems: [], protectionIntents: [], backupJobs: [] };
  return { ...small, locks: [], vaults: [{ ...whole!, ...empty }] };
}

const empty = world([vault()]);

/** Actions of a teardown: a recovery has its own. */
export type WorldAction = Exclude<Action, "undelete-vault" | "register-container" | "prove-recovery">;

const inBackupVault = (method: string, path: string): FaultMatch => ({ method, path: `*/backupVaults/bv-test${path}` });

/** One Backup vault with nothing in it but this. */
function backup(options: Omit<Parameters<typeof backupVault>[0], "more">, more: Partial<WorldBackupVault>): World {
  const nothing = { backupInstances: [], backupPolicies: [] };
  return world([], { backupVaults: [backupVault({ ...options, more: { ...nothing, ...more } })] });
}

const deletedDisk = softDeletedDisk("disk-1", "2026-12-20T10:00:00Z");

export const oneActionWorlds: Readonly<Record<WorldAction, OneAction>> = {
  "remove-lock": {
    world: { ...empty, locks: [groupLock] },
    options: allowed,
    write: { ...lock, method: "DELETE" },
    read: locks,
  },
  "restore-lock": {
    world: { ...empty, locks: [groupLock] },
    options: allowed,
    write: { ...lock, method: "PUT" },
    read: locks,
  },
  "settle-job": {
    world: world([vault({ parts: [machine()], more: { backupJobs: [runningJob(["Cancellable"])] } })]),
    options: allowed,
    write: post("/backupJobs/*/cancel"),
    read: list("/backupJobs"),
  },
  "disable-immutability": {
    world: world([vault({ immutability: "Unlocked", parts: [machine()] })]),
    options: allowed,
    write: { method: "PATCH", path: atVault("") },
    read: list(""),
  },
  "disable-soft-delete": {
    world: classic({ parts: [deletedMachine] }),
    options: purge,
    write: { method: "PATCH", path: atVault("") },
    read: list(""),
  },
  "disable-hybrid-security": {
    world: classic(withServer),
    options: purge,
    write: { method: "PATCH", path: atVault("") },
    writeAt: 2,
    read: list(""),
  },
  "delete-intent": {
    world: world([vault({ parts: [sqlServer("sql1", {})], more: { protectionIntents: [sqlIntent("sql1")] } })]),
    options: {},
    write: del("/backupFabrics/Azure/backupProtectionIntent/*"),
    read: list("/backupProtectionIntents"),
  },
  "undelete-item": {
    world: classic({ softDelete: "Disabled", parts: [deletedMachine] }),
    options: purge,
    write: { method: "PUT", path: atVault("/*/protectedItems/*") },
    read: list("/backupProtectedItems"),
  },
  "delete-item": {
    world: world([vault({ parts: [machine()] })]),
    options: {},
    write: del("/*/protectedItems/*"),
    read: list("/backupProtectedItems"),
  },
  "unregister-container": {
    world: world([vault({ parts: [storageAccount("st1", [])] })]),
    options: {},
    write: del("/*/protectionContainers/StorageContainer*"),
    read: list("/backupProtectionContainers"),
  },
  "unregister-server": {
    world: world([vault(withServer)]),
    options: {},
    write: del("/registeredIdentities/*"),
    read: list("/backupProtectionContainers"),
  },
  "clean-test-failover": {
    world: replicating(...item1({ testFailoverState: "WaitingForCompletion" })),
    options: allowed,
    write: post("/*/testFailoverCleanup"),
    read: list("/replicationProtectedItems"),
  },
  "delete-recovery-plan": {
    world: replicating(...item1(), plan("plan", "eu", [itemPath("eu", "vm1")])),
    options: allowed,
    write: del("/replicationRecoveryPlans/plan"),
    read: list("/replicationRecoveryPlans"),
  },
  "disable-replication": {
    world: replicating(...item1()),
    options: allowed,
    write: post("/*/replicationProtectedItems/vm1/remove"),
    read: list("/replicationProtectedItems"),
  },
  "delete-migration-item": {
    world: replicating(fabric("eu", "VMwareV2"), bare("migrationItems", migrationPath("eu", "m1"))),
    options: allowed,
    write: del("/*/replicationMigrationItems/m1"),
    read: list("/replicationMigrationItems"),
  },
  "remove-container-mapping": {
    world: replicating(fabric("eu"), policy, mapping("eu", "map")),
    options: allowed,
    write: post("/*/replicationProtectionContainerMappings/map/remove"),
    read: list("/replicationProtectionContainerMappings"),
  },
  "delete-network-mapping": {
    world: replicating(fabric("eu"), bare("networkMappings", networkPath("eu", "n1"))),
    options: allowed,
    write: del("/*/replicationNetworkMappings/n1"),
    read: list("/replicationNetworkMappings"),
  },
  "delete-storage-mapping": {
    world: replicating(fabric("eu", "VMM"), bare("storageClassificationMappings", storagePath("eu", "s1"))),
    options: allowed,
    write: del("/*/replicationStorageClassificationMappings/s1"),
    read: list("/replicationStorageClassificationMappings"),
  },
  "remove-protection-container": {
    world: replicating(fabric("eu")),
    options: allowed,
    write: post("/*/replicationProtectionContainers/container-eu/remove"),
    read: list("/replicationProtectionContainers"),
  },
  "delete-vcenter": {
    world: replicating(fabric("eu", "VMware"), bare("vCenters", vcenterPath("eu", "vc1"))),
    options: allowed,
    write: del("/*/replicationvCenters/vc1"),
    read: list("/replicationvCenters"),
  },
  "remove-provider": {
    world: replicating(fabric("eu", "HyperVSite"), provider("eu", "dra")),
    options: allowed,
    write: post("/*/replicationRecoveryServicesProviders/dra/remove"),
    read: list("/replicationRecoveryServicesProviders"),
  },
  "remove-fabric": {
    world: replicating({ fabrics: fabric("eu").fabrics ?? [] }),
    options: allowed,
    write: post("/replicationFabrics/eu/remove"),
    read: list("/replicationFabrics"),
  },
  "delete-replication-policy": {
    world: replicating(fabric("eu"), policy),
    options: allowed,
    write: del("/replicationPolicies/pol"),
    read: list("/replicationPolicies"),
  },
  "delete-private-endpoint-connection": {
    world: privateWorld(),
    options: {},
    write: { method: "DELETE", path: "*/privateEndpointConnections/*" },
    read: { method: "GET", path: "*/vaults/rsv-backup-weu" },
  },
  "delete-private-endpoint": {
    world: privateWorld(),
    options: {},
    write: { method: "DELETE", path: "*/Microsoft.Network/privateEndpoints/*" },
    read: { method: "GET", path: "*/Microsoft.Network/privateEndpoints/*" },
  },
  "undelete-instance": {
    world: backup({ regime: "classic", softDelete: "Off" }, { deletedBackupInstances: [deletedDisk] }),
    options: purge,
    write: inBackupVault("POST", "/deletedBackupInstances/*/undelete"),
    read: inBackupVault("GET", "/deletedBackupInstances"),
  },
  "delete-instance": {
    world: backup({}, { backupInstances: [disk("disk-1")] }),
    options: {},
    write: inBackupVault("DELETE", "/backupInstances/*"),
    read: inBackupVault("GET", "/backupInstances"),
  },
  "delete-policy": {
    world: backup({ regime: "classic" }, { backupPolicies: [{ name: "disk-daily", properties: {} }] }),
    options: {},
    write: inBackupVault("DELETE", "/backupPolicies/*"),
    read: inBackupVault("GET", "/backupPolicies"),
  },
  recheck: { world: empty, options: {}, read: list("/backupProtectedItems") },
  "delete-vault": { world: empty, options: {}, write: del(""), read: list("") },
  "prove-absence": { world: empty, options: {}, read: list("") },
};
