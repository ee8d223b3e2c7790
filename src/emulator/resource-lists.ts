// Resources as Azure Resource Manager lists them by subscription and resource group, and role assignments of a principal.
// It must not answer for one resource alone; what no provider of the emulator keeps is shown as the world has it.
import type { Answer } from "./answers.ts";
import { resourceGroupNotFound } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Tests } from "./filter.ts";
import { backupVaultType } from "./data-protection/vault-scope.ts";
import { filtered } from "./filter.ts";
import type { Json, Properties } from "./json.ts";
import { text } from "./json.ts";
import { lastSegment, sameName } from "./names.ts";
import { lasts } from "./operation-times.ts";
import { page, pageSize } from "./paging.ts";
import type { State } from "./state.ts";
import { resourceGroupKnown, vaultType } from "./vault-scope.ts";
import type { WorldListed } from "./world.ts";

const endpointType = "Microsoft.Network/privateEndpoints";
const groupPath = "subscriptions/{subscription}/resourceGroups/{group}";

const tests: Tests<WorldListed> = { resourcetype: ({ type }, value) => sameName(type, value) };

/** Generic lists name a resource without its properties (documented). */
function listedBody({ id, type, location, tags }: WorldListed): Json {
  return { id, name: lastSegment(id), type, location, ...(tags === undefined ? {} : { tags }) };
}

function everything(call: Call): readonly WorldListed[] {
  const { state } = call;
  return [
    ...state.vaults.map(({ id, location, tags }) => ({
      id,
      type: vaultType,
      location,
      ...(tags === undefined ? {} : { tags }),
    })),
    ...state.backupVaults.map(({ id, location, tags }) => ({
      id,
      type: backupVaultType,
      location,
      ...(tags === undefined ? {} : { tags }),
    })),
    ...deletedButListed(state, call.now),
    ...state.privateEndpoints.map(({ id, location }) => ({ id, type: endpointType, location })),
    ...(state.document.resources ?? []),
  ];
}

/** Field report (azure-rest-api-specs 38962): after GET says 404 the list still has the vault for a while. */
function deletedButListed(state: State, now: number): readonly WorldListed[] {
  if (state.document.listsDeletedVaults !== true) return [];
  const lag = lasts(state, "resourceListLag");
  return state.operations.all().flatMap(({ vaultId, effect, settled, completesAt }) => {
    if (!settled || now >= completesAt + lag) return [];
    if ([...state.vaults, ...state.backupVaults].some(({ id }) => sameName(id, vaultId))) return [];
    if (effect.kind === "delete-vault")
      return [{ id: vaultId, type: vaultType, location: effect.location ?? "unknown" }];
    const isDeleted = effect.kind === "change-backup-vault" && effect.change === "delete";
    return isDeleted ? [{ id: vaultId, type: backupVaultType, location: effect.location }] : [];
  });
}

function listResources(call: Call, scope: string): Answer {
  const prefix = `${scope}/`.toLowerCase();
  const inScope = everything(call).filter(({ id }) => id.toLowerCase().startsWith(prefix));
  const result = filtered(call, inScope, tests);
  if ("refused" in result) return result.refused;
  return page(call, result.entries, pageSize(call), listedBody);
}

function subscriptionOf(call: Call): string {
  return `/subscriptions/${parameter(call, "subscription")}`;
}

function listInGroup(call: Call): Answer {
  const group = parameter(call, "group");
  if (!resourceGroupKnown(call)) return resourceGroupNotFound(group);
  return listResources(call, `${subscriptionOf(call)}/resourceGroups/${group}`);
}

type Assignment = { readonly id: string; readonly properties: Properties };

const assignmentTests: Tests<Assignment> = {
  principalid: ({ properties }, value) => sameName(text(properties, "principalId"), value),
};

function listAssignments(call: Call): Answer {
  const prefix = `${subscriptionOf(call)}/`.toLowerCase();
  const inScope = (call.state.document.roleAssignments ?? []).filter(({ id }) => id.toLowerCase().startsWith(prefix));
  const result = filtered(call, inScope, assignmentTests);
  if ("refused" in result) return result.refused;
  return page(call, result.entries, pageSize(call), ({ id, properties }) => ({
    id,
    name: lastSegment(id),
    type: "Microsoft.Authorization/roleAssignments",
    properties,
  }));
}

export const resourceListRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "subscriptions/{subscription}/resources",
    answer: (call) => listResources(call, subscriptionOf(call)),
  },
  { method: "GET", path: `${groupPath}/resources`, answer: listInGroup },
  {
    method: "GET",
    path: "subscriptions/{subscription}/providers/Microsoft.Authorization/roleAssignments",
    answer: listAssignments,
  },
];
