// `planTeardown`: looks at a vault and plans. It writes nothing, to Azure or elsewhere.

import { findVault } from "../azure/find-vaults.ts";
import { createVaultReader } from "../azure/vault-reader.ts";
import { lookAndPlan } from "../cli/make-plan.ts";
import { scopeFromId } from "../cli/vault-by-id.ts";
import type { Scope } from "../model/arm-id.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import { strategies, type Plan, type PlanOptions } from "../model/plan.ts";
import { consents as known } from "../model/step.ts";
import { openConnection } from "./connection.ts";
import type { PlanTeardownOptions } from "./options.ts";
import { refusing } from "./refusing.ts";
import { TeardownError } from "./teardown-error.ts";

/**
 * Looks at a vault and plans its teardown: the dry run. The plan is data, and what blocks it is in it. It can be stored as
 * JSON and carried out later by `runPlan` or by `vault-teardown apply`.
 *
 * Rejects with `TeardownError` (`invalid-argument`, `not-found`) and with `AzureError` where Azure refuses.
 */
export async function planTeardown(options: PlanTeardownOptions): Promise<Plan> {
  const { vault, cloud = "public", deep = false, signal } = options;
  signal?.throwIfAborted();
  const { session, scope, wanted } = await refusing("invalid-argument", async () => ({
    wanted: wantedBy(options),
    scope: scopeOfVault(String(vault)),
    session: await openConnection(cloud, options),
  }));
  const during = signal === undefined ? undefined : { signal, onWait: () => undefined };
  const clients = session.clients(apiVersionProfiles[wanted.strategy], during);
  try {
    const found = await findVault(clients, scope);
    if (found === undefined)
      throw new TeardownError({ code: "not-found" }, `there is no vault ${vault}: check the id and the cloud`);
    const planned = { ...found, cloud: session.cloud.name };
    return await lookAndPlan(createVaultReader(clients, scope), planned, wanted, session.clock, deep);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function scopeOfVault(id: string): Scope {
  try {
    return scopeFromId(id);
  } catch (cause) {
    const what = "is not the full resource id of a Recovery Services vault or of a Backup vault";
    throw new TeardownError({ code: "invalid-argument" }, `vault ${id} ${what}`, { cause });
  }
}

function wantedBy({
  strategy = "soft",
  consents = [],
  keepPrivateEndpoints = false,
}: PlanTeardownOptions): PlanOptions {
  requireKnown("strategy", [strategy], strategies);
  if (!Array.isArray(consents)) throw invalid(`consents ${String(consents)} is no list`);
  requireKnown("consents", consents, known);
  // What a program says in another way must not be taken for a "no": then the endpoints would be deleted.
  if (typeof keepPrivateEndpoints !== "boolean")
    throw invalid(`keepPrivateEndpoints ${String(keepPrivateEndpoints)} is neither true nor false`);
  return {
    strategy,
    consents: known.filter((consent) => consents.includes(consent)),
    keepPrivateEndpoints,
  };
}

function requireKnown(option: string, given: readonly string[], allowed: readonly string[]): void {
  const odd = given.find((value) => !allowed.includes(value));
  if (odd === undefined) return;
  throw invalid(`${option} ${odd} is not one of ${allowed.join(", ")}`);
}

function invalid(message: string): TeardownError {
  return new TeardownError({ code: "invalid-argument" }, message);
}
