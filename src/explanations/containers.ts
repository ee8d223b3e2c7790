// What Azure says about containers, servers, policies and items of a Recovery Services vault. Data.

import type { Explanation } from "./explanation.ts";

const plan = "vault-teardown plan --vault <vault> lists every container with what is in it, and the order they go in";
const apply = "vault-teardown apply --vault <vault> waits for such things and tries again";
const deletionDocs = "https://learn.microsoft.com/azure/backup/backup-azure-delete-vault";

export const containers: readonly Explanation[] = [
  {
    codes: ["BMSUserErrorContainerHasDatasources"],
    title: "for Azure the container still holds protected data",
    meaning:
      "right after items were deleted it is a matter of minutes: not every list knows it yet. Later, an item is left; in the classic regime soft-deleted ones hold it as well",
    who: "nobody for some minutes; then you",
    todo: [apply, plan],
    grade: "reported",
    source: "field reports of scripts that unregister SQL and SAP HANA machines",
  },
  {
    codes: ["BMSUserErrorNodePartOfActiveAG"],
    title: "the machine is a node of an availability group whose databases are still protected",
    meaning:
      "those databases belong to a container of the group, not to the machine's, perhaps in another vault; they go first, then the nodes",
    who: "you; for another vault, its owner",
    todo: [
      plan,
      "stop protection of the group's databases with their data deleted, where they are protected, then plan again",
    ],
    links: ["https://learn.microsoft.com/azure/backup/backup-sql-server-on-availability-groups"],
    grade: "reported",
    source: "a field report",
  },
  {
    codes: ["BMSUserErrorPolicyObjectInUse", "BMSUserErrorPolicyInUse"],
    title: "a backup policy is in use and cannot be deleted",
    meaning:
      "some item still names it, perhaps one whose deletion has not come through. Policies of a Recovery Services vault need not be deleted: they go with the vault",
    who: "you: leave the policy, or remove its items first",
    todo: [plan],
    links: [deletionDocs],
    grade: "reported",
    source: "field reports; the second code is the emulator's own",
  },
  {
    codes: ["BMSUserErrorServerHasBackupItems"],
    phrases: ["there are backup items associated with the server"],
    title: "hybrid security keeps the data of a server outside Azure",
    meaning:
      "a server with the MARS agent, DPM or MABS cannot be unregistered while its backups stand and hybrid security is on. Its items cannot be stopped one by one from Azure: unregistering deletes them all, once that is allowed",
    who: "the administrator of that server; or you, where hybrid security can be turned off",
    todo: [
      "on the server: stop the schedule and delete the stored backups, with a security PIN from the vault's properties (valid for 5 minutes)",
      "server lost, classic regime: vault-teardown plan --vault <vault> --strategy purge turns hybrid security off first",
      "secure by default: vault-teardown apply --vault <vault> unregisters it, the data stays recoverable until its purge date",
    ],
    links: [
      "https://aka.ms/DeleteBackupItems",
      "https://learn.microsoft.com/azure/backup/backup-azure-security-feature",
      deletionDocs,
    ],
    grade: "reported",
    source: "users' reports of the text: azure-docs 34907, azure-powershell 10521; the code is the emulator's own",
  },
  {
    codes: ["BMSUserErrorContainerNameIncorrectFormat", "BMSUserErrorProtectedItemNameIncorrectFormat"],
    phrases: ["container name is not in the correct format"],
    title: "a name was given as people write it, not as Azure Backup does",
    meaning:
      "full names have parts divided by semicolons, as in IaasVMContainer;iaasvmcontainerv2;group;machine, and may end with a dot. A well-formed wrong name is worse: its deletion is answered with 204, and nothing happens",
    who: "you: take the names from the lists of the vault",
    todo: [
      "az backup container list --vault-name <vault> --resource-group <group> --backup-management-type AzureIaasVM shows full names",
      "vault-teardown plan --vault <vault>: this tool addresses things by their full ids",
    ],
    grade: "reported",
    source: "users' reports: azure-sdk-for-python 3159, and field reports",
  },
  {
    codes: ["BMSUserErrorContainerRegisteredToAnotherVault"],
    phrases: ["is registered to the vault '*'. please unregister it there"],
    title: "another vault has registered this machine or storage account since",
    meaning: "a container can be registered with one vault at a time, so it cannot return here",
    who: "the owner of the other vault",
    todo: [
      "unregister it there, then vault-teardown recover --vault <vault> again; or bring back the rest with --item",
    ],
    grade: "unverified",
    source: "documented that it cannot be; code and text are the emulator's own",
  },
  {
    codes: ["Http204"],
    title: "204 says nothing was there to be deleted, and is also the answer to a wrong name",
    meaning:
      "a DELETE of a backup item or server with a wrong container name is answered with 204 No Content: it looks done, and nothing happened. Unregistering that succeeds ends with 204, too",
    who: "you: read the list again",
    todo: [plan, "vault-teardown apply --vault <vault> reads back what each step has done before it calls it done"],
    grade: "recorded",
    source: "recorded for servers and backup instances; of wrong names users' reports, azure-sdk-for-python 3159",
  },
  {
    codes: ["BMSUserErrorInvalidInput"],
    title: "the service did not take the request as it was written",
    meaning:
      "one code for many mistakes: a filter it cannot read, a setting out of bounds, a body with one property where it wants two (soft delete and hybrid security go together)",
    who: "you, or whoever made the tool that asked",
    todo: ["read the message; of requests of this tool: run again with --debug and report it", plan],
    grade: "reported",
    source: "users' reports: azure-cli 31183, azure-cli-extensions 7628, microsoft/mcp 3562",
  },
  {
    codes: ["ResourceNotFound", "320001"],
    phrases: ["could not perform the operation as vm no longer exists"],
    title: "the protected machine is gone, its backups are not",
    meaning:
      "it is a state of the item and no failure of its deletion: backups of a machine that was deleted stand until they are deleted themselves. Once it was even the answer to a list of items",
    who: "you: its data can be deleted as any other",
    todo: [plan],
    grade: "recorded",
    source: "recorded among health details, and once in a 404 of a list of items",
  },
  {
    codes: ["400136", "UserErrorVmNotFoundV2"],
    title: "the protected machine does not exist any more",
    meaning: "backups cannot run, but what was backed up stands in the vault until it is deleted",
    who: "you: its data can be deleted as any other",
    todo: [plan],
    grade: "recorded",
    source: "recorded among the health details of a machine",
  },
];
