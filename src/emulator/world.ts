// The world document: what stands in the emulated Azure, as published in world.schema.json, and how it is read.
// It must not hold state that changes while the emulator runs.
import { duplicateMember } from "./duplicate-members.ts";
import type { BackupList } from "./data-protection/list-lag.ts";
import type { WorldBackupVault, WorldDeletedBackupVault } from "./data-protection/world-backup-vault.ts";
import type { WorldFault } from "./faults/fault.ts";
import type { Json, Properties } from "./json.ts";
import type { TimedOperation } from "./latencies.ts";
import type { WorldReplication } from "./site-recovery/world-replication.ts";
import { resolveRelativeTimes } from "./world-times.ts";
import { worldProblem } from "./world-validation.ts";

/** `preview`: secure by default as of 2024-09-30-preview; older api-versions behave as in a classic vault (documented). */
export type Regime = "classic" | "preview" | "secure-by-default";
export type WorldResource = { readonly name: string; readonly properties: Properties };
export type WorldItem = {
  readonly container: string;
  readonly name: string;
  readonly properties: Properties;
  readonly recoveryPoints?: readonly WorldResource[];
};
/** `registeredElsewhere`: the id of another vault that the container is registered to by now. */
export type WorldContainer = WorldResource & { readonly registeredElsewhere?: string };
export type WorldJob = { readonly name: string; readonly properties: Properties; readonly completesAt?: string };

export type WorldVault = {
  readonly id: string;
  readonly location: string;
  readonly sku: Properties;
  readonly tags?: Properties;
  readonly identity?: Properties;
  readonly regime: Regime;
  readonly properties: Properties;
  /** When its settings last changed, as its etag says; without it, when the emulator began. */
  readonly updatedAt?: string;
  readonly protectionContainers: readonly WorldContainer[];
  readonly protectedItems: readonly WorldItem[];
  readonly protectionIntents: readonly WorldResource[];
  readonly backupJobs: readonly WorldJob[];
  readonly backupPolicies: readonly WorldResource[];
  readonly backupEngines: readonly WorldResource[];
  readonly resourceGuardProxies: readonly WorldResource[];
  readonly replicationUsages?: readonly Json[];
  readonly replication?: WorldReplication;
  /** Soft delete was once written through the vault's own API, so the older backupconfig API refuses writes. */
  readonly softDeleteSetByVaultApi?: boolean;
};

export type WorldEndpoint = { readonly id: string; readonly location: string; readonly properties: Properties };
export type WorldLock = { readonly id: string; readonly properties: Properties };
/** A resource as the generic lists of Resource Manager show it. */
export type WorldListed = {
  readonly id: string;
  readonly type: string;
  readonly location: string;
  readonly tags?: Properties;
  readonly properties?: Properties;
};
export type WorldGroup = { readonly id: string; readonly location?: string; readonly tags?: Properties };
/** What the caller has been granted at a scope, and so under it. */
export type WorldAccess = {
  readonly scope: string;
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
};
/** With `tenant`, it lies in another tenant than the caller. */
export type WorldGuard = { readonly id: string; readonly tenant?: string; readonly properties: Properties };
export type WorldUnlock = { readonly resource: string; readonly expiresAt: string };
/** What is left of a limit on requests, as the counters of answers say it. */
export type WorldCounter = { readonly name: string; readonly left: number; readonly at: string };
export type WorldDeletedVault = {
  readonly name: string;
  readonly location: string;
  readonly properties: Properties;
  /** What stood in it when it was deleted; without it, nothing. */
  readonly contents?: WorldVault;
};

/** Lists show `entry` for `vault` until then, whatever became of it. */
export type WorldListedBefore = {
  readonly vault: string;
  readonly list:
    | "protectedItems"
    | "protectionContainers"
    | "protectionIntents"
    | "backupEngines"
    | "replication"
    | BackupList;
  readonly entry: Properties;
  readonly until: string;
};

export type WorldOperation = {
  readonly id: string;
  readonly vaultId: string;
  readonly startedAt: string;
  readonly completesAt: string;
  readonly settled: boolean;
  readonly effect: Properties;
  readonly jobId?: string;
  readonly error?: Properties;
};

export type World = {
  readonly $schema?: string;
  readonly formatVersion: 1;
  readonly name: string;
  readonly description: string;
  readonly speed: number;
  readonly startsAt?: string;
  readonly source?: string;
  readonly pageSize?: number;
  readonly subscriptions: readonly { readonly id: string; readonly displayName?: string }[];
  /** Those of every subscription; without them, those in which something stands. */
  readonly locations?: readonly string[];
  readonly resourceGroups?: readonly WorldGroup[];
  /** Without it, the caller may do everything everywhere. */
  readonly access?: readonly WorldAccess[];
  readonly resourceGuards?: readonly WorldGuard[];
  readonly deleteUnlocks?: readonly WorldUnlock[];
  readonly vaults: readonly WorldVault[];
  readonly privateEndpoints: readonly WorldEndpoint[];
  readonly resources?: readonly WorldListed[];
  readonly roleAssignments?: readonly { readonly id: string; readonly properties: Properties }[];
  /** A deleted vault stays in the resource lists for a while. */
  readonly listsDeletedVaults?: boolean;
  readonly deletedVaults: readonly WorldDeletedVault[];
  readonly backupVaults?: readonly WorldBackupVault[];
  readonly deletedBackupVaults?: readonly WorldDeletedBackupVault[];
  readonly locks?: readonly WorldLock[];
  /** What goes wrong with which requests. */
  readonly faults?: readonly WorldFault[];
  /** A whole number: the time of each operation is drawn from what is recorded. Without it, each takes its median. */
  readonly seed?: number;
  /** Seconds that operations of these names take, whatever the seed; of a list one after another, the last again and again. */
  readonly latencies?: WorldLatencies;
  /** For how many seconds lists go on showing what was removed or changed. */
  readonly listLag?: number;
  /** Requests beyond what the counters say is left are refused. */
  readonly throttles?: boolean;
  /** Written by a running emulator: every text in it is what it says, also one that reads like a relative date. */
  readonly saved?: boolean;
  readonly requestCounters?: readonly WorldCounter[];
  readonly issuedIds?: number;
  readonly drawnTimes?: number;
  readonly listedBefore?: readonly WorldListedBefore[];
  readonly operations?: readonly WorldOperation[];
};

export type WorldLatencies = { readonly [Operation in TimedOperation]?: number | readonly number[] };

export class WorldError extends Error {
  override readonly name = "WorldError";
}

/** Enough for a hundred thousand items; a longer text could not be held as one string for much more. */
export const largestWorld: number = 400 * 1024 * 1024;

export function parseWorld(text: string, source: string): World {
  if (text.length > largestWorld || Buffer.byteLength(text) > largestWorld) {
    throw new WorldError(`world '${source}' is larger than 400 MiB; use a smaller world`);
  }
  let document: Json;
  try {
    document = JSON.parse(text) as Json;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new WorldError(`world '${source}' is not JSON: ${detail}; correct the file`, { cause });
  }
  const problem = problemIn(document) ?? duplicateProblem(text);
  if (problem !== undefined) throw new WorldError(`world '${source}' cannot be used: ${problem}`);
  return document as unknown as World;
}

function duplicateProblem(text: string): string | undefined {
  const path = duplicateMember(text);
  return path === undefined ? undefined : `member '${path}' stands there twice; remove one`;
}

/** What is nested too deeply to be walked through is too deep for everything else. */
function problemIn(document: Json): string | undefined {
  try {
    return worldProblem(document);
  } catch (cause) {
    if (cause instanceof RangeError) return "its members are nested too deeply; use fewer levels";
    throw cause;
  }
}

/** Turns every relative date ("now-3d") into the date it means at `now`; `createEmulator` does this itself. */
export function resolveTimes(world: World, now: number): World {
  if (world.saved === true) return world;
  return resolveRelativeTimes(world as unknown as Json, now) as unknown as World;
}
