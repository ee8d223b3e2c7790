// The remaining-requests counters ARM sends along: token buckets over world time. It must not refuse a request.
// Documented: reads 250 (25/s), writes and deletes 200 (10/s); recorded 199 for a first delete.

type Bucket = { readonly capacity: number; readonly perSecond: number; left: number; at: number };
export type Budget = (method: string, now: number) => Readonly<Record<string, string>>;

export function createBudget(): Budget {
  const buckets: Readonly<Record<"reads" | "writes" | "deletes", Bucket>> = {
    reads: { capacity: 250, perSecond: 25, left: 250, at: 0 },
    writes: { capacity: 200, perSecond: 10, left: 200, at: 0 },
    deletes: { capacity: 200, perSecond: 10, left: 200, at: 0 },
  };
  return (method, now) => {
    const kind = kindOf(method);
    const bucket = buckets[kind];
    const refilled = bucket.left + (Math.max(0, now - bucket.at) / 1_000) * bucket.perSecond;
    bucket.left = Math.max(0, Math.min(bucket.capacity, refilled) - 1);
    bucket.at = now;
    return { [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(Math.floor(bucket.left)) };
  };
}

function kindOf(method: string): "reads" | "writes" | "deletes" {
  if (method === "DELETE") return "deletes";
  return method === "GET" || method === "HEAD" ? "reads" : "writes";
}
