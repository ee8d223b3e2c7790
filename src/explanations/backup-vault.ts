// What Data Protection says, the service behind Backup vaults. Data.

import type { Explanation } from "./explanation.ts";

const plan = "vault-teardown plan --vault <vault> --kind backup lists instances and policies, and the order they go in";
const manage = "https://learn.microsoft.com/azure/backup/create-manage-backup-vault";
const secureByDefault = "https://learn.microsoft.com/azure/backup/secure-by-default";

export const backupVault: readonly Explanation[] = [
  {
    codes: ["UserErrorBackupVaultNotEmpty"],
    phrases: ["existing backup instances or backup policies in the vault"],
    title: "backup instances or policies stand in the Backup vault",
    meaning:
      "in the classic regime soft-deleted instances hold it as well, and so do policies, unlike in a Recovery Services vault. One that is secure by default goes with its soft-deleted instances inside",
    who: "you; where only soft-deleted instances are left: nobody before their purge date",
    todo: [
      plan,
      "vault-teardown deleted --vault <vault> --kind backup lists soft-deleted instances with their purge dates",
    ],
    links: [manage, secureByDefault],
    grade: "documented",
    source: "Microsoft's documentation has the text; the code is the emulator's own",
  },
  {
    codes: ["UserErrorPolicyAssociatedWithSoftDeletedItems"],
    title: "a soft-deleted backup instance still names this policy",
    meaning:
      "the policy goes when that instance is purged. Whether a vault that is secure by default can go with both inside is unverified: with api-version 2025-07-01 users saw it refused",
    who: "nobody: wait for the purge date, or leave the policy to the vault",
    todo: [
      plan,
      "at once and for good, in the classic regime: vault-teardown plan --vault <vault> --kind backup --strategy purge",
    ],
    grade: "reported",
    source: "a field report",
  },
  {
    codes: ["UserErrorPolicyInUse"],
    title: "backup instances use this policy",
    meaning: "they have to be deleted first",
    who: "you",
    todo: [plan],
    links: [manage],
    grade: "unverified",
    source: "the emulator's own word; Azure's is not known",
  },
  {
    codes: ["UserErrorBackupVaultResourceMoveInProgress"],
    title: "the vault is being moved, or a move of it has failed",
    meaning: "a failed move is put right by the service within 36 hours; until then nothing can be changed",
    who: "nobody: wait",
    todo: [
      "vault-teardown apply --vault <vault> --kind backup when the portal shows it at rest; elsewhere it is another vault, with a plan of its own",
    ],
    links: [manage],
    grade: "documented",
    source: "Microsoft's documentation of moving Backup vaults",
  },
  {
    codes: ["UserErrorDppDatasourceAlreadyHasBackupInstance"],
    phrases: ["datasource is already associated with the backup instance"],
    title: "the datasource is protected by another backup instance already",
    meaning:
      "one datasource, one instance: while the other stands (the message names it and its vault), this one can be neither resumed nor brought back",
    who: "you: decide which of the two stays",
    todo: ["delete the other instance, then vault-teardown recover --vault <vault> --kind backup again"],
    grade: "recorded",
    source: "a recorded answer to resuming protection",
  },
  {
    codes: ["UserErrorGenericResourceNotFound"],
    phrases: ["azure resource does not exist. please make sure required resources exist"],
    title: "what was asked for is not there (any more)",
    meaning: "of a soft-deleted instance: it was purged or brought back. Of a datasource: it was deleted",
    who: "nobody, where it was to go; else you",
    todo: ["vault-teardown deleted --vault <vault> --kind backup lists what can be brought back"],
    grade: "recorded",
    source: "a recorded answer to an undelete of what was not there",
  },
  {
    codes: ["UserErrorCrossRegionRestoreStateChangeNotAllowed"],
    phrases: ["crossregionrestore state cannot be changed from enabled to disabled"],
    title: "cross-region restore cannot be turned off again",
    meaning: "it stays as long as the vault does, and does not hold its deletion up",
    who: "nobody: nothing is to be done",
    todo: [plan],
    grade: "recorded",
    source: "recorded answers to a PUT of a Backup vault",
  },
  {
    codes: ["UserErrorInvalidRestorableTimeRange"],
    phrases: ["the given time range is invalid"],
    title: "no restorable time in the range that was asked for",
    meaning: "it is about restoring, and holds no deletion up",
    who: "you: ask for another range",
    todo: ["az dataprotection restorable-time-range find with a range in which backups were made"],
    grade: "recorded",
    source: "recorded answers to looking for restorable times",
  },
  {
    codes: ["DppPluginInvalidInputParameters"],
    phrases: ["invalid inputs from caller"],
    title: "the plug-in for this datasource did not take the request as it was written",
    meaning: "some member of the body does not fit the type of the datasource; which one, it does not say",
    who: "you, or whoever made the tool that asked",
    todo: [
      "compare the body with the documentation of that datasource; of requests of this tool: run again with --debug and report it",
    ],
    grade: "recorded",
    source: "recorded answers to looking for restorable times",
  },
  {
    codes: ["UserErrorMissingPermissionsOnSecretStore"],
    phrases: ["missing permissions to read the key vault secrets"],
    title: "the vault's identity may not read the key vault with the database's secret",
    meaning: "backups and restores fail; deleting the instance does not need the secret",
    who: "the owner of the key vault; to tear down: nobody",
    todo: [plan],
    links: ["https://aka.ms/UserErrorMissingPermissionsOnSecretStore"],
    grade: "recorded",
    source: "recorded inside a failed operation of a database",
  },
  {
    codes: ["UserErrorDiskAndSnapshotRGOrMSIPermissionsNotPresent"],
    phrases: ["disk and snapshot data store resource group no longer exists"],
    title: "the group with the disk's snapshots is gone, or the vault's identity may not use it",
    meaning: "backups and restores fail. Snapshots that are left stay and are billed when the instance is deleted",
    who: "the owner of the snapshot resource group",
    todo: [plan],
    links: ["https://aka.ms/diskbackupdoc-backup"],
    grade: "recorded",
    source: "recorded inside a failed operation of a disk",
  },
];
