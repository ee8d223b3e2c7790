// The remaining-requests counters ARM sends along: token buckets over world time. It must not answer a request.
// Which counter an answer carries, and what a fresh one says, is recorded (2024 to 2026); refills are documented.

import { dataProtectionCounter } from "./data-protection/counters.ts";
import type { WorldCounter } from "./world.ts";
import { azureDate } from "./world-times.ts";

type Bucket = { left: number; at: number };
type Size = { readonly capacity: number; readonly perSecond: number };
type Kind = "reads" | "writes" | "deletes";
/** `resource` counters replace the ordinary ones where Recovery Services keeps limits of its own. */
export type Charge = {
  /** The counters a request's answer carries. */
  readonly headers: Readonly<Record<string, string>>;
  /** What is used up, and the seconds until there is a token again; undefined where there was one. */
  readonly empty?: { readonly kind: Kind; readonly seconds: number };
};

type Counter = {
  readonly name: string;
  readonly bucket: string;
  readonly capacity: number;
  readonly perSecond: number;
};

export type Budget = {
  /** Counts a request. Where a counter is empty, it stays at 0. */
  readonly take: (method: string, segments: readonly string[], now: number) => Charge;
  readonly saved: () => readonly WorldCounter[];
};

/** What a fresh counter holds, and how many tokens it gets back in a second. */
export const counterSizes: Readonly<Record<Kind, Size>> = {
  reads: { capacity: 1_100, perSecond: 25 },
  writes: { capacity: 800, perSecond: 10 },
  deletes: { capacity: 800, perSecond: 10 },
};
/** Recorded: fresh global counters are fifteen times the ordinary ones. */
const globalFactor = 15;
/** Recorded: 199 for the first DELETE of a vault (azcli2026p__test_vault_soft_delete_basic). */
const vaultDeletes = { capacity: 200, perSecond: 10 };
/** Recorded: 14 for the first question of all recordings; documented: fifteen of a caller in five seconds. */
const graphRequests: Counter = {
  name: "tenant-resource-requests",
  bucket: "resource-graph",
  capacity: 15,
  perSecond: 3,
};
/** Recorded: read through ARM's own counters although they stand in a vault. */
const ordinaryReads =
  /^(operationstatus|operationresults|backupresourceguardproxies|backupdeletedprotectioncontainers|replication.*|privateendpoint.*|providers|usages)$/u;

/** Counters that were not saved are full when first taken from. */
export function createBudget(saved: readonly WorldCounter[] = []): Budget {
  const buckets = new Map<string, Bucket>(saved.map(({ name, left, at }) => [name, { left, at: Date.parse(at) }]));
  return {
    take: (method, segments, now) => {
      const counters = countersFor(
        method,
        segments.map((segment) => segment.toLowerCase()),
      );
      const charges = counters.map(({ name, bucket, ...size }) => ({ name, ...taken(buckets, bucket, size, now) }));
      const headers = charges.map(({ name, left }) => [`x-ms-ratelimit-remaining-${name}`, String(left)]);
      const waits = charges.flatMap(({ emptyFor }) => emptyFor ?? []);
      return {
        headers: Object.fromEntries(headers) as Charge["headers"],
        ...(waits.length === 0 ? {} : { empty: { kind: kindOf(method), seconds: Math.max(...waits) } }),
      };
    },
    saved: () => [...buckets].map(([name, { left, at }]) => ({ name, left, at: azureDate(at) })),
  };
}

function countersFor(method: string, segments: readonly string[]): readonly Counter[] {
  const kind = kindOf(method);
  const own = ownCounter(method, kind, segments);
  if (own !== undefined) return [own];
  const { capacity, perSecond } = counterSizes[kind];
  return [
    { name: `subscription-${kind}`, bucket: kind, capacity, perSecond },
    {
      name: `subscription-global-${kind}`,
      bucket: `global-${kind}`,
      capacity: capacity * globalFactor,
      perSecond: perSecond * globalFactor,
    },
  ];
}

/** Recorded: writes of the vault itself, and reads of backup, count as requests to the resource provider. */
function ownCounter(method: string, kind: Kind, segments: readonly string[]): Counter | undefined {
  if (segments[1] === "microsoft.resourcegraph") return graphRequests;
  const name = "subscription-resource-requests";
  const below = segments.indexOf("microsoft.dataprotection");
  const counter = below === -1 ? undefined : dataProtectionCounter(method, segments.slice(below + 1));
  if (counter !== undefined) return { name, ...counter };
  const at = segments.indexOf("microsoft.recoveryservices");
  if (at === -1) return undefined;
  const [type, , child] = segments.slice(at + 1);
  if (type === "vaults" && child === undefined && kind !== "reads" && method !== "POST") {
    return { name, bucket: `vault-${kind}`, ...(kind === "deletes" ? vaultDeletes : counterSizes.writes) };
  }
  const ofDeletedVault = type === "locations" && segments.includes("operations");
  const ofBackup = type === "vaults" && child !== undefined && !ordinaryReads.test(child);
  return kind === "reads" && (ofBackup || ofDeletedVault)
    ? { name, bucket: "backup-reads", ...counterSizes.reads }
    : undefined;
}

type Taken = { readonly left: number; readonly emptyFor?: number };

function taken(buckets: Map<string, Bucket>, name: string, { capacity, perSecond }: Size, now: number): Taken {
  const bucket = buckets.get(name) ?? { left: capacity, at: now };
  const refilled = bucket.left + (Math.max(0, now - bucket.at) / 1_000) * perSecond;
  const available = Math.min(capacity, refilled);
  bucket.at = now;
  buckets.set(name, bucket);
  // what refilled by tenths may lack a hair of a whole token
  if (available < 1 - 1e-6) {
    bucket.left = available;
    return { left: 0, emptyFor: Math.max(1, Math.ceil((1 - available) / perSecond)) };
  }
  bucket.left = Math.max(0, available - 1);
  return { left: Math.floor(bucket.left) };
}

function kindOf(method: string): Kind {
  if (method === "DELETE") return "deletes";
  return method === "GET" || method === "HEAD" ? "reads" : "writes";
}
