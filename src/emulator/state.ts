// What stands in the emulated Azure right now, made from a World; saved-world.ts turns it back into one.
// It must not decide what a request may do; entries are replaced, their bodies never changed in place.
import type { BackupListedBefore } from "./data-protection/list-lag.ts";
import { isBackupList } from "./data-protection/list-lag.ts";
import type { WorldBackupVault, WorldDeletedBackupVault, WorldTagged } from "./data-protection/world-backup-vault.ts";
import type { DueTimes } from "./due-times.ts";
import { awaitDue, createDueTimes } from "./due-times.ts";
import type { Effect } from "./effects.ts";
import { effectFrom, workOn } from "./effects.ts";
import type { Faults } from "./faults/matching.ts";
import { faultsFrom } from "./faults/matching.ts";
import type { Json, Properties } from "./json.ts";
import { text } from "./json.ts";
import type { KeyedEntries } from "./keyed-entries.ts";
import { keyedEntries } from "./keyed-entries.ts";
import { parseResourceId, sameName } from "./names.ts";
import type { ReplicationEntry } from "./site-recovery/entries.ts";
import { entriesFrom } from "./site-recovery/entries.ts";
import { groupsOf } from "./site-recovery/groups.ts";
import type {
  Regime,
  World,
  WorldContainer,
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
  /** Set in due-times.ts alone, as the end of a job is. */
  readonly purgeAt: number | undefined;
  readonly recoveryPoints: readonly WorldResource[];
};
export type ContainerState = {
  readonly name: string;
  readonly key: string;
  properties: Properties;
  readonly registeredElsewhere: string | undefined;
};
export type JobState = {
  readonly name: string;
  readonly key: string;
  properties: Properties;
  readonly completesAt: number | undefined;
};

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
  /** Together by their type. */
  readonly protectionContainers: KeyedEntries<ContainerState>;
  /** Together by their container's key. */
  readonly protectedItems: KeyedEntries<ItemState>;
  protectionIntents: readonly WorldResource[];
  /** Oldest first; Azure lists the newest first. */
  readonly backupJobs: KeyedEntries<JobState>;
  backupPolicies: readonly WorldResource[];
  backupEngines: readonly WorldResource[];
  resourceGuardProxies: readonly WorldResource[];
  /** Undefined when they follow from what stands in the vault. */
  readonly replicationUsages: readonly Json[] | undefined;
  /** Together by kind, by what they stand below, and more: see `groupsOf`. */
  readonly replication: KeyedEntries<ReplicationEntry>;
  /** What its lists go on showing, soonest to end first; it ends with the vault. */
  readonly listedBefore: ListedBefore[];
};

export type Operation = {
  readonly id: string;
  readonly key: string;
  readonly vaultId: string;
  readonly startedAt: number;
  readonly completesAt: number;
  readonly effect: Effect;
  readonly jobId?: string;
  readonly error?: Properties;
  settled: boolean;
};

export type LaggingList = WorldListedBefore["list"];
type ListedBefore = Omit<WorldListedBefore, "vault" | "until"> & { readonly until: number };
/** What a world says and nothing changes while the emulator runs. */
type Settings = Omit<
  World,
  | "vaults"
  | "backupVaults"
  | "deletedBackupVaults"
  | "privateEndpoints"
  | "deletedVaults"
  | "operations"
  | "listedBefore"
>;

export type State = {
  readonly document: Settings;
  readonly resourceGroups: readonly WorldGroup[];
  vaults: readonly VaultState[];
  privateEndpoints: readonly WorldEndpoint[];
  deletedVaults: readonly WorldDeletedVault[];
  /** As a world has them: replaced as a whole with every change. */
  backupVaults: readonly WorldBackupVault[];
  deletedBackupVaults: readonly WorldDeletedBackupVault[];
  /** What lists of Backup vaults go on showing. */
  backupListedBefore: BackupListedBefore[];
  locks: readonly WorldLock[];
  deleteUnlocks: readonly WorldUnlock[];
  /** Together by what they are at work on, see `workOn`. */
  readonly operations: KeyedEntries<Operation>;
  readonly dueTimes: DueTimes;
  readonly faults: Faults;
  issuedIds: number;
  /** Those of the world, less what was taken from its lists. */
  latencies: WorldLatencies;
  drawnTimes: number;
};

export function stateFrom(world: World, now: number): State {
  const { vaults, privateEndpoints, deletedVaults, operations = [], listedBefore = [], ...others } = world;
  const { backupVaults = [], deletedBackupVaults = [], ...document } = others;
  const state: State = {
    document,
    resourceGroups: resourceGroupsOf(world),
    vaults: vaults.map((vault) => ({ ...vaultFrom(vault, now), listedBefore: shownBefore(listedBefore, vault.id) })),
    privateEndpoints,
    deletedVaults,
    backupVaults,
    deletedBackupVaults,
    backupListedBefore: listedBefore.flatMap(backupListed),
    locks: world.locks ?? [],
    deleteUnlocks: world.deleteUnlocks ?? [],
    operations: keyedEntries<Operation>([], ({ vaultId, effect }) => [workOn(vaultId, effect)]),
    dueTimes: createDueTimes(),
    faults: faultsFrom(world.faults),
    issuedIds: world.issuedIds ?? 0,
    latencies: world.latencies ?? {},
    drawnTimes: world.drawnTimes ?? 0,
  };
  for (const saved of operations) remember(state, operationFrom(saved));
  for (const vault of state.vaults) awaitAllIn(state, vault);
  return state;
}

export function remember(state: State, operation: Operation): void {
  state.operations.add(operation);
  awaitDue(state, { kind: "operation", operation });
}

/** For a vault that is new in the state. */
export function awaitAllIn(state: State, vault: VaultState): void {
  for (const job of vault.backupJobs.all()) awaitDue(state, { kind: "backup-job", job });
  for (const item of vault.protectedItems.all()) awaitDue(state, { kind: "purge", vault, item });
  for (const job of vault.replication.all()) awaitDue(state, { kind: "replication-job", job });
}

export function itemKey(container: string, name: string): string {
  return `${container}/${name}`.toLowerCase();
}

/** The case of a container's name may differ between the container and its items (recorded). */
export function itemsIn(vault: VaultState, container: string): readonly ItemState[] {
  return vault.protectedItems.of(container.toLowerCase());
}

export function containerIn(vault: VaultState, name: string): ContainerState | undefined {
  return vault.protectionContainers.find(name.toLowerCase());
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

/** `now` is when its settings last changed, where the vault does not say so itself. Nothing waits for its times yet. */
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
    updatedAt: vault.updatedAt === undefined ? now : Date.parse(vault.updatedAt),
    softDeleteSetByVaultApi: vault.softDeleteSetByVaultApi ?? false,
    protectionContainers: keyedEntries(vault.protectionContainers.map(containerFrom), (container) => [
      containerType(container),
    ]),
    protectedItems: keyedEntries(vault.protectedItems.map(itemFrom), ({ container }) => [container.toLowerCase()]),
    protectionIntents: vault.protectionIntents,
    backupJobs: keyedEntries(vault.backupJobs.map(jobFrom).toReversed()),
    backupPolicies: vault.backupPolicies,
    backupEngines: vault.backupEngines,
    resourceGuardProxies: vault.resourceGuardProxies,
    replicationUsages: vault.replicationUsages,
    replication: keyedEntries(entriesFrom(vault.replication), groupsOf),
    listedBefore: [],
  };
}

function backupListed({ vault, list, entry, until }: WorldListedBefore): BackupListedBefore[] {
  if (!isBackupList(list)) return [];
  return [{ vault, list, entry: entry as unknown as WorldTagged, until: Date.parse(until) }];
}

function shownBefore(saved: readonly WorldListedBefore[], id: string): ListedBefore[] {
  return saved
    .filter(({ vault }) => sameName(vault, id))
    .map(({ list, entry, until }) => ({ list, entry, until: Date.parse(until) }))
    .toSorted((one, other) => one.until - other.until);
}

export function jobFrom({ name, properties, completesAt }: WorldJob): JobState {
  const end = completesAt === undefined ? undefined : Date.parse(completesAt);
  return { name, key: name.toLowerCase(), properties, completesAt: end };
}

export function containerFrom({ name, properties, registeredElsewhere }: WorldContainer): ContainerState {
  return { name, key: name.toLowerCase(), properties, registeredElsewhere };
}

function containerType({ properties }: ContainerState): string {
  return text(properties, "containerType").toLowerCase();
}

function operationFrom(saved: WorldOperation): Operation {
  return {
    ...saved,
    key: saved.id.toLowerCase(),
    startedAt: Date.parse(saved.startedAt),
    completesAt: Date.parse(saved.completesAt),
    effect: effectFrom(saved.effect),
  };
}

/** A resource group outlives its last vault, so the groups are written down once, at the start. */
function resourceGroupsOf(world: World): readonly WorldGroup[] {
  const groups = new Map((world.resourceGroups ?? []).map((group) => [group.id.toLowerCase(), group]));
  for (const { id } of [...world.vaults, ...(world.backupVaults ?? []), ...world.privateEndpoints]) {
    const group = id.split("/").slice(0, 5).join("/");
    if (!groups.has(group.toLowerCase())) groups.set(group.toLowerCase(), { id: group });
  }
  return [...groups.values()];
}
