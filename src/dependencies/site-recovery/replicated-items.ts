// Replicated items: disabled cleanly where the source can be told; a failed-over one blocks, for the recovered machine may be the live one.

import { armId, idKey, nameOf, type ArmId } from "../../model/arm-id.ts";
import type { ArmResource, VaultReader } from "../../model/ports.ts";
import type { ReplicatedItem } from "../../model/replication.ts";
import { stepKey, type StepDraft } from "../../model/step.ts";
import type { Contribution, Dependency, PlanningContext } from "../dependency.ts";
import { group, text, words } from "../properties.ts";
import { recoveryPlanKeys, startKeys } from "./arrows.ts";
import { itemBlockers, itemWarnings } from "./item-findings.ts";
import { leftBehindBy, remainsOf } from "./left-behind.ts";
import { containerOf, fabricNamedBy, fabricOf } from "./parents.ts";
import { hasTestFailover, isFailedOver, wayOfItem, type Way } from "./planned.ts";
import { proveItem } from "./item-proof.ts";
import { serverFinder, sourceOf, type ServerFinder } from "./reachability.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

export const replicatedItems: Dependency<"replicated-item"> = {
  kind: "replicated-item",
  rule: "recorded: azext2024__test_siterecovery (all four): POST remove, 11 to 204 s, then unlisted; documented: a purge leaves configuration on the source",
  unusedWhen: siteRecoveryIsUnused,
  list: listItems,
  listToProve: async (reader) => itemsFrom(await reader.replication("protected-items"), []),
  contribute,
  prove: proveItem,
};

async function listItems(reader: VaultReader): Promise<readonly ReplicatedItem[]> {
  const [items, servers] = await Promise.all([reader.replication("protected-items"), reader.replication("providers")]);
  return itemsFrom(items, servers);
}

function itemsFrom(items: readonly ArmResource[], servers: readonly ArmResource[]): readonly ReplicatedItem[] {
  const serverOf = serverFinder(servers);
  return items.map((item) => itemFrom(item, serverOf));
}

function itemFrom(item: ArmResource, serverOf: ServerFinder): ReplicatedItem {
  const details = group(item.properties, "providerSpecificDetails") ?? {};
  const provider = text(details, "instanceType") ?? "Unknown";
  const leaves = leftBehindBy(details);
  return {
    kind: "replicated-item",
    id: armId(item.id),
    name: text(item.properties, "friendlyName") ?? item.name,
    state: text(item.properties, "protectionState") ?? "Unknown",
    fabric: fabricOf(item.id),
    container: containerOf(item.id),
    provider,
    activeLocation: text(item.properties, "activeLocation") ?? "",
    testFailover: text(item.properties, "testFailoverState") ?? "",
    allowedOperations: words(item.properties, "allowedOperations"),
    source: sourceOf(item, provider, serverOf),
    ...sourceIdOf(details),
    ...otherSideOf(item),
    ...currentJobOf(item),
    ...recoveredMachineOf(details),
    ...(leaves.length === 0 ? {} : { leaves }),
  };
}

function sourceIdOf(details: Readonly<Record<string, unknown>>): { readonly sourceId?: ArmId } {
  const source = text(details, "fabricObjectId");
  return source?.startsWith("/") === true ? { sourceId: armId(source) } : {};
}

function otherSideOf(item: ArmResource): { readonly recoveryContainer?: ArmId } {
  const container = text(item.properties, "recoveryContainerId");
  return container === undefined || fabricNamedBy(container) === undefined
    ? {}
    : { recoveryContainer: armId(container) };
}

/** An item without a job names one called None (recorded). */
function currentJobOf(item: ArmResource): { readonly currentJob?: ArmId } {
  const job = text(group(item.properties, "currentScenario") ?? {}, "jobId");
  return job === undefined || nameOf(job).toLowerCase() === "none" ? {} : { currentJob: armId(job) };
}

const recoveredNames: readonly string[] = [
  "recoveryFabricObjectId",
  "targetVmId",
  "recoveryAzureVMName",
  "recoveryAzureVmName",
  "targetVmName",
];

function recoveredMachineOf(details: Readonly<Record<string, unknown>>): { readonly recoveredMachine?: string } {
  const recoveredMachine = recoveredNames.flatMap((name) => text(details, name) ?? [])[0];
  return recoveredMachine === undefined ? {} : { recoveredMachine };
}

function contribute(item: ReplicatedItem, context: PlanningContext): Contribution {
  const way = wayOfItem(item, context);
  const cleaning = hasTestFailover(item) ? [cleanStep(item, context)] : [];
  return {
    steps: way === undefined ? cleaning : [...cleaning, disableStep(item, way, context)],
    blockers: itemBlockers(item, context),
    warnings: itemWarnings(item),
    remains: way === undefined ? [] : remainsOf(item, way),
  };
}

const permission =
  "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems";

function cleanStep(item: ReplicatedItem, context: PlanningContext): StepDraft {
  return {
    action: "clean-test-failover",
    kind: "replicated-item",
    target: item.id,
    name: item.name,
    after: startKeys(context, item),
    reason: `a test failover stands (${item.testFailover}); while it does, replication cannot be disabled`,
    irreversible: true,
    permissions: [`${permission}/testFailoverCleanup/action`],
    exclusive: idKey(item.id),
    request: { write: "clean-test-failover", item: item.id },
  };
}

function disableStep(item: ReplicatedItem, way: Way, context: PlanningContext): StepDraft {
  const cleaned = hasTestFailover(item) ? [stepKey("clean-test-failover", item.id)] : [];
  const lost = `${item.name} is no longer replicated, and its recovery points are destroyed`;
  const base = {
    action: "disable-replication",
    kind: "replicated-item",
    target: item.id,
    name: item.name,
    after: [...startKeys(context, item), ...cleaned, ...recoveryPlanKeys(context)],
    irreversible: true,
    exclusive: idKey(item.id),
    ...(item.sourceId === undefined ? {} : { touches: [item.sourceId] }),
  } as const;
  if (way === "forced")
    return {
      ...base,
      reason: "its source cannot be told: Azure forgets the item, and the source keeps its configuration",
      weakens: `${lost}; configuration stays on the source, which goes on as if it were replicated`,
      consent: "orphan-replication",
      permissions: [`${permission}/delete`],
      request: { write: "purge-replication-object", target: item.id },
    };
  return {
    ...base,
    reason: "a replicated machine keeps the vault alive; its source can be told and is cleaned up",
    weakens: lost,
    ...(isFailedOver(item) ? { consent: "failed-over-items" as const } : {}),
    permissions: [`${permission}/remove/action`],
    request: { write: "disable-replication", item: item.id, provider: item.provider },
  };
}
