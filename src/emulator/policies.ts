// Backup policies: the list, one policy, and deleting one that nothing uses. It must not change what a policy says.
import type { Answer } from "./answers.ts";
import { found, noContent } from "./answers.ts";
import { notFoundInVault, serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import { text } from "./json.ts";
import { lastSegment, sameName } from "./names.ts";
import { childList } from "./plain-lists.ts";
import type { VaultState } from "./state.ts";
import { vaultChild, vaultRoute } from "./vault-scope.ts";
import type { WorldResource } from "./world.ts";

const segment = "backupPolicies";
const path = `${segment}/{policy}`;

function findPolicy(call: Call, vault: VaultState): WorldResource | undefined {
  return vault.backupPolicies.find(({ name }) => sameName(name, parameter(call, "policy")));
}

function getPolicy(call: Call, vault: VaultState): Answer {
  const policy = findPolicy(call, vault);
  if (policy === undefined) return notFoundInVault(parameter(call, "policy"));
  return found(vaultChild(vault, segment, policy.name, policy.properties));
}

/** Recorded: 200 without a body. That an absent one is 204, and how one in use is refused, is unverified. */
function deletePolicy(call: Call, vault: VaultState): Answer {
  const policy = findPolicy(call, vault);
  if (policy === undefined) return noContent;
  const user = vault.protectedItems
    .all()
    .find(({ properties }) => sameName(lastSegment(text(properties, "policyId")), policy.name));
  if (user !== undefined) {
    const message = `The policy '${policy.name}' cannot be deleted because it is in use by '${user.name}'.`;
    return serviceError(400, "BMSUserErrorPolicyInUse", message);
  }
  vault.backupPolicies = vault.backupPolicies.filter((other) => other !== policy);
  return { status: 200 };
}

export const policyRoutes: readonly Route[] = [
  childList(segment, (vault) => vault.backupPolicies),
  vaultRoute("GET", path, getPolicy),
  vaultRoute("DELETE", path, deletePolicy),
];
