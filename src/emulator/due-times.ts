// When something in the world changes by itself: operations, jobs and purges, kept so that the next one is at hand.
// Times are set here and nowhere else. It must not carry out what falls due.
import type { ReplicationEntry } from "./site-recovery/entries.ts";
import type { ItemState, JobState, Operation, State, VaultState } from "./state.ts";

/** What stands together in one instant happens in the order of these kinds, and then in that of `add`. */
const order = ["operation", "backup-job", "purge", "replication-job"] as const;

export type Due =
  | { readonly kind: "operation"; readonly operation: Operation }
  | { readonly kind: "backup-job"; readonly job: JobState }
  | { readonly kind: "purge"; readonly vault: VaultState; readonly item: ItemState }
  | { readonly kind: "replication-job"; readonly job: ReplicationEntry };

type Timed = Exclude<Due, { readonly kind: "operation" }>;
type Entry = { readonly at: number; readonly seq: number; readonly due: Due };

/** Soonest first. */
export type DueTimes = {
  readonly add: (at: number, due: Due) => void;
  /** Takes out the next one that is due by `now`. */
  readonly take: (now: number) => { readonly at: number; readonly due: Due } | undefined;
};

/** A binary heap: an entry is never before its parent, which stands at half its place. */
export function createDueTimes(): DueTimes {
  const heap: Entry[] = [];
  let seq = 0;
  return {
    add: (at, due) => {
      seq += 1;
      heap.push({ at, seq, due });
      rise(heap, heap.length - 1);
    },
    take: (now) => {
      const [first] = heap;
      if (first === undefined || first.at > now) return undefined;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink(heap, 0);
      }
      return first;
    },
  };
}

function isBefore(one: Entry, other: Entry): boolean {
  if (one.at !== other.at) return one.at < other.at;
  const [rank, otherRank] = [order.indexOf(one.due.kind), order.indexOf(other.due.kind)];
  return rank === otherRank ? one.seq < other.seq : rank < otherRank;
}

function rise(heap: Entry[], from: number): void {
  let place = from;
  while (place > 0) {
    const parent = Math.floor((place - 1) / 2);
    if (!swapIfBefore(heap, place, parent)) return;
    place = parent;
  }
}

function sink(heap: Entry[], from: number): void {
  let place = from;
  for (;;) {
    const left = 2 * place + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    if (one === undefined) return;
    const sooner = other !== undefined && isBefore(other, one) ? left + 1 : left;
    if (!swapIfBefore(heap, sooner, place)) return;
    place = sooner;
  }
}

function swapIfBefore(heap: Entry[], below: number, above: number): boolean {
  const [lower, upper] = [heap[below], heap[above]];
  if (lower === undefined || upper === undefined || !isBefore(lower, upper)) return false;
  heap[above] = lower;
  heap[below] = upper;
  return true;
}

/** Called for what is new in the state and may have its time already. */
export function awaitDue(state: State, due: Due): void {
  const at = dueAt(state, due);
  if (at !== undefined) state.dueTimes.add(at, due);
}

/** Gives a job or an item the time at which it changes by itself, in place of any other; undefined takes it away. */
export function setDue(state: State, due: Timed, at: number | undefined): void {
  write(due, at);
  awaitDue(state, due);
}

/** Takes out what falls due next; a job loses its time with that. Times that were replaced since are passed over. */
export function nextDue(state: State, now: number): { readonly at: number; readonly due: Due } | undefined {
  for (let next = state.dueTimes.take(now); next !== undefined; next = state.dueTimes.take(now)) {
    if (dueAt(state, next.due) !== next.at) continue;
    if ("job" in next.due) write(next.due, undefined);
    return next;
  }
  return undefined;
}

/** Undefined when it no longer changes by itself, or another stands in its place. */
function dueAt({ operations }: State, due: Due): number | undefined {
  switch (due.kind) {
    case "operation": {
      const stands = operations.find(due.operation.key) === due.operation;
      return stands && !due.operation.settled ? due.operation.completesAt : undefined;
    }
    case "backup-job":
    case "replication-job":
      return due.job.completesAt;
    case "purge":
      return due.vault.protectedItems.find(due.item.key) === due.item ? due.item.purgeAt : undefined;
    default:
      return due satisfies never;
  }
}

function write(due: Timed, at: number | undefined): void {
  if (due.kind === "purge") (due.item as { purgeAt: number | undefined }).purgeAt = at;
  else (due.job as { completesAt: number | undefined }).completesAt = at;
}
