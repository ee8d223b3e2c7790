// Turns step drafts into steps in an order that can be executed as it stands. An arrow points from a step to what must be done first.

import { actions, keyOf, type Action, type Step, type StepDraft, type StepKey } from "../model/step.ts";
import { orderAroundLocks } from "./around-locks.ts";

/** Keys are as long as ids: each is made once. */
type Keyed = { readonly key: StepKey; readonly draft: StepDraft };

/**
 * Orders the drafts and names them. The same drafts in any order give the same steps.
 * Throws Error on a defect in the rules: a step that waits for itself, or for one that nobody contributed.
 */
export function orderSteps(drafts: readonly StepDraft[]): readonly Step[] {
  const closed = closeWithRecheck(orderAroundLocks(merged(drafts)).map((draft) => ({ key: keyOf(draft), draft })));
  const byKey = new Map(closed.map(({ key, draft }) => [key, draft]));
  const ordered: Keyed[] = [];
  const visited = new Map<StepKey, "open" | "done">();
  const visit = (key: StepKey, from: StepKey): void => {
    const state = visited.get(key);
    if (state === "done") return;
    const draft = byKey.get(key);
    if (draft === undefined) throw new Error(`the step '${from}' waits for '${key}', which nothing contributes`);
    if (state === "open") throw new Error(`the step '${key}' waits for itself`);
    visited.set(key, "open");
    for (const before of draft.after.length < 2 ? draft.after : draft.after.toSorted()) visit(before, key);
    visited.set(key, "done");
    ordered.push({ key, draft });
  };
  for (const { key } of closed.toSorted(byActionThenTarget)) visit(key, key);
  return nameSteps(ordered);
}

/** A list that repeats an entry states a step twice: it becomes one, after everything either waits for. */
function merged(drafts: readonly StepDraft[]): readonly StepDraft[] {
  return [...Map.groupBy(drafts, keyOf).values()].flatMap((same) => {
    if (same.length === 1) return same;
    const [first] = same.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return first === undefined ? [] : [{ ...first, after: same.flatMap((draft) => draft.after) }];
  });
}

const rank: ReadonlyMap<Action, number> = new Map(actions.map((action, index) => [action, index]));

/** Keys of one action differ by their targets, in lower case. */
function byActionThenTarget(left: Keyed, right: Keyed): number {
  const byAction = (rank.get(left.draft.action) ?? 0) - (rank.get(right.draft.action) ?? 0);
  if (byAction !== 0) return byAction;
  return left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
}

/**
 * The recheck, and the last look of a recovery, wait for every step that no other step waits for; through those they wait
 * for all. What undoes another step is not waited for: it may have to come after the vault.
 */
function closeWithRecheck(drafts: readonly Keyed[]): readonly Keyed[] {
  const closing = new Set<Action>(["recheck", "delete-vault", "prove-absence", "prove-recovery"]);
  const forward = drafts.filter(({ draft }) => draft.undoes === undefined && !closing.has(draft.action));
  const awaited = new Set(forward.flatMap(({ draft }) => draft.after.filter((key) => !draft.despite?.includes(key))));
  const last = forward.map(({ key }) => key).filter((key) => !awaited.has(key));
  return drafts.map((keyed) =>
    keyed.draft.action === "recheck" || keyed.draft.action === "prove-recovery"
      ? { key: keyed.key, draft: { ...keyed.draft, after: last } }
      : keyed,
  );
}

/** Ids are the action and its number within the plan: stable for the same inventory, and free of names people chose. */
function nameSteps(ordered: readonly Keyed[]): readonly Step[] {
  const counts = new Map<Action, number>();
  const ids = new Map<StepKey, string>();
  for (const { key, draft } of ordered) {
    const { action } = draft;
    const number = (counts.get(action) ?? 0) + 1;
    counts.set(action, number);
    ids.set(key, `${action}-${number}`);
  }
  const idOf = (key: StepKey): string => ids.get(key) ?? key;
  return ordered.map(({ key, draft: { after, despite, undoes, ...draft } }) => ({
    id: idOf(key),
    ...draft,
    ...(undoes === undefined ? {} : { undoes: idOf(undoes) }),
    ...(despite === undefined ? {} : { despite: [...new Set(despite.map(idOf))].toSorted() }),
    after: after.length === 0 ? [] : [...new Set(after.map(idOf))].toSorted(),
  }));
}
