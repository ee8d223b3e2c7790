// What must be done before a step of Site Recovery: children before parents, both directions of a pair. Names only steps that are planned. Pure.

import { idKey, type ArmId } from "../../model/arm-id.ts";
import type { ContainerMapping, MigrationItem, ReplicatedItem, ReplicationJob } from "../../model/replication.ts";
import { ofKind } from "../../model/resource.ts";
import { stepKey, type StepKey } from "../../model/step.ts";
import type { PlanningContext } from "../dependency.ts";
import { gateKeys } from "../soft-delete.ts";
import { fabricNamedBy } from "./parents.ts";
import {
  goesWithItsFabric,
  hasTestFailover,
  hasTestMigration,
  isSettled,
  serverFabric,
  wayOfItem,
  wayOfServer,
} from "./planned.ts";

type Subject = { readonly id: ArmId };

/** The gates, and the jobs that must settle first: those on this object, and those whose object nobody can tell. */
export function startKeys(context: PlanningContext, subject: Subject): readonly StepKey[] {
  const { ofAnything, bySubject } = settlingOnce(context);
  return [...gateKeys(context), ...ofAnything, ...(bySubject.get(idKey(subject.id)) ?? [])];
}

type Settling = {
  readonly ofAnything: readonly StepKey[];
  readonly bySubject: ReadonlyMap<string, readonly StepKey[]>;
};

/** Worked out once per plan: a vault may hold a thousand items, each with a job. */
const settling = new WeakMap<PlanningContext, Settling>();

function settlingOnce(context: PlanningContext): Settling {
  const known = settling.get(context);
  if (known !== undefined) return known;
  const worked = settlingOf(context);
  settling.set(context, worked);
  return worked;
}

function settlingOf(context: PlanningContext): Settling {
  const ofAnything: StepKey[] = [];
  const bySubject = new Map<string, StepKey[]>();
  for (const job of ofKind(context.resources, "replication-job")) {
    if (!isSettled(job, context)) continue;
    const key = stepKey("settle-job", job.id);
    const subjects = subjectsOf(job, context);
    if (subjects.length === 0) ofAnything.push(key);
    for (const subject of subjects) bySubject.set(subject, [...(bySubject.get(subject) ?? []), key]);
  }
  return { ofAnything, bySubject };
}

/** Items say which job works on them; what a job says of its object is mostly an internal number (SDK: `targetObjectId`). */
function subjectsOf(job: ReplicationJob, context: PlanningContext): readonly string[] {
  const workedOn = context
    .lookup(
      "replicated-item",
      currentJob,
    )(idKey(job.id))
    .map((item) => idKey(item.id));
  if (job.about === undefined) return workedOn;
  const about = idKey(job.about);
  const isKnown = [
    ...context.lookup("replicated-item", byId)(about),
    ...context.lookup("migration-item", byId)(about),
    ...context.lookup("recovery-plan", byId)(about),
  ].length;
  return isKnown === 0 ? workedOn : [...workedOn, about];
}

export function testFailoverKeys(items: readonly ReplicatedItem[]): readonly StepKey[] {
  return items.filter(hasTestFailover).map((item) => stepKey("clean-test-failover", item.id));
}

/** A recovery plan names items, and while it does they stay in use. */
export function recoveryPlanKeys(context: PlanningContext): readonly StepKey[] {
  return ofKind(context.resources, "recovery-plan").map((plan) => stepKey("delete-recovery-plan", plan.id));
}

/** Items that stand in one of the containers, or would be recovered into one. */
export function itemKeysIn(context: PlanningContext, containers: readonly (ArmId | undefined)[]): readonly StepKey[] {
  return known(containers).flatMap((container) => [
    ...lastKeys(context.lookup("replicated-item", itemContainer)(container), context),
    ...lastKeys(context.lookup("replicated-item", recoveryContainer)(container), context),
    ...migrationKeys(context.lookup("migration-item", itemContainer)(container)),
  ]);
}

/** Items that stand in one of the fabrics. */
export function itemKeysOf(context: PlanningContext, fabrics: readonly (ArmId | undefined)[]): readonly StepKey[] {
  return known(fabrics).flatMap((fabric) => [
    ...lastKeys(context.lookup("replicated-item", itsFabric)(fabric), context),
    ...migrationKeys(context.lookup("migration-item", itsFabric)(fabric)),
  ]);
}

/** Container mappings that lead out of a container or into it. */
export function mappingKeysOf(context: PlanningContext, container: ArmId): readonly StepKey[] {
  return [
    ...context.lookup("container-mapping", itemContainer)(idKey(container)),
    ...context.lookup("container-mapping", targetContainer)(idKey(container)),
  ].map(removeMappingKey);
}

/** Container mappings that put a policy to use; one that names no policy may use any. */
export function mappingKeysUsing(context: PlanningContext, policy: ArmId): readonly StepKey[] {
  const using = context.lookup("container-mapping", mappingPolicy);
  return [...using(idKey(policy)), ...using(anyPolicy)].map(removeMappingKey);
}

/** Everything below a fabric that must go before its servers: items, every mapping from or to it, vCenters. */
export function keysBelow(context: PlanningContext, fabric: ArmId): readonly StepKey[] {
  const key = idKey(fabric);
  const both = <K extends "network-mapping" | "storage-classification-mapping">(kind: K) => [
    ...context.lookup(kind, itsFabric)(key),
    ...context.lookup(kind, targetFabric)(key),
  ];
  return [
    ...itemKeysOf(context, [fabric]),
    ...context.lookup("container-mapping", itsFabric)(key).map(removeMappingKey),
    ...context.lookup("container-mapping", mappingTargetFabric)(key).map(removeMappingKey),
    ...both("network-mapping").map((mapping) => stepKey("delete-network-mapping", mapping.id)),
    ...both("storage-classification-mapping").map((mapping) => stepKey("delete-storage-mapping", mapping.id)),
    ...context
      .lookup(
        "vcenter",
        itsFabric,
      )(key)
      .map((vcenter) => stepKey("delete-vcenter", vcenter.id)),
  ];
}

/** The containers and servers of a fabric that are removed by steps of their own. */
export function keysWithin(context: PlanningContext, fabric: ArmId): readonly StepKey[] {
  const containers = context.lookup("protection-container", itsFabric)(idKey(fabric));
  const servers = context.lookup("recovery-services-provider", serverFabric)(idKey(fabric));
  return [
    ...containers.filter((container) => !goesWithItsFabric(container)).map(({ id }) => stepKey(removeContainer, id)),
    ...servers
      .filter((server) => wayOfServer(server, context) !== undefined)
      .map(({ id }) => stepKey(removeServer, id)),
  ];
}

/**
 * The last steps on everything that speaks with the vault from outside: sources and servers may reach it through its
 * private endpoints alone, and are told through them.
 */
export function keysThatTell(context: PlanningContext): readonly StepKey[] {
  const servers = ofKind(context.resources, "recovery-services-provider");
  return [
    ...lastKeys(ofKind(context.resources, "replicated-item"), context),
    ...servers
      .filter((server) => wayOfServer(server, context) !== undefined)
      .map(({ id }) => stepKey(removeServer, id)),
  ];
}

const removeContainer = "remove-protection-container";
const removeServer = "remove-provider";

/** The last step of each item; one that only blocks may still be cleaned of its test failover. */
function lastKeys(items: readonly ReplicatedItem[], context: PlanningContext): readonly StepKey[] {
  return items.flatMap((item) =>
    wayOfItem(item, context) === undefined ? testFailoverKeys([item]) : [stepKey("disable-replication", item.id)],
  );
}

function migrationKeys(items: readonly MigrationItem[]): readonly StepKey[] {
  return items.filter((item) => !hasTestMigration(item)).map((item) => stepKey("delete-migration-item", item.id));
}

function removeMappingKey(mapping: ContainerMapping): StepKey {
  return stepKey("remove-container-mapping", mapping.id);
}

function known(ids: readonly (ArmId | undefined)[]): readonly string[] {
  return [...new Set(ids.flatMap((id) => (id === undefined ? [] : [idKey(id)])))];
}

function byId(resource: { readonly id: ArmId }): string {
  return idKey(resource.id);
}

function currentJob(item: ReplicatedItem): string | undefined {
  return item.currentJob === undefined ? undefined : idKey(item.currentJob);
}

function itsFabric(thing: { readonly fabric: ArmId }): string {
  return idKey(thing.fabric);
}

function targetFabric(mapping: { readonly targetFabric?: ArmId }): string | undefined {
  return mapping.targetFabric === undefined ? undefined : idKey(mapping.targetFabric);
}

function itemContainer(thing: { readonly container: ArmId }): string {
  return idKey(thing.container);
}

function recoveryContainer(item: ReplicatedItem): string | undefined {
  return item.recoveryContainer === undefined ? undefined : idKey(item.recoveryContainer);
}

function targetContainer(mapping: ContainerMapping): string | undefined {
  return mapping.targetContainer === undefined ? undefined : idKey(mapping.targetContainer);
}

function mappingTargetFabric(mapping: ContainerMapping): string | undefined {
  const fabric = fabricNamedBy(mapping.targetContainer);
  return fabric === undefined ? undefined : idKey(fabric);
}

const anyPolicy = "*";

function mappingPolicy(mapping: ContainerMapping): string {
  return mapping.policy === undefined ? anyPolicy : idKey(mapping.policy);
}
