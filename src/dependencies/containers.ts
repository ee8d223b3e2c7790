// What the three kinds of Azure containers share: reading them from the two lists that know them, and proving one unregistered.

import { armId, idKey } from "../model/arm-id.ts";
import type { ListedContainer, ManagementType, VaultReader } from "../model/ports.ts";
import type { ProtectedItem, StorageContainer, VirtualMachineContainer, WorkloadContainer } from "../model/resource.ts";
import { stepKey, type Step, type StepDraft } from "../model/step.ts";
import type { Blocker } from "../model/blocker.ts";
import { isAvailabilityGroup } from "./container-names.ts";
import type { Contribution, PlanningContext, Proof } from "./dependency.ts";
import { isWord, text } from "./properties.ts";
import { gateKeys } from "./soft-delete.ts";

type Container = WorkloadContainer | StorageContainer | VirtualMachineContainer;

/**
 * Registered and soft-deleted containers of one management type, each once. Of Azure VMs the first list has both
 * (recorded: azcli2024__test_backup_softdelete), and no container of theirs ever needs a step.
 */
export async function listContainers(reader: VaultReader, type: ManagementType): Promise<readonly ListedContainer[]> {
  if (type === "AzureIaasVM") return reader.containers(type);
  const [registered, softDeleted] = await Promise.all([reader.containers(type), reader.softDeletedContainers(type)]);
  const byId = new Map(registered.map((container) => [idKey(container.id), container]));
  for (const container of softDeleted) if (!byId.has(idKey(container.id))) byId.set(idKey(container.id), container);
  return [...byId.values()];
}

type ContainerLists<K extends Container["kind"]> = {
  readonly list: (reader: VaultReader) => Promise<readonly OfContainer<K>[]>;
  /** What is no longer registered is unregistered, whatever became of its data; what still is tells its state. */
  readonly listToProve: (reader: VaultReader) => Promise<readonly OfContainer<K>[]>;
};

type OfContainer<K extends Container["kind"]> = Omit<Container, "kind"> & { readonly kind: K };

/** How the containers of a kind are listed, which all are of one management type. */
export function containerLists<K extends Container["kind"]>(type: ManagementType, kind: K): ContainerLists<K> {
  return {
    list: async (reader) => containersOf(await listContainers(reader, type), kind),
    listToProve: async (reader) => containersOf(await reader.containers(type), kind),
  };
}

function containersOf<K extends Container["kind"]>(
  listed: readonly ListedContainer[],
  kind: K,
): readonly OfContainer<K>[] {
  return listed
    .filter((container) => containerKind(container) === kind)
    .map((container) => ({ kind, ...containerFacts(container) }));
}

/** What the service's `containerType` is to us; the types of servers outside Azure are none of these. */
const kindsByType: ReadonlyMap<string, Container["kind"]> = new Map([
  ["vmappcontainer", "workload-container"],
  ["sqlagworkloadcontainer", "workload-container"],
  ["storagecontainer", "storage-container"],
  ["iaasvmcontainer", "virtual-machine-container"],
  ["microsoft.compute/virtualmachines", "virtual-machine-container"],
  ["microsoft.classiccompute/virtualmachines", "virtual-machine-container"],
]);

/** Undefined for a container this version does not know. */
export function containerKind(container: ListedContainer): Container["kind"] | undefined {
  return kindsByType.get((text(container.properties, "containerType") ?? "").toLowerCase());
}

function containerFacts(container: ListedContainer): Omit<Container, "kind"> {
  const source = text(container.properties, "sourceResourceId") ?? text(container.properties, "virtualMachineId");
  return {
    id: armId(container.id),
    name: text(container.properties, "friendlyName") ?? container.name,
    state: text(container.properties, "registrationStatus") ?? "Unknown",
    managementType: text(container.properties, "backupManagementType") ?? "Unknown",
    ...(source === undefined ? {} : { sourceId: armId(source) }),
  };
}

/** A soft-deleted container may still be in the list of registered ones (recorded): its own state decides. */
export function isSoftDeletedContainer(container: { readonly state: string }): boolean {
  return isWord(container.state, "SoftDeleted");
}

/** What a container reads in a recovery that was unregistered with nothing soft-deleted in it: no list has it any more. */
export const unregistered = "Unregistered";

/** Whether the container is not registered here now, and was. */
export function isUnregistered(container: { readonly state: string }): boolean {
  return isSoftDeletedContainer(container) || container.state === unregistered;
}

/** False for a container that is gone but for its soft-deleted data, and for an availability group's, which goes with its databases. */
export function needsUnregistering(container: WorkloadContainer | StorageContainer): boolean {
  return !isSoftDeletedContainer(container) && !isAvailabilityGroup(container.id);
}

/** Unregister after every item in it; a soft-deleted container is left to the vault, or stops a purge. */
export function contributeContainer(
  container: WorkloadContainer | StorageContainer,
  context: PlanningContext,
  reason: string,
): Contribution {
  const items = [
    ...context.lookup("protected-item", itemContainer)(idKey(container.id)),
    ...(container.kind === "workload-container" ? groupDatabases(container, context) : []),
  ];
  if (needsUnregistering(container)) return { steps: [unregisterStep(container, items, context, reason)] };
  if (isAvailabilityGroup(container.id))
    return { note: "needs no step: an availability group goes with its databases" };
  if (context.strategy === "soft") return { note: "already soft-deleted: it goes with the vault" };
  return { blockers: [softDeletedInPurge(container)] };
}

function unregisterStep(
  container: WorkloadContainer | StorageContainer,
  items: readonly ProtectedItem[],
  context: PlanningContext,
  reason: string,
): StepDraft {
  const deleted = items.filter((item) => !item.softDeleted || context.strategy === "purge");
  return {
    action: "unregister-container",
    kind: container.kind,
    target: container.id,
    name: container.name,
    after: [...gateKeys(context), ...deleted.map((item) => stepKey("delete-item", item.id))],
    reason,
    irreversible: false,
    permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/delete"],
    exclusive: idKey(container.id),
    // Unregistering takes Backup's own lock off the storage account.
    ...(container.kind === "storage-container" && container.sourceId !== undefined
      ? { touches: [container.sourceId] }
      : {}),
    request: { write: "unregister-container", container: container.id },
  };
}

function softDeletedInPurge(container: Container): Blocker {
  return {
    code: "container-soft-deleted",
    subject: container.id,
    reason: `${container.name} is soft-deleted: its items can be undeleted only after it is registered again`,
    fix: "register it again in this vault and plan again, or use --strategy soft",
    who: "a backup contributor of the vault",
  };
}

export function proveUnregistered(
  step: Step,
  found: readonly { readonly id: string; readonly state: string }[],
): Proof {
  const container = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
  if (container === undefined) return { verdict: "proved", evidence: "the container is no longer listed" };
  if (isSoftDeletedContainer(container))
    return { verdict: "proved", evidence: "the container is listed as soft-deleted" };
  return { verdict: "not-yet", found: `the container is still listed, ${container.state}` };
}

function itemContainer(item: ProtectedItem): string {
  return idKey(item.container);
}

const availabilityGroup = "availability group";

/**
 * Databases of availability groups lie in a container of their own, which lists may not name; while one is protected, none of
 * the group's machines can be unregistered (field report: BMSUserErrorNodePartOfActiveAG). A database that does not tell
 * its machines, or names one that no container here has, may mean any of them.
 */
function groupDatabases(container: WorkloadContainer, context: PlanningContext): readonly ProtectedItem[] {
  const onMachine = context.lookup("workload-container", machineName);
  const mayStandOn = ({ nodes }: ProtectedItem): boolean =>
    nodes === undefined ||
    nodes.some((node) => machine(node) === machineName(container) || onMachine(machine(node)).length === 0);
  return context.lookup("protected-item", groupOf)(availabilityGroup).filter(mayStandOn);
}

function groupOf(item: ProtectedItem): string | undefined {
  return isAvailabilityGroup(item.container) ? availabilityGroup : undefined;
}

function machineName(container: WorkloadContainer): string {
  return machine(container.name);
}

/** A host's name with or without its domain. */
function machine(name: string): string {
  return (name.split(".")[0] ?? name).toLowerCase();
}
