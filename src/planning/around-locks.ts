// Orders steps around locked scopes: writes at or under one wait for its lock to go, and the lock returns after the last of them. Pure.

import { idKey, isWithin, type ArmId } from "../model/arm-id.ts";
import { keyOf, type StepDraft } from "../model/step.ts";

/**
 * Adds to every draft what it waits for because of locks. Among locks the outer one goes first and returns last, for it
 * may refuse changes of the inner one.
 */
export function orderAroundLocks(drafts: readonly StepDraft[]): readonly StepDraft[] {
  const removals = drafts.filter((draft) => draft.holds !== undefined && draft.undoes === undefined);
  if (removals.length === 0) return drafts;
  return drafts.map((draft) => {
    if (draft.undoes !== undefined) return returning(draft, drafts);
    if (draft.request === undefined) return draft;
    const before = removals.filter((removal) => removal !== draft && reaches(draft, removal.holds)).map(keyOf);
    return before.length === 0 ? draft : { ...draft, after: [...draft.after, ...before] };
  });
}

/** After what it undoes, and after every step under its scope, reading ones too: they prove what was written there. */
function returning(draft: StepDraft, drafts: readonly StepDraft[]): StepDraft {
  const under = drafts.filter((other) => other !== draft && reaches(other, draft.holds)).map(keyOf);
  return { ...draft, after: [...draft.after, ...(draft.undoes === undefined ? [] : [draft.undoes]), ...under] };
}

/** Whether a lock on the scope may refuse this step. A deletion is refused for what lies under its target, too. */
function reaches(draft: StepDraft, scope: ArmId | undefined): boolean {
  if (scope === undefined) return false;
  if (draft.holds !== undefined) return idKey(draft.holds) !== idKey(scope) && isWithin(draft.holds, scope);
  if (deletesItsTarget(draft) && isWithin(scope, draft.target)) return true;
  return [draft.target, ...(draft.touches ?? [])].some((id) => isWithin(id, scope));
}

function deletesItsTarget(draft: StepDraft): boolean {
  return draft.request?.write.startsWith("delete-") ?? false;
}
