// Which steps the objects of Site Recovery get: asked by the rule that states a step, and by every rule that must wait for it. Pure.

import { idKey } from "../../model/arm-id.ts";
import type {
  ContainerMapping,
  Fabric,
  MigrationItem,
  ProtectionContainer,
  RecoveryServicesProvider,
  ReplicatedItem,
  ReplicationJob,
} from "../../model/replication.ts";
import type { Consent } from "../../model/step.ts";
import type { PlanningContext } from "../dependency.ts";
import { isWord } from "../properties.ts";
import {
  activeAtSource,
  azureFabric,
  failoverStates,
  isOneOf,
  noTestFailover,
  noTestMigration,
  offeredAfterFailover,
  suspendedJob,
} from "./provider-words.ts";

/** clean: the other side is told; forced: Azure forgets it and the other side is not told. */
export type Way = "clean" | "forced";

export function isAllowed(context: PlanningContext, consent: Consent): boolean {
  return context.consents.includes(consent);
}

/** Whether a step waits for the job or ends it; else it only blocks. */
export function isSettled(job: ReplicationJob, context: PlanningContext): boolean {
  return !isWord(job.state, suspendedJob) || (job.cancellable && isAllowed(context, "cancel-jobs"));
}

/** Whether the recovered machine may be the live one. A location nobody knows counts as such. */
export function isFailedOver(item: ReplicatedItem): boolean {
  const elsewhere = item.activeLocation !== "" && !isOneOf(item.activeLocation, activeAtSource);
  const offered = item.allowedOperations.some((operation) => isOneOf(operation, offeredAfterFailover));
  return elsewhere || offered || failoverStates.test(item.state);
}

export function hasTestFailover(item: ReplicatedItem): boolean {
  return item.testFailover !== "" && !isOneOf(item.testFailover, noTestFailover);
}

export function hasTestMigration(item: MigrationItem): boolean {
  return item.testMigration !== "" && !isOneOf(item.testMigration, noTestMigration);
}

/** Undefined while a person has yet to decide: then the item only blocks. */
export function wayOfItem(item: ReplicatedItem, context: PlanningContext): Way | undefined {
  if (isFailedOver(item) && !isAllowed(context, "failed-over-items")) return undefined;
  if (item.source === "reachable") return "clean";
  return isAllowed(context, "orphan-replication") ? "forced" : undefined;
}

/** A server of a fabric that is a region of Azure goes with that fabric. */
export function goesWithItsFabric(thing: ProtectionContainer | RecoveryServicesProvider): boolean {
  const isAzure = isWord(thing.fabricType, azureFabric);
  return thing.kind === "protection-container" ? !isAzure : isAzure;
}

/** Undefined while a person has yet to decide, and for a server that goes with its fabric. */
export function wayOfServer(server: RecoveryServicesProvider, context: PlanningContext): Way | undefined {
  if (goesWithItsFabric(server)) return undefined;
  if (server.source === "reachable") return "clean";
  return isAllowed(context, "orphan-replication") ? "forced" : undefined;
}

export function wayOfMapping(mapping: ContainerMapping, context: PlanningContext): Way {
  return serversAnswer(mapping.fabric, context) ? "clean" : "forced";
}

/** Undefined where an appliance must go by hand first, or a server of it waits for a decision. */
export function wayOfFabric(fabric: Fabric, context: PlanningContext): Way | undefined {
  if (fabric.appliances.length > 0) return undefined;
  if (serversAnswer(fabric.id, context)) return "clean";
  return isAllowed(context, "orphan-replication") ? "forced" : undefined;
}

/** A fabric without a server has nobody to tell. */
function serversAnswer(fabric: string, context: PlanningContext): boolean {
  const servers = context.lookup("recovery-services-provider", serverFabric)(idKey(fabric));
  return servers.every((server) => server.source === "reachable");
}

export function serverFabric(server: RecoveryServicesProvider): string {
  return idKey(server.fabric);
}
