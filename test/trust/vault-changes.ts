// Changes of state between a plan and its run: those that decide over the plan, and those that do not.

import type { Json } from "../../src/emulator/json.ts";
import type { World } from "../../src/emulator/world.ts";
import type { Kind } from "../../src/model/resource.ts";
import { edited, entryIn } from "./vault-parts.ts";

export type Change = {
  readonly what: string;
  readonly change: (world: World) => World;
};

type Deciding = Change & {
  readonly kind: Kind;
  /** As the difference names them. */
  readonly was: string;
  readonly is: string;
};

type Members = { readonly [name: string]: Json };

/** A change of members of one entry's properties; a member with a dot lies one level deeper. */
function set(list: string, ending: string, members: Members): (world: World) => World {
  return (world) => edited(world, (lists) => setMembers(entryIn(lists, [list, ending])["properties"], members));
}

function ofVault(members: Members): (world: World) => World {
  return (world) => {
    const copy = structuredClone(world);
    setMembers(copy.vaults[0]!.properties as Json, members);
    return copy;
  };
}

function setMembers(properties: Json | undefined, members: Members): void {
  for (const [name, value] of Object.entries(members)) {
    const path = name.split(".");
    let owner = properties as Record<string, Json>;
    for (const part of path.slice(0, -1)) owner = (owner[part] ??= {}) as Record<string, Json>;
    owner[path.at(-1)!] = value;
  }
}

const security = "securitySettings";
const machine = "VM;iaasvmcontainerv2;rg-app-neu;vm-app-01";

const asr = "90560bf8-889d-545a-93bf-85976d092c9e";
const site = "replicationFabrics/site-datacenter";

export const changes: readonly Deciding[] = [
  {
    what: "an item's protection was stopped",
    kind: "protected-item",
    was: "Protected",
    is: "ProtectionStopped",
    change: set("protectedItems", machine, { protectionState: "ProtectionStopped" }),
  },
  {
    what: "an item was soft-deleted",
    kind: "protected-item",
    was: "ProtectionStopped",
    is: "ProtectionStopped, soft-deleted",
    change: set("protectedItems", "rg-app-neu;vm-app-03", {
      isScheduledForDeferredDelete: true,
      deferredDeleteTimeInUTC: "2026-11-20T00:00:00Z",
      softDeleteRetentionPeriod: 14,
    }),
  },
  {
    what: "an item was undeleted",
    kind: "protected-item",
    was: "ProtectionStopped, soft-deleted",
    is: "ProtectionStopped",
    change: set("protectedItems", "rg-old-neu;vm-retired-01", { isScheduledForDeferredDelete: false }),
  },
  {
    what: "a job cannot be cancelled any more",
    kind: "backup-job",
    was: "cancellable",
    is: "not cancellable",
    change: set("backupJobs", "770cc560-05c0-4d6f-a28f-6adb1b62e065", { actionsInfo: [] }),
  },
  {
    what: "immutability was locked",
    kind: "immutability-setting",
    was: "Unlocked, last expiry none",
    is: "Locked, last expiry no date",
    change: ofVault({ [`${security}.immutabilitySettings.state`]: "Locked" }),
  },
  {
    what: "immutability was turned off",
    kind: "immutability-setting",
    was: "Unlocked",
    is: "Disabled",
    change: ofVault({ [`${security}.immutabilitySettings.state`]: "Disabled" }),
  },
  {
    what: "soft delete was turned off",
    kind: "soft-delete-setting",
    was: "Enabled",
    is: "Disabled",
    change: ofVault({ [`${security}.softDeleteSettings.softDeleteState`]: "Disabled" }),
  },
  {
    what: "soft delete keeps longer",
    kind: "soft-delete-setting",
    was: "14 days",
    is: "180 days",
    change: ofVault({ [`${security}.softDeleteSettings.softDeleteRetentionPeriodInDays`]: 180 }),
  },
  {
    what: "hybrid security was turned off",
    kind: "hybrid-security-setting",
    was: "Enabled",
    is: "Disabled",
    change: ofVault({ [`${security}.softDeleteSettings.enhancedSecurityState`]: "Disabled" }),
  },
  {
    what: "the vault is being moved",
    kind: "vault",
    was: "move none",
    is: "move InProgress",
    change: ofVault({ moveState: "InProgress" }),
  },
  {
    what: "the vault is updating",
    kind: "vault",
    was: "Succeeded",
    is: "Updating",
    change: ofVault({ provisioningState: "Updating" }),
  },
  {
    what: "the vault was tagged against a teardown",
    kind: "vault",
    was: "no protect tag",
    is: "protect tag on /subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg-backup-neu/providers/microsoft.recoveryservices/vaults/rsv-everything-neu",
    change: tagged({ "vault-teardown": "deny" }),
  },
  {
    what: "a lock has another level",
    kind: "lock",
    was: "CanNotDelete",
    is: "ReadOnly",
    change: set("locks", "backup-baseline", { level: "ReadOnly" }),
  },
  {
    what: "a lock has other notes",
    kind: "lock",
    was: "Backup baseline; ask platform@example.com",
    is: "hands off",
    change: set("locks", "backup-baseline", { notes: "hands off" }),
  },
  {
    what: "a connection was approved",
    kind: "private-endpoint-connection",
    was: "Pending",
    is: "Approved",
    change: connection,
  },
  {
    what: "an endpoint leads elsewhere too",
    kind: "private-endpoint",
    was: "also leads to nothing",
    is: "also leads to /subscriptions/s/resourcegroups/g/providers/microsoft.storage/storageaccounts/other",
    change: alsoElsewhere,
  },
  {
    what: "a guard guards less",
    kind: "resource-guard",
    was: "/backupFabrics/protectionContainers/protectedItems/delete by /subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/rg-security/providers/microsoft.dataprotection/resourceguards/rg-guard-backup/deleteprotecteditemrequests/default",
    is: "",
    change: set("resourceGuardProxies", "VaultProxy", { resourceGuardOperationDetails: [] }),
  },
  {
    what: "a container was soft-deleted",
    kind: "workload-container",
    was: "Registered",
    is: "SoftDeleted",
    change: set("protectionContainers", "vm-sqlag-01", { registrationStatus: "SoftDeleted" }),
  },
  {
    what: "an account was unregistered",
    kind: "storage-container",
    was: "Registered",
    is: "SoftDeleted",
    change: set("protectionContainers", "stfilesneu02", { registrationStatus: "SoftDeleted" }),
  },
  {
    what: "a machine's container was soft-deleted",
    kind: "virtual-machine-container",
    was: "Registered",
    is: "SoftDeleted",
    change: set("protectionContainers", "rg-app-neu;vm-app-03", { registrationStatus: "SoftDeleted" }),
  },
  {
    what: "a MARS server was soft-deleted",
    kind: "mars-server",
    was: "Registered",
    is: "SoftDeleted",
    change: set("protectionContainers", "mars-01.contoso.example", { registrationStatus: "SoftDeleted" }),
  },
  {
    what: "a backup server was soft-deleted",
    kind: "backup-server",
    was: "Registered",
    is: "SoftDeleted",
    change: set("backupEngines", "DPM-01.CONTOSO.EXAMPLE", { registrationStatus: "SoftDeleted" }),
  },
  {
    what: "auto-protection reads another state",
    kind: "auto-protection-intent",
    was: "NotProtected",
    is: "Protected",
    change: set("protectionIntents", "623045ee-7b21-4d48-a7f3-e67f0c118935", { protectionState: "Protected" }),
  },
  {
    what: "a machine was failed over",
    kind: "replicated-item",
    was: "active Primary",
    is: "active Recovery",
    change: set("replication.protectedItems", asr, { activeLocation: "Recovery" }),
  },
  {
    what: "a machine is under a test failover",
    kind: "replicated-item",
    was: "test failover None",
    is: "test failover WaitingForCompletion",
    change: set("replication.protectedItems", asr, { testFailoverState: "WaitingForCompletion" }),
  },
  {
    what: "a machine is under a test migration",
    kind: "migration-item",
    was: "test migration None",
    is: "test migration TestMigrationSucceeded",
    change: set("replication.migrationItems", "5715d27e-faa3-5d25-9444-c358e0479944", {
      testMigrateState: "TestMigrationSucceeded",
    }),
  },
  {
    what: "a server no longer answers",
    kind: "recovery-services-provider",
    was: "Connected, source reachable",
    is: "Disconnected, source unreachable",
    change: set("replication.recoveryServicesProviders", "e4a572e2-8a59-5ad4-9215-73b7fc1522da", {
      connectionStatus: "Disconnected",
    }),
  },
  {
    what: "a mapping failed to pair",
    kind: "container-mapping",
    was: "Paired",
    is: "PairingFailed",
    change: set("replication.containerMappings", "hyper-v-datacenter-mapping", { state: "PairingFailed" }),
  },
  {
    what: "a network is paired no more",
    kind: "network-mapping",
    was: "Paired",
    is: "Unpaired",
    change: set("replication.networkMappings", "corp-to-azure", { state: "Unpaired" }),
  },
  {
    what: "a fabric is of another type",
    kind: "fabric",
    was: "HyperVSite",
    is: "VMwareV2",
    change: set("replication.fabrics", site, { "customDetails.instanceType": "VMwareV2" }),
  },
  {
    what: "a job of Site Recovery cannot be cancelled any more",
    kind: "replication-job",
    was: "can be cancelled",
    is: "cannot be cancelled",
    change: set("replication.jobs", "9721d929-8de2-5ac8-943c-2dcb41cd43f5", { allowedActions: [] }),
  },
  {
    what: "a thing nobody knows changed its state",
    kind: "unknown",
    was: "Protected",
    is: "ProtectionStopped",
    change: set("protectedItems", "cluster-01", { protectionState: "ProtectionStopped" }),
  },
];
export const harmlessChanges: readonly Change[] = [
  {
    what: "backups went on: their times, health and recovery points",
    change: set("protectedItems", machine, {
      lastBackupTime: "2026-11-21T07:59:00Z",
      lastRecoveryPoint: "2026-11-21T07:59:00Z",
      lastBackupStatus: "Failed",
      healthStatus: "ActionRequired",
      protectionStatus: "Unhealthy",
    }),
  },
  {
    what: "replication went on: its health, lag and last recovery point",
    change: set("replication.protectedItems", "90560bf8-889d-545a-93bf-85976d092c9e", {
      replicationHealth: "Critical",
      failoverHealth: "Warning",
      lastSuccessfulFailoverTime: "2026-11-20T00:00:00Z",
      healthErrors: [{ errorMessage: "behind" }],
    }),
  },
  {
    what: "a server was seen later",
    change: set("backupEngines", "DPM-01.CONTOSO.EXAMPLE", { healthStatus: "Degraded" }),
  },
  { what: "a job got on", change: set("backupJobs", "770cc560-05c0-4d6f-a28f-6adb1b62e065", { duration: "PT59M" }) },
  { what: "tags that forbid nothing changed", change: tagged({ environment: "production" }) },
  { what: "all lists come in another order", change: reversed },
  { what: "all ids are spelled in another case", change: shouted },
];

function connection(world: World): World {
  return edited(world, (lists) => {
    const { properties } = entryIn(lists, ["connections", "f1909d58-ade8-4410-a3d9-85ba85591a93"]);
    setMembers(properties, { "privateLinkServiceConnectionState.status": "Approved", provisioningState: "Succeeded" });
  });
}

function alsoElsewhere(world: World): World {
  return edited(world, (lists) => {
    const properties = entryIn(lists, ["privateEndpoints", "pe-rsv-everything-neu"])["properties"] as Record<
      string,
      Json
    >;
    const own = properties["privateLinkServiceConnections"] as readonly Json[];
    const other = {
      name: "other",
      properties: {
        privateLinkServiceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/other",
      },
    };
    properties["privateLinkServiceConnections"] = [...own, other];
  });
}

function tagged(tags: Members): (world: World) => World {
  return (world) => {
    const [vault, ...others] = world.vaults;
    return { ...world, vaults: [{ ...vault!, tags: { ...vault!.tags, ...tags } }, ...others] };
  };
}

function reversed(world: World): World {
  const copy = structuredClone(world) as unknown as Record<string, Json>;
  const turn = (owner: Record<string, Json>): void => {
    for (const [name, value] of Object.entries(owner)) if (Array.isArray(value)) owner[name] = value.toReversed();
  };
  const [vault] = copy["vaults"] as unknown as Record<string, Json>[];
  turn(vault!);
  turn(vault!["replication"] as Record<string, Json>);
  turn({ ...copy, vaults: [] });
  return copy as unknown as World;
}

/** Names of things in ids, as Azure spells them one way today and another way tomorrow. */
function shouted(world: World): World {
  const text = JSON.stringify(world).replaceAll(
    /"(path|id|container|name)":"([^"]*(?:replication|protectionContainers|Container;|privateEndpoints\/)[^"]*)"/g,
    (_all, member: string, value: string) => `"${member}":"${value.toUpperCase()}"`,
  );
  return JSON.parse(text) as World;
}
