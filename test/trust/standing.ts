// What stands in a world, as its document says it: read without any rule of the product. It judges nothing.

import type { WorldBackupVault } from "../../src/emulator/data-protection/world-backup-vault.ts";
import { isObject, list, object, text, type Properties } from "../../src/emulator/json.ts";
import type { WorldReplication } from "../../src/emulator/site-recovery/world-replication.ts";
import type { World, WorldItem, WorldLock, WorldResource, WorldVault } from "../../src/emulator/world.ts";

export function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export function isUnder(id: string, scope: string): boolean {
  return same(id, scope) || id.toLowerCase().startsWith(`${scope.toLowerCase()}/`);
}

export function vaultIn(world: World, id: string): WorldVault | undefined {
  return world.vaults.find((vault) => same(vault.id, id));
}

export function backupVaultIn(world: World, id: string): WorldBackupVault | undefined {
  return world.backupVaults?.find((vault) => same(vault.id, id));
}

/** In the words of Backup vaults: On, Off, AlwaysOn; Disabled, Unlocked, Locked. */
export function backupSecurityIn({ properties }: WorldBackupVault): Omit<Security, "hybrid"> {
  const settings = object(properties, "securitySettings");
  return {
    softDelete: text(object(settings, "softDeleteSettings"), "state"),
    immutability: text(object(settings, "immutabilitySettings"), "state") || "Disabled",
  };
}

export function isSoftDeleted({ properties }: WorldItem): boolean {
  return properties["isScheduledForDeferredDelete"] === true;
}

export function activeItems(vault: WorldVault): readonly WorldItem[] {
  return vault.protectedItems.filter((item) => !isSoftDeleted(item));
}

/** The item at an id, whatever its state. */
export function itemAt(vault: WorldVault, id: string): WorldItem | undefined {
  return vault.protectedItems.find(({ container, name }) =>
    same(id, `${vault.id}/backupFabrics/Azure/protectionContainers/${container}/protectedItems/${name}`),
  );
}

export function lastOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

const registering: readonly string[] = ["AzureWorkload", "AzureStorage", "MAB"];

/** Containers that someone has to unregister. An availability group's goes with its databases. */
export function registeredContainers(vault: WorldVault): readonly WorldResource[] {
  return vault.protectionContainers.filter(
    ({ name, properties }) =>
      registering.includes(text(properties, "backupManagementType")) &&
      text(properties, "registrationStatus") !== "SoftDeleted" &&
      !/^SQLAG/iu.test(name),
  );
}

export function connectionsOf(vault: WorldVault): readonly Properties[] {
  return list(vault.properties, "privateEndpointConnections").filter(isObject);
}

export function endpointOf(connection: Properties): string {
  return text(object(object(connection, "properties"), "privateEndpoint"), "id");
}

export type Security = { readonly softDelete: string; readonly hybrid: string; readonly immutability: string };

export function securityIn({ properties }: WorldVault): Security {
  const settings = object(properties, "securitySettings");
  const softDelete = object(settings, "softDeleteSettings");
  return {
    softDelete: text(softDelete, "softDeleteState"),
    hybrid: text(softDelete, "enhancedSecurityState"),
    immutability: text(object(settings, "immutabilitySettings"), "state") || "Disabled",
  };
}

export type Standing = {
  readonly kind: keyof WorldReplication;
  readonly path: string;
  readonly properties: Properties;
};

/** Everything of Site Recovery that somebody must remove. */
export function replicationIn(vault: WorldVault): readonly Standing[] {
  return Object.entries(vault.replication ?? {}).flatMap(([kind, entries]) =>
    kind === "jobs" || kind === "appliances"
      ? []
      : entries.map(({ path, properties }) => ({ kind: kind as keyof WorldReplication, path, properties })),
  );
}

export function lockedScope(id: string): string {
  return id.replace(/\/providers\/microsoft\.authorization\/locks\/[^/]+$/iu, "");
}

/** Not the one that Backup sets on registered accounts: it takes that away itself. */
export function locksOfPeople(world: World): readonly WorldLock[] {
  return (world.locks ?? []).filter(({ id }) => !same(lastOf(id), "AzureBackupProtectionLock"));
}

/** What keeps a vault from being deleted, in words; nothing where it may go. Soft-deleted data goes along; of policies nobody knows. */
export function keepingAlive(vault: WorldVault): readonly string[] {
  return [
    ...activeItems(vault).map(({ name }) => `item ${name}`),
    ...registeredContainers(vault).map(({ name }) => `container ${name}`),
    ...vault.backupEngines.map(({ name }) => `engine ${name}`),
    ...connectionsOf(vault).map((connection) => `connection ${text(connection, "name")}`),
    ...replicationIn(vault).flatMap(({ kind, path }) => (kind === "policies" ? [] : [path])),
  ];
}
