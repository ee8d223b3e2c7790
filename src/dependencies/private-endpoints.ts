// Private endpoints: the vault's connections and the endpoint resources behind them, found by the id in the connection.

import { idKey, nameOf, segmentAfter } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { Remainder } from "../model/plan.ts";
import { isRegistrable, type PrivateEndpoint } from "../model/resource.ts";
import { stepKey, type Step, type StepDraft, type StepKey } from "../model/step.ts";
import { needsUnregistering } from "./containers.ts";
import type { Contribution, Dependency, PlanningContext, Proof } from "./dependency.ts";
import { goesWithServer } from "./item-types.ts";
import { connectionsOf, endpointFrom, listEndpoints } from "./private-endpoint-answers.ts";
import { isRegistered } from "./servers.ts";
import { keysThatTell } from "./site-recovery/arrows.ts";
import { gateKeys } from "./soft-delete.ts";

type Refusal = NonNullable<PrivateEndpoint["refusal"]>;

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
  list: listEndpoints,
  // The vault's connections no longer lead to it when it is deleted: only its own id can tell.
  look: async (reader, target) => {
    const endpoint = await reader.privateEndpoint(target);
    return endpoint === undefined ? [] : [endpointFrom(endpoint)];
  },
  contribute: contributeEndpoint,
  prove: (step, found) => proveGone(step, found, "the private endpoint"),
};

/** Whether the plan deletes the endpoint. One that leads elsewhere too stays, and with it what Backup made for it. */
export function goes(endpoint: PrivateEndpoint, context: PlanningContext): boolean {
  const owner = ownerOf(endpoint, context);
  return !context.keepPrivateEndpoints && isDeleted(endpoint) && (owner === undefined || isDeleted(owner));
}

function contributeEndpoint(endpoint: PrivateEndpoint, context: PlanningContext): Contribution {
  if (context.keepPrivateEndpoints) return stays(endpoint, "kept as asked; it no longer leads to the vault");
  if (endpoint.refusal !== undefined) return { blockers: [unreadable(endpoint, endpoint.refusal)] };
  const others = endpoint.alsoLeadsTo ?? [];
  if (others.length > 0)
    return stays(endpoint, `stays: it leads to ${others.map(nameOf).join(", ")} too; only its connection goes`);
  const owner = ownerOf(endpoint, context);
  if (owner !== undefined && !isDeleted(owner))
    return stays(endpoint, `stays with ${owner.name}, for which Backup made it`);
  return {
    steps: [deletion(endpoint, owner)],
    remains: dnsRecords(endpoint),
    warnings: endpoint.helpersRefused === undefined ? [] : [helpersUnseen(endpoint, endpoint.helpersRefused)],
  };
}

function isDeleted(endpoint: PrivateEndpoint): boolean {
  return endpoint.refusal === undefined && (endpoint.alsoLeadsTo ?? []).length === 0;
}

function stays(endpoint: PrivateEndpoint, note: string): Contribution {
  return { note, remains: [{ what: "private endpoint", subject: endpoint.id }] };
}

/** The endpoint for which Backup made this one; it may be gone already. */
function ownerOf(endpoint: PrivateEndpoint, context: PlanningContext): PrivateEndpoint | undefined {
  if (endpoint.helperOf === undefined) return undefined;
  return context.lookup("private-endpoint", endpointKey)(idKey(endpoint.helperOf))[0];
}

function endpointKey(endpoint: PrivateEndpoint): string {
  return idKey(endpoint.id);
}

function deletion(endpoint: PrivateEndpoint, owner: PrivateEndpoint | undefined): StepDraft {
  const connections = endpoint.connections.map((id) => stepKey("delete-private-endpoint-connection", id));
  return {
    action: "delete-private-endpoint",
    kind: "private-endpoint",
    target: endpoint.id,
    name: endpoint.name,
    after: [...connections, ...(owner === undefined ? [] : [stepKey("delete-private-endpoint", owner.id)])],
    reason:
      endpoint.helperOf === undefined
        ? "without the vault it leads nowhere, and it is billed; --keep private-endpoints leaves it"
        : `Backup made it for ${nameOf(endpoint.helperOf)}, and it is billed; --keep private-endpoints leaves it`,
    irreversible: true,
    permissions: ["Microsoft.Network/privateEndpoints/delete"],
    request: { write: "delete-private-endpoint", endpoint: endpoint.id },
  };
}

/** Azure removes the records it manages itself, never those of people (documented). */
function dnsRecords({ name, dnsNames = [] }: PrivateEndpoint): readonly Remainder[] {
  if (dnsNames.length === 0) return [];
  return [{ what: "DNS records that people made in privatelink zones", subject: dnsNames.join(", "), of: name }];
}

function helpersUnseen({ id, name }: PrivateEndpoint, { code, message }: Refusal): string {
  const group = segmentAfter(id, "resourceGroups") ?? "unknown";
  return `endpoints that Backup made for private endpoint ${name} could not be looked for in resource group ${group}: ${code}: ${message}; if there are any (${name}_ecs…_blob, ${name}_ecs…_queue), they stay and are billed`;
}

function unreadable(endpoint: PrivateEndpoint, refusal: Refusal): Blocker {
  return {
    code: "private-endpoint-unreadable",
    subject: endpoint.id,
    reason: `the private endpoint ${endpoint.name} cannot be read: ${refusal.code}: ${refusal.message}`,
    fix: "get the right to read and delete it, or leave it with --keep private-endpoints",
    who: `an owner of subscription ${segmentAfter(endpoint.id, "subscriptions") ?? "unknown"}`,
  };
}

/**
 * Data and containers first: a container that is still registered loses its way to the vault with the endpoint
 * (documented).
 */
function dataKeys(context: PlanningContext): readonly StepKey[] {
  return context.resources.flatMap((resource) => {
    if (resource.kind === "mars-server" || resource.kind === "backup-server")
      return isRegistered(resource) ? [stepKey("unregister-server", resource.id)] : [];
    if (resource.kind === "protected-item" && goesWithServer(resource)) return [];
    if (resource.kind === "protected-item")
      return resource.softDeleted && context.strategy === "soft" ? [] : [stepKey("delete-item", resource.id)];
    return isRegistrable(resource) && needsUnregistering(resource)
      ? [stepKey("unregister-container", resource.id)]
      : [];
  });
}

function proveGone(step: Step, found: readonly { readonly id: string; readonly state: string }[], what: string): Proof {
  const still = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
  return still === undefined
    ? { verdict: "proved", evidence: `${what} is no longer there` }
    : { verdict: "not-yet", found: `${what} is still there, ${still.state}` };
}
