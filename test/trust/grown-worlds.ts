// Worlds grown from a few words each: machines, database hosts, accounts, servers, jobs, endpoints, locks and fabrics in any number.

import fc from "fast-check";
import type { Properties } from "../../src/emulator/json.ts";
import type { WorldReplication } from "../../src/emulator/site-recovery/world-replication.ts";
import type { World, WorldEndpoint, WorldItem, WorldJob, WorldLock, WorldResource } from "../../src/emulator/world.ts";
import * as asr from "../emulator/replication-builder.ts";
import {
  softDeleted,
  sqlIntent,
  sqlServer,
  storageAccount,
  subscription,
  vault,
  vaultId,
  vm,
  world,
} from "../emulator/world-builder.ts";
import { securityOf, settings, type Settings } from "./parts-of-everything.ts";

type State = "protected" | "stopped" | "deleted";
type Level = "CanNotDelete" | "ReadOnly" | "NotSpecified";

export type Grown = Settings & {
  readonly machines: readonly State[];
  readonly hosts: readonly { readonly databases: readonly State[]; readonly protectsNew: boolean }[];
  readonly accounts: readonly { readonly shares: number; readonly lock: "none" | "service" | Level }[];
  /** How many items each server with an agent holds. */
  readonly agents: readonly number[];
  readonly engines: readonly { readonly items: number; readonly type: "DPM" | "AzureBackupServer" }[];
  readonly jobs: readonly {
    readonly of: "machine" | "workload" | "anything";
    readonly cancellable: boolean;
    readonly minutes: number;
  }[];
  readonly endpoints: readonly { readonly helpers: number; readonly isShared: boolean }[];
  readonly locks: readonly {
    readonly on: "vault" | "group" | "subscription" | "endpoints" | "item";
    readonly level: Level;
  }[];
  readonly regions: readonly Region[];
  readonly sites: readonly Site[];
  readonly listLag: number;
  readonly pageSize: number;
  readonly seed: number;
  readonly listsDeletedVaults: boolean;
  /** The caller's rights come from several assignments. */
  readonly splitsRights: boolean;
};

/** A classic vault in which nothing stands. */
export const nothing: Grown = {
  regime: "classic",
  softDelete: "Enabled",
  immutability: "Disabled",
  machines: [],
  hosts: [],
  accounts: [],
  agents: [],
  engines: [],
  jobs: [],
  endpoints: [],
  locks: [],
  regions: [],
  sites: [],
  listLag: 0,
  pageSize: 200,
  seed: 1,
  listsDeletedVaults: false,
  splitsRights: false,
};

/** A pair of fabrics in Azure, one of them the other's target. */
type Region = {
  readonly items: readonly ("protected" | "tested" | "failed-over")[];
  readonly isPlanned: boolean;
  readonly isMapped: boolean;
};
type Site = { readonly items: number; readonly isConnected: boolean; readonly hasVcenter: boolean };

const some = <T>(of: fc.Arbitrary<T>, most = 2): fc.Arbitrary<readonly T[]> =>
  fc.array(of, { minLength: 1, maxLength: most });

/** The first of them, and now and then one of the others. */
function often(usual: number, ...others: readonly number[]): fc.Arbitrary<number> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

const state = fc.constantFrom<State>("protected", "protected", "stopped", "deleted");
const level = fc.constantFrom<Level>("CanNotDelete", "ReadOnly", "NotSpecified");

/** What may stand in a vault and around it. */
const lists = {
  machines: some(state, 3),
  hosts: some(fc.record({ databases: fc.array(state, { maxLength: 3 }), protectsNew: fc.boolean() })),
  accounts: some(fc.record({ shares: fc.nat(2), lock: fc.oneof(fc.constantFrom("none", "service"), level) })),
  agents: some(fc.nat(2), 1),
  engines: some(fc.record({ items: fc.nat(2), type: fc.constantFrom("DPM", "AzureBackupServer") }), 1),
  jobs: some(
    fc.record({
      of: fc.constantFrom("machine", "workload", "anything"),
      cancellable: fc.boolean(),
      minutes: fc.integer({ min: 1, max: 20 }),
    }),
    1,
  ),
  endpoints: some(fc.record({ helpers: fc.nat(2), isShared: fc.boolean() })),
  locks: some(fc.record({ on: fc.constantFrom("vault", "group", "subscription", "endpoints", "item"), level })),
  regions: some(
    fc.record({
      items: fc.array(fc.constantFrom("protected", "tested", "failed-over"), { maxLength: 2 }),
      isPlanned: fc.boolean(),
      isMapped: fc.boolean(),
    }),
    1,
  ),
  sites: some(fc.record({ items: fc.nat(2), isConnected: fc.boolean(), hasVcenter: fc.boolean() }), 1),
} as const;

const names = Object.keys(lists) as readonly (keyof typeof lists)[];

/** Up to three lists have something in them: what goes wrong takes few things to show. */
export const grown: fc.Arbitrary<Grown> = fc
  .record({
    settings,
    filled: fc.subarray([...names], { minLength: 1, maxLength: 3 }),
    lists: fc.record(lists),
    listLag: often(0, 10, 30, 90),
    pageSize: often(200, 2),
    seed: fc.nat(1000),
    listsDeletedVaults: fc.boolean(),
    splitsRights: fc.boolean(),
  })
  .map(({ settings: of, filled, lists: full, ...rest }) => ({
    ...nothing,
    ...of,
    ...Object.fromEntries(filled.map((name) => [name, full[name]])),
    ...rest,
  }));

export function grownWorld(recipe: Grown): World {
  const { machines, hosts, accounts, agents, engines, endpoints, locks, listLag, pageSize, seed } = recipe;
  const parts = [
    ...machines.map((is, index) =>
      vm(`vm-${index}`, { protectedItemType: "Microsoft.Compute/virtualMachines", ...bodyOf(is) }),
    ),
    ...hosts.map(({ databases }, index) =>
      sqlServer(
        `sql-${index}`,
        Object.fromEntries(
          databases.map((is, number) => [
            `db-${number}`,
            { protectedItemType: "AzureVmWorkloadSQLDatabase", ...bodyOf(is) },
          ]),
        ),
      ),
    ),
    ...accounts.map(({ shares }, index) => account(index, shares)),
    ...agents.map(agent),
    ...engines.map(engine),
  ];
  return world(
    [
      vault({
        regime: recipe.regime,
        parts,
        properties: {
          securitySettings: securityOf(recipe),
          privateEndpointConnections: endpoints.map((_, index) => connection(index)),
        },
        more: {
          protectionIntents: hosts.flatMap(({ protectsNew }, index) =>
            protectsNew ? [sqlIntent(`sql-${index}`, `11111111-2222-4333-8444-55555555555${index}`)] : [],
          ),
          backupJobs: recipe.jobs.map(job),
          backupEngines: engines.map(({ type }, index) => ({
            name: `engine-${index}`,
            properties: {
              friendlyName: `engine-${index}`,
              backupManagementType: type,
              registrationStatus: "Registered",
            },
          })),
          replication: replicationOf(recipe),
        },
      }),
    ],
    {
      privateEndpoints: endpoints.flatMap(endpointWithHelpers),
      locks: [...accounts.flatMap(lockOfAccount), ...locks.map(lock)],
      subscriptions: [{ id: subscription }],
      resourceGroups: [{ id: `/subscriptions/${subscription}/resourceGroups/rg-test` }],
      listLag,
      pageSize,
      seed,
      listsDeletedVaults: recipe.listsDeletedVaults,
      ...(recipe.splitsRights ? { access: rights } : {}),
    },
  );
}

/** Everything, in parts. */
const rights: NonNullable<World["access"]> = [
  { scope: `/subscriptions/${subscription}`, actions: ["*"], notActions: ["Microsoft.Authorization/*/delete"] },
  { scope: `/subscriptions/${subscription}`, actions: ["Microsoft.Authorization/*"] },
  { scope: `/subscriptions/${subscription}/resourceGroups/rg-test`, actions: ["*/read"] },
];

function bodyOf(is: State): Properties {
  if (is === "protected") return {};
  return is === "stopped" ? { protectionState: "ProtectionStopped" } : softDeleted("now-3d");
}

type Parts = { readonly container: WorldResource; readonly items: readonly WorldItem[] };

function account(index: number, shares: number): Parts {
  const { container, items } = storageAccount(
    `account${index}`,
    Array.from({ length: shares }, (_, share) => `share-${share}`),
  );
  return {
    container: { ...container, properties: { ...container.properties, sourceResourceId: accountId(index) } },
    items: items.map((item) => ({
      ...item,
      properties: { ...item.properties, protectedItemType: "AzureFileShareProtectedItem" },
    })),
  };
}

function accountId(index: number): string {
  return `/subscriptions/${subscription}/resourceGroups/rg-test/providers/Microsoft.Storage/storageAccounts/account${index}`;
}

function lockOfAccount({ lock: wanted }: Grown["accounts"][number], index: number): readonly WorldLock[] {
  if (wanted === "none") return [];
  const isOfService = wanted === "service";
  const name = isOfService ? "AzureBackupProtectionLock" : "files";
  const properties = { level: isOfService ? "CanNotDelete" : wanted, notes: `on account${index}` };
  return [{ id: `${accountId(index)}/providers/Microsoft.Authorization/locks/${name}`, properties }];
}

function agent(items: number, index: number): Parts {
  const name = `Windows;agent-${index}`;
  const properties = {
    friendlyName: `agent-${index}`,
    backupManagementType: "MAB",
    registrationStatus: "Registered",
    containerType: "Windows",
  };
  return {
    container: { name, properties },
    items: itemsOn(name, items, {
      protectedItemType: "MabFileFolderProtectedItem",
      backupManagementType: "MAB",
      workloadType: "FileFolder",
    }),
  };
}

function engine({ items, type }: Grown["engines"][number], index: number): Parts {
  const name = `${type}Container;engine-${index}`;
  return {
    container: {
      name,
      properties: {
        friendlyName: `engine-${index}`,
        backupManagementType: type,
        registrationStatus: "Registered",
        containerType: `${type}Container`,
      },
    },
    items: itemsOn(name, items, {
      protectedItemType: "DPMProtectedItem",
      backupManagementType: type,
      workloadType: "SQLDB",
      backupEngineName: `engine-${index}`,
    }),
  };
}

function itemsOn(container: string, count: number, body: Properties): readonly WorldItem[] {
  return Array.from({ length: count }, (_, index) => ({
    container,
    name: `FileFolder;${container};${index}`,
    properties: { friendlyName: `data-${index}`, protectionState: "Protected", containerName: container, ...body },
  }));
}

function job({ of, cancellable, minutes }: Grown["jobs"][number], index: number): WorldJob {
  const type = of === "anything" ? {} : { backupManagementType: of === "machine" ? "AzureIaasVM" : "AzureWorkload" };
  return {
    name: `00000000-0000-4000-8000-00000000000${index}`,
    properties: {
      entityFriendlyName: "vm-0",
      operation: "Backup",
      status: "InProgress",
      startTime: "now-5m",
      actionsInfo: cancellable ? ["Cancellable"] : [],
      ...(of === "machine" ? { containerName: "iaasvmcontainerv2;rg-test;vm-0" } : {}),
      ...type,
    },
    completesAt: `now+${minutes}m`,
  };
}

const network = `/subscriptions/${subscription}/resourceGroups/rg-network`;

function endpointId(name: string): string {
  return `${network}/providers/Microsoft.Network/privateEndpoints/${name}`;
}

function connection(index: number): Properties {
  const name = `pe-${index}.1234.backup.00000000`;
  return {
    id: `${vaultId}/privateEndpointConnections/${name}`,
    name,
    properties: {
      provisioningState: "Succeeded",
      privateEndpoint: { id: endpointId(`pe-${index}`) },
      privateLinkServiceConnectionState: { status: "Approved" },
    },
  };
}

function endpointWithHelpers(
  { helpers, isShared }: Grown["endpoints"][number],
  index: number,
): readonly WorldEndpoint[] {
  const leadingTo = (name: string, targets: readonly string[]): WorldEndpoint => ({
    id: endpointId(name),
    location: "westeurope",
    properties: {
      provisioningState: "Succeeded",
      privateLinkServiceConnections: targets.map((id, number) => ({
        name: `${name}-${number}`,
        properties: { privateLinkServiceId: id },
      })),
    },
  });
  return [
    leadingTo(`pe-${index}`, [vaultId, ...(isShared ? [`${vaultId}-other`] : [])]),
    ...["blob", "queue"].slice(0, helpers).map((kind) => leadingTo(`pe-${index}_ecs-1_${kind}`, [accountId(99)])),
  ];
}

function lock({ on, level: is }: Grown["locks"][number], index: number): WorldLock {
  const scopes = {
    vault: vaultId,
    group: `/subscriptions/${subscription}/resourceGroups/rg-test`,
    subscription: `/subscriptions/${subscription}`,
    endpoints: network,
    item: `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-test;vm-0`,
  };
  const owners = index === 0 ? { owners: [{ applicationId: "11111111-1111-4111-8111-111111111111" }] } : {};
  return {
    id: `${scopes[on]}/providers/Microsoft.Authorization/locks/lock-${index}`,
    properties: { level: is, notes: "ask first", ...owners },
  };
}

function replicationOf({ regions, sites }: Grown): WorldReplication {
  const pieces = [...regions.flatMap(region), ...sites.flatMap(site)];
  return pieces.length === 0 ? {} : asr.replication(asr.policy, ...pieces);
}

function region({ items, isPlanned, isMapped }: Region, index: number): readonly WorldReplication[] {
  const [here, there] = [`here-${index}`, `there-${index}`];
  const paths = items.map((_, number) => asr.itemPath(here, `item-${number}`));
  return [
    asr.fabric(here),
    asr.fabric(there),
    ...items.map((is, number) => asr.item(here, `item-${number}`, itemBody(is))),
    ...(isMapped || items.length > 0
      ? [asr.mapping(here, `out-${index}`, there), asr.mapping(there, `back-${index}`, here)]
      : []),
    ...(isPlanned ? [asr.plan(`plan-${index}`, here, paths)] : []),
  ];
}

function itemBody(is: Region["items"][number]): Properties {
  if (is === "protected") return {};
  return is === "tested" ? { testFailoverState: "TestFailoverCompleted" } : { activeLocation: "Recovery" };
}

function site({ items, isConnected, hasVcenter }: Site, index: number): readonly WorldReplication[] {
  const name = `site-${index}`;
  return [
    asr.fabric(name, "VMware"),
    asr.provider(name, "dra", isConnected ? {} : { connectionStatus: "Disconnected" }),
    ...Array.from({ length: items }, (_, number) =>
      asr.item(name, `item-${number}`, { providerSpecificDetails: { instanceType: "InMageAzureV2" } }),
    ),
    ...(items > 0 ? [asr.mapping(name, `out-${name}`)] : []),
    ...(hasVcenter ? [asr.bare("vCenters", asr.vcenterPath(name, "vcenter"))] : []),
  ];
}
