// What Azure says where something else is, or was, at work on the same thing. Data.

import type { Explanation } from "./explanation.ts";

const again = "vault-teardown apply --vault <vault> goes on where it stopped, and tries such steps again by itself";
const jobs = "az backup job list --vault-name <vault> --resource-group <group> --status InProgress shows what runs";

export const busy: readonly Explanation[] = [
  {
    codes: ["BMSUserErrorConflictingProtectionOperation"],
    phrases: ["another configure-protection operation is in progress"],
    title: "another change of protection is running for this item or container",
    meaning: "one change at a time per container: two databases of one machine cannot be changed side by side",
    who: "nobody: wait some minutes",
    todo: [again],
    links: ["https://learn.microsoft.com/azure/backup/troubleshoot-azure-files"],
    grade: "documented",
    source: "Microsoft's documentation of Azure Files backup; field reports",
  },
  {
    codes: ["RSVaultUpdateErrorConflictingOperationInProgress"],
    title: "another change of the vault itself is running",
    meaning: "identity, encryption, redundancy and security settings are changed one after the other",
    who: "nobody: wait some minutes",
    todo: [again],
    grade: "reported",
    source: "users' reports; named in Microsoft's documentation of Azure Files backup",
  },
  {
    codes: ["BMSUserErrorObjectLocked"],
    title: "the item is in use by another operation; it is no management lock",
    meaning: "a backup, a restore or a deletion of it is running",
    who: "nobody: wait until that has ended",
    todo: [jobs, again],
    links: ["https://learn.microsoft.com/azure/backup/troubleshoot-azure-files"],
    grade: "documented",
    source: "Microsoft's documentation of Azure Files backup",
  },
  {
    codes: ["AnotherOperationInProgress"],
    title: "another operation is at work on this resource",
    meaning: "it is refused for now and would be taken later, unchanged",
    who: "nobody: wait some minutes",
    todo: [again],
    grade: "documented",
    source: "Microsoft's documentation of Azure Resource Manager",
  },
  {
    codes: ["Conflict", "Http409"],
    title: "the request does not fit the state of the resource right now",
    meaning: "most often another operation is running; a lock and a name that is taken are answered with 409 as well",
    who: "nobody: wait some minutes; or whom the message names",
    todo: [again],
    grade: "documented",
    source: "the meaning of HTTP status 409",
    general: true,
  },
  {
    codes: [],
    phrases: [
      "the resource group '*' is in deprovisioning state",
      "is in deprovisioning state and cannot perform this operation",
    ],
    title: "the resource group is being deleted under the operation",
    meaning: "what lies in it can be neither made nor changed any more, clean-ups of Site Recovery included",
    who: "nobody: wait until the deletion of the group has failed or ended",
    todo: [
      "az group show --name <group> --query properties.provisioningState until it no longer reads Deleting",
      "vault-teardown apply --vault <vault>, then az group delete --name <group>",
    ],
    grade: "reported",
    source: "users' reports of Site Recovery",
  },
  {
    codes: ["UserErrorJobSuccessfullyCancelled", "400158"],
    title: "a job was cancelled, as somebody asked",
    meaning: "it is the trace of a cancelled job on its item, and holds nothing up",
    who: "nobody: nothing is to be done",
    todo: ["vault-teardown plan --vault <vault> shows whether a job still runs"],
    grade: "recorded",
    source: "recorded among the health details of a machine",
  },
];
