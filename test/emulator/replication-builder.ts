// Site Recovery objects for worlds in tests: fabrics with what stands in them, as their recorded bodies have it.
// It must not test anything.
import type { Properties } from "../../src/emulator/json.ts";
import type { WorldReplication, WorldReplicationObject } from "../../src/emulator/site-recovery/world-replication.ts";
import type { World } from "../../src/emulator/world.ts";
import { subscription, vault, vaultId, world } from "./world-builder.ts";

const idOf = (path: string): string => `${vaultId.replace("/subscriptions/", "/Subscriptions/")}/${path}`;

export const policyPath = (name: string): string => `replicationPolicies/${name}`;
export const planPath = (name: string): string => `replicationRecoveryPlans/${name}`;
export const jobPath = (name: string): string => `replicationJobs/${name}`;
export const fabricPath = (fabric: string): string => `replicationFabrics/${fabric}`;
export const containerPath = (fabric: string): string =>
  `${fabricPath(fabric)}/replicationProtectionContainers/container-${fabric}`;
export const itemPath = (fabric: string, name: string): string =>
  `${containerPath(fabric)}/replicationProtectedItems/${name}`;
export const migrationPath = (fabric: string, name: string): string =>
  `${containerPath(fabric)}/replicationMigrationItems/${name}`;
export const mappingPath = (fabric: string, name: string): string =>
  `${containerPath(fabric)}/replicationProtectionContainerMappings/${name}`;
export const networkPath = (fabric: string, name: string): string =>
  `${fabricPath(fabric)}/replicationNetworks/azureNetwork/replicationNetworkMappings/${name}`;
export const storagePath = (fabric: string, name: string): string =>
  `${fabricPath(fabric)}/replicationStorageClassifications/sc1/replicationStorageClassificationMappings/${name}`;
export const vcenterPath = (fabric: string, name: string): string =>
  `${fabricPath(fabric)}/replicationvCenters/${name}`;
export const providerPath = (fabric: string, name: string): string =>
  `${fabricPath(fabric)}/replicationRecoveryServicesProviders/${name}`;

export function fabric(name: string, instanceType = "Azure"): WorldReplication {
  const location = instanceType === "Azure" ? { location: name, containerIds: [], zones: [] } : {};
  return {
    fabrics: [
      { path: fabricPath(name), properties: { friendlyName: name, customDetails: { instanceType, ...location } } },
    ],
    protectionContainers: [
      {
        path: containerPath(name),
        properties: { fabricFriendlyName: name, friendlyName: `container-${name}`, fabricType: instanceType, role: "" },
      },
    ],
  };
}

export function provider(fabricName: string, name: string, properties: Properties = {}): WorldReplication {
  const server = { friendlyName: name, connectionStatus: "Connected", draIdentifier: name, ...properties };
  return { recoveryServicesProviders: [{ path: providerPath(fabricName, name), properties: server }] };
}

/** A protected machine; its provider is `dra` of the same fabric, whether or not that stands in the world. */
export function item(fabricName: string, name: string, properties: Properties = {}): WorldReplication {
  return {
    protectedItems: [
      { path: itemPath(fabricName, name), properties: { ...protectedBy(fabricName, name), ...properties } },
    ],
  };
}

function protectedBy(fabricName: string, name: string): Properties {
  const source = `/subscriptions/${subscription}/resourceGroups/rg-app/providers/Microsoft.Compute/virtualMachines/${name}`;
  return {
    friendlyName: name,
    recoveryServicesProviderId: idOf(providerPath(fabricName, "dra")),
    protectionState: "Protected",
    activeLocation: "Primary",
    testFailoverState: "None",
    allowedOperations: ["UnplannedFailover", "DisableProtection", "TestFailover"],
    replicationHealth: "Normal",
    providerSpecificDetails: { instanceType: "A2A", fabricObjectId: source },
  };
}

/** A container's mapping with policy `pol`: to another fabric's container, or to Azure. */
export function mapping(fabricName: string, name: string, target?: string): WorldReplication {
  const targetProtectionContainerId = target === undefined ? "Microsoft Azure" : idOf(containerPath(target));
  const properties = { targetProtectionContainerId, policyId: idOf(policyPath("pol")), state: "Paired" };
  return { containerMappings: [{ path: mappingPath(fabricName, name), properties }] };
}

export function plan(name: string, primary: string, items: readonly string[]): WorldReplication {
  const primaryFabricId = idOf(fabricPath(primary));
  const boot = { groupType: "Boot", replicationProtectedItems: items.map((path) => ({ id: idOf(path) })) };
  return {
    recoveryPlans: [{ path: planPath(name), properties: { friendlyName: name, primaryFabricId, groups: [boot] } }],
  };
}

type Running = { readonly about: string; readonly completesAt?: string; readonly allowedActions?: readonly string[] };

export function runningJob(name: string, { allowedActions = [], ...more }: Running): WorldReplication {
  const properties = {
    scenarioName: "TestFailover",
    state: "InProgress",
    startTime: "2026-03-01T09:55:00Z",
    allowedActions,
  };
  return { jobs: [{ path: jobPath(name), properties, ...more }] };
}

export function appliance(name: string, fabricName: string): WorldReplication {
  const appliances = [{ id: name, name, fabricArmId: idOf(fabricPath(fabricName)) }];
  const providerSpecificDetails = { instanceType: "InMageRcm", appliances };
  return { appliances: [{ path: `replicationAppliances/${name}`, properties: { providerSpecificDetails } }] };
}

/** Anything with a plain body. */
export function bare(member: keyof WorldReplication, path: string, properties: Properties = {}): WorldReplication {
  return { [member]: [{ path, properties: { friendlyName: path.slice(path.lastIndexOf("/") + 1), ...properties } }] };
}

export const policy: WorldReplication = bare("policies", policyPath("pol"));

/** Members put together, those of the same kind one after the other. */
export function replication(...parts: readonly WorldReplication[]): WorldReplication {
  const members: Record<string, readonly WorldReplicationObject[]> = {};
  for (const part of parts) {
    for (const [member, entries] of Object.entries(part)) members[member] = [...(members[member] ?? []), ...entries];
  }
  return members;
}

export function replicatingWorld(parts: readonly WorldReplication[], more: Partial<World> = {}): World {
  return world([vault({ more: { replication: replication(...parts) } })], more);
}
