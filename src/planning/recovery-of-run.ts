// What a recovery of a teardown's run brings back, told from the plan of that run and from what it did. Pure.

import { unregistered } from "../dependencies/containers.ts";
import { lossOf } from "../dependencies/recovery/by-hand.ts";
import { idKey, type ArmId } from "../model/arm-id.ts";
import type { Plan } from "../model/plan.ts";
import type { ByHand, DeletedVaultChoice } from "../model/recovery.ts";
import { isBackupData, isRegistrable, type Resource } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import { resourceOf } from "./inventory-entry.ts";

export type UndoneByRecovery = {
  /** Ids of the items, containers and instances that the run soft-deleted. */
  readonly wanted: readonly ArmId[];
  readonly byHand: readonly ByHand[];
};

/** What Azure lists of the vault's backup data, where the vault stands. */
export type ListedData = {
  /** Soft-deleted, also where the plan had to take its deletion for irreversible, as of a datasource nobody knows. */
  readonly isKept: (target: ArmId) => boolean;
  /** Whether what the step was to delete is active: that has come to nothing, or is still to come. */
  readonly stands: (step: Step) => boolean;
};

/** `took`: whether the step took effect, or may have. `listed`: absent where nothing can be listed. */
export function undoingOf(
  plan: Plan,
  took: (step: Step) => boolean,
  { isKept, stands }: ListedData = { isKept: () => false, stands: () => false },
): UndoneByRecovery {
  const done = plan.steps.filter((step) => took(step));
  const isSoftDeletion = ({ action, irreversible, target }: Step): boolean =>
    softDeletions.has(action) && (!irreversible || isKept(target));
  const [soft, others] = [done.filter(isSoftDeletion), done.filter((step) => !isSoftDeletion(step) && !stands(step))];
  return { wanted: soft.map(({ target }) => target), byHand: lossesOf(plan, others) };
}

const softDeletions: ReadonlySet<Step["action"]> = new Set(["delete-item", "delete-instance", "unregister-container"]);

/** One entry for each sort of loss. A lock that the run itself put back is none. */
function lossesOf(plan: Plan, done: readonly Step[]): readonly ByHand[] {
  const putBack = new Set(done.flatMap(({ undoes }) => undoes ?? []));
  const lost = done.flatMap((step) => {
    const loss = putBack.has(step.id) ? undefined : lossOf(step);
    const name = step.kind.endsWith("-setting") ? plan.vault.name : step.name;
    return loss === undefined ? [] : [{ what: loss.what, todo: loss.todo(plan.vault), name }];
  });
  return [...Map.groupBy(lost, ({ what }) => what)].flatMap(([what, same]) => {
    const [first] = same;
    return first === undefined
      ? []
      : [{ what, subjects: [...new Set(same.map(({ name }) => name))], todo: first.todo }];
  });
}

/**
 * What stands in a deleted vault, as the plan of the run that deleted it remembers it: nothing lists that. Soft-deleted is
 * what that run soft-deleted; the vault's guard comes back with it.
 */
export function rememberedIn(
  plan: Plan,
  wanted: readonly ArmId[],
  deletedVault: DeletedVaultChoice,
): readonly Resource[] {
  const keys = new Set(wanted.map(idKey));
  const until = new Map(plan.remains.map((left) => [idKey(left.subject), left.until]));
  const keeping = containersWithData(plan, keys);
  return plan.inventory.map(resourceOf).flatMap((resource): readonly Resource[] => {
    if (resource.kind === "resource-guard") return [resource];
    if (resource.kind === "vault") return [{ ...resource, state: softDeleted }];
    if (!keys.has(idKey(resource.id))) return [];
    if (isRegistrable(resource))
      return [{ ...resource, state: keeping.has(idKey(resource.id)) ? softDeleted : unregistered }];
    if (!isBackupData(resource)) return [];
    const purgeAt = until.get(idKey(resource.id)) ?? deletedVault.purgeAt;
    return [{ ...resource, state: softDeleted, softDeleted: true, ...(purgeAt === undefined ? {} : { purgeAt }) }];
  });
}

/** Documented: a container stays, soft-deleted, while soft-deleted items are in it; else unregistering it leaves nothing. */
function containersWithData({ inventory }: Plan, wanted: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    inventory.flatMap((entry) =>
      entry.kind === "protected-item" && (entry.softDeleted || wanted.has(idKey(entry.id)))
        ? [idKey(entry.container)]
        : [],
    ),
  );
}

/** Containers that the run unregistered and no list of the standing vault has: nothing soft-deleted was in them. */
export function unlistedContainers(
  plan: Plan,
  wanted: readonly ArmId[],
  listed: readonly Resource[],
): readonly Resource[] {
  const keys = new Set(wanted.map(idKey));
  for (const { id } of listed) keys.delete(idKey(id));
  return plan.inventory
    .map(resourceOf)
    .flatMap((resource): readonly Resource[] =>
      isRegistrable(resource) && keys.has(idKey(resource.id)) ? [{ ...resource, state: unregistered }] : [],
    );
}

const softDeleted = "SoftDeleted";
