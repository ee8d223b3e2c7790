// Locks over what a recovery writes to: only ReadOnly refuses it, and no recovery removes a lock.

import { idKey, isWithin } from "../../model/arm-id.ts";
import { isRegistrable, type Lock } from "../../model/resource.ts";
import { shellPath } from "../../model/shell-word.ts";
import type { Contribution, RecoveryContext } from "../dependency.ts";
import { isWord } from "../properties.ts";
import { needsRegistering } from "./containers.ts";

/** Documented: CanNotDelete lets everything be written, ReadOnly nothing. */
export function recoverUnderLock(lock: Lock, context: RecoveryContext): Contribution {
  if (!isWord(lock.state, "ReadOnly") || !reaches(lock, context)) return {};
  return {
    blockers: [
      {
        code: "read-only-lock",
        subject: lock.id,
        reason: `the lock ${lock.name} makes ${lock.scope} read-only: nothing can be brought back there`,
        fix: `remove it for the time of the recovery: az lock delete --ids ${shellPath(idKey(lock.id))}; then run recover again`,
        who: "an owner of that scope",
      },
    ],
  };
}

function reaches({ scope }: Lock, context: RecoveryContext): boolean {
  if (isWithin(context.vault, scope)) return true;
  const containers = context.resources.filter((resource) => isRegistrable(resource));
  return containers.some(
    (container) =>
      container.sourceId !== undefined && isWithin(container.sourceId, scope) && needsRegistering(container, context),
  );
}
