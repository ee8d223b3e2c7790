// Unregistered containers on their way back: registered again in the vault they were registered in.

import { idKey, type ArmId } from "../../model/arm-id.ts";
import type { ProtectedItem, StorageContainer, WorkloadContainer } from "../../model/resource.ts";
import type { Step, StepDraft } from "../../model/step.ts";
import { isAvailabilityGroup } from "../container-names.ts";
import { isSoftDeletedContainer, isUnregistered } from "../containers.ts";
import type { Contribution, Proof, RecoveryContext } from "../dependency.ts";
import { undeleteVaultKeys } from "./vault.ts";

type Container = WorkloadContainer | StorageContainer;

/** Wanted itself, or by an item in it. Documented: only where it is not registered in another vault, which Azure alone knows. */
export function recoverContainer(container: Container, context: RecoveryContext): Contribution {
  const { sourceId } = container;
  if (isWantedBack(container, context))
    return sourceId === undefined
      ? { warnings: [withoutSource(container)] }
      : { steps: [registerStep(container, sourceId, context)] };
  if (!context.isWanted(container.id)) return {};
  return isAvailabilityGroup(container.id)
    ? { note: "needs no step: an availability group comes back with its databases" }
    : { note: `not soft-deleted: it is ${container.state}` };
}

/** Whether the plan has a step that registers it. */
export function needsRegistering(container: Container, context: RecoveryContext): boolean {
  return container.sourceId !== undefined && isWantedBack(container, context);
}

function isWantedBack(container: Container, context: RecoveryContext): boolean {
  if (!isUnregistered(container) || isAvailabilityGroup(container.id)) return false;
  return context.isWanted(container.id) || itemsIn(container, context).some(({ id }) => context.isWanted(id));
}

function itemsIn(container: Container, context: RecoveryContext): readonly ProtectedItem[] {
  return context.lookup("protected-item", containerKey)(idKey(container.id));
}

/** One function for all lookups: each function has an index of its own. */
function containerKey(item: ProtectedItem): string {
  return idKey(item.container);
}

function registerStep(container: Container, sourceId: ArmId, context: RecoveryContext): StepDraft {
  const { id, kind, name, managementType } = container;
  const workload = kind === "workload-container" ? itemsIn(container, context)[0]?.workload : undefined;
  return {
    action: "register-container",
    kind,
    target: id,
    name,
    after: undeleteVaultKeys(context),
    reason: reasons[kind],
    irreversible: false,
    permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/write"],
    exclusive: idKey(id),
    touches: [sourceId],
    request: {
      write: "register-container",
      operation: isSoftDeletedContainer(container) ? "Reregister" : "Register",
      container: id,
      containerType: kind === "storage-container" ? "StorageContainer" : "VMAppContainer",
      managementType,
      sourceId,
      ...(workload === undefined ? {} : { workload }),
    },
  };
}

const reasons: Readonly<Record<Container["kind"], string>> = {
  "workload-container": "its databases are backed up again only where its machine is registered",
  "storage-container":
    "its shares are backed up again only where the account is registered; Backup puts its delete lock on it again, and that takes Storage Account Backup Contributor there",
};

function withoutSource({ name }: Container): string {
  return `Azure does not say which resource ${name} stands for: register it again in the portal (vault, backup infrastructure)`;
}

/** Judges by the list of registered containers, in which soft-deleted ones may stand (recorded). */
export function proveRegistered(step: Step, found: readonly { readonly id: string; readonly state: string }[]): Proof {
  const container = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
  if (container === undefined) return { verdict: "not-yet", found: "the container is not listed" };
  if (isSoftDeletedContainer(container))
    return { verdict: "not-yet", found: "the container is still listed as soft-deleted" };
  return { verdict: "proved", evidence: `the container is listed, ${container.state}` };
}
