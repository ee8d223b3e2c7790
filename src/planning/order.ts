// Turns step drafts into steps in an order that can be executed as it stands. An arrow points from a step to what must be done first.

import { actions, keyOf, type Action, type Step, type StepDraft, type StepKey } from "../model/step.ts";
import { orderAroundLocks } from "./around-locks.ts";

/**
 * Orders the drafts and names them. The same drafts in any order give the same steps.
 * Throws Error on a defect in the rules: a step that waits for itself, or for one that nobody contributed.
 */
export function orderSteps(drafts: readonly StepDraft[]): readonly Step[] {
  const closed = closeWithRecheck(orderAroundLocks(merged(drafts)));
  const byKey = new Map(closed.map((draft) => [keyOf(draft), draft]));
  const ordered: StepDraft[] = [];
  const visited = new Map<StepKey, "open" | "done">();
  const visit = (key: StepKey, from: StepKey): void => {
    const state = visited.get(key);
    if (state === "done") return;
    const draft = byKey.get(key);
    if (draft === undefined) throw new Error(`the step '${from}' waits for '${key}', which nothing contributes`);
    if (state === "open") throw new Error(`the step '${key}' waits for itself`);
    visited.set(key, "open");
    for (const before of draft.after.toSorted()) visit(before, key);
    visited.set(key, "done");
    ordered.push(draft);
  };
  for (const draft of closed.toSorted(byActionThenTarget)) visit(keyOf(draft), keyOf(draft));
  return nameSteps(ordered);
}

/** A list that repeats an entry states a step twice: it becomes one, after everything either waits for. */
function merged(drafts: readonly StepDraft[]): readonly StepDraft[] {
  return [...Map.groupBy(drafts, keyOf).values()].flatMap((same) => {
    const [first] = same.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return first === undefined ? [] : [{ ...first, after: same.flatMap((draft) => draft.after) }];
  });
}

function byActionThenTarget(left: StepDraft, right: StepDraft): number {
  const byAction = actions.indexOf(left.action) - actions.indexOf(right.action);
  if (byAction !== 0) return byAction;
  const [a, b] = [left.target.toLowerCase(), right.target.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The recheck waits for every step that no other step waits for; through those it waits for all. What undoes another step
 * is not waited for: it may have to come after the vault.
 */
function closeWithRecheck(drafts: readonly StepDraft[]): readonly StepDraft[] {
  const forward = drafts.filter((draft) => draft.undoes === undefined);
  const closing = new Set<Action>(["recheck", "delete-vault", "prove-absence"]);
  const awaited = new Set(forward.filter((draft) => !closing.has(draft.action)).flatMap((draft) => draft.after));
  const last = forward.filter((draft) => !closing.has(draft.action) && !awaited.has(keyOf(draft))).map(keyOf);
  return drafts.map((draft) => (draft.action === "recheck" ? { ...draft, after: last } : draft));
}

/** Ids are the action and its number within the plan: stable for the same inventory, and free of names people chose. */
function nameSteps(ordered: readonly StepDraft[]): readonly Step[] {
  const counts = new Map<Action, number>();
  const ids = new Map<StepKey, string>();
  for (const draft of ordered) {
    const number = (counts.get(draft.action) ?? 0) + 1;
    counts.set(draft.action, number);
    ids.set(keyOf(draft), `${draft.action}-${number}`);
  }
  const idOf = (key: StepKey): string => ids.get(key) ?? key;
  return ordered.map(({ after, undoes, ...draft }) => ({
    id: idOf(keyOf(draft)),
    ...draft,
    ...(undoes === undefined ? {} : { undoes: idOf(undoes) }),
    after: [...new Set(after.map(idOf))].toSorted(),
  }));
}
