// Soft-deleted instances of a Backup vault on their way back: undeleted after the vault.

import type { BackupInstance } from "../../model/resource.ts";
import { undeletion } from "../backup-vault/soft-deleted-instances.ts";
import type { Contribution, RecoveryContext } from "../dependency.ts";
import { undeleteVaultKeys } from "./vault.ts";

/** Recorded: an instance that is undeleted reads ProtectionStopped (azext2024__test_dataprotection_backup_instance_softdelete). */
export function recoverInstance(instance: BackupInstance, context: RecoveryContext): Contribution {
  if (!context.isWanted(instance.id)) return {};
  if (!instance.softDeleted) return { note: "not soft-deleted: there is nothing to bring back" };
  const until = instance.purgeAt === undefined ? "a time Azure does not say" : instance.purgeAt.slice(0, 10);
  return {
    steps: [
      {
        ...undeletion(instance),
        after: undeleteVaultKeys(context),
        reason: `its data can be brought back until ${until}; afterwards protection is stopped and the data kept`,
      },
    ],
  };
}
