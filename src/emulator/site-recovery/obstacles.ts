// What keeps an object of Site Recovery from being removed: its order, test failovers, servers out of reach.
// It must not change anything. What is not marked as recorded or documented is unverified.
import { isObject, list, object, text } from "../json.ts";
import { lastSegment, sameName } from "../names.ts";
import type { State, VaultState } from "../state.ts";
import type { ReplicationEntry } from "./entries.ts";
import {
  allBelow,
  below,
  entryOf,
  label,
  mappingsOf,
  ofKind,
  refersTo,
  replicationId,
  thoseNaming,
} from "./entries.ts";
import type { Refusal } from "./errors.ts";
import { plannedItems } from "./groups.ts";
import type { ReplicationKind, Verb } from "./kinds.ts";
import { lockOnSource } from "./source-lock.ts";
import { isConnected } from "./usages.ts";

type Case = {
  readonly state: State;
  readonly vault: VaultState;
  readonly entry: ReplicationEntry;
  readonly verb: Verb;
};
type Rule = (given: Case) => Refusal | undefined;

const rules: Readonly<Record<ReplicationKind, readonly Rule[]>> = {
  protectedItems: [inRecoveryPlan, testFailoverOpen, serverOutOfReach, sourceLocked],
  migrationItems: [testMigrationOpen],
  containerMappings: [mappingInUse],
  protectionContainers: [containerInUse],
  vCenters: [itemsOfFabric],
  recoveryServicesProviders: [itemsOfProvider, providerOutOfReach],
  fabrics: [applianceRegistered, planOfFabric, fabricInUse],
  policies: [policyMapped],
  networkMappings: [],
  storageClassificationMappings: [],
  recoveryPlans: [],
  jobs: [],
  appliances: [],
};

export function obstacle(given: Case): Refusal | undefined {
  for (const rule of rules[given.entry.kind]) {
    const refusal = rule(given);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function refusal(code: string, message: string, possibleCauses: string, recommendedAction: string): Refusal {
  return { code, message, possibleCauses, recommendedAction };
}

function inUse(code: string, entry: ReplicationEntry, by: readonly ReplicationEntry[]): Refusal | undefined {
  if (by.length === 0) return undefined;
  const message = `'${label(entry)}' cannot be removed because it is in use by ${by.map((other) => `'${label(other)}'`).join(", ")}.`;
  return refusal(code, message, "Other objects depend on it.", "Remove the objects that depend on it and try again.");
}

function inRecoveryPlan({ vault, entry }: Case): Refusal | undefined {
  const plans = thoseNaming(vault, entry, "recoveryPlans").filter((plan) =>
    plannedItems(plan.properties).some((id) => refersTo(vault, id, entry)),
  );
  return inUse("990001", entry, plans);
}

function testFailoverOpen({ entry }: Case): Refusal | undefined {
  if (!isTestFailoverOpen(entry)) return undefined;
  const message = `A test failover of '${label(entry)}' has not been cleaned up.`;
  return refusal("990002", message, "A test failover is in progress.", "Clean up the test failover and try again.");
}

export function isTestFailoverOpen(item: ReplicationEntry): boolean {
  return !["", "none"].includes(text(item.properties, "testFailoverState").toLowerCase());
}

function testMigrationOpen({ entry }: Case): Refusal | undefined {
  const state = text(entry.properties, "testMigrateState");
  if (["", "none"].includes(state.toLowerCase())) return undefined;
  const message = `A test migration of '${label(entry)}' has not been cleaned up.`;
  return refusal("990003", message, "A test migration is in progress.", "Clean up the test migration and try again.");
}

/** Documented: the clean way needs the server connected, the purge does not (rules 1.8). */
function serverOutOfReach({ vault, entry, verb }: Case): Refusal | undefined {
  const server = verb === "remove" ? providerOf(vault, entry) : undefined;
  return server === undefined ? undefined : outOfReach(server, entry);
}

function providerOutOfReach({ entry, verb }: Case): Refusal | undefined {
  return verb === "remove" ? outOfReach(entry, entry) : undefined;
}

function outOfReach(server: ReplicationEntry, entry: ReplicationEntry): Refusal | undefined {
  if (isConnected(server.properties)) return undefined;
  const message = `'${label(entry)}' cannot be removed because the server '${label(server)}' is not connected.`;
  return refusal("990004", message, "The server is down or was removed.", "Connect the server, or remove by force.");
}

/** Recorded for InMageRcm: the item names its provider by machine, not by the provider's name (V2A_RCMInMage_scenarios). */
function providerOf(vault: VaultState, item: ReplicationEntry): ReplicationEntry | undefined {
  const id = text(item.properties, "recoveryServicesProviderId");
  const named = entryOf(vault, id);
  const machine = lastSegment(id);
  return ofKind(vault, "recoveryServicesProviders").find(
    (provider) =>
      provider === named ||
      (machine !== "" && sameName(text(provider.properties, "draIdentifier"), machine) && sameFabric(provider, item)),
  );
}

function sameFabric(one: ReplicationEntry, other: ReplicationEntry): boolean {
  return one.key.split("/")[1] === other.key.split("/")[1];
}

/** Field report (rules 1.8): only for machines in Azure, and only the clean way. */
function sourceLocked({ state, entry, verb }: Case): Refusal | undefined {
  const details = object(entry.properties, "providerSpecificDetails");
  if (verb !== "remove" || text(details, "instanceType") !== "A2A") return undefined;
  const source = text(details, "fabricObjectId");
  const lock = lockOnSource(state, source);
  if (lock === undefined) return undefined;
  const message = `The cleanup of the stale ASR resource links on '${source}' failed: ScopeLocked by '${lock}'.`;
  return refusal("990005", message, "The scope of the machine is locked.", "Remove the lock and try again.");
}

/**
 * Its items are those of its container that go to its target. Items that go to Azure name a container of Azure's own that
 * stands in no vault (recorded: azext2024__test_siterecovery_H2A_B2A_selfcreated_scenarios).
 */
function mappingInUse({ vault, entry }: Case): Refusal | undefined {
  const target = text(entry.properties, "targetProtectionContainerId");
  const container = entry.key.split("/").slice(0, 4).join("/");
  const items = machinesBelow(vault, container).filter((item) => {
    const goesTo = text(item.properties, "recoveryContainerId");
    return sameName(goesTo, target) || entryOf(vault, goesTo)?.kind !== "protectionContainers";
  });
  return inUse("990006", entry, items);
}

function containerInUse({ vault, entry }: Case): Refusal | undefined {
  return inUse("990007", entry, [...machinesBelow(vault, entry.path), ...mappingsOf(vault, entry)]);
}

function machinesBelow(vault: VaultState, path: string): readonly ReplicationEntry[] {
  return [...below(vault, path, "protectedItems"), ...below(vault, path, "migrationItems")];
}

function replicatedMachines(vault: VaultState): readonly ReplicationEntry[] {
  return [...ofKind(vault, "protectedItems"), ...ofKind(vault, "migrationItems")];
}

function itemsOfFabric({ vault, entry }: Case): Refusal | undefined {
  const fabric = entry.key.split("/").slice(0, 2).join("/");
  return inUse("990008", entry, machinesBelow(vault, fabric));
}

function itemsOfProvider({ vault, entry }: Case): Refusal | undefined {
  const items = replicatedMachines(vault).filter((item) => providerOf(vault, item) === entry);
  return inUse("990009", entry, items);
}

/** No API removes an appliance, so its fabric stays (rules 1.8). */
function applianceRegistered({ vault, entry }: Case): Refusal | undefined {
  const fabricId = replicationId(vault, entry.path);
  const appliances = ofKind(vault, "appliances").filter(({ properties }) =>
    list(object(properties, "providerSpecificDetails"), "appliances").some(
      (appliance) => isObject(appliance) && sameName(text(appliance, "fabricArmId"), fabricId),
    ),
  );
  return inUse("990010", entry, appliances);
}

function planOfFabric({ vault, entry }: Case): Refusal | undefined {
  const plans = thoseNaming(vault, entry, "recoveryPlans").filter(({ properties }) =>
    ["primaryFabricId", "recoveryFabricId"].some((member) => refersTo(vault, text(properties, member), entry)),
  );
  return inUse("990011", entry, plans);
}

/**
 * Recorded: DELETE takes along a network mapping of an Azure fabric, and the container and provider of a Hyper-V site
 * (A2A_selfcreated_scenarios, H2A_B2A_selfcreated_scenarios). An Azure fabric's containers have to go first.
 */
function fabricInUse({ vault, entry, verb }: Case): Refusal | undefined {
  const children = allBelow(vault, entry);
  if (verb === "remove") return inUse("990012", entry, children);
  const isAzure = text(object(entry.properties, "customDetails"), "instanceType") === "Azure";
  const holding: readonly ReplicationKind[] = ["protectedItems", "migrationItems", "containerMappings"];
  const blocking = isAzure ? [...holding, "protectionContainers"] : holding;
  return inUse(
    "990012",
    entry,
    children.filter(({ kind }) => blocking.includes(kind)),
  );
}

function policyMapped({ vault, entry }: Case): Refusal | undefined {
  const mappings = thoseNaming(vault, entry, "containerMappings").filter(({ properties }) =>
    refersTo(vault, text(properties, "policyId"), entry),
  );
  return inUse("990013", entry, mappings);
}
