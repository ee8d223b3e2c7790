// Azure's actions on a vault itself begin with its resource type, spelled as permissions spell it.

import { vaultKindOf, type ArmId } from "../model/arm-id.ts";

/** Of either sort of vault, by its id. */
export function vaultActions(vault: ArmId): string {
  return vaultKindOf(vault) === "backup"
    ? "Microsoft.DataProtection/backupVaults"
    : "Microsoft.RecoveryServices/Vaults";
}
