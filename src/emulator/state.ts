// What stands in the emulated Azure right now, made from a World and turned back into one.
// It must not decide what a request may do; entries are replaced, their bodies never changed in place.
import type { Effect } from "./effects.ts";
import { effectFrom } from "./effects.ts";
import type { Faults } from "./faults/matching.ts";
import { faultsFrom, savedFaults } from "./faults/matching.ts";
import type { Json, Properties } from "./json.ts";
import { text } from "./json.ts";
import { parseResourceId, sameName } from "./names.ts";
import type { ReplicationEntry } from "./site-recovery/entries.ts";
import { entriesFrom, savedReplication } from "./site-recovery/entries.ts";
import { azureDate } from "./world-times.ts";
import type {
  Regime,
  World,
  WorldDeletedVault,
  WorldEndpoint,
  WorldGroup,
  WorldItem,
  WorldJob,
  WorldLatencies,
  WorldListedBefore,
  WorldLock,
  WorldOperation,
  WorldResource,
  WorldUnlock,
  WorldVault,
} from "./world.ts";

export type ItemState = {
  readonly container: string;
  readonly name: string;
  readonly key: string;
  properties: Properties;
  purgeAt: number | undefined;
  readonly recoveryPoints: readonly WorldResource[];
};
export type ContainerState = { readonly name: string; readonly key: string; properties: Properties };
export type JobState = { readonly name: string; properties: Properties; completesAt: number | undefined };

export type VaultState = {
  readonly id: string;
  readonly name: string;
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly regime: Regime;
  sku: Properties;
  tags: Properties | undefined;
  identity: Properties | undefined;
  properties: Properties;
  updatedAt: number;
  softDeleteSetByVaultApi: boolean;
  protectionContainers: readonly ContainerState[];
  protectedItems: readonly ItemState[];
  protectionIntents: readonly WorldResource[];
  backupJobs: readonly JobState[];
  backupPolicies: readonly WorldResource[];
  backupEngines: readonly WorldResource[];
  resourceGuardProxies: readonly WorldResource[];
  /** Undefined when they follow from what stands in the vault. */
  readonly replicationUsages: readonly Json[] | undefined;
  replication: readonly ReplicationEntry[];
};

export type Operation = {
  readonly id: string;
  readonly vaultId: string;
  readonly startedAt: number;
  readonly completesAt: number;
  readonly effect: Effect;
  readonly jobId?: string;
  readonly error?: Properties;
  settled: boolean;
};

type ListedBefore = Omit<WorldListedBefore, "until"> & { readonly until: number };

export type State = {
  readonly document: World;
  readonly resourceGroups: readonly WorldGroup[];
  vaults: readonly VaultState[];
  privateEndpoints: readonly WorldEndpoint[];
  deletedVaults: readonly WorldDeletedVault[];
  locks: readonly WorldLock[];
  deleteUnlocks: readonly WorldUnlock[];
  readonly operations: Map<string, Operation>;
  readonly running: Set<Operation>;
  readonly faults: Faults;
  issuedIds: number;
  /** Those of the world, less what was taken from its lists. */
  latencies: WorldLatencies;
  drawnTimes: number;
  readonly listedBefore: ListedBefore[];
};

export function stateFrom(world: World, now: number): State {
  const state: State = {
    document: world,
    resourceGroups: resourceGroupsOf(world),
    vaults: world.vaults.map((vault) => vaultFrom(vault, now)),
    privateEndpoints: world.privateEndpoints,
    deletedVaults: world.deletedVaults,
    locks: world.locks ?? [],
    deleteUnlocks: world.deleteUnlocks ?? [],
    operations: new Map(),
    running: new Set(),
    faults: faultsFrom(world.faults),
    issuedIds: world.issuedIds ?? 0,
    latencies: world.latencies ?? {},
    drawnTimes: world.drawnTimes ?? 0,
    listedBefore: (world.listedBefore ?? []).map((shown) => ({ ...shown, until: Date.parse(shown.until) })),
  };
  for (const saved of world.operations ?? []) remember(state, operationFrom(saved));
  return state;
}

export function remember(state: State, operation: Operation): void {
  state.operations.set(operation.id.toLowerCase(), operation);
  if (!operation.settled) state.running.add(operation);
}

export function worldFrom(state: State, now: number): World {
  return {
    ...state.document,
    startsAt: azureDate(now),
    resourceGroups: state.resourceGroups,
    vaults: state.vaults.map(savedVault),
    privateEndpoints: state.privateEndpoints,
    deletedVaults: state.deletedVaults,
    ...(state.document.locks === undefined && state.locks.length === 0 ? {} : { locks: state.locks }),
    ...(state.deleteUnlocks.length === 0 ? {} : { deleteUnlocks: state.deleteUnlocks }),
    ...(state.document.faults === undefined ? {} : { faults: savedFaults(state.faults) }),
    issuedIds: state.issuedIds,
    ...(state.document.latencies === undefined ? {} : { latencies: state.latencies }),
    ...(state.drawnTimes === 0 ? {} : { drawnTimes: state.drawnTimes }),
    ...savedListedBefore(state, now),
    operations: [...state.operations.values()].map(savedOperation),
  };
}

export function itemKey(container: string, name: string): string {
  return `${container}/${name}`.toLowerCase();
}

/** The case of a container's name may differ between the container and its items (recorded). */
export function itemsIn(vault: VaultState, container: string): readonly ItemState[] {
  const prefix = itemKey(container, "");
  return vault.protectedItems.filter(({ key }) => key.startsWith(prefix));
}

/** `deferredDeleteTimeInUTC` is the moment of deletion, not of the purge (recorded: azcli2024__test_backup_softdelete). */
export function purgeTime(properties: Properties): number | undefined {
  if (properties["isScheduledForDeferredDelete"] !== true) return undefined;
  const days = Number(properties["softDeleteRetentionPeriod"] ?? properties["softDeleteRetentionPeriodInDays"] ?? 14);
  return Date.parse(text(properties, "deferredDeleteTimeInUTC")) + days * 86_400_000;
}

export function itemFrom(item: WorldItem): ItemState {
  const { container, name, properties, recoveryPoints = [] } = item;
  return { container, name, key: itemKey(container, name), properties, purgeAt: purgeTime(properties), recoveryPoints };
}

export function vaultFrom(vault: WorldVault, now: number): VaultState {
  const id = parseResourceId(vault.id);
  return {
    id: vault.id,
    name: id?.name ?? "",
    subscription: id?.subscription ?? "",
    resourceGroup: id?.resourceGroup ?? "",
    location: vault.location,
    regime: vault.regime,
    sku: vault.sku,
    tags: vault.tags,
    identity: vault.identity,
    properties: vault.properties,
    updatedAt: now,
    softDeleteSetByVaultApi: vault.softDeleteSetByVaultApi ?? false,
    protectionContainers: vault.protectionContainers.map((container) => ({
      ...container,
      key: container.name.toLowerCase(),
    })),
    protectedItems: vault.protectedItems.map(itemFrom),
    protectionIntents: vault.protectionIntents,
    backupJobs: vault.backupJobs.map(jobFrom),
    backupPolicies: vault.backupPolicies,
    backupEngines: vault.backupEngines,
    resourceGuardProxies: vault.resourceGuardProxies,
    replicationUsages: vault.replicationUsages,
    replication: entriesFrom(vault.replication),
  };
}

function jobFrom(job: WorldJob): JobState {
  const completesAt = job.completesAt === undefined ? undefined : Date.parse(job.completesAt);
  return { name: job.name, properties: job.properties, completesAt };
}

export function savedVault(vault: VaultState): WorldVault {
  const replication = savedReplication(vault.replication);
  return {
    id: vault.id,
    location: vault.location,
    sku: vault.sku,
    ...(vault.tags === undefined ? {} : { tags: vault.tags }),
    ...(vault.identity === undefined ? {} : { identity: vault.identity }),
    regime: vault.regime,
    properties: vault.properties,
    protectionContainers: vault.protectionContainers.map(({ name, properties }) => ({ name, properties })),
    protectedItems: vault.protectedItems.map(savedItem),
    protectionIntents: vault.protectionIntents,
    backupJobs: vault.backupJobs.map(savedJob),
    backupPolicies: vault.backupPolicies,
    backupEngines: vault.backupEngines,
    resourceGuardProxies: vault.resourceGuardProxies,
    ...(vault.replicationUsages === undefined ? {} : { replicationUsages: vault.replicationUsages }),
    ...(replication === undefined ? {} : { replication }),
    ...(vault.softDeleteSetByVaultApi ? { softDeleteSetByVaultApi: true } : {}),
  };
}

function savedListedBefore(state: State, now: number): Pick<World, "listedBefore"> {
  const shown = state.listedBefore.filter(({ until }) => now < until);
  if (shown.length === 0) return {};
  return { listedBefore: shown.map((entry) => ({ ...entry, until: azureDate(entry.until) })) };
}

function savedItem({ container, name, properties, recoveryPoints }: ItemState): WorldItem {
  const item = { container, name, properties };
  return recoveryPoints.length === 0 ? item : { ...item, recoveryPoints };
}

function savedJob({ name, properties, completesAt }: JobState): WorldJob {
  return completesAt === undefined ? { name, properties } : { name, properties, completesAt: azureDate(completesAt) };
}

function operationFrom(saved: WorldOperation): Operation {
  return {
    ...saved,
    startedAt: Date.parse(saved.startedAt),
    completesAt: Date.parse(saved.completesAt),
    effect: effectFrom(saved.effect),
  };
}

function savedOperation(operation: Operation): WorldOperation {
  return {
    ...operation,
    startedAt: azureDate(operation.startedAt),
    completesAt: azureDate(operation.completesAt),
    effect: operation.effect as unknown as Properties,
  };
}

/** A resource group outlives its last vault, so the groups are written down once, at the start. */
function resourceGroupsOf(world: World): readonly WorldGroup[] {
  const groups = [...(world.resourceGroups ?? [])];
  for (const { id } of [...world.vaults, ...world.privateEndpoints]) {
    const group = id.split("/").slice(0, 5).join("/");
    if (!groups.some((known) => sameName(known.id, group))) groups.push({ id: group });
  }
  return groups;
}
