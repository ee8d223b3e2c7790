// Unregistering MARS, DPM and MABS servers through the vault's registered identities: synchronous, and their items go along.
// It must not touch servers of any other kind.
import type { Answer } from "./answers.ts";
import { noContent } from "./answers.ts";
import { serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import { markContainer, removeContainer, removeItem, softDeleteItem } from "./item-effects.ts";
import { text } from "./json.ts";
import { keepShowing } from "./list-lag.ts";
import { sameName } from "./names.ts";
import { isEnforced, isImmutable, keepsDeletedItems, softDeleteSettings } from "./soft-delete.ts";
import type { ContainerState, ItemState, VaultState } from "./state.ts";
import { containerIn, itemsIn } from "./state.ts";
import { vaultRoute } from "./vault-scope.ts";

const serverTypes: readonly string[] = ["MAB", "DPM", "AzureBackupServer"];

/** Recorded: 204 at once, also for one that is absent (ps2016p__TestMabUnregisterContainer, net2016 *MABContainer*). */
function unregister(call: Call, vault: VaultState): Answer {
  const identity = parameter(call, "identity").replace(/^windows;/iu, "");
  const items = vault.protectedItems.all().filter((item) => isHeldBy(item, identity));
  const active = items.filter((item) => item.purgeAt === undefined);
  const refusal = active.length === 0 ? undefined : refusedWithItems(call, vault);
  if (refusal !== undefined) return refusal;
  const keeps = keepsDeletedItems(vault, call.apiVersion);
  for (const { container, name } of active) {
    const target = { container, item: name };
    if (keeps) softDeleteItem(call.state, vault, target, call.now, call.now);
    else removeItem(call.state, vault, target, call.now);
  }
  removeEngine(call, vault, identity);
  leaveContainers(
    call,
    vault,
    new Set([...ownContainers(vault, identity), ...items.map(({ container }) => container)]),
  );
  return noContent;
}

function removeEngine({ state, now }: Call, vault: VaultState, identity: string): void {
  const gone = vault.backupEngines.filter(({ name }) => sameName(name, identity));
  for (const engine of gone) keepShowing(state, vault, "backupEngines", engine, now);
  vault.backupEngines = vault.backupEngines.filter((engine) => !gone.includes(engine));
}

/** MARS items lie in their server's container; DPM and MABS items name their engine. */
function isHeldBy({ container, properties }: ItemState, identity: string): boolean {
  if (sameName(text(properties, "backupManagementType"), "MAB")) return sameName(container, `windows;${identity}`);
  return sameName(text(properties, "backupEngineName"), identity);
}

/** A server may be registered and hold nothing: its container is known by its name alone, `Windows;<name>` or `DPMContainer;<name>`. */
function ownContainers(vault: VaultState, identity: string): readonly string[] {
  const names = vault.protectionContainers
    .all()
    .filter(isServer)
    .map(({ name }) => name);
  return names.filter((name) => sameName(name.slice(name.indexOf(";") + 1), identity));
}

function isOfType({ properties }: ContainerState, type: string): boolean {
  return sameName(type, text(properties, "backupManagementType"));
}

/** A container with soft-deleted items becomes soft-deleted, an empty one goes. */
function leaveContainers({ state, now }: Call, vault: VaultState, names: ReadonlySet<string>): void {
  for (const name of names) {
    const left = itemsIn(vault, name);
    if (left.some((item) => item.purgeAt === undefined)) continue;
    const container = containerIn(vault, name);
    if (left.length > 0) markContainer(state, vault, name, now);
    else if (container !== undefined && isServer(container)) removeContainer(state, vault, container, now);
  }
}

function isServer(container: ContainerState): boolean {
  return serverTypes.some((type) => isOfType(container, type));
}

/** Issue threads (rules 1.14): the text is known; the codes, and that immutability refuses this, are unverified. */
function refusedWithItems(call: Call, vault: VaultState): Answer | undefined {
  if (isImmutable(vault)) {
    const message = "The backup items of this server cannot be deleted because the vault is immutable.";
    return serviceError(400, "UserErrorOperationDeniedOnImmutableItem", message);
  }
  const isClassic = !isEnforced(vault, call.apiVersion);
  if (!isClassic || !sameName(softDeleteSettings(vault).enhanced, "Enabled")) return undefined;
  const message =
    "There are backup items associated with the server. Stop protection and delete backups for each of the backup items to delete the server's registration. For more details, see https://aka.ms/DeleteBackupItems";
  return serviceError(400, "BMSUserErrorServerHasBackupItems", message);
}

export const registeredIdentityRoutes: readonly Route[] = [
  vaultRoute("DELETE", "registeredIdentities/{identity}", unregister),
];
