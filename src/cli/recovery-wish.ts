// What is to be brought back, as it was found: the input of a recovery's plan, or why there can be none. Types and one plan from them.

import { createVaultReader } from "../azure/vault-reader.ts";
import { recoveryGroup } from "../dependencies/recovery/vault.ts";
import { locksReaching } from "../dependencies/locks.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import type { Scope } from "../model/arm-id.ts";
import type { Plan, VaultSummary } from "../model/plan.ts";
import type { Recovery } from "../model/recovery.ts";
import type { Gap, Resource } from "../model/resource.ts";
import { shellPath } from "../model/shell-word.ts";
import { draftRecovery } from "../planning/plan-recovery.ts";
import { finishPlan, type PlanDraft } from "../planning/plan-teardown.ts";
import { blockersFromGaps } from "../safety/gaps.ts";
import { grantsAt, readGrants } from "./read-grants.ts";
import { toolName } from "./version.ts";
import type { Session } from "./wire.ts";

export type Wish = {
  readonly scope: Scope;
  readonly vault: VaultSummary;
  readonly recovery: Recovery;
  readonly resources: readonly Resource[];
  readonly gaps: readonly Gap[];
};

/** Why nothing can be brought back, and whose next action it is. */
export type NoWay = {
  readonly reason: string;
  readonly todo: string;
  /** What was asked for stands already. */
  readonly stands?: true;
};

export type Wished = Wish | NoWay;

/** The plan that brings it back, or why there is none. Asks for the caller's rights and the group's locks. Throws AzureError. */
export async function planOf(session: Pick<Session, "clients" | "clock">, wish: Wish): Promise<Plan | NoWay> {
  const { scope, vault, recovery } = wish;
  const reader = createVaultReader(session.clients(apiVersionProfiles.soft), scope);
  const group = recoveryGroup(vault.id);
  const isDeleted = recovery.deletedVault !== undefined;
  if (isDeleted && (await reader.resourceGroup(group)) === undefined) return groupMissing(wish);
  const [locks, rights] = await Promise.all([
    isDeleted ? locksReaching(reader, group) : [],
    grantsAt(reader, isDeleted ? group : vault.id),
  ]);
  const draft = draftRecovery({
    inventory: {
      discoveredAt: new Date(session.clock.now()).toISOString(),
      resources: [...wish.resources, ...locks],
      gaps: wish.gaps,
    },
    vault,
    recovery,
    blockers: blockersFromGaps(wish.gaps),
    tool: toolName(),
    now: session.clock.now(),
  });
  if (draft.steps.every(({ request }) => request === undefined) && wish.gaps.length === 0) return onlyElsewhere(draft);
  return finishPlan(draft, await readGrants(reader, draft, [rights]));
}

/** A recovery that writes nothing would be proved without anything having returned. */
function onlyElsewhere({ vault, contributions }: PlanDraft): NoWay {
  const where = contributions.flatMap(({ warnings = [] }) => warnings);
  return {
    reason: `nothing of this can be brought back in ${vault.name} from here`,
    todo: where.length === 0 ? "look at it with vault-teardown deleted --vault" : where.join("; "),
  };
}

function groupMissing({ scope, vault }: Wish): NoWay {
  const where = `--location ${shellPath(vault.location)} --subscription ${shellPath(scope.subscriptionId)}`;
  return {
    reason: `${vault.name} returns to the resource group ${scope.resourceGroup}, which does not exist any more`,
    todo: `create it, then run the same command again: az group create --name ${shellPath(scope.resourceGroup)} ${where}`,
  };
}
