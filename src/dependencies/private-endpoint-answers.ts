// Reads a vault's private endpoint connections, the endpoints behind them, and those that Backup made beside each. Plans nothing.

import { ancestor, armId, idKey, nameOf, sameId, type ArmId } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { ArmResource, VaultReader } from "../model/ports.ts";
import type { PrivateEndpoint, PrivateEndpointConnection } from "../model/resource.ts";
import { group, groups, text } from "./properties.ts";

type Refusal = NonNullable<PrivateEndpoint["refusal"]>;
type Connections = readonly PrivateEndpointConnection[];

export function connectionsOf(vault: ArmResource | undefined): Connections {
  return groups(vault?.properties ?? {}, "privateEndpointConnections").flatMap((connection) => {
    const id = text(connection, "id");
    if (id === undefined) return [];
    const properties = group(connection, "properties") ?? {};
    const endpoint = text(group(properties, "privateEndpoint") ?? {}, "id");
    return [
      {
        kind: "private-endpoint-connection",
        id: armId(id),
        name: text(connection, "name") ?? nameOf(id),
        state: text(group(properties, "privateLinkServiceConnectionState") ?? {}, "status") ?? "Unknown",
        ...(endpoint === undefined ? {} : { endpoint: armId(endpoint) }),
      },
    ];
  });
}

/** Every endpoint that a connection names, each followed by what Backup made for it. Throws AzureError. */
export async function listEndpoints(reader: VaultReader): Promise<readonly PrivateEndpoint[]> {
  const vault = await reader.vault();
  if (vault === undefined) return [];
  const byEndpoint = Map.groupBy(connectionsOf(vault), (connection) => idKey(connection.endpoint ?? ""));
  const found = await Promise.all(
    [...byEndpoint.values()].map(async (connections) => {
      const id = connections[0]?.endpoint;
      return id === undefined ? [] : endpointWithHelpers(reader, vault, id, connections);
    }),
  );
  // A helper that is behind a connection itself is an endpoint like any other.
  return found.flat().filter((endpoint) => endpoint.helperOf === undefined || !byEndpoint.has(idKey(endpoint.id)));
}

/** The list of the group answers for the endpoint too; alone it is asked about only where the list does not have it. */
async function endpointWithHelpers(
  reader: VaultReader,
  vault: ArmResource,
  id: ArmId,
  connections: Connections,
): Promise<readonly PrivateEndpoint[]> {
  const beside = await endpointsBeside(reader, id);
  const endpoint = beside.listed.find((other) => sameId(other.id, id)) ?? (await readEndpoint(reader, id));
  const ids = connections.map((connection) => connection.id);
  const helpers = beside.listed
    .filter((other) => isHelper(other, nameOf(id), beside.listed))
    .map((helper) => ({ ...endpointFrom(helper), connections: ids, helperOf: id }));
  if (endpoint === undefined) return helpers;
  if ("refusal" in endpoint)
    return [
      { kind: "private-endpoint", id, name: nameOf(id), state: "unreadable", connections: ids, ...endpoint },
      ...helpers,
    ];
  const others = linksOf(endpoint).filter((link) => !sameId(link, vault.id));
  return [
    {
      ...endpointFrom(endpoint),
      connections: ids,
      ...(others.length === 0 ? {} : { alsoLeadsTo: others }),
      ...(beside.refusal === undefined ? {} : { helpersRefused: beside.refusal }),
    },
    ...helpers,
  ];
}

/** An endpoint belongs to whoever attempted a connection: one that cannot be read is theirs, not an error of ours. */
async function readEndpoint(
  reader: VaultReader,
  id: ArmId,
): Promise<ArmResource | { readonly refusal: Refusal } | undefined> {
  try {
    return await reader.privateEndpoint(id);
  } catch (error) {
    if (!(error instanceof AzureError) || error.status === 401) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}

type Beside = { readonly listed: readonly ArmResource[]; readonly refusal?: Refusal };

/** All endpoints of the endpoint's own group. Only a refusal is a person's to settle; any other failure is thrown. */
async function endpointsBeside(reader: VaultReader, id: ArmId): Promise<Beside> {
  const resourceGroup = ancestor(id, "resourceGroups");
  if (resourceGroup === undefined) return { listed: [] };
  try {
    return { listed: await reader.privateEndpoints(resourceGroup) };
  } catch (error) {
    if (!(error instanceof AzureError) || (error.status !== 403 && error.status !== 404)) throw error;
    return { listed: [], refusal: { code: error.code, message: error.message } };
  }
}

/**
 * How Backup names the endpoints it makes beside one, after that one's own name, and what they lead to (documented:
 * private endpoints, 2021-09-14).
 */
const helperName = /^_ecs.*_(blob|queue)$/i;
const helperTarget = /\/providers\/microsoft\.storage\/storageaccounts\//;

/** An endpoint with a longer name that fits as well is nearer: the helper is that one's, whoever owns it. */
function isHelper(candidate: ArmResource, owner: string, beside: readonly ArmResource[]): boolean {
  if (!fits(candidate.name, owner) || !linksOf(candidate).every((link) => helperTarget.test(idKey(link)))) return false;
  return !beside.some(({ name }) => name.length > owner.length && fits(candidate.name, name));
}

function fits(name: string, owner: string): boolean {
  return name.toLowerCase().startsWith(owner.toLowerCase()) && helperName.test(name.slice(owner.length));
}

function linksOf(endpoint: ArmResource): readonly ArmId[] {
  return ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"]
    .flatMap((member) => groups(endpoint.properties, member))
    .flatMap((link) => text(group(link, "properties") ?? {}, "privateLinkServiceId") ?? [])
    .map(armId);
}

/** The endpoint alone: what leads to it and what stands beside it is not in its own answer. */
export function endpointFrom(endpoint: ArmResource): PrivateEndpoint {
  const dnsNames = groups(endpoint.properties, "customDnsConfigs").flatMap((entry) => text(entry, "fqdn") ?? []);
  return {
    kind: "private-endpoint",
    id: armId(endpoint.id),
    name: endpoint.name,
    state: text(endpoint.properties, "provisioningState") ?? "Unknown",
    connections: [],
    ...(dnsNames.length === 0 ? {} : { dnsNames }),
  };
}
