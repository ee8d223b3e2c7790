// How Site Recovery shows its objects: the world's bodies, with what follows from other objects worked out.
// It must not change anything.
import type { Json, Properties } from "../json.ts";
import { object, text, without } from "../json.ts";
import type { VaultState } from "../state.ts";
import type { ReplicationEntry } from "./entries.ts";
import { below, mappingsOf, replicationId, runningJob } from "./entries.ts";
import { typeOf } from "./kinds.ts";

export function body(vault: VaultState, entry: ReplicationEntry): Json {
  return framed(vault, entry, shown(vault, entry));
}

export function listedBody(vault: VaultState, entry: ReplicationEntry): Json {
  return framed(vault, entry, inList(entry, shown(vault, entry)));
}

function framed(vault: VaultState, entry: ReplicationEntry, properties: Properties): Json {
  // the SDK's model of an appliance has nothing but properties
  if (entry.kind === "appliances") return { properties };
  return { id: replicationId(vault, entry.path), name: entry.name, type: typeOf(entry.kind), properties };
}

/**
 * Recorded: lists leave out the containers of an Azure fabric, the groups of a recovery plan and the identity of a fabric's
 * agents (azext2024__test_siterecovery_A2A_selfcreated_scenarios, azext2024__test_siterecovery_V2A_RCMInMage_scenarios).
 */
function inList(entry: ReplicationEntry, properties: Properties): Properties {
  if (entry.kind === "recoveryPlans") return { ...properties, groups: [] };
  const details = object(properties, "customDetails");
  if (entry.kind !== "fabrics") return properties;
  if ("sourceAgentIdentityDetails" in details) {
    return { ...properties, customDetails: { ...details, sourceAgentIdentityDetails: null } };
  }
  if (text(details, "instanceType") !== "Azure") return properties;
  return { ...properties, customDetails: { ...without(details, ["zones"]), containerIds: null } };
}

function shown(vault: VaultState, entry: ReplicationEntry): Properties {
  switch (entry.kind) {
    case "protectedItems":
      return { ...entry.properties, ...workOn(vault, entry) };
    case "protectionContainers": {
      const protectedItemCount = below(vault, entry.path, "protectedItems").length;
      return {
        ...entry.properties,
        protectedItemCount,
        pairingStatus: mappingsOf(vault, entry).length > 0 ? "Paired" : "NotPaired",
      };
    }
    case "fabrics": {
      const details = object(entry.properties, "customDetails");
      if (text(details, "instanceType") !== "Azure") return entry.properties;
      const containerIds = below(vault, entry.path, "protectionContainers").map(({ path }) =>
        replicationId(vault, path),
      );
      return { ...entry.properties, customDetails: { ...details, containerIds } };
    }
    case "migrationItems":
    case "containerMappings":
    case "networkMappings":
    case "storageClassificationMappings":
    case "vCenters":
    case "recoveryServicesProviders":
    case "policies":
    case "recoveryPlans":
    case "jobs":
    case "appliances":
      return entry.properties;
    default:
      return entry.kind satisfies never;
  }
}

/** Recorded while a machine's protection was being enabled: the job's id, and nothing allowed (H2A_E2A_scenarios). */
function workOn(vault: VaultState, item: ReplicationEntry): Properties {
  const job = runningJob(vault, item);
  if (job === undefined) {
    const jobId = replicationId(vault, "replicationJobs/None");
    return { currentScenario: { scenarioName: "None", jobId, startTime: "1753-01-01T01:01:01Z" } };
  }
  const scenarioName = text(job.properties, "scenarioName");
  const startTime = text(job.properties, "startTime");
  return {
    allowedOperations: [],
    currentScenario: { scenarioName, jobId: replicationId(vault, job.path), startTime },
  };
}
