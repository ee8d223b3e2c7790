// Private endpoints: the vault's connections and the endpoint resources behind them, found by the id in the connection.

import { armId, idKey } from "../model/arm-id.ts";
import type { ArmResource } from "../model/ports.ts";
import type { PrivateEndpoint, PrivateEndpointConnection } from "../model/resource.ts";
import { stepKey, type Step } from "../model/step.ts";
import type { Contribution, Dependency, PlanningContext, Proof } from "./dependency.ts";
import { group, groups, text } from "./properties.ts";

const rule =
  "documented: private endpoints (2021-09-14) and delete vault, step 7; recorded: connections stand only in the vault's own answer";

export const privateEndpointConnections: Dependency<"private-endpoint-connection"> = {
  kind: "private-endpoint-connection",
  rule,
  list: async (reader) => connectionsOf(await reader.vault()),
  contribute: (connection, context): Contribution => ({
    steps: [
      {
        action: "delete-private-endpoint-connection",
        kind: "private-endpoint-connection",
        target: connection.id,
        name: connection.name,
        after: unregisterKeys(context),
        reason: "a private endpoint connection keeps the vault alive, even one that was only attempted",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/privateEndpointConnections/delete"],
        exclusive: context.vault.toLowerCase(),
        request: { write: "delete-private-endpoint-connection", connection: connection.id },
      },
    ],
  }),
  prove: (step, found) => proveGone(step, found, "the connection"),
};

export const privateEndpoints: Dependency<"private-endpoint"> = {
  kind: "private-endpoint",
  rule,
  list: async (reader) => {
    const byEndpoint = Map.groupBy(connectionsOf(await reader.vault()), (connection) =>
      idKey(connection.endpoint ?? ""),
    );
    const found = await Promise.all(
      [...byEndpoint.values()].map(async (connections) => {
        const id = connections[0]?.endpoint;
        const endpoint = id === undefined ? undefined : await reader.privateEndpoint(id);
        return endpoint === undefined ? [] : [endpointFrom(endpoint, connections)];
      }),
    );
    return found.flat();
  },
  contribute: (endpoint, context): Contribution =>
    context.keepPrivateEndpoints
      ? {
          note: "kept as asked; it no longer leads anywhere",
          remains: [{ what: "private endpoint", subject: endpoint.id }],
        }
      : {
          steps: [
            {
              action: "delete-private-endpoint",
              kind: "private-endpoint",
              target: endpoint.id,
              name: endpoint.name,
              after: endpoint.connections.map((id) => stepKey("delete-private-endpoint-connection", id)),
              reason: "without the vault it leads nowhere, and it is billed; --keep private-endpoints leaves it",
              irreversible: true,
              permissions: ["Microsoft.Network/privateEndpoints/delete"],
              request: { write: "delete-private-endpoint", endpoint: endpoint.id },
            },
          ],
        },
  prove: (step, found) => proveGone(step, found, "the private endpoint"),
};

function connectionsOf(vault: ArmResource | undefined): readonly PrivateEndpointConnection[] {
  return groups(vault?.properties ?? {}, "privateEndpointConnections").flatMap((connection) => {
    const id = text(connection, "id");
    if (id === undefined) return [];
    const properties = group(connection, "properties") ?? {};
    const endpoint = text(group(properties, "privateEndpoint") ?? {}, "id");
    return [
      {
        kind: "private-endpoint-connection",
        id: armId(id),
        name: text(connection, "name") ?? id.slice(id.lastIndexOf("/") + 1),
        state: text(group(properties, "privateLinkServiceConnectionState") ?? {}, "status") ?? "Unknown",
        ...(endpoint === undefined ? {} : { endpoint: armId(endpoint) }),
      },
    ];
  });
}

function endpointFrom(endpoint: ArmResource, connections: readonly PrivateEndpointConnection[]): PrivateEndpoint {
  return {
    kind: "private-endpoint",
    id: armId(endpoint.id),
    name: endpoint.name,
    state: text(endpoint.properties, "provisioningState") ?? "Unknown",
    connections: connections.map((connection) => connection.id),
  };
}

/** Containers first: a container that is still registered loses its way to the vault with the endpoint (documented). */
function unregisterKeys(context: PlanningContext): readonly string[] {
  const all = ["workload-container", "storage-container"] as const;
  return context.resources
    .filter((resource) => all.some((kind) => kind === resource.kind) && resource.state.toLowerCase() !== "softdeleted")
    .map((container) => stepKey("unregister-container", container.id));
}

function proveGone(step: Step, found: readonly { readonly id: string; readonly state: string }[], what: string): Proof {
  const still = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
  return still === undefined
    ? { verdict: "proved", evidence: `${what} is no longer there` }
    : { verdict: "not-yet", found: `${what} is still there, ${still.state}` };
}
