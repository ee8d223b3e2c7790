// Reads of one vault through the SDK clients. Follows every page; maps 404 of a single read to undefined; never swallows an error.

import type { ArmId, Scope } from "../model/arm-id.ts";
import { vaultId } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { ArmResource, ManagementType, ReplicationUsage, VaultReader } from "../model/ports.ts";
import type { Clients } from "./clients.ts";
import { asAzureError, errorFromResponse } from "./errors.ts";
import { encoded } from "./operation-address.ts";

export function createVaultReader(clients: Clients, scope: Scope): VaultReader {
  const { subscriptionId, resourceGroup, name } = scope;
  const vaults = () => clients.vaults(subscriptionId, "reads");
  const backup = () => clients.backup(subscriptionId);
  const list = async (pages: () => Promise<AsyncIterable<unknown>>): Promise<readonly ArmResource[]> =>
    collect(await pages().catch(rethrow));
  const ofType = (type: ManagementType) => ({ filter: `backupManagementType eq '${type}'` });
  return {
    vault: () => single(async () => (await vaults()).vaults.get(resourceGroup, name)),
    vaultConfig: () => single(async () => (await backup()).backupResourceVaultConfigs.get(name, resourceGroup)),
    protectedItems: () => list(async () => (await backup()).backupProtectedItems.list(name, resourceGroup)),
    containers: (type) =>
      list(async () => (await backup()).backupProtectionContainers.list(name, resourceGroup, ofType(type))),
    // The one method of this client that takes the resource group first.
    softDeletedContainers: (type) =>
      list(async () => (await backup()).deletedProtectionContainers.list(resourceGroup, name, ofType(type))),
    intents: () => list(async () => (await backup()).backupProtectionIntent.list(name, resourceGroup)),
    jobsInProgress: () =>
      list(async () => (await backup()).backupJobs.list(name, resourceGroup, { filter: "status eq 'InProgress'" })),
    policies: () => list(async () => (await backup()).backupPolicies.list(name, resourceGroup)),
    backupEngines: () => list(async () => (await backup()).backupEngines.list(name, resourceGroup)),
    guardProxies: () => list(async () => (await backup()).resourceGuardProxies.list(name, resourceGroup)),
    replicationUsage: async () =>
      usageFrom(await list(async () => (await vaults()).replicationUsages.list(resourceGroup, name))),
    privateEndpoint: (id) => readPrivateEndpoint(clients, id),
    deletedVaults: (location) => list(async () => (await vaults()).deletedVaults.listBySubscriptionId(location)),
  };
}

export type FoundVault = { readonly id: string; readonly name: string; readonly location: string };

/** The vaults of a subscription, or of one resource group in it. Throws AzureError. */
export async function findVaults(
  clients: Clients,
  subscriptionId: string,
  resourceGroup: string | undefined,
): Promise<readonly FoundVault[]> {
  const { vaults } = await clients.vaults(subscriptionId, "reads");
  const pages = resourceGroup === undefined ? vaults.listBySubscriptionId() : vaults.listByResourceGroup(resourceGroup);
  const found = await collect(pages);
  return found.map((vault) => ({ id: vault.id, name: vault.name, location: vault.location ?? "" }));
}

/** Whether the vault answers at all; the id need not come from a list. Throws AzureError. */
export async function findVault(clients: Clients, scope: Scope): Promise<FoundVault | undefined> {
  const vault = await createVaultReader(clients, scope).vault();
  return vault === undefined
    ? undefined
    : { id: vault.id === "" ? vaultId(scope) : vault.id, name: vault.name, location: vault.location ?? "" };
}

/** Only these words say that the resource is absent; a 404 of a proxy, or for a subscription, says something else. */
const absenceCodes = /^(ResourceNotFound|ResourceGroupNotFound|ParentResourceNotFound|NotFound)$/i;

function isAbsence(error: AzureError): boolean {
  return error.status === 404 && absenceCodes.test(error.code);
}

async function single(read: () => Promise<unknown>): Promise<ArmResource | undefined> {
  try {
    return asResource(await read());
  } catch (error) {
    const known = asAzureError(error);
    if (isAbsence(known)) return undefined;
    throw known;
  }
}

async function collect(pages: AsyncIterable<unknown>): Promise<readonly ArmResource[]> {
  const found: ArmResource[] = [];
  try {
    for await (const resource of pages) found.push(asResource(resource));
  } catch (error) {
    throw asAzureError(error);
  }
  return found;
}

function rethrow(error: unknown): never {
  throw asAzureError(error);
}

/** SDK models hold dates as objects; here they are the ISO strings they were. */
function asResource(model: unknown): ArmResource {
  const plain = JSON.parse(JSON.stringify(model)) as Partial<ArmResource> & Record<string, unknown>;
  return {
    id: plain.id ?? "",
    name: plain.name ?? "",
    properties: plain.properties ?? plain,
    ...(plain.location === undefined ? {} : { location: plain.location }),
    ...(plain.tags === undefined ? {} : { tags: plain.tags }),
  };
}

function usageFrom(usages: readonly ArmResource[]): ReplicationUsage {
  const sum = (name: string): number =>
    usages.reduce(
      (total, usage) => total + (typeof usage.properties[name] === "number" ? usage.properties[name] : 0),
      0,
    );
  return {
    protectedItems: sum("protectedItemCount"),
    recoveryPlans: sum("recoveryPlanCount"),
    registeredServers: sum("registeredServersCount"),
  };
}

async function readPrivateEndpoint(clients: Clients, id: ArmId): Promise<ArmResource | undefined> {
  const url = `${clients.cloud.endpoint}${encoded(id)}?api-version=${clients.apiVersions.network}`;
  const response = await clients.raw("GET", url).catch(rethrow);
  if (response.status !== 200) {
    const refusal = errorFromResponse(response);
    if (isAbsence(refusal)) return undefined;
    throw refusal;
  }
  try {
    return asResource(JSON.parse(response.bodyAsText ?? ""));
  } catch (cause) {
    throw new AzureError({ status: 0, code: "UnreadableAnswer", message: `the answer for ${id} is not JSON`, cause });
  }
}
