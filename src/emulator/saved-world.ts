// Turns the state back into a World, from which an emulator goes on as if it had never stopped. It must not change the state.
import { savedFaults } from "./faults/matching.ts";
import type { Properties } from "./json.ts";
import { savedReplication } from "./site-recovery/entries.ts";
import type { ContainerState, ItemState, JobState, Operation, State, VaultState } from "./state.ts";
import type { World, WorldContainer, WorldItem, WorldJob, WorldOperation, WorldVault } from "./world.ts";
import { azureDate } from "./world-times.ts";

/** The state has been settled up to `now`; the counters of requests are not in it and have to be added. */
export function worldFrom(state: State, now: number): World {
  return {
    ...state.document,
    saved: true,
    startsAt: azureDate(now),
    resourceGroups: state.resourceGroups,
    vaults: state.vaults.map(savedVault),
    privateEndpoints: state.privateEndpoints,
    deletedVaults: state.deletedVaults,
    ...(state.backupVaults.length === 0 ? {} : { backupVaults: state.backupVaults }),
    ...(state.deletedBackupVaults.length === 0 ? {} : { deletedBackupVaults: state.deletedBackupVaults }),
    ...(state.document.locks === undefined && state.locks.length === 0 ? {} : { locks: state.locks }),
    ...(state.deleteUnlocks.length === 0 ? {} : { deleteUnlocks: state.deleteUnlocks }),
    ...(state.document.faults === undefined ? {} : { faults: savedFaults(state.faults) }),
    issuedIds: state.issuedIds,
    ...(state.document.latencies === undefined ? {} : { latencies: state.latencies }),
    ...(state.drawnTimes === 0 ? {} : { drawnTimes: state.drawnTimes }),
    ...savedListedBefore(state, now),
    operations: state.operations.all().map(savedOperation),
  };
}

function savedListedBefore(state: State, now: number): Pick<World, "listedBefore"> {
  const ofVaults = state.vaults.flatMap((vault) => vault.listedBefore.map((shown) => ({ vault: vault.id, ...shown })));
  const ofBackupVaults = state.backupListedBefore.map((shown) => ({ ...shown, entry: shown.entry as Properties }));
  const listedBefore = [...ofVaults, ...ofBackupVaults]
    .filter(({ until }) => now < until)
    .map((shown) => ({ ...shown, until: azureDate(shown.until) }));
  return listedBefore.length === 0 ? {} : { listedBefore };
}

/** With the vault itself, but without the operations on it and what its lists go on showing. */
export function savedVault(vault: VaultState): WorldVault {
  const replication = savedReplication(vault.replication.all());
  return {
    id: vault.id,
    location: vault.location,
    sku: vault.sku,
    ...(vault.tags === undefined ? {} : { tags: vault.tags }),
    ...(vault.identity === undefined ? {} : { identity: vault.identity }),
    regime: vault.regime,
    properties: vault.properties,
    updatedAt: azureDate(vault.updatedAt),
    protectionContainers: vault.protectionContainers.all().map(savedContainer),
    protectedItems: vault.protectedItems.all().map(savedItem),
    protectionIntents: vault.protectionIntents,
    backupJobs: vault.backupJobs.all().map(savedJob).toReversed(),
    backupPolicies: vault.backupPolicies,
    backupEngines: vault.backupEngines,
    resourceGuardProxies: vault.resourceGuardProxies,
    ...(vault.replicationUsages === undefined ? {} : { replicationUsages: vault.replicationUsages }),
    ...(replication === undefined ? {} : { replication }),
    ...(vault.softDeleteSetByVaultApi ? { softDeleteSetByVaultApi: true } : {}),
  };
}

function savedContainer({ name, properties, registeredElsewhere }: ContainerState): WorldContainer {
  const container = { name, properties };
  return registeredElsewhere === undefined ? container : { ...container, registeredElsewhere };
}

function savedItem({ container, name, properties, recoveryPoints }: ItemState): WorldItem {
  const item = { container, name, properties };
  return recoveryPoints.length === 0 ? item : { ...item, recoveryPoints };
}

function savedJob({ name, properties, completesAt }: JobState): WorldJob {
  return completesAt === undefined ? { name, properties } : { name, properties, completesAt: azureDate(completesAt) };
}

function savedOperation({ id, vaultId, startedAt, completesAt, settled, ...rest }: Operation): WorldOperation {
  const { effect, jobId, error } = rest;
  return {
    id,
    vaultId,
    startedAt: azureDate(startedAt),
    completesAt: azureDate(completesAt),
    settled,
    effect: effect as unknown as Properties,
    ...(jobId === undefined ? {} : { jobId }),
    ...(error === undefined ? {} : { error }),
  };
}
