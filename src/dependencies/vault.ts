// The vault itself: what must be so before it is deleted, and the three closing steps of every plan.

import { armId, idKey, type ArmId } from "../model/arm-id.ts";
import type { ArmResource } from "../model/ports.ts";
import type { Vault } from "../model/resource.ts";
import { stepKey, type StepDraft } from "../model/step.ts";
import type { Contribution, Dependency, PlanningContext, Proof } from "./dependency.ts";
import { isWord, text } from "./properties.ts";
import { vaultActions } from "./vault-actions.ts";
import { proveStanding, recoverVault } from "./recovery/vault.ts";
import { protectedByTag, tagBlockers } from "./protect-tag.ts";

export const vault: Dependency<"vault"> = {
  kind: "vault",
  rule: "recorded: DELETE vault 202, then 404 under its own operation URL; documented: allowed when empty or, secure by default, holding only soft-deleted items",
  list: async (reader) => {
    const answer = await reader.vault();
    return answer === undefined ? [] : [vaultFrom(answer, await protectedByTag(reader, answer))];
  },
  // Whether it is still there does not depend on its tags, nor on the right to read its group's.
  look: async (reader) => {
    const answer = await reader.vault();
    return answer === undefined ? [] : [vaultFrom(answer, [])];
  },
  contribute,
  recover: recoverVault,
  prove: (step, found): Proof => {
    if (step.action === "undelete-vault") return proveStanding(step, found);
    const still = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
    return still === undefined
      ? { verdict: "proved", evidence: "GET of the vault answers 404" }
      : { verdict: "not-yet", found: `Azure still answers for the vault, ${still.state}` };
  },
};

function vaultFrom(answer: ArmResource, tagged: readonly ArmId[]): Vault {
  const moveState = text(answer.properties, "moveState") ?? text(answer.properties, "resourceMoveState");
  return {
    kind: "vault",
    id: armId(answer.id),
    name: answer.name,
    state: text(answer.properties, "provisioningState") ?? "Unknown",
    location: answer.location ?? "unknown",
    protectedByTag: tagged,
    ...(moveState === undefined ? {} : { moveState }),
  };
}

/** The planner lets `recheck` wait for every step that nothing else waits for. */
function contribute(found: Vault, context: PlanningContext): Contribution {
  if (isWord(found.moveState, "InProgress")) return { blockers: [moving(found), ...tagBlockers(found)] };
  const irreversible = context.strategy === "purge";
  return {
    steps: [
      closing("recheck", found, [], "the whole vault is listed again: nothing may be deleted under the vault unseen"),
      {
        ...closing("delete-vault", found, [stepKey("recheck", found.id)], "what this plan is for"),
        irreversible,
        permissions: [`${vaultActions(found.id)}/delete`],
        request: { write: "delete-vault", vault: found.id },
      },
      closing("prove-absence", found, [stepKey("delete-vault", found.id)], "an accepted deletion is not a proof"),
    ],
    blockers: tagBlockers(found),
    warnings: isWord(found.state, "Succeeded") ? [] : [`the vault's provisioning state is ${found.state}`],
  };
}

function closing(
  action: "recheck" | "delete-vault" | "prove-absence",
  found: Vault,
  after: readonly string[],
  reason: string,
): StepDraft {
  return {
    action,
    kind: "vault",
    target: found.id,
    name: found.name,
    after,
    reason,
    irreversible: false,
    permissions: [`${vaultActions(found.id)}/read`],
    exclusive: idKey(found.id),
  };
}

function moving(found: Vault): NonNullable<Contribution["blockers"]>[number] {
  return {
    code: "vault-moving",
    subject: found.id,
    reason: "the vault is being moved to another resource group or subscription",
    fix: "wait until the move has ended, then plan again",
    who: "whoever started the move",
  };
}
