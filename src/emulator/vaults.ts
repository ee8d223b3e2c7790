// Reading vaults: the vault itself and the lists by subscription and resource group. It must not change a vault.
import type { Answer } from "./answers.ts";
import { found } from "./answers.ts";
import { resourceGroupNotFound } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Json, Properties } from "./json.ts";
import { sameName } from "./names.ts";
import { page, pageSize, vaultPage } from "./paging.ts";
import type { VaultState } from "./state.ts";
import { inVersion } from "./vault-versions.ts";
import { resourceGroupKnown, vaultRoute, vaultType } from "./vault-scope.ts";

export function vaultBody(vault: VaultState, apiVersion: string): Json {
  const { location, properties, id, sku, tags, identity } = vault;
  const etag = `W/"datetime'${encodeURIComponent(new Date(vault.updatedAt).toISOString())}'"`;
  const body: Properties = {
    location,
    name: vault.name,
    etag,
    ...(tags === undefined ? {} : { tags }),
    ...(identity === undefined ? {} : { identity }),
    properties,
    id,
    type: vaultType,
    sku,
  };
  return inVersion(body, apiVersion);
}

function listVaults(call: Call, vaults: readonly VaultState[]): Answer {
  const inSubscription = vaults.filter((vault) => sameName(vault.subscription, parameter(call, "subscription")));
  return page(call, inSubscription, Math.min(vaultPage, pageSize(call)), (vault) => vaultBody(vault, call.apiVersion));
}

function listInGroup(call: Call): Answer {
  const group = parameter(call, "group");
  if (!resourceGroupKnown(call)) return resourceGroupNotFound(group);
  return listVaults(
    call,
    call.state.vaults.filter((vault) => sameName(vault.resourceGroup, group)),
  );
}

export const vaultRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `subscriptions/{subscription}/providers/${vaultType}`,
    answer: (call) => listVaults(call, call.state.vaults),
  },
  {
    method: "GET",
    path: `subscriptions/{subscription}/resourceGroups/{group}/providers/${vaultType}`,
    answer: listInGroup,
  },
  vaultRoute("GET", "", (call, vault) => found(vaultBody(vault, call.apiVersion))),
];
