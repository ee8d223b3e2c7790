// One thing of every kind that can stand in a vault, to be put into a world or taken out of it. Data of the world that has one of everything.

import { createEmulator } from "../../src/emulator/emulator.ts";
import type { Json, Properties } from "../../src/emulator/json.ts";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Kind } from "../../src/model/resource.ts";
import { virtualClock } from "../virtual-clock.ts";

type Entry = Properties;
type Lists = Record<string, Entry[]>;

/** A list of a world, and what the name of one entry of it ends with. */
type Piece = readonly [list: string, ending: string];

export type Part = {
  readonly kind: Kind;
  /** As an inventory names it. */
  readonly name: string;
  readonly piece: Piece;
  /** What it cannot stand without. */
  readonly needs?: readonly Piece[];
};

const fabric = "replicationFabrics/site-datacenter";
const container = `${fabric}/replicationProtectionContainers/cloud_c67412d8-337a-5f2d-91c3-0acf442f8991`;
const site: readonly Piece[] = [
  ["replication.fabrics", fabric],
  ["replication.protectionContainers", container],
];
const vmware = "replicationFabrics/1f2f2446b57337a41054aa27d01f633fa078925009b99576ca7ef8b6c6dcb508";
const vmm = "replicationFabrics/vmm-datacenter-fabric-5b0e";
const migrate = "replicationFabrics/migrateeverything7d1ereplicationfabric";

export const parts: readonly Part[] = [
  { kind: "backup-job", name: "vm-app-01", piece: ["backupJobs", "770cc560-05c0-4d6f-a28f-6adb1b62e065"] },
  {
    kind: "auto-protection-intent",
    name: "MSSQLSERVER",
    piece: ["protectionIntents", "623045ee-7b21-4d48-a7f3-e67f0c118935"],
  },
  {
    kind: "protected-item",
    name: "vm-app-02",
    piece: ["protectedItems", "VM;iaasvmcontainerv2;rg-app-neu;vm-app-02"],
    needs: [["protectionContainers", "rg-app-neu;vm-app-02"]],
  },
  { kind: "workload-container", name: "vm-sqlag-01", piece: ["protectionContainers", "vm-sqlag-01"] },
  { kind: "storage-container", name: "stfilesneu02", piece: ["protectionContainers", "stfilesneu02"] },
  { kind: "virtual-machine-container", name: "vm-app-03", piece: ["protectionContainers", "vm-app-03"] },
  { kind: "mars-server", name: "MARS-01.CONTOSO.EXAMPLE", piece: ["protectionContainers", "mars-01.contoso.example"] },
  { kind: "backup-server", name: "DPM-01.CONTOSO.EXAMPLE", piece: ["backupEngines", "DPM-01.CONTOSO.EXAMPLE"] },
  {
    kind: "private-endpoint-connection",
    name: "pe-rsv-everything-hub.7527950436420720860.backup.f1909d58-ade8-4410-a3d9-85ba85591a93",
    piece: ["connections", "f1909d58-ade8-4410-a3d9-85ba85591a93"],
    needs: [["privateEndpoints", "pe-rsv-everything-hub"]],
  },
  {
    kind: "private-endpoint",
    name: "pe-rsv-everything-neu_ecs-7f3a_blob",
    piece: ["privateEndpoints", "pe-rsv-everything-neu_ecs-7f3a_blob"],
    needs: [
      ["privateEndpoints", "pe-rsv-everything-neu"],
      ["connections", "80fd5609-8320-47e8-a4c4-e85c0af0bf9f"],
    ],
  },
  { kind: "resource-guard", name: "VaultProxy", piece: ["resourceGuardProxies", "VaultProxy"] },
  { kind: "lock", name: "backup-baseline", piece: ["locks", "backup-baseline"] },
  {
    kind: "replication-job",
    name: "print-01",
    piece: ["replication.jobs", "9721d929-8de2-5ac8-943c-2dcb41cd43f5"],
    needs: [...site, ["replication.protectedItems", "90560bf8-889d-545a-93bf-85976d092c9e"]],
  },
  { kind: "recovery-plan", name: "plan-applications", piece: ["replication.recoveryPlans", "plan-applications"] },
  {
    kind: "replicated-item",
    name: "print-01",
    piece: ["replication.protectedItems", "90560bf8-889d-545a-93bf-85976d092c9e"],
    needs: site,
  },
  {
    kind: "migration-item",
    name: "legacy-01",
    piece: ["replication.migrationItems", "vcenter-01_5715d27e-faa3-5d25-9444-c358e0479944"],
    needs: [
      ["replication.fabrics", migrate],
      ["replication.protectionContainers", "migrateeverything7d1ereplicationcontainer"],
    ],
  },
  {
    kind: "container-mapping",
    name: "hyper-v-datacenter-mapping",
    piece: ["replication.containerMappings", "hyper-v-datacenter-mapping"],
    needs: [...site, ["replication.policies", "hyper-v-datacenter"]],
  },
  {
    kind: "network-mapping",
    name: "corp-to-azure",
    piece: ["replication.networkMappings", "corp-to-azure"],
    needs: [["replication.fabrics", vmm]],
  },
  {
    kind: "storage-classification-mapping",
    name: "gold-to-silver",
    piece: ["replication.storageClassificationMappings", "gold-to-silver"],
    needs: [["replication.fabrics", vmm]],
  },
  {
    kind: "protection-container",
    name: "site-datacenter",
    piece: ["replication.protectionContainers", container],
    needs: [["replication.fabrics", fabric]],
  },
  {
    kind: "vcenter",
    name: "vcenter-01",
    piece: ["replication.vCenters", "vcenter-01"],
    needs: [["replication.fabrics", vmware]],
  },
  {
    kind: "recovery-services-provider",
    name: "hv-datacenter-01",
    piece: ["replication.recoveryServicesProviders", "e4a572e2-8a59-5ad4-9215-73b7fc1522da"],
    needs: [["replication.fabrics", fabric]],
  },
  { kind: "fabric", name: "site-datacenter", piece: ["replication.fabrics", fabric] },
  { kind: "replication-policy", name: "hyper-v-datacenter", piece: ["replication.policies", "hyper-v-datacenter"] },
  { kind: "backup-policy", name: "EnhancedPolicy", piece: ["backupPolicies", "EnhancedPolicy"] },
  {
    kind: "unknown",
    name: "cluster-01",
    piece: ["protectedItems", "cluster-01"],
    needs: [["protectionContainers", "AksContainer;cluster-01"]],
  },
];

/** Kinds of which a vault always has exactly one, or that are no thing of their own: they change, they never come or go. */
export const neverComing: readonly Kind[] = [
  "vault",
  "soft-delete-setting",
  "hybrid-security-setting",
  "immutability-setting",
  "leftover",
];

/** Kinds that only a Backup vault has: the world of everything has none. */
export const ofBackupVaults: readonly Kind[] = ["backup-instance", "backup-vault-policy"];

/** One of everything, and a thing of a kind that nobody knows. Its dates are those of the time it starts at. */
export const everything: World = {
  ...withUnknown(createEmulator({ world: loadWorld("kitchen-sink"), clock: virtualClock() }).world()),
  startsAt: new Date(virtualClock().now()).toISOString(),
};

/** Lists that hold nothing in a vault with one machine. */
const emptied: readonly string[] = [
  "protectionIntents",
  "backupJobs",
  "backupEngines",
  "resourceGuardProxies",
  "connections",
  "privateEndpoints",
  "replication.fabrics",
  "replication.protectionContainers",
  "replication.protectedItems",
  "replication.migrationItems",
  "replication.containerMappings",
  "replication.networkMappings",
  "replication.storageClassificationMappings",
  "replication.vCenters",
  "replication.recoveryServicesProviders",
  "replication.policies",
  "replication.recoveryPlans",
  "replication.jobs",
];

/** The same vault with one protected machine in it, and a lock on its resource group. */
export const oneMachine: World = edited(everything, (lists) => {
  for (const list of emptied) lists[list] = [];
  for (const list of ["protectionContainers", "protectedItems"])
    lists[list] = lists[list]!.filter((entry) => isPiece(entry, "rg-app-neu;vm-app-01"));
  lists["backupPolicies"] = lists["backupPolicies"]!.slice(0, 1);
  const { id = "", properties = {} } = lists["locks"]!.find((entry) => isPiece(entry, "backup-baseline")) ?? {};
  lists["locks"] = [{ id: `${id as string}-of-old`, properties }];
});

function withUnknown(world: World): World {
  const properties = { friendlyName: "cluster-01", protectedItemType: "AksCluster", protectionState: "Protected" };
  return edited(world, ({ protectedItems, protectionContainers }) => {
    const container = { friendlyName: "cluster-01", registrationStatus: "Registered", containerType: "AksContainer" };
    protectionContainers!.push({
      name: "AksContainer;cluster-01",
      properties: { ...container, backupManagementType: "AzureIaasVM" },
    });
    protectedItems!.push({
      container: "AksContainer;cluster-01",
      name: "AksCluster;cluster-01",
      properties: { ...properties, backupManagementType: "AzureIaasVM", workloadType: "Invalid" },
    });
  });
}

/** The world with its lists changed in place. */
export function edited(world: World, change: (lists: Lists) => void): World {
  const copy = structuredClone(world) as unknown as Record<string, Json>;
  const [vault] = copy["vaults"] as unknown as Record<string, Json>[];
  const properties = vault!["properties"] as Record<string, Json>;
  const replication = (vault!["replication"] ??= {}) as Record<string, Json>;
  const owner = (list: string): [Record<string, Json>, string] => {
    if (list.startsWith("replication.")) return [replication, list.slice("replication.".length)];
    if (list === "connections") return [properties, "privateEndpointConnections"];
    return [list === "locks" || list === "privateEndpoints" ? copy : vault!, list];
  };
  const lists = new Proxy({} as Lists, {
    get: (_none, name: string) => {
      const [holder, member] = owner(name);
      return (holder[member] ??= []);
    },
    set: (_none, name: string, value: Json) => {
      const [holder, member] = owner(name);
      holder[member] = value;
      return true;
    },
  });
  change(lists);
  return copy as unknown as World;
}

/** The properties of the vault itself and of an entry, to be changed in place. */
export function entryIn(lists: Lists, [list, ending]: Piece): Record<string, Json> {
  const found = lists[list]!.find((entry) => isPiece(entry, ending));
  if (found === undefined) throw new Error(`no ${list} …${ending} in this world`);
  return found as Record<string, Json>;
}

export function without(world: World, { piece: [list, ending] }: Pick<Part, "piece">): World {
  return edited(world, (lists) => {
    const gone = entryIn(lists, [list, ending]);
    lists[list] = lists[list]!.filter((entry) => entry !== gone);
  });
}

/** The world with this thing of `everything` in it, and with what it needs, where that is not there yet. */
export function withPart(world: World, { piece, needs = [] }: Pick<Part, "piece" | "needs">): World {
  let source: Lists | undefined;
  edited(everything, (lists) => (source = lists));
  return edited(world, (lists) => {
    for (const [list, ending] of [...needs, piece])
      if (!lists[list]!.some((entry) => isPiece(entry, ending))) lists[list]!.push(entryIn(source!, [list, ending]));
  });
}

function isPiece(entry: Entry, ending: string): boolean {
  const name = entry["path"] ?? entry["id"] ?? entry["name"];
  return typeof name === "string" && name.endsWith(ending);
}
