// Blockers of a plan about what stands in the vault: items, servers, endpoints, Site Recovery. Data; the plan decides.

import type { Explanation } from "./explanation.ts";

const planAgain = "vault-teardown plan --vault <vault>";
const soft =
  "vault-teardown plan --vault <vault> --strategy soft: they go with the vault, and stay recoverable until a date";
const registration = "https://learn.microsoft.com/azure/site-recovery/site-recovery-manage-registration-and-protection";
const own = { grade: "own", source: "a blocker of this tool's plans" } as const;

export const ownBlockersOfContents: readonly Explanation[] = [
  {
    codes: ["unknown-kind"],
    title: "something stands in the vault that this version does not know how to remove",
    meaning: "Azure has more sorts of things than this version. What is not understood is shown, and blocks",
    who: "the owner of that resource",
    todo: ["remove it by hand, in the portal or with az", planAgain],
    ...own,
  },
  {
    codes: ["datasource-unknown"],
    title: "a backup instance of a sort this version does not know",
    meaning:
      "it can be deleted as the others are; what that destroys or leaves behind is not known, so it is yours to allow",
    who: "the owner of that datasource",
    todo: ["vault-teardown plan --vault <vault> --allow unknown-datasources"],
    ...own,
  },
  {
    codes: ["protection-in-flight"],
    title: "Azure is still changing the protection of a backup instance",
    meaning: "while it configures, updates or deletes, it takes no other change",
    who: "nobody: wait some minutes",
    todo: [`${planAgain} when the portal shows another state`],
    ...own,
  },
  {
    codes: ["container-soft-deleted", "server-soft-deleted"],
    title: "a soft-deleted container or server has to be registered again before its data can be purged",
    meaning:
      "the purge strategy undeletes items to delete them for good, and an item cannot be undeleted in a container that is not registered",
    who: "a backup contributor of the vault; of a server outside Azure, its administrator",
    todo: [soft, `register it again in this vault, then ${planAgain} --strategy purge`],
    ...own,
  },
  {
    codes: ["server-item-soft-deleted"],
    title: "a soft-deleted item of a server outside Azure cannot be purged from here",
    meaning:
      "Azure undeletes such items for nobody but their server, so they go at their purge date, or with the vault",
    who: "you: choose the other strategy; else nobody: wait",
    todo: [soft, "vault-teardown deleted --vault <vault> lists the purge dates"],
    ...own,
  },
  {
    codes: ["server-missing"],
    title: "an item goes only with its server, and no such server is registered",
    meaning:
      "items of MARS, DPM and MABS have no deletion of their own; what is left of a server that vanished is stuck",
    who: "the administrator of that server; else Microsoft support",
    todo: [
      "delete the backups on the server's own console, or open a support request to have the item removed",
      planAgain,
    ],
    links: ["https://learn.microsoft.com/azure/azure-portal/supportability/how-to-create-azure-support-request"],
    ...own,
  },
  {
    codes: ["private-endpoint-unreadable"],
    title: "a private endpoint of the vault cannot be read",
    meaning:
      "it may lie in another subscription. Its connection to the vault can go without it; the endpoint itself then stays",
    who: "an owner of the endpoint's subscription",
    todo: ["get the right to read and delete it, or: vault-teardown plan --vault <vault> --keep private-endpoints"],
    links: ["https://learn.microsoft.com/azure/backup/private-endpoints"],
    ...own,
  },
  {
    codes: ["replication-failed-over"],
    title: "a replicated machine is failed over: the copy may be the live one now",
    meaning:
      "ending replication then cuts the way back. Which of the two machines is the real one, only its owner knows",
    who: "the owner of that machine",
    todo: [
      "fail back and commit",
      "or keep the recovered machine as it is: vault-teardown plan --vault <vault> --allow failed-over-items",
    ],
    links: [registration],
    ...own,
  },
  {
    codes: ["replication-source-unreachable"],
    title: "the source of a replicated machine, or its server, does not answer",
    meaning: "it cannot be told that replication ends, and would keep its configuration",
    who: "the administrator of that site",
    todo: ["bring the server back", "gone for good: vault-teardown plan --vault <vault> --allow orphan-replication"],
    links: [registration],
    ...own,
  },
  {
    codes: ["replication-job-suspended"],
    title: "a job of Site Recovery waits for a person",
    meaning: "it stops at a manual action of a recovery plan and would never end by itself",
    who: "a site recovery operator of the vault",
    todo: [
      "resume it in the portal, under Site Recovery jobs",
      "or allow it to be cancelled: vault-teardown plan --vault <vault> --allow cancel-jobs",
    ],
    ...own,
  },
  {
    codes: ["test-migration-open"],
    title: "a test migration was not cleaned up",
    meaning: "a machine made for it may still run in Azure, and Azure Migrate alone knows what was made",
    who: "a contributor of the Azure Migrate project",
    todo: ["clean the test migration up in the Azure Migrate project", planAgain],
    ...own,
  },
  {
    codes: ["appliance-registered"],
    title: "a replication appliance is registered, and no API removes it",
    meaning:
      "its own configuration manager resets it, or the portal deletes it once all its components were critical for 30 minutes",
    who: "the administrator of the appliance",
    todo: [
      "disable replication of its machines, reset or delete the appliance, then choose remove infrastructure in the portal",
      planAgain,
    ],
    links: ["https://learn.microsoft.com/azure/site-recovery/delete-appliance"],
    ...own,
  },
  {
    codes: ["still-there"],
    title: "after the steps, something would still need one",
    meaning: "the vault was listed again right before its deletion, and this was found",
    who: "you",
    todo: [planAgain, "vault-teardown apply --vault <vault> --fresh"],
    ...own,
  },
];
