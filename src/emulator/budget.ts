// The remaining-requests counters ARM sends along: token buckets over world time. It must not refuse a request.
// Documented: reads 250 (25/s), writes and deletes 200 (10/s); recorded 199 for a first delete.
import type { WorldCounter } from "./world.ts";
import { azureDate } from "./world-times.ts";

type Bucket = { left: number; at: number };
type Kind = "reads" | "writes" | "deletes";
type Size = { readonly capacity: number; readonly perSecond: number };

export type Budget = {
  /** The counters a request's answer carries. */
  readonly take: (method: string, now: number) => Readonly<Record<string, string>>;
  readonly saved: () => readonly WorldCounter[];
};

const sizes: Readonly<Record<Kind, Size>> = {
  reads: { capacity: 250, perSecond: 25 },
  writes: { capacity: 200, perSecond: 10 },
  deletes: { capacity: 200, perSecond: 10 },
};

export function createBudget(saved: readonly WorldCounter[] = []): Budget {
  const buckets = new Map<string, Bucket>(saved.map(({ name, left, at }) => [name, { left, at: Date.parse(at) }]));
  return {
    take: (method, now) => {
      const kind = kindOf(method);
      const left = taken(buckets, kind, sizes[kind], now);
      return { [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(left) };
    },
    saved: () => [...buckets].map(([name, { left, at }]) => ({ name, left, at: azureDate(at) })),
  };
}

function taken(buckets: Map<string, Bucket>, name: string, { capacity, perSecond }: Size, now: number): number {
  const bucket = buckets.get(name) ?? { left: capacity, at: now };
  const refilled = bucket.left + (Math.max(0, now - bucket.at) / 1_000) * perSecond;
  bucket.left = Math.max(0, Math.min(capacity, refilled) - 1);
  bucket.at = now;
  buckets.set(name, bucket);
  return Math.floor(bucket.left);
}

function kindOf(method: string): Kind {
  if (method === "DELETE") return "deletes";
  return method === "GET" || method === "HEAD" ? "reads" : "writes";
}
