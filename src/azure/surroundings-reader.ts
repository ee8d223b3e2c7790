// Reads of what lies around a vault: its group, locks, the caller's rights, private endpoints, leftovers. No SDK client covers them in common.

import type { ArmId } from "../model/arm-id.ts";
import type { Grant } from "../model/grant.ts";
import type { ArmResource, VaultReader } from "../model/ports.ts";
import { asResource, getRaw, listRaw } from "./arm-answers.ts";
import type { Clients } from "./clients.ts";
import { encoded } from "./encoded.ts";

type SurroundingReads = Pick<
  VaultReader,
  "privateEndpoint" | "privateEndpoints" | "resourceGroup" | "locks" | "grants" | "resourcesOfType" | "roleAssignments"
>;

/** Every read throws AzureError; single ones answer undefined for what Azure says is absent. */
export function surroundingReads(clients: Clients): SurroundingReads {
  const { network, locks, authorization, resources } = clients.apiVersions;
  const list = (path: string): Promise<readonly ArmResource[]> => listRaw(clients, path, asResource);
  return {
    privateEndpoint: (id) => getRaw(clients, `${encoded(id)}?api-version=${network}`),
    privateEndpoints: (group) =>
      list(`${encoded(group)}/providers/Microsoft.Network/privateEndpoints?api-version=${network}`),
    resourceGroup: (id) => getRaw(clients, `${encoded(id)}?api-version=${resources}`),
    locks: (scope) => list(`${encoded(scope)}/providers/Microsoft.Authorization/locks?api-version=${locks}`),
    grants: (scope) => listRaw(clients, grantsPath(scope, authorization), grantFrom),
    resourcesOfType: (scope, type) =>
      list(
        `${encoded(scope)}/resources?$filter=${encodeURIComponent(`resourceType eq '${type}'`)}&api-version=${resources}`,
      ),
    roleAssignments: (subscription, principal) =>
      list(
        `${encoded(subscription)}/providers/Microsoft.Authorization/roleAssignments?$filter=${encodeURIComponent(`principalId eq '${principal}'`)}&api-version=${authorization}`,
      ),
  };
}

function grantsPath(scope: ArmId, apiVersion: string): string {
  return `${encoded(scope)}/providers/Microsoft.Authorization/permissions?api-version=${apiVersion}`;
}

function grantFrom(entry: unknown): Grant {
  const { actions, notActions } = entry as { readonly actions?: unknown; readonly notActions?: unknown };
  return { actions: texts(actions), notActions: texts(notActions) };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}
