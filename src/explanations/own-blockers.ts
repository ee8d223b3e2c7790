// Blockers of a plan about the vault itself: its settings, locks, guards, rights and lists. Data; the plan decides.

import type { Explanation } from "./explanation.ts";

const planAgain = "vault-teardown plan --vault <vault>";
const soft =
  "vault-teardown plan --vault <vault> --strategy soft: the vault goes now, its data stays recoverable until a date";
const secureByDefault = "https://learn.microsoft.com/azure/backup/secure-by-default";
const immutableVaults = "https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept";
const locks = "https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources";
const own = { grade: "own", source: "a blocker of this tool's plans" } as const;

export const ownBlockers: readonly Explanation[] = [
  {
    codes: ["soft-delete-always-on", "hybrid-security-always-on"],
    title: "the purge strategy needs a protection turned off that is always on",
    meaning:
      "Azure lets nobody turn soft delete or hybrid security off in this vault, so nothing in it can be purged at once",
    who: "you: choose the other strategy",
    todo: [soft],
    links: [secureByDefault],
    ...own,
  },
  {
    codes: ["soft-delete-state-unknown", "hybrid-security-state-unknown"],
    title: "a security setting reads a word this version does not know",
    meaning: "Azure has added a state. What is not understood is not turned off",
    who: "you: choose the other strategy, or take a newer version",
    todo: [soft],
    ...own,
  },
  {
    codes: ["immutability-unlocked"],
    title: "the vault is immutable, and that can still be turned off",
    meaning: "backup data cannot be deleted while it is on; turning it off weakens the vault and is yours to allow",
    who: "you",
    todo: ["vault-teardown plan --vault <vault> --allow disable-immutability"],
    links: [immutableVaults],
    ...own,
  },
  {
    codes: ["immutability-locked", "immutability-locked-item"],
    title: "the vault is immutable for ever: recovery points go when they expire, and not before",
    meaning:
      "nobody can shorten it, Microsoft included. Each new backup moves the last date on, so they are stopped first",
    who: "the owner of the backup policies; then nobody: wait",
    todo: ["stop protection of each item, retain as per policy", `${planAgain} again after the date it names`],
    links: [immutableVaults],
    ...own,
  },
  {
    codes: ["locked"],
    title: "a management lock refuses a step of the plan",
    meaning:
      "the blocker names the lock, where it is, and what it holds up. Locks are removed by their owner, or for the time of the run",
    who: "the lock's owner; or you, with Owner or User Access Administrator",
    todo: ["vault-teardown plan --vault <vault> --allow remove-locks removes it for the run and puts it back"],
    links: [locks],
    ...own,
  },
  {
    codes: ["locks-unreadable"],
    title: "the locks of a scope cannot be read",
    meaning: "without them nobody knows whether a step will be refused half-way; Reader on the scope is enough",
    who: "an owner of that scope",
    todo: ["az role assignment create --assignee <your object id> --role Reader --scope <scope>", planAgain],
    links: [locks],
    ...own,
  },
  {
    codes: ["read-only-lock"],
    title: "a ReadOnly lock lets nothing return there",
    meaning: "no recovery removes a lock, whatever it is allowed",
    who: "an owner of that scope",
    todo: ["az lock delete --ids <lock>, for the time of the recovery", "vault-teardown recover --vault <vault> again"],
    links: [locks],
    ...own,
  },
  {
    codes: ["permission-missing"],
    title: "you lack permissions that the steps need",
    meaning:
      "found by reading your role assignments before anything was written; the plan names the actions and the scope",
    who: "an owner or user access administrator of that scope",
    todo: [
      "az role assignment create --assignee <your object id> --role Contributor --scope <scope>",
      "a role with nothing else: vault-teardown plan --vault <vault> --format json has it under permissions.role",
    ],
    links: ["https://learn.microsoft.com/azure/backup/backup-rbac-rs-vault"],
    ...own,
  },
  {
    codes: ["guard-permission-missing"],
    title: "a resource guard decides over some steps, and you may not pass it",
    meaning: "multi-user authorization: somebody else owns the guard, and has to let you pass for the time of the run",
    who: "the guard's owner",
    todo: [
      "ask for the role Backup MUA Operator on the guard, or activate it with Privileged Identity Management",
      planAgain,
    ],
    links: ["https://learn.microsoft.com/azure/backup/multi-user-authorization-concept"],
    ...own,
  },
  {
    codes: ["protected-by-tag"],
    title: "a tag says that this vault must not be torn down",
    meaning: "somebody has put it on the vault or its resource group on purpose; no option overrules it",
    who: "the owner of the vault or group, who set the tag",
    todo: [
      "remove the tag the blocker names: az tag update --operation Delete --resource-id <id> --tags <name>=<value>",
      planAgain,
    ],
    ...own,
  },
  {
    codes: ["vault-moving"],
    title: "the vault is being moved to another group or subscription",
    meaning: "it can be neither changed nor deleted meanwhile, and is another vault afterwards",
    who: "whoever started the move",
    todo: [`${planAgain} when the move has ended, under its new group`],
    ...own,
  },
  {
    codes: ["listing-failed"],
    title: "something could not be listed, so nobody knows what stands there",
    meaning:
      "a list that failed is not an empty list. The blocker has Azure's code and message, which can be explained in turn",
    who: "an owner of that scope, where reading was refused; else you",
    todo: [
      `${planAgain} again`,
      "refused: az role assignment create --assignee <your object id> --role Reader --scope <scope>",
    ],
    ...own,
  },
];
