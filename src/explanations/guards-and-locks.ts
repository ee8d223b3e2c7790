// What Azure says where a lock, a resource guard, a missing right or a policy of the tenant stands against a request. Data.

import type { Explanation } from "./explanation.ts";

const plan = "vault-teardown plan --vault <vault> names the locks, rights and guards in the way, and whose they are";
const multiUser = "https://learn.microsoft.com/azure/backup/multi-user-authorization-concept";
const locks = "https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources";

export const guardsAndLocks: readonly Explanation[] = [
  {
    codes: ["ScopeLocked"],
    phrases: [
      "cannot perform delete operation because following scope(s) are locked",
      "cannot perform write operation because following scope(s) are locked",
      "scope(s) are locked: '*'. please remove the lock and try again",
    ],
    title: "a management lock on the resource, its group or its subscription refuses this",
    meaning:
      "the message names the scope, not the lock. A lock that Backup itself put on a storage account (AzureBackupProtectionLock) goes when the account is unregistered, sometimes some minutes later: that one is not to be removed by hand",
    who: "the lock's owner; Backup's own lock: nobody, it goes by itself",
    todo: [
      plan,
      "for the time of the run, put back afterwards: vault-teardown apply --vault <vault> --allow remove-locks",
      "by hand: az lock list --resource-group <group>, then az lock delete --ids <lock>",
    ],
    links: [locks],
    grade: "reported",
    source: "users' reports: azure-cli 20232, azure-docs 32050, AzureTRE 4664; locks are Microsoft's documentation",
  },
  {
    codes: ["LinkedAuthorizationFailed"],
    phrases: [
      "is not authorized to access linked subscription",
      "does not have permission to perform action '*' on the linked scope(s)",
    ],
    title: "you may act on the vault, but not on what the request links to: at vaults, mostly its resource guard",
    meaning:
      "multi-user authorization: the guard lies in a subscription, often a tenant, of its own, and somebody there must let you pass. Where it names a tenant, the request lacked a token of the guard's tenant",
    who: "the guard's owner",
    todo: [
      "ask for the role Backup MUA Operator on the guard, or activate it with Privileged Identity Management",
      "guard in another tenant: vault-teardown apply --vault <vault> --guard-tenant <tenant id>",
    ],
    links: [multiUser],
    grade: "recorded",
    source: "a recorded answer for a guard of another tenant; the second wording is documented for linked scopes",
  },
  {
    codes: ["UserErrorResourceGuardOperationNotAllowed", "UserErrorInvalidResourceGuardOperationRequest"],
    title: "a resource guard protects this operation, and the request did not name its permission",
    meaning:
      "guarded deletions have to be unlocked first (valid for about half an hour), guarded changes have to name the guard's request; a client that knows nothing of guards is refused",
    who: "the guard's owner, then you",
    todo: [
      "ask for the role Backup MUA Operator on the guard",
      "vault-teardown apply --vault <vault> unlocks and names the guard itself",
    ],
    links: [multiUser],
    grade: "unverified",
    source: "the emulator's own words; Azure's codes for this are not known",
  },
  {
    codes: ["AuthorizationFailed"],
    phrases: ["does not have authorization to perform action '*' over scope '*'"],
    title: "you lack the right for this action on this scope",
    meaning:
      "the message names both. A right that was just assigned needs some minutes, and a new sign-in. To plan, Reader is enough",
    who: "an owner or user access administrator of that scope",
    todo: [
      "vault-teardown plan --vault <vault> lists the permissions the steps need, and which you lack",
      "az role assignment create --assignee <your object id> --role <role> --scope <scope>",
      "just assigned: az login again, then the same command",
    ],
    links: ["https://learn.microsoft.com/azure/role-based-access-control/troubleshooting"],
    grade: "documented",
    source: "Microsoft's documentation of Azure Resource Manager",
  },
  {
    codes: ["RequestDisallowedByPolicy"],
    phrases: ["was disallowed by policy"],
    title: "an Azure Policy of your organisation refuses this",
    meaning:
      "a deny or deny-action assignment stands above the resource; the message names it, and no role overrules it",
    who: "the owner of that policy assignment",
    todo: [
      "have an exemption made: az policy exemption create --name <name> --policy-assignment <assignment> --exemption-category Waiver --scope <scope>",
    ],
    links: [
      "https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-policy-requestdisallowedbypolicy",
    ],
    grade: "documented",
    source: "Microsoft's documentation of Azure Policy",
  },
  {
    codes: ["UserErrorMissingRequiredPermissions"],
    title: "the vault's own identity lacks a right on what it protects",
    meaning: "it is about restoring and protecting, and not about you: deleting does not need it",
    who: "the owner of the datasource",
    todo: [
      "assign the role that the message names to the vault's managed identity; to tear the vault down: vault-teardown plan --vault <vault>",
    ],
    links: ["https://aka.ms/UserErrorMissingRequiredPermissions"],
    grade: "recorded",
    source: "recorded inside an operation of a Backup vault",
  },
  {
    codes: ["Forbidden", "Http403"],
    title: "refused to you, without a reason in the code",
    meaning: "a right, a guard, a network rule of the vault or a policy: the message has to say which",
    who: "an owner of that scope",
    todo: [plan],
    grade: "documented",
    source: "the meaning of HTTP status 403",
    general: true,
  },
];
