// The vault that a full id names: where it lives, and a reader of it. It must not look for any, nor ask anybody.

import { createVaultReader } from "../azure/vault-reader.ts";
import { idKey, scopeOf, vaultWords, type Scope, type VaultKind } from "../model/arm-id.ts";
import type { Plan } from "../model/plan.ts";
import type { VaultReader } from "../model/ports.ts";
import { UserError } from "./user-error.ts";
import type { Session } from "./wire.ts";

const vaultIdShape =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/(microsoft\.recoveryservices\/vaults|microsoft\.dataprotection\/backupvaults)\/[^/]+$/;

/** The three names in a vault's id, and its kind. Throws UserError when it is no vault's id, or that of another `kind`. */
export function scopeFromId(id: string, kind?: VaultKind): Scope {
  const scope = scopeOf(id);
  if (scope === undefined || !vaultIdShape.test(idKey(id)))
    throw new UserError(
      `${id} is not the id of a Recovery Services vault or of a Backup vault: give its name, or the id as the portal shows it`,
    );
  if (kind === undefined || kind === scope.kind) return scope;
  throw new UserError(`${id} is the id of a ${vaultWords[scope.kind]}: leave --kind ${kind} out`);
}

/** Reads the vault of a plan, with the api-versions the plan was made with; no stop of a run cuts it short. */
export function readerFor(session: Session, plan: Pick<Plan, "apiVersions" | "vault">): VaultReader {
  return createVaultReader(session.clients(plan.apiVersions), scopeFromId(plan.vault.id));
}
