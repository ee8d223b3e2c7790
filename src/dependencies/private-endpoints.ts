// Private endpoints: the vault's connections and the endpoint resources behind them, found by the id in the connection.

import { armId, idKey, nameOf, segmentAfter, type ArmId } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { Blocker } from "../model/blocker.ts";
import type { ArmResource, VaultReader } from "../model/ports.ts";
import type { PrivateEndpoint, PrivateEndpointConnection } from "../model/resource.ts";
import { stepKey, type Step, type StepKey } from "../model/step.ts";
import type { Contribution, Dependency, PlanningContext, Proof } from "./dependency.ts";
import { group, groups, isWord, text } from "./properties.ts";
import { keysThatTell } from "./site-recovery/arrows.ts";
import { gateKeys } from "./soft-delete.ts";

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
        after: [...gateKeys(context), ...dataKeys(context), ...keysThatTell(context)],
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
        return id === undefined ? [] : readEndpoint(reader, id, connections);
      }),
    );
    return found.flat();
  },
  // The vault's connections no longer lead to it when it is deleted: only its own id can tell.
  look: async (reader, target) => {
    const endpoint = await reader.privateEndpoint(target);
    return endpoint === undefined ? [] : [endpointFrom(endpoint, [])];
  },
  contribute: contributeEndpoint,
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

/** An endpoint belongs to whoever attempted a connection: one that cannot be read is theirs, not an error of ours. */
async function readEndpoint(
  reader: VaultReader,
  id: ArmId,
  connections: readonly PrivateEndpointConnection[],
): Promise<readonly PrivateEndpoint[]> {
  try {
    const endpoint = await reader.privateEndpoint(id);
    return endpoint === undefined ? [] : [endpointFrom(endpoint, connections)];
  } catch (error) {
    if (!(error instanceof AzureError) || error.status === 401) throw error;
    const ids = connections.map((connection) => connection.id);
    const refusal = { code: error.code, message: error.message };
    return [{ kind: "private-endpoint", id, name: nameOf(id), state: "unreadable", connections: ids, refusal }];
  }
}

function contributeEndpoint(endpoint: PrivateEndpoint, context: PlanningContext): Contribution {
  if (context.keepPrivateEndpoints)
    return {
      note: "kept as asked; it no longer leads anywhere",
      remains: [{ what: "private endpoint", subject: endpoint.id }],
    };
  if (endpoint.refusal !== undefined) return { blockers: [unreadable(endpoint, endpoint.refusal)] };
  return {
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
  };
}

function unreadable(endpoint: PrivateEndpoint, refusal: NonNullable<PrivateEndpoint["refusal"]>): Blocker {
  return {
    code: "private-endpoint-unreadable",
    subject: endpoint.id,
    reason: `the private endpoint ${endpoint.name} cannot be read: ${refusal.code}: ${refusal.message}`,
    fix: "get the right to read and delete it, or leave it with --keep private-endpoints",
    who: `an owner of subscription ${segmentAfter(endpoint.id, "subscriptions") ?? "unknown"}`,
  };
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

/**
 * Data and containers first: a container that is still registered loses its way to the vault with the endpoint
 * (documented).
 */
function dataKeys(context: PlanningContext): readonly StepKey[] {
  return context.resources.flatMap((resource) => {
    if (resource.kind === "protected-item")
      return resource.softDeleted && context.strategy === "soft" ? [] : [stepKey("delete-item", resource.id)];
    const isContainer = resource.kind === "workload-container" || resource.kind === "storage-container";
    return isContainer && !isWord(resource.state, "SoftDeleted") ? [stepKey("unregister-container", resource.id)] : [];
  });
}

function proveGone(step: Step, found: readonly { readonly id: string; readonly state: string }[], what: string): Proof {
  const still = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
  return still === undefined
    ? { verdict: "proved", evidence: `${what} is no longer there` }
    : { verdict: "not-yet", found: `${what} is still there, ${still.state}` };
}
