// What Azure says where a vault or an item is immutable, or says so although it is not. Data.

import type { Explanation } from "./explanation.ts";

const immutableVaults = "https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept";
const securityFeature = "https://learn.microsoft.com/azure/backup/backup-azure-security-feature";
const plan =
  "vault-teardown plan --vault <vault> shows whether immutability is Unlocked or Locked, and which items are held until when";

export const immutability: readonly Explanation[] = [
  {
    codes: ["UserErrorDeleteBackupItemOnImmutableItem"],
    title: "the vault is immutable, so this backup data cannot be deleted",
    meaning:
      "it arrives late: the deletion is accepted with 202, and its operation then fails with this inside an answer of 200. While immutability is on, data goes only when its last recovery point has expired",
    who: "you, where it is Unlocked; nobody where it is Locked: wait for the last recovery point to expire",
    todo: [plan, "where it is Unlocked: vault-teardown plan --vault <vault> --allow disable-immutability"],
    links: [immutableVaults],
    grade: "reported",
    source: "users' reports: terraform-azurerm-avm-res-compute-virtualmachine 214",
  },
  {
    codes: ["UserErrorOperationDeniedOnImmutableItem"],
    phrases: [
      "is in immutable state where destructive operations are not supported",
      "the vault and bakcup item is in immutable state",
    ],
    title: "an immutable item, or a wrong verb on a vault that is not immutable at all",
    meaning:
      "misleading: the service also answers so where backups were asked to be suspended (BackupsSuspended, retain as per policy) in a vault that is not immutable; that state exists in immutable vaults alone. The misspelt word Bakcup is the service's own",
    who: "you, where immutability is off or Unlocked; nobody where it is Locked",
    todo: [
      plan,
      "where immutability is off: stop protection with retain forever, or delete the data, instead of suspending",
      "where it is Unlocked: vault-teardown plan --vault <vault> --allow disable-immutability",
    ],
    links: [immutableVaults, "https://aka.ms/AB-ImmutableVaults-States"],
    grade: "reported",
    source: "users' reports: azure-rest-api-specs 32688, azure-powershell 24298",
  },
  {
    codes: ["UserErrorUnsupportedVaultImmutabilityStateChange"],
    phrases: ["the immutable vault property for this vault is locked, hence, this setting cannot be disabled"],
    title: "immutability is locked, and nobody can unlock it",
    meaning:
      "not the owner, not Microsoft. Data goes when its recovery points have expired; points kept for ever never do, and the vault with them",
    who: "nobody: wait for the last recovery point. The owner of the policies stops new backups now",
    todo: [
      plan,
      "stop protection of each item with retain as per policy, so that no new recovery point is made",
      "vault-teardown plan --vault <vault> again after the last date it names",
    ],
    links: [immutableVaults],
    grade: "recorded",
    source: "recorded answers to a PUT of a Backup vault",
  },
  {
    codes: ["81001"],
    title: "DPM or MABS may not delete data of an immutable vault",
    meaning: "the console's deletion of protected data is refused while the vault is immutable",
    who: "you, where immutability is Unlocked; nobody where it is Locked",
    todo: [plan],
    links: [securityFeature, immutableVaults],
    grade: "documented",
    source: "Microsoft's documentation of hybrid security",
  },
  {
    codes: ["810001", "810002"],
    title: "a MARS agent or a backup server tried to delete data or shorten its retention",
    meaning:
      "810001: deleting from the MARS agent; 810002: a retention below what the vault allows. Hybrid security or immutability stands against it, or the security PIN was missing",
    who: "you",
    todo: [
      plan,
      "where hybrid security asks for it: create a security PIN in the vault's properties; it is valid for 5 minutes",
    ],
    links: [securityFeature],
    grade: "documented",
    source: "Microsoft's documentation of hybrid security",
  },
  {
    codes: ["130001"],
    title: "the agent is too old for the vault's security settings",
    meaning: "old agents can neither ask for a PIN nor say why they were refused",
    who: "the administrator of that server",
    todo: [
      "update the MARS agent, DPM or MABS on the server, then delete its backups on its console",
      "or without the server: vault-teardown plan --vault <vault> unregisters it, which deletes its items",
    ],
    links: [securityFeature],
    grade: "documented",
    source: "Microsoft's documentation of hybrid security",
  },
];
