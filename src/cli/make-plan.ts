// Looks at a vault and plans its teardown: the way every command that needs a plan comes to one.

import type { FoundVault } from "../azure/find-vaults.ts";
import { createVaultReader } from "../azure/vault-reader.ts";
import { askingOnce } from "../discovery/asking-once.ts";
import { discover } from "../discovery/discover.ts";
import { findingsOf, pointsListedBy } from "../discovery/findings.ts";
import { readRecoveryPoints } from "../discovery/recovery-points.ts";
import { findSources, type Sources } from "../discovery/sources.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import { armId, vaultKindOf, type ArmId, type Scope } from "../model/arm-id.ts";
import type { ScopeGrants } from "../model/grant.ts";
import type { RecoveryPoints } from "../model/loss.ts";
import type { Plan, PlanOptions, Strategy, VaultSummary } from "../model/plan.ts";
import type { Clock, VaultReader } from "../model/ports.ts";
import { ofKind, type Inventory } from "../model/resource.ts";
import { consents, type Consent } from "../model/step.ts";
import { draftTeardown, finishPlan, type PlanDraft } from "../planning/plan-teardown.ts";
import { blockersFromGaps } from "../safety/gaps.ts";
import { meant } from "./nearest.ts";
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
  if (unknown !== undefined)
    throw new UserError(
      `--allow ${unknown} is no consent: known are ${consents.join(", ")}${meant(unknown, consents)}`,
    );
  return {
    strategy: (options.strategy ?? "soft") as Strategy,
    consents: consents.filter((consent) => given.includes(consent)),
    keepPrivateEndpoints: options.keep === "private-endpoints",
  };
}

/** Plans the teardown of a vault with the api-versions of the strategy. `deep`: see `lookAndPlan`. Throws AzureError. */
export async function makePlan(
  session: Session,
  scope: Scope,
  vault: FoundVault,
  options: PlanOptions,
  deep = false,
): Promise<Plan> {
  keepYoungSpaceSmall();
  const reader = createVaultReader(session.clients(apiVersionProfiles[options.strategy]), scope);
  return lookAndPlan(reader, { ...vault, cloud: session.cloud.name }, options, session.clock, deep);
}

type Planned = FoundVault & { readonly cloud: string };

/**
 * Lists the vault, works out the steps, asks for the caller's rights where they need some, and makes the plan. `deep`: asks
 * for the recovery points of every item that is to go, and for its source however many lists that takes.
 */
export async function lookAndPlan(
  reader: VaultReader,
  vault: Planned,
  options: PlanOptions,
  clock: Pick<Clock, "now">,
  deep = false,
): Promise<Plan> {
  const { draft, grants, points, sources } = await ask(reader, vault, options, clock, deep);
  return finishPlan(draft, grants, (resource) => findingsOf(resource, sources, points));
}

type Asked = Drafted & { readonly sources: Sources };

/** Everything a plan takes. The lists themselves are let go with this call. */
async function ask(
  reader: VaultReader,
  vault: Planned,
  options: PlanOptions,
  clock: Pick<Clock, "now">,
  deep: boolean,
): Promise<Asked> {
  const once = askingOnce(reader);
  const inventory = discover(once, clock);
  // No step waits for what is only said.
  const [drafted, sources] = await Promise.all([
    draftAndAsk(reader, inventory, vault, options, clock, deep),
    findSources(once, deep),
  ]);
  return { ...drafted, sources };
}

type Drafted = {
  readonly draft: PlanDraft;
  readonly grants: readonly ScopeGrants[];
  readonly points: ReadonlyMap<string, RecoveryPoints> | undefined;
};

async function draftAndAsk(
  reader: VaultReader,
  listing: Promise<Inventory>,
  vault: Planned,
  options: PlanOptions,
  clock: Pick<Clock, "now">,
  deep: boolean,
): Promise<Drafted> {
  const id = armId(vault.id);
  const [inventory, atVault] = await Promise.all([listing, grantsAt(reader, id)]);
  const summary: VaultSummary = {
    id,
    name: vault.name,
    kind: vaultKindOf(id) ?? "recovery-services",
    location: ofKind(inventory.resources, "vault")[0]?.location ?? vault.location,
    cloud: vault.cloud,
  };
  const draft = draftFrom(inventory, summary, options, clock);
  const [grants, points] = await Promise.all([
    readGrants(reader, draft, [atVault]),
    deep ? readRecoveryPoints(reader, itemsToGo(draft)) : undefined,
  ]);
  return { draft, grants, points };
}

/** Whose recovery points the plan destroys or soft-deletes; those that were deleted before stay as they are. */
function itemsToGo({ input, contributions }: PlanDraft): readonly ArmId[] {
  return input.inventory.resources.flatMap((resource, index) => {
    const fate = contributions[index]?.loss?.fate;
    return fate === undefined || fate === "already-soft-deleted" ? [] : (pointsListedBy(resource) ?? []);
  });
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
