// What Azure says when a Recovery Services vault, or the group it lies in, cannot be deleted. Data.

import type { Explanation } from "./explanation.ts";

const plan =
  "vault-teardown plan --vault <vault> lists everything that stands in it, by kind, with the step that removes it";
const apply = "vault-teardown apply --vault <vault> carries that out and then deletes the vault";
const deletionDocs = "https://learn.microsoft.com/azure/backup/backup-azure-delete-vault";
const secureByDefault = "https://learn.microsoft.com/azure/backup/secure-by-default";

export const vaultDeletion: readonly Explanation[] = [
  {
    codes: ["ServiceResourceNotEmptyWithContainerDetails"],
    phrases: [
      "vault cannot be deleted as there are existing resources within the vault*unregister all containers from the vault and then retry to delete vault",
      "vault cannot be deleted as there are existing resources within the vault*unregister the following containers associated with this vault",
      "unregister all containers from the vault and then retry to delete vault",
      "unregister the following containers associated with this vault",
    ],
    title: "the vault still has registered servers or storage accounts",
    meaning:
      "what follows the colon are friendly names of containers, without their type: machines with SQL or SAP HANA, storage accounts, servers with the MARS agent, DPM or MABS. Each must lose its data first and then be unregistered",
    who: "you, with Backup Contributor on the vault",
    todo: [plan, apply],
    links: ["https://aka.ms/AB-AA4ecq5", deletionDocs],
    grade: "reported",
    source: "users' reports: azure-docs 42016, azure-powershell 9291, azure-cli 7619",
  },
  {
    codes: ["ServiceResourceNotEmptyWithBackendMessage"],
    phrases: [
      "backup items still present in soft delete state",
      "recovery services vault cannot be deleted as there are backup items in soft deleted state in the vault. the soft deleted items are permanently deleted after 14 days",
    ],
    title: "only soft-deleted items are left, and the request was made with an old api-version",
    meaning:
      "in a vault that is secure by default this refusal is not about the vault: clients with an api-version before 2024-09-30-preview insist on a completely empty vault, newer ones delete it with its soft-deleted items inside. In the classic regime it means what it says, and the items have to be waited for or purged",
    who: "you: use a newer client. In the classic regime: nobody before the purge date, or you with the purge strategy",
    todo: [
      "vault-teardown apply --vault <vault> asks with a current api-version",
      "vault-teardown deleted --vault <vault> lists the soft-deleted items with their purge dates",
      "classic regime: vault-teardown plan --vault <vault> --strategy purge turns soft delete off, undeletes the items and deletes them for good",
    ],
    links: [secureByDefault, "https://aka.ms/undeletesoftdeleteditems", "https://aka.ms/SoftDeleteCloudWorkloads"],
    grade: "recorded",
    source: "recorded answers of 2020 to 2022; that newer clients are let through is recorded since October 2025",
  },
  {
    codes: ["ServiceResourceNotEmptyWithBackendMessage"],
    phrases: [
      "vault cannot be deleted as there are existing resources within the vault*ensure all containers have been unregistered from the vault and all private endpoints",
    ],
    title: "containers, private endpoint connections or Site Recovery objects still belong to the vault",
    meaning:
      "the names in the message may be servers or private endpoints, and it does not say which. Connections that were only attempted count as well",
    who: "you; for a private endpoint in another subscription, its owner",
    todo: [plan, apply],
    links: ["https://aka.ms/AB-AA4ecq5", deletionDocs, "https://learn.microsoft.com/azure/backup/private-endpoints"],
    grade: "reported",
    source:
      "users' reports, still in January 2025 (pulumi-azure-native 3832); that Site Recovery is answered so is unverified",
  },
  {
    codes: ["BMSUserErrorVaultDeletionNotAllowed"],
    phrases: ["vault cannot be deleted as there are existing resources within the vault"],
    title: "active items, servers or containers stand in the vault",
    meaning: "something in it is still protected or registered; soft-deleted items alone would be told otherwise",
    who: "you, with Backup Contributor on the vault",
    todo: [plan, apply],
    links: [deletionDocs],
    grade: "documented",
    source: "Microsoft's self-help texts; field reports",
  },
  {
    codes: ["BMSUserErrorVaultDeletionNotPermitted"],
    phrases: ["recovery services vault cannot be deleted as there are backup items in soft deleted state in the vault"],
    title: "only soft-deleted items are left, and this vault may not go with them inside",
    meaning:
      "the classic regime: they are purged 14 days (or the vault's own retention) after their deletion, and the vault can go then. Deleting them again does not purge them",
    who: "nobody: wait for the purge date. Or you, with the purge strategy",
    todo: [
      "vault-teardown deleted --vault <vault> lists the purge dates",
      "vault-teardown apply --vault <vault> after the last of them",
      "at once and for good, where soft delete can be turned off: vault-teardown apply --vault <vault> --strategy purge",
    ],
    links: ["https://learn.microsoft.com/azure/backup/backup-azure-security-feature-cloud", secureByDefault],
    grade: "documented",
    source: "Microsoft's self-help texts",
  },
  {
    codes: ["BMSUserErrorVaultDeletionForbidden"],
    phrases: ["existing resources including backup items in soft deleted state within the vault"],
    title: "active resources and soft-deleted items both stand in the vault",
    meaning:
      "the active ones have to be removed first; whether the soft-deleted ones then hold the vault depends on its regime",
    who: "you, with Backup Contributor on the vault",
    todo: [plan, apply],
    links: [deletionDocs, secureByDefault],
    grade: "documented",
    source: "Microsoft's self-help texts",
  },
  {
    codes: [],
    phrases: [
      "ensure there are no backup items, protected servers or backup management servers",
      "there are no backup items, protected servers, or backup management servers",
    ],
    title: "the old wording for a vault that is not empty",
    meaning:
      "older clients show this text without a code. What they list behind it are containers; items, private endpoints and Site Recovery objects may stand there besides",
    who: "you, with Backup Contributor on the vault",
    todo: [plan, apply],
    links: [deletionDocs],
    grade: "documented",
    source: "Microsoft's documentation, and azure-powershell 9291",
  },
  {
    codes: [],
    phrases: ["backup items in soft deleted state*permanently deleted after 14 days"],
    title: "soft-deleted items hold the vault for 14 days, says the old regime",
    meaning:
      "14 days are the default of the classic regime. Vaults that are secure by default go with such items inside, and keep them until a purge date of 14 to 180 days",
    who: "nobody: wait; or you, with a current client",
    todo: [
      "vault-teardown plan --vault <vault> says in which regime the vault is",
      "vault-teardown deleted --vault <vault> lists the purge dates",
    ],
    links: [secureByDefault],
    grade: "documented",
    source: "Microsoft's documentation",
  },
  {
    codes: ["ResourceGroupBeingDeleted"],
    title: "the resource group is already being deleted",
    meaning:
      "while that goes on, changes to the vault's soft delete are refused, and the deletion of the group fails in the end because the vault stands. The vault comes first, then the group",
    who: "nobody: wait until the deletion of the group has failed or ended",
    todo: [
      "az group show --name <group> --query properties.provisioningState until it no longer reads Deleting",
      "vault-teardown apply --vault <vault>, then az group delete --name <group>",
    ],
    links: ["https://learn.microsoft.com/azure/azure-resource-manager/management/delete-resource-group"],
    grade: "reported",
    source: "a field report",
  },
  {
    codes: ["ResourceGroupDeletionBlocked"],
    phrases: ["deletion of resource group '*' failed as resources with identifiers '*' could not be deleted"],
    title: "a resource in the group refused to go, so the group stays",
    meaning:
      "the group's answer names the resource and hides why; where that is a vault, the vault's own answer says it. A vault that is gone may also stay in the group's list for some minutes",
    who: "you",
    todo: [
      "vault-teardown plan --vault <vault> for each vault that is named",
      "vault-teardown apply --vault <vault>, then az group delete --name <group>",
    ],
    links: ["https://learn.microsoft.com/azure/azure-resource-manager/management/delete-resource-group"],
    grade: "reported",
    source: "users' reports: bicep-registry-modules 1607, azure-powershell 4804, azure-rest-api-specs 38962",
  },
];
