// Soft-deleted backup items on their way back: undeleted after the vault and their container. Where Azure has no way, it says so.

import { idKey, type ArmId } from "../../model/arm-id.ts";
import type { ProtectedItem } from "../../model/resource.ts";
import { stepKey, type StepKey } from "../../model/step.ts";
import { isAvailabilityGroup } from "../container-names.ts";
import type { Contribution, RecoveryContext } from "../dependency.ts";
import { goesWithServer } from "../item-types.ts";
import { undeletion } from "../soft-deleted-items.ts";
import { needsRegistering } from "./containers.ts";
import { undeleteVaultKeys } from "./vault.ts";

/**
 * An item that is undeleted is stopped, without a policy, and its data is kept until somebody deletes it (documented). Whether
 * Azure undeletes it in a container that cannot be registered, as that of a machine that is gone, is not known: it is tried.
 */
export function recoverItem(item: ProtectedItem, context: RecoveryContext): Contribution {
  if (!context.isWanted(item.id)) return {};
  if (!item.softDeleted) return { note: "not soft-deleted: there is nothing to bring back" };
  if (goesWithServer(item)) return { warnings: [onlyAtItsServer(item)] };
  const registrations = registrationKeys(item, context);
  const until = item.purgeAt === undefined ? "a time Azure does not say" : item.purgeAt.slice(0, 10);
  return {
    steps: [
      {
        ...undeletion(item),
        after: [...undeleteVaultKeys(context), ...registrations],
        ...(registrations.length === 0 ? {} : { despite: registrations }),
        reason: `its data can be brought back until ${until}; afterwards protection is stopped and the data kept`,
      },
    ],
  };
}

/** Documented: the portal undeletes MARS items, the server's own console those of DPM and MABS; Resource Manager has no call for it. */
function onlyAtItsServer(item: ProtectedItem): string {
  return `${item.name} belongs to a server outside Azure (${item.managementType}): undelete it in the portal (vault, backup items, ${item.managementType}, Undelete) or at the server's own console`;
}

/** An availability group has no registration of its own: its machines have. */
function registrationKeys(item: ProtectedItem, context: RecoveryContext): readonly StepKey[] {
  const key = idKey(item.container);
  const containers = isAvailabilityGroup(item.container)
    ? context.lookup("workload-container", anyMachine)(machine)
    : [...context.lookup("workload-container", ownKey)(key), ...context.lookup("storage-container", ownKey)(key)];
  return containers
    .filter((container) => needsRegistering(container, context))
    .map(({ id }) => stepKey("register-container", id));
}

const machine = "machine";

function anyMachine(): string {
  return machine;
}

function ownKey({ id }: { readonly id: ArmId }): string {
  return idKey(id);
}
