// A soft-deleted vault on its way back, and the last look at what a recovery has brought back.

import { armId, idKey, nameOf, segmentAfter, vaultKindOf, type ArmId } from "../../model/arm-id.ts";
import type { Vault } from "../../model/resource.ts";
import { stepKey, type Step, type StepDraft, type StepKey } from "../../model/step.ts";
import type { Contribution, Proof, RecoveryContext } from "../dependency.ts";
import { isWord } from "../properties.ts";
import { vaultActions } from "../vault-actions.ts";

/** The planner lets the last look wait for every step that nothing else waits for. */
export function recoverVault(vault: Vault, context: RecoveryContext): Contribution {
  const { deletedVault } = context.recovery;
  const proving: StepDraft = {
    ...common(vault),
    action: "prove-recovery",
    after: [],
    reason: "an accepted undelete is not a proof: everything that was to return is listed once more",
    permissions: [`${vaultActions(vault.id)}/read`],
  };
  if (deletedVault === undefined) return { steps: [proving] };
  const undeleting: StepDraft = {
    ...common(vault),
    action: "undelete-vault",
    after: [],
    reason: `the deleted vault ${nameOf(deletedVault.id)} is what holds it all${untilText(deletedVault.purgeAt)}${identityText(vault.id)}`,
    permissions: permissionsOf(vault.id),
    request: { write: "undelete-vault", vault: vault.id, deletedVault: deletedVault.id, location: vault.location },
  };
  return { steps: [undeleting, { ...proving, after: [stepKey("undelete-vault", vault.id)] }] };
}

/** The step before anything in a deleted vault is brought back; empty where the vault stands. */
export function undeleteVaultKeys({ recovery, vault }: RecoveryContext): readonly StepKey[] {
  return recovery.deletedVault === undefined ? [] : [stepKey("undelete-vault", vault)];
}

function common({ id, name }: Vault): Pick<StepDraft, "kind" | "target" | "name" | "irreversible" | "exclusive"> {
  return { kind: "vault", target: id, name, irreversible: false, exclusive: idKey(id) };
}

function untilText(purgeAt: string | undefined): string {
  return purgeAt === undefined ? "" : `; Azure purges it at ${purgeAt}`;
}

/** Microsoft's own cmdlet asks for this identity where none is named; without one a Backup vault cannot back up anything. */
function identityText(id: ArmId): string {
  return vaultKindOf(id) === "backup"
    ? "; it returns with a system-assigned identity, whose roles must be assigned again"
    : "";
}

/** Inferred: the action of the call; a Backup vault returns by a write of the vault itself (recorded). */
function permissionsOf(id: ArmId): readonly string[] {
  const write = `${vaultActions(id)}/write`;
  return vaultKindOf(id) === "backup"
    ? [write]
    : ["Microsoft.RecoveryServices/locations/deletedVaults/undelete/action", write];
}

/** A vault reads another state while it returns (recorded: Provisioning). */
export function proveStanding(step: Step, found: readonly Vault[]): Proof {
  const standing = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
  if (standing === undefined) return { verdict: "not-yet", found: "Azure does not answer for the vault yet" };
  if (!isWord(standing.state, "Succeeded"))
    return { verdict: "not-yet", found: `Azure answers for the vault, which reads ${standing.state}` };
  return { verdict: "proved", evidence: "GET of the vault answers, and it reads Succeeded" };
}

/** The resource group a vault returns to: the one it was in. */
export function recoveryGroup(vault: ArmId): ArmId {
  const subscription = segmentAfter(vault, "subscriptions") ?? "";
  const group = segmentAfter(vault, "resourceGroups") ?? "";
  return armId(`/subscriptions/${subscription}/resourceGroups/${group}`);
}
