// Soft-deleted instances of a Backup vault: the step that undeletes one, whatever for.

import { idKey } from "../../model/arm-id.ts";
import type { BackupInstance } from "../../model/resource.ts";
import type { StepDraft } from "../../model/step.ts";

/** The step that undeletes an instance, whatever for. */
export function undeletion(instance: BackupInstance): Omit<StepDraft, "after" | "reason"> {
  return {
    action: "undelete-instance",
    kind: "backup-instance",
    target: instance.id,
    name: instance.name,
    irreversible: false,
    permissions: ["Microsoft.DataProtection/backupVaults/deletedBackupInstances/undelete/action"],
    exclusive: idKey(instance.id),
    request: { write: "undelete-backup-instance", instance: instance.id },
  };
}
