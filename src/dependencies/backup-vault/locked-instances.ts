// A locked immutable Backup vault: no instance with vaulted backups can be deleted before they expire. Says which ones hold it.

import type { Blocker } from "../../model/blocker.ts";
import { ofKind, type BackupInstance, type ImmutabilitySetting } from "../../model/resource.ts";
import type { Contribution, PlanningContext } from "../dependency.ts";
import { isWord } from "../properties.ts";

/**
 * Documented (immutable vault, 2025-06-19): of a Backup vault only stopping with deletion is refused, and not for the
 * operational tier of disks and blobs. A state nobody knows is taken for Locked, and then holds every instance.
 */
export function contributeLockedInstances(setting: ImmutabilitySetting, context: PlanningContext): Contribution {
  const active = ofKind(context.resources, "backup-instance").filter(({ softDeleted }) => !softDeleted);
  const held = active.filter((instance) => !isWord(setting.state, "Locked") || !isExempt(instance));
  if (held.length === 0) return { note: `${setting.state}, but no backup instance is held by it` };
  return { blockers: [lockedVault(setting), ...held.map(lockedInstance)] };
}

const exempt: readonly string[] = ["Microsoft.Compute/disks", "Microsoft.Storage/storageAccounts/blobServices"];

function isExempt({ operational, datasourceType }: BackupInstance): boolean {
  return operational && exempt.some((type) => isWord(datasourceType, type));
}

function lockedVault(setting: ImmutabilitySetting): Blocker {
  return {
    code: "immutability-locked",
    subject: setting.id,
    reason: `the vault is immutable (${setting.state}): no one, Microsoft included, can delete its backups before they expire`,
    fix: "stop new backups now (stop protection, retain as per policy) and plan again when the last recovery point has expired",
    who: "the owner of the backup policies",
  };
}

function lockedInstance(instance: BackupInstance): Blocker {
  return {
    code: "immutability-locked-item",
    subject: instance.id,
    reason: `the recovery points of ${instance.name} keep it until they expire; new backups move that on`,
    fix: `let no new backup of ${instance.name} run (stop protection, retain as per policy) and plan again when the portal shows no recovery point left`,
    who: "the owner of the backup policies",
  };
}
