// Private endpoints: a vault's connections and the endpoints of the network provider they belong to.
// It must not know why a client removes them. No traffic of either is recorded: documented shapes, unverified times.
import type { Answer } from "./answers.ts";
import { accepted, found, noContent } from "./answers.ts";
import { notFoundInVault, resourceGroupNotFound, resourceNotFound } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Json, Properties } from "./json.ts";
import { isObject, list, object, text } from "./json.ts";
import { lastSegment, sameName } from "./names.ts";
import { takes } from "./operation-times.ts";
import { page, pageSize } from "./paging.ts";
import { acceptedAt, endedResult, findOperation, shortStatus, signedUrl, startOperation } from "./operations.ts";
import type { State, VaultState } from "./state.ts";
import { resourceGroupKnown, vaultRoute } from "./vault-scope.ts";
import type { WorldEndpoint } from "./world.ts";

const endpointType = "Microsoft.Network/privateEndpoints";
const endpointPath = `subscriptions/{subscription}/resourceGroups/{group}/providers/${endpointType}/{endpoint}`;
const networkOperations = "subscriptions/{subscription}/providers/Microsoft.Network/locations/{location}";

function connections(vault: VaultState): readonly Properties[] {
  return list(vault.properties, "privateEndpointConnections").filter(isObject);
}

function connectionName(connection: Properties): string {
  return text(connection, "name") || lastSegment(text(connection, "id"));
}

function findConnection(call: Call, vault: VaultState): Properties | undefined {
  return connections(vault).find((entry) => sameName(connectionName(entry), parameter(call, "connection")));
}

function getConnection(call: Call, vault: VaultState): Answer {
  const connection = findConnection(call, vault);
  return connection === undefined ? notFoundInVault(parameter(call, "connection")) : found(connection);
}

function deleteConnection(call: Call, vault: VaultState): Answer {
  const connection = findConnection(call, vault);
  if (connection === undefined) return noContent;
  const name = connectionName(connection);
  const operation = startOperation(call.state, {
    vaultId: vault.id,
    effect: { kind: "delete-connection", connection: name },
    startsAt: call.now,
    takes: takes(call.state, "deleteConnection"),
  });
  const path = `${vault.id}/privateEndpointConnections/${name}`;
  return acceptedAt(call, `${path}/operationsStatus/${operation.id}`, `${path}/operationResults/${operation.id}`);
}

function removeConnections(vault: VaultState, gone: (connection: Properties) => boolean): void {
  if (!("privateEndpointConnections" in vault.properties)) return;
  const left = connections(vault).filter((connection) => !gone(connection));
  vault.properties = { ...vault.properties, privateEndpointConnections: left };
}

export function removeConnection(vault: VaultState, name: string): void {
  removeConnections(vault, (connection) => sameName(connectionName(connection), name));
}

/** Deleting the endpoint drops its connection on every vault (rules 1.6). */
export function removeEndpoint(state: State, id: string): void {
  state.privateEndpoints = state.privateEndpoints.filter((endpoint) => !sameName(endpoint.id, id));
  for (const vault of state.vaults) {
    removeConnections(vault, (connection) =>
      sameName(text(object(object(connection, "properties"), "privateEndpoint"), "id"), id),
    );
  }
}

function findEndpoint(call: Call): WorldEndpoint | undefined {
  const group = `/subscriptions/${parameter(call, "subscription")}/resourceGroups/${parameter(call, "group")}`;
  const id = `${group}/providers/${endpointType}/${parameter(call, "endpoint")}`;
  return call.state.privateEndpoints.find((endpoint) => sameName(endpoint.id, id));
}

function getEndpoint(call: Call): Answer {
  if (!resourceGroupKnown(call)) return resourceGroupNotFound(parameter(call, "group"));
  const endpoint = findEndpoint(call);
  if (endpoint === undefined)
    return resourceNotFound(endpointType, parameter(call, "endpoint"), parameter(call, "group"));
  return found(endpointBody(endpoint));
}

function endpointBody({ id, location, properties }: WorldEndpoint): Json {
  return { name: lastSegment(id), id, location, type: endpointType, properties };
}

function listEndpoints(call: Call, scope: string): Answer {
  const prefix = `${scope}/`.toLowerCase();
  const inScope = call.state.privateEndpoints.filter(({ id }) => id.toLowerCase().startsWith(prefix));
  return page(call, inScope, pageSize(call), endpointBody);
}

function listInSubscription(call: Call): Answer {
  return listEndpoints(call, `/subscriptions/${parameter(call, "subscription")}`);
}

function listInGroup(call: Call): Answer {
  const group = parameter(call, "group");
  if (!resourceGroupKnown(call)) return resourceGroupNotFound(group);
  return listEndpoints(call, `/subscriptions/${parameter(call, "subscription")}/resourceGroups/${group}`);
}

function deleteEndpoint(call: Call): Answer {
  if (!resourceGroupKnown(call)) return resourceGroupNotFound(parameter(call, "group"));
  const endpoint = findEndpoint(call);
  if (endpoint === undefined) return noContent;
  const operation = startOperation(call.state, {
    vaultId: networkOwner(parameter(call, "subscription")),
    effect: { kind: "delete-endpoint", endpoint: endpoint.id },
    startsAt: call.now,
    takes: takes(call.state, "deleteEndpoint"),
  });
  const path = `/subscriptions/${parameter(call, "subscription")}/providers/Microsoft.Network/locations/${endpoint.location}`;
  return acceptedAt(call, `${path}/operations/${operation.id}`, `${path}/operationResults/${operation.id}`);
}

/** Operations of the network provider belong to a subscription, not to a vault. */
function networkOwner(subscription: string): string {
  return `/subscriptions/${subscription}/providers/Microsoft.Network`;
}

function networkStatus(call: Call): Answer {
  const operation = findOperation(call, networkOwner(parameter(call, "subscription")), parameter(call, "id"));
  if (operation === undefined) return notFoundInVault(parameter(call, "id"));
  return found(shortStatus(operation));
}

function networkResult(call: Call): Answer {
  const operation = findOperation(call, networkOwner(parameter(call, "subscription")), parameter(call, "id"));
  if (operation === undefined) return notFoundInVault(parameter(call, "id"));
  return operation.settled ? endedResult(operation) : accepted({ result: signedUrl(call, call.path) });
}

export const privateEndpointRoutes: readonly Route[] = [
  vaultRoute("GET", "privateEndpointConnections/{connection}", getConnection),
  vaultRoute("DELETE", "privateEndpointConnections/{connection}", deleteConnection),
  { method: "GET", path: `subscriptions/{subscription}/providers/${endpointType}`, answer: listInSubscription },
  {
    method: "GET",
    path: `subscriptions/{subscription}/resourceGroups/{group}/providers/${endpointType}`,
    answer: listInGroup,
  },
  { method: "GET", path: endpointPath, answer: getEndpoint },
  { method: "DELETE", path: endpointPath, answer: deleteEndpoint },
  { method: "GET", path: `${networkOperations}/operations/{id}`, answer: networkStatus },
  { method: "GET", path: `${networkOperations}/operationResults/{id}`, answer: networkResult },
];
