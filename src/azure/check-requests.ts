// The reads by which it is seen whether a step is done: those that the tool itself proves the step with. It sends nothing, and
// must not load an SDK.

import type { Scope } from "../model/arm-id.ts";
import type { Plan } from "../model/plan.ts";
import { replicationLists } from "../model/ports.ts";
import type { Kind } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import type { Addressed } from "./addressed.ts";
import { readingAddress, type Place, type Reading } from "./reading-addresses.ts";

/** What is read to prove a step on a resource of the kind. */
const readings: { readonly [K in Kind]: readonly Reading[] } = {
  vault: ["vault"],
  "soft-delete-setting": ["vault", "vault-config"],
  "hybrid-security-setting": ["vault", "vault-config"],
  "immutability-setting": ["vault"],
  "backup-job": ["jobs"],
  "auto-protection-intent": ["intents"],
  "protected-item": ["items"],
  "workload-container": ["containers AzureWorkload"],
  "storage-container": ["containers AzureStorage"],
  "virtual-machine-container": ["containers AzureIaasVM"],
  "private-endpoint-connection": ["vault"],
  "private-endpoint": ["target"],
  "mars-server": ["containers MAB", "deleted-containers MAB"],
  "backup-server": ["engines"],
  "resource-guard": ["guard-proxies"],
  lock: ["locks"],
  "replication-job": ["replication jobs"],
  "recovery-plan": ["replication recovery-plans"],
  "replicated-item": ["replication protected-items"],
  "migration-item": ["replication migration-items"],
  "container-mapping": ["replication container-mappings"],
  "network-mapping": ["replication network-mappings"],
  "storage-classification-mapping": ["replication storage-classification-mappings"],
  "protection-container": ["replication protection-containers"],
  vcenter: ["replication vcenters"],
  "recovery-services-provider": ["replication providers"],
  fabric: ["replication fabrics"],
  "replication-policy": ["replication policies"],
  leftover: [],
  "backup-policy": ["policies"],
  "backup-instance": ["instances", "deleted-instances"],
  "backup-vault-policy": ["vault", "policies"],
  unknown: [],
};

/** The addresses to GET, each once. `plan`: the one the step belongs to. Throws AzureError for an unusable name. */
export function checkAddresses(at: Addressed, scope: Scope, step: Step, plan: Plan): readonly string[] {
  const place: Place = { ...at, scope, location: plan.vault.location };
  return [...new Set(readingsFor(step, plan).flatMap((reading) => readingAddress(place, reading, step) ?? []))];
}

function readingsFor(step: Step, plan: Plan): readonly Reading[] {
  if (step.action === "recheck") return everything(plan);
  if (step.action === "prove-absence") return ["vault", "vaults-of-group", "deleted-vaults"];
  return step.action === "prove-recovery" ? whatReturned(plan) : readings[step.kind];
}

function whatReturned({ steps, recovery }: Plan): readonly Reading[] {
  const written = steps.filter(({ request }) => request !== undefined).flatMap(({ kind }) => readings[kind]);
  return [...written, "vault", ...(recovery?.deletedVault === undefined ? [] : (["deleted-vaults"] as const))];
}

const ofReplication = (reading: Reading): boolean => reading.startsWith("replication ");
const ofTarget: ReadonlySet<Reading> = new Set(["target", "locks"]);
const vaultWide = Object.values(readings)
  .flat()
  .filter((reading) => !ofReplication(reading) && !ofTarget.has(reading));

/** A container is proved gone by the list of those that are registered; what is left of it stands in another. */
const unregistered: readonly Reading[] = ["deleted-containers AzureWorkload", "deleted-containers AzureStorage"];

/** All that can stand in a vault. Where nothing of Site Recovery stood, its fabrics and its counts tell. */
function everything({ inventory }: Plan): readonly Reading[] {
  const isReplicated = inventory.some(({ kind }) => readings[kind].some(ofReplication));
  const lists = isReplicated ? replicationLists : (["fabrics"] as const);
  const replication = lists.map((list) => `replication ${list}` as const);
  return [...vaultWide, ...unregistered, "usages", ...replication, "locks-of-subscription"];
}
