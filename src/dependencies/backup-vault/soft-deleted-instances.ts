// Soft-deleted instances of a Backup vault: the step that undeletes one, whatever for, and its proof.

import { idKey } from "../../model/arm-id.ts";
import type { Strategy } from "../../model/plan.ts";
import type { BackupInstance } from "../../model/resource.ts";
import type { StepDraft } from "../../model/step.ts";
import type { Proof } from "../dependency.ts";

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

/** Where it is undeleted to be deleted again, an instance that is purged meanwhile needs neither. */
export function proveUndelete(instance: BackupInstance | undefined, strategy: Strategy): Proof {
  if (instance === undefined)
    return strategy === "purge"
      ? { verdict: "proved", evidence: "the instance is no longer listed: it was purged meanwhile" }
      : { verdict: "not-yet", found: "the instance is not listed: it was purged, or Azure does not show it yet" };
  if (instance.softDeleted) return { verdict: "not-yet", found: "the instance is still listed as soft-deleted" };
  return { verdict: "proved", evidence: `the instance is listed again, ${instance.state}` };
}
