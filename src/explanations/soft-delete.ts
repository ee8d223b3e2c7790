// What Azure says about soft delete that may not be changed, and about bringing back what was deleted. Data.

import type { Explanation } from "./explanation.ts";

const secureByDefault = "https://learn.microsoft.com/azure/backup/secure-by-default";
const useSoft =
  "vault-teardown apply --vault <vault> --strategy soft deletes the vault now; its data stays recoverable until a date";

export const softDelete: readonly Explanation[] = [
  {
    codes: ["BMSUserErrorDisablingSoftDeleteStateNotAllowed"],
    phrases: ["disabling soft delete or enhanced security state is not allowed for this vault"],
    title: "soft delete of this vault cannot be turned off, by nobody",
    meaning:
      "the vault is secure by default, or its soft delete is always on. It is no failure of yours and no missing right: the way to delete such a vault needs no soft delete turned off",
    who: "nobody: it stays on. You choose the other strategy",
    todo: [useSoft],
    links: [secureByDefault],
    grade: "reported",
    source: "users' reports: ansible-collections/azure 2290, azure-cli 32383",
  },
  {
    codes: ["BMSUserErrorSoftDeleteStateAlwaysOn"],
    title: "soft delete is always on and was asked to be something else",
    meaning: "AlwaysON is a one-way street, for soft delete and for hybrid security alike",
    who: "nobody: it stays on. You choose the other strategy",
    todo: [useSoft],
    links: [secureByDefault, "https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about"],
    grade: "reported",
    source: "users' reports: terraform-provider-azurerm 31912",
  },
  {
    codes: ["BMSUserErrorSoftDeleteStateNotSetToAlwaysON"],
    phrases: ["soft delete state and enhanced security state must be set to alwayson for this api version"],
    title: "with this api-version only AlwaysON is accepted",
    meaning:
      "current api-versions take no other value for a vault that is secure by default; a client that writes a setting back as it once was, is refused",
    who: "you: leave both settings alone, or update the tool that writes them",
    todo: [useSoft],
    links: [secureByDefault],
    grade: "reported",
    source: "a field report",
  },
  {
    codes: ["BMSUserErrorSoftDeleteUseVaultApi", "BMSUserErrorRedundancySettingsUseVaultApi"],
    phrases: ["cannot be modified using this api. since the vault api was previously used"],
    title: "the setting is now kept on the vault itself, and the older address for it is closed",
    meaning:
      "once soft delete or redundancy was set through the vault (securitySettings, redundancySettings), writes to backupconfig and backupstorageconfig are refused for good. Nothing is wrong with the value",
    who: "you: write it with a PATCH of the vault",
    todo: [
      "vault-teardown plan --vault <vault>: this tool takes the vault's own address",
      "by hand: az rest --method patch on the vault's id, with securitySettings or redundancySettings in the body",
    ],
    links: ["https://learn.microsoft.com/rest/api/recoveryservices/vaults/update"],
    grade: "reported",
    source: "users' reports: bicep-registry-modules 6994",
  },
  {
    codes: ["UserErrorDisableSoftDeleteNotAllowed"],
    phrases: ["cannot disable soft delete once set to alwayson"],
    title: "soft delete of this Backup vault is AlwaysOn and stays so",
    meaning: "nobody can turn it off again; deleted backup instances stay recoverable for the retention of the vault",
    who: "nobody: it stays on. You choose the other strategy",
    todo: [useSoft],
    links: ["https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about"],
    grade: "recorded",
    source: "recorded answers to a PUT of a Backup vault",
  },
  {
    codes: ["DppAlwaysOnSoftDeleteStateMandatory"],
    title: "a Backup vault that is secure by default keeps soft delete on",
    meaning: "current api-versions of Microsoft.DataProtection refuse to turn it off",
    who: "nobody: it stays on. You choose the other strategy",
    todo: [useSoft],
    links: [secureByDefault],
    grade: "reported",
    source: "a field report; its text is not known",
  },
  {
    codes: ["UserErrorSoftDeleteStateChangeNotAllowed"],
    title: "soft delete may not be changed",
    meaning: "met in nothing but the tests of another tool; taken for the same as the refusals that are known",
    who: "nobody: it stays on. You choose the other strategy",
    todo: [useSoft],
    grade: "unverified",
    source: "a test of another tool",
  },
  {
    codes: ["UserErrorDeletedVaultUndeleteConflictingVaultPresent"],
    title: "a vault of that name stands where the deleted one would return",
    meaning:
      "right after a deletion it may be the deleted vault itself, for some minutes; later it is another vault with the name",
    who: "you: wait some minutes, or delete or move the vault that has the name",
    todo: [
      "vault-teardown recover --vault <vault> again after some minutes",
      "else az resource move, or vault-teardown plan --vault <vault>, for the one that stands there",
    ],
    grade: "reported",
    source: "a field report; that Backup vaults are refused so is unverified",
  },
  {
    codes: ["UserErrorDeletedVaultUndeleteInProgress"],
    title: "that deleted vault is being brought back already",
    meaning: "another undelete of the same vault, or to the same place, has not ended",
    who: "nobody: wait",
    todo: ["vault-teardown recover --vault <vault> again in some minutes: it looks before it writes"],
    grade: "unverified",
    source: "the emulator's own word; Azure's is not known",
  },
  {
    codes: ["ResourceNotYetSynced"],
    title: "a setting was just changed, and not every part of Azure knows it yet",
    meaning: "the change was accepted; what reads it lags behind, and may even give the old value",
    who: "nobody: wait some minutes",
    todo: ["vault-teardown apply --vault <vault> again: it reads the setting back until it is the new one"],
    grade: "reported",
    source: "users' reports: azure-rest-api-specs 21548, terraform-provider-azurerm",
  },
];
