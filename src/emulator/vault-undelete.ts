// Bringing a deleted vault back: the request, its operation, and the vault that stands there again.
// It must not bring back what was purged.
import type { Answer } from "./answers.ts";
import { accepted, found } from "./answers.ts";
import { invalidInput, resourceGroupNotFound, serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import { deletedVaultBody, deletedVaultPath, findDeletedVault, noDeletedVault } from "./deleted-vaults.ts";
import { removeItem, undeleteItem } from "./item-effects.ts";
import { object, text, without } from "./json.ts";
import { lastSegment, parseResourceId, sameName } from "./names.ts";
import { takes } from "./operation-times.ts";
import { findOperation, shortStatus, signedUrl, startOperation } from "./operations.ts";
import type { State, VaultState } from "./state.ts";
import { awaitAllIn, vaultFrom } from "./state.ts";
import type { WorldDeletedVault, WorldVault } from "./world.ts";
import { azureDate } from "./world-times.ts";

const subscriptions = "/subscriptions/";

export type UndeleteVault = {
  readonly kind: "undelete-vault";
  readonly deletedVault: string;
  readonly resourceGroup: string;
};

/** Recorded: 202, both headers the same url (azcli2026p__test_vault_soft_delete_basic). */
function undelete(call: Call): Answer {
  const deleted = findDeletedVault(call);
  if (deleted === undefined) return noDeletedVault(call);
  const wanted = text(object(call.body ?? {}, "properties"), "recoveryResourceGroupId");
  if (wanted === "") return invalidInput("The recoveryResourceGroupId is missing.");
  const group = call.state.resourceGroups.find(({ id }) => sameName(id, wanted));
  if (group === undefined) return resourceGroupNotFound(lastSegment(wanted));
  const id = vaultIdIn(deleted, group.id);
  if (call.state.vaults.some((vault) => sameName(vault.id, id))) return nameTaken(id);
  if (isUnderWay(call.state, deleted, id)) return alreadyUnderWay(id);
  const effect: UndeleteVault = { kind: "undelete-vault", deletedVault: deleted.name, resourceGroup: group.id };
  const path = text(deletedVaultBody(call, deleted), "id");
  const time = takes(call.state, "undeleteVault");
  const operation = startOperation(call.state, { vaultId: path, effect, startsAt: call.now, takes: time });
  return accepted(urls(call, path, operation.id));
}

/** Code: field report (rules 1.14); status and text are unverified. */
function nameTaken(id: string): Answer {
  const message = `The deleted vault cannot be undeleted because the vault '${id}' is present. Delete or rename it and retry.`;
  return serviceError(409, "UserErrorDeletedVaultUndeleteConflictingVaultPresent", message);
}

/** Whether the deleted vault is being brought back, wherever to, or another one to the same place. */
function isUnderWay(state: State, deleted: WorldDeletedVault, id: string): boolean {
  return state.operations.all().some(({ effect, settled }) => {
    if (settled || effect.kind !== "undelete-vault") return false;
    const other = state.deletedVaults.find(({ name }) => name === effect.deletedVault);
    return other !== undefined && (other === deleted || sameName(vaultIdIn(other, effect.resourceGroup), id));
  });
}

/** Unverified: that a second one is refused, and how. */
function alreadyUnderWay(id: string): Answer {
  const message = `The deleted vault cannot be undeleted because an undelete to '${id}', or of the same deleted vault, is in progress. Wait until it has ended and retry.`;
  return serviceError(409, "UserErrorDeletedVaultUndeleteInProgress", message);
}

function urls(call: Call, path: string, id: string): { readonly status: string; readonly result: string } {
  const url = signedUrl(call, `${path}/operations/${id}`);
  return { status: url, result: url };
}

/** Recorded: no times while it runs; afterwards the end is the moment of the question. */
function operationStatus(call: Call): Answer {
  const deleted = call.path.replace(/\/operations\/[^/]+$/iu, "");
  const operation = findOperation(call, deleted, parameter(call, "id"));
  if (operation === undefined) return noDeletedVault(call);
  const { id } = operation;
  const body = { id: `${deleted}/operations/${id}`, name: id, ...shortStatus(operation) };
  if (!operation.settled) return { ...accepted(urls(call, deleted, id)), status: 200, body };
  return found({ ...body, startTime: azureDate(operation.startedAt), endTime: azureDate(call.now) });
}

function vaultIdIn(deleted: WorldDeletedVault, group: string): string {
  return `${group}/providers/Microsoft.RecoveryServices/vaults/${lastSegment(text(deleted.properties, "vaultId"))}`;
}

/**
 * The vault stands again with its settings but costManagementSettings (recorded: azcli2026p__test_vault_soft_delete_basic),
 * and its soft-deleted items are stopped ones (recorded two minutes later: azcli2025p__test_vault_soft_delete_with_items_cleanup).
 */
export function undeleteVault(state: State, { deletedVault, resourceGroup }: UndeleteVault, at: number): void {
  const deleted = state.deletedVaults.find(({ name }) => name === deletedVault);
  if (deleted === undefined) return;
  const before = text(deleted.properties, "vaultId");
  const id = vaultIdIn(deleted, resourceGroup);
  if (state.vaults.some((vault) => sameName(vault.id, id))) return;
  const vault = vaultFrom(moved(deleted.contents ?? emptyVault(deleted), before, id), at);
  vault.properties = without(vault.properties, ["costManagementSettings"]);
  reviveItems(state, vault, at);
  state.deletedVaults = state.deletedVaults.filter((other) => other !== deleted);
  state.vaults = [...state.vaults, vault];
  awaitAllIn(state, vault);
}

/**
 * Documented for items in a standing vault: what reached its purge is destroyed for good. No list has shown any of this
 * before, so none goes on showing it.
 */
function reviveItems(state: State, vault: VaultState, at: number): void {
  for (const { container, name, purgeAt } of vault.protectedItems.all()) {
    if (purgeAt === undefined) continue;
    if (purgeAt <= at) removeItem(state, vault, { container, item: name }, at);
    else undeleteItem(state, vault, { container, item: name }, at);
  }
  vault.listedBefore.length = 0;
}

/** Ids of what stands in the vault follow it into another resource group, in whatever case they are written. */
function moved(contents: WorldVault, before: string, id: string): WorldVault {
  if (parseResourceId(before) === undefined || sameName(before, id)) return contents;
  const literal = before.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
  const own = new RegExp(`${literal}(?=[/"]|$)`, "giu");
  // Site Recovery's ids begin with a capital, and go on doing so
  const follow = (found: string): string => found.slice(0, subscriptions.length) + id.slice(subscriptions.length);
  const whole = { ...contents, id };
  return JSON.parse(JSON.stringify(whole), (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll(own, follow) : value,
  ) as WorldVault;
}

function emptyVault({ location, properties }: WorldDeletedVault): WorldVault {
  return {
    id: text(properties, "vaultId"),
    location,
    sku: { name: "RS0", tier: "Standard" },
    regime: "secure-by-default",
    properties: { provisioningState: "Succeeded" },
    protectionContainers: [],
    protectedItems: [],
    protectionIntents: [],
    backupJobs: [],
    backupPolicies: [],
    backupEngines: [],
    resourceGuardProxies: [],
  };
}

export const vaultUndeleteRoutes: readonly Route[] = [
  { method: "POST", path: `${deletedVaultPath}/{deletedVault}/undelete`, answer: undelete },
  { method: "GET", path: `${deletedVaultPath}/{deletedVault}/operations/{id}`, answer: operationStatus },
];
