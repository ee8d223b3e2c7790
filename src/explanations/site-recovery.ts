// What Site Recovery says, whose errors are mostly numbers. Data.

import type { Explanation } from "./explanation.ts";

const plan = "vault-teardown plan --vault <vault> lists what replicates, and the order in which it goes";
const registration = "https://learn.microsoft.com/azure/site-recovery/site-recovery-manage-registration-and-protection";

export const siteRecovery: readonly Explanation[] = [
  {
    codes: ["45031"],
    phrases: ["protection has already been enabled for the virtual machine"],
    title: "the machine is protected already",
    meaning:
      "a remark and no failure: recorded inside an operation that succeeded. It is about enabling, not about removing",
    who: "nobody: nothing is to be done",
    todo: [plan],
    grade: "recorded",
    source: "recorded inside a succeeded operation of a Hyper-V site",
  },
  {
    codes: ["28061"],
    phrases: ["the virtual machine name '*' is unavailable"],
    title: "the name for the machine in Azure is taken",
    meaning:
      "a remark and no failure: recorded inside an operation that succeeded, which then took another name. What is looked for later may be called differently",
    who: "nobody: nothing is to be done",
    todo: [plan],
    grade: "recorded",
    source: "recorded inside a succeeded failover of a Hyper-V machine",
  },
  {
    codes: ["28175"],
    phrases: ["the vm name '*' was modified to '*' to avoid name conflicts"],
    title: "the machine in Azure got another name than was asked for",
    meaning:
      "a remark and no failure: a machine of the wanted name stood there already. The recovered machine has the longer one",
    who: "nobody: remember the name before you clean up",
    todo: [plan],
    grade: "recorded",
    source: "recorded inside a succeeded failover of a Hyper-V machine",
  },
  {
    codes: ["310024"],
    phrases: ["the name provided for the virtual machine '*' is unavailable"],
    title: "the name for the machine in Azure is taken",
    meaning: "a remark and no failure: recorded while a test failover of a VMware machine ran, which succeeded",
    who: "nobody: nothing is to be done",
    todo: [plan],
    grade: "recorded",
    source: "19 recorded answers of operations on a VMware machine",
  },
  {
    codes: ["161011"],
    phrases: ["no successful test failover has been done on the virtual machine"],
    title: "no test failover was done yet",
    meaning: "a warning of the machine's health; it holds no removal up",
    who: "nobody: nothing is to be done",
    todo: [plan],
    grade: "recorded",
    source: "recorded among the health errors of a replicated machine",
  },
  {
    codes: ["InMageRcmUpgradeBlockedAlreadyOnLatestVersion"],
    phrases: ["the mobility agent of source machine '*' cannot be updated"],
    title: "the mobility agent is up to date",
    meaning: "a remark and no failure. Disabling replication does not uninstall that agent",
    who: "nobody; the administrator of the machine uninstalls the agent afterwards",
    todo: [plan],
    grade: "recorded",
    source: "recorded among the properties of a replicated VMware machine",
  },
  {
    codes: ["FabricArmEntityMissing"],
    phrases: ["fabric with name * could not be located"],
    title: "the fabric is gone already",
    meaning: "whoever deletes it a second time is told so; nothing is left to do there",
    who: "nobody: nothing is to be done",
    todo: [plan],
    grade: "reported",
    source: "users' reports: terraform-provider-azurerm 10595 and 11180",
  },
  {
    codes: ["ArmResourceDoesNotExist"],
    phrases: ["specified resource with name '*' does not exist"],
    title: "that object of Site Recovery does not exist (any more)",
    meaning: "the outer code reads NotFound. After a removal it is the proof of it; before one, the name is wrong",
    who: "nobody, where it was to be removed; else you",
    todo: [plan],
    links: [registration],
    grade: "recorded",
    source: "a recorded answer to the DELETE of a replicated item that had been removed",
  },
  {
    codes: [],
    phrases: ["cleanup of the stale asr resource links on '*' failed"],
    title: "a lock on the replicated machine stops the clean-up of Site Recovery",
    meaning:
      "disabling replication of an Azure machine removes links from the machine itself; a lock on it, its group or its subscription refuses that, and the operation fails under a number of its own",
    who: "the lock's owner",
    todo: [plan, "remove the lock for the time of the run; vault-teardown apply --vault <vault> again"],
    links: ["https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources"],
    grade: "reported",
    source: "users' reports: terraform-provider-azurerm 24197; the wording is a field report's",
  },
  {
    codes: [],
    phrases: [
      "protection container cannot be deleted",
      "protection containers can't be deleted",
      "protection containers cannot be deleted",
    ],
    title: "items or mappings still use the protection container",
    meaning:
      "after a failover and failback both sides hold items and mappings, in both directions: the ones of the other fabric go first, too",
    who: "you, with Site Recovery Contributor on the vault",
    todo: [
      plan,
      "vault-teardown apply --vault <vault> removes items, then mappings of both directions, then containers",
    ],
    links: ["https://learn.microsoft.com/azure/site-recovery/delete-vault", registration],
    grade: "reported",
    source: "users' reports: terraform-provider-azurerm 24197",
  },
];
