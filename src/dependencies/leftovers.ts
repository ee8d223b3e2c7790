// What a vault leaves behind outside itself: reported, never touched. A listing that fails is said in the report and stops nothing.

import { ancestor, armId, idKey, nameOf } from "../model/arm-id.ts";
import type { ArmResource, ListedItem, VaultReader } from "../model/ports.ts";
import { ofKind, type Leftover } from "../model/resource.ts";
import { isNeverKept } from "./backup-vault/datasources.ts";
import { snapshotsInGroups } from "./backup-vault/snapshot-groups.ts";
import { type Contribution, type Dependency, nothingToProve, type PlanningContext } from "./dependency.ts";
import { statedLeftovers } from "./leftover-statements.ts";
import { orUnreadable } from "./listed-leftovers.ts";
import { isWord, text } from "./properties.ts";
import { keepsDeletedItems, recoverableUntil, softDeleteSetting } from "./soft-delete.ts";

export const leftovers: Dependency<"leftover"> = {
  kind: "leftover",
  rule: "field reports and documentation: restore point collections, role assignments, agents and keys outlive the vault",
  reportedOnly: true,
  list: async (reader) => {
    const [vault, items] = await Promise.all([reader.vault(), reader.protectedItems()]);
    if (vault === undefined) return [];
    const listed = await Promise.all([
      restorePointCollections(reader, vault, items),
      snapshotsInGroups(reader),
      roleAssignments(reader, vault),
    ]);
    return [...listed.flat(), ...statedLeftovers(vault, items)];
  },
  contribute,
  prove: nothingToProve,
};

function contribute(leftover: Leftover, context: PlanningContext): Contribution {
  const remainder = { what: leftover.what, subject: leftover.id };
  if (leftover.where === undefined) return { note: "reported, never touched", remains: [remainder] };
  if (context.strategy === "purge") return { note: "does not matter: after a purge nothing stays recoverable" };
  const until = leftover.where === "until-purge" ? lastPurge(context) : undefined;
  return {
    note: "reported, never touched",
    remains: [{ ...remainder, ...(until === undefined ? {} : { until }) }],
  };
}

/** When the last of the data is purged, as far as it can be told before anything is deleted. */
function lastPurge(context: PlanningContext): string | undefined {
  const items = ofKind(context.resources, "protected-item");
  const instances = ofKind(context.resources, "backup-instance");
  const kept = [...items, ...instances.filter((instance) => !isNeverKept(instance))];
  const setting = softDeleteSetting(context.resources);
  const deletes = kept.some(({ softDeleted }) => !softDeleted) && keepsDeletedItems(context) && setting !== undefined;
  const dates = [...items, ...instances].flatMap(({ purgeAt }) => purgeAt ?? []);
  return [...dates, ...(deletes ? [recoverableUntil(context, setting)] : [])].toSorted().at(-1);
}

const collectionType = "Microsoft.Compute/restorePointCollections";

/** Field report: named `AzureBackup_<machine>_…`, in a group that all machines of a region share, and left there. */
const collectionName = /^AzureBackup_(.+)_[^_]+$/i;

/** Asked only where machines are protected, in the subscriptions in which they are. */
async function restorePointCollections(
  reader: VaultReader,
  vault: ArmResource,
  items: readonly ListedItem[],
): Promise<readonly Leftover[]> {
  const machines = items
    .filter((item) => isWord(text(item.properties, "backupManagementType"), "AzureIaasVM"))
    .map((item) => text(item.properties, "sourceResourceId") ?? text(item.properties, "virtualMachineId") ?? item.id);
  const subscriptions = new Map(
    machines.map((machine) => ancestor(machine, "subscriptions") ?? armId(vault.id)).map((id) => [idKey(id), id]),
  );
  const names = new Set(machines.map(machineName));
  const listed = await Promise.all(
    [...subscriptions.values()].map(async (subscription) =>
      orUnreadable("this subscription", subscription, "restore point collections of VM backups", async () =>
        (await reader.resourcesOfType(subscription, collectionType)).flatMap((collection) =>
          collectionOf(collection, names),
        ),
      ),
    ),
  );
  return listed.flat();
}

/** The machine's own name; an item that names no source carries it at the end of its own. */
function machineName(machine: string): string {
  return nameOf(machine).split(";").at(-1)?.toLowerCase() ?? "";
}

function collectionOf(collection: ArmResource, machines: ReadonlySet<string>): readonly Leftover[] {
  const machine = collectionName.exec(collection.name)?.[1];
  if (machine === undefined || !machines.has(machine.toLowerCase())) return [];
  return [leftoverFrom(collection, "restore point collection of VM backups")];
}

/** Assignments of the identity that goes with the vault; those of identities people assigned to it stay theirs. */
async function roleAssignments(reader: VaultReader, vault: ArmResource): Promise<readonly Leftover[]> {
  const principal = text(vault.identity ?? {}, "principalId");
  const subscription = ancestor(vault.id, "subscriptions");
  if (principal === undefined || subscription === undefined) return [];
  return orUnreadable("this subscription", subscription, "role assignments of the vault's identity", async () =>
    (await reader.roleAssignments(subscription, principal)).map((assignment) => {
      const scope = text(assignment.properties, "scope") ?? "a scope Azure does not say";
      return leftoverFrom(assignment, `role assignment of the vault's identity, which goes with it, at ${scope}`);
    }),
  );
}

function leftoverFrom(resource: ArmResource, what: string): Leftover {
  return { kind: "leftover", id: armId(resource.id), name: resource.name, state: "stays", what };
}
