// Looks at a vault and plans its teardown: the way every command that needs a plan comes to one.

import type { FoundVault } from "../azure/find-vaults.ts";
import { createVaultReader } from "../azure/vault-reader.ts";
import { discover } from "../discovery/discover.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import { armId, vaultKindOf, type Scope } from "../model/arm-id.ts";
import type { Plan, PlanOptions, Strategy, VaultSummary } from "../model/plan.ts";
import type { Clock, VaultReader } from "../model/ports.ts";
import { ofKind, type Inventory } from "../model/resource.ts";
import { consents, type Consent } from "../model/step.ts";
import { draftTeardown, finishPlan, type PlanDraft } from "../planning/plan-teardown.ts";
import { blockersFromGaps } from "../safety/gaps.ts";
import type { PlanningArguments } from "./options.ts";
import { grantsAt, readGrants } from "./read-grants.ts";
import { UserError } from "./user-error.ts";
import { toolName } from "./version.ts";
import type { Session } from "./wire.ts";
import { keepYoungSpaceSmall } from "./young-space.ts";

/** Throws UserError for a consent nobody knows. */
export function planOptions(options: PlanningArguments): PlanOptions {
  const given = (options.allow ?? []).flatMap((value) => value.split(",")).map((value) => value.trim());
  const unknown = given.find((value) => !consents.includes(value as Consent));
  if (unknown !== undefined) throw new UserError(`--allow ${unknown} is no consent: known are ${consents.join(", ")}`);
  return {
    strategy: (options.strategy ?? "soft") as Strategy,
    consents: consents.filter((consent) => given.includes(consent)),
    keepPrivateEndpoints: options.keep === "private-endpoints",
  };
}

/** Plans the teardown of a vault with the api-versions of the strategy. Throws AzureError. */
export async function makePlan(session: Session, scope: Scope, vault: FoundVault, options: PlanOptions): Promise<Plan> {
  keepYoungSpaceSmall();
  const reader = createVaultReader(session.clients(apiVersionProfiles[options.strategy]), scope);
  return lookAndPlan(reader, { ...vault, cloud: session.cloud.name }, options, session.clock);
}

/** Lists the vault, works out the steps, asks for the caller's rights where they need some, and makes the plan. */
export async function lookAndPlan(
  reader: VaultReader,
  vault: FoundVault & { readonly cloud: string },
  options: PlanOptions,
  clock: Pick<Clock, "now">,
): Promise<Plan> {
  const id = armId(vault.id);
  const [inventory, atVault] = await Promise.all([discover(reader, clock), grantsAt(reader, id)]);
  const summary: VaultSummary = {
    id,
    name: vault.name,
    kind: vaultKindOf(id) ?? "recovery-services",
    location: ofKind(inventory.resources, "vault")[0]?.location ?? vault.location,
    cloud: vault.cloud,
  };
  const draft = draftFrom(inventory, summary, options, clock);
  return finishPlan(draft, await readGrants(reader, draft, [atVault]));
}

/** The steps that follow from what was discovered, with everything that blocks them across kinds. */
function draftFrom(
  inventory: Inventory,
  vault: VaultSummary,
  options: PlanOptions,
  clock: Pick<Clock, "now">,
): PlanDraft {
  return draftTeardown({
    inventory,
    vault,
    options,
    blockers: blockersFromGaps(inventory.gaps),
    tool: toolName(),
    now: clock.now(),
  });
}

/** Lists the vault again and plans again: what that plan would still do or be stopped by stands in the way. */
export async function standingInTheWay(
  plan: Plan,
  reader: VaultReader,
  clock: Pick<Clock, "now">,
): Promise<Plan["blockers"]> {
  const inventory = await discover(reader, clock, plan.inventory);
  const options: PlanOptions = { strategy: plan.strategy, consents: plan.consents, ...plan.options };
  const again = finishPlan(draftFrom(inventory, plan.vault, options, clock), []);
  const open = again.steps.filter((step) => step.kind !== "vault");
  return [
    ...again.blockers,
    ...open.map((step) => ({
      code: "still-there",
      subject: step.target,
      reason: `${step.kind} ${step.name} would still need ${step.action}`,
      fix: "run plan again",
      who: "you",
    })),
  ];
}
