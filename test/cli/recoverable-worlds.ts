// Worlds with something soft-deleted in them, as files that `--emulator` takes. It must not test anything.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WorldDeletedBackupVault } from "../../src/emulator/data-protection/world-backup-vault.ts";
import type { World, WorldContainer, WorldDeletedVault, WorldItem, WorldVault } from "../../src/emulator/world.ts";
import { backupVault, softDeletedDisk } from "../emulator/data-protection/backup-vault-builder.ts";
import { softDeleted, storageAccount, subscription, vault, vaultId, vm, world } from "../emulator/world-builder.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, type Ended } from "./command-line.ts";

const startsAt = "2026-03-01T10:00:00Z";
const gone = softDeleted("2026-02-25T10:00:00Z");

type Parts = { readonly container: WorldContainer; readonly items: readonly WorldItem[] };

function withProperties({ container, items }: Parts, ofContainer: object, ofItems: object): Parts {
  return {
    container: { ...container, properties: { ...container.properties, ...ofContainer } },
    items: items.map((item) => ({ ...item, properties: { ...item.properties, ...ofItems } })),
  };
}

const machine = (name: string, properties = gone): Parts =>
  withProperties(vm(name, properties), {}, { protectedItemType: "Microsoft.Compute/virtualMachines" });

const account = `/subscriptions/${subscription}/resourceGroups/rg-test/providers/Microsoft.Storage/storageAccounts/stapp`;

/** A share whose account is unregistered; `source`: without it Azure does not say which account. */
function share(registeredElsewhere: string | undefined, source: object): Parts {
  const ofContainer = { registrationStatus: "SoftDeleted", containerType: "StorageContainer", ...source };
  const ofItems = { ...gone, protectedItemType: "AzureFileShareProtectedItem" };
  const parts = withProperties(storageAccount("stapp", ["docs"]), ofContainer, ofItems);
  return registeredElsewhere === undefined
    ? parts
    : { ...parts, container: { ...parts.container, registeredElsewhere } };
}

/** Three soft-deleted machines, one that is not, and a soft-deleted share whose account is unregistered. */
export function standingVault(registeredElsewhere?: string): WorldVault {
  const machines = ["vm-web-1", "vm-web-2", "vm-db-1"].map((name) => machine(name));
  return vault({
    parts: [...machines, machine("vm-kept", {}), share(registeredElsewhere, { sourceResourceId: account })],
  });
}

/** Nothing but an account that was unregistered, of which Azure does not say where it is. */
export function vaultOfUnknownAccount(): WorldVault {
  return vault({ parts: [{ ...share(undefined, {}), items: [] }] });
}

/** A deleted vault with a soft-deleted machine; `index` tells several of one id apart, the higher the newer. */
export function deletedVault(index = 1, more: Readonly<Record<string, string>> = {}): WorldDeletedVault {
  return {
    name: `rg-test_0000000${index}-0000-4000-8000-000000000000`,
    location: "westeurope",
    properties: {
      vaultId,
      vaultDeletionTime: `2026-02-${19 + index}T10:00:00.000Z`,
      purgeAt: `2026-03-0${5 + index}T10:00:00.000Z`,
      ...more,
    },
    contents: vault({ parts: [machine(`vm-of-${index}`)] }),
  };
}

/** A deleted Backup vault that holds a soft-deleted disk. */
export function deletedBackupVault(): WorldDeletedBackupVault {
  const deletedBackupInstances = [softDeletedDisk("disk-gone", "2026-03-06T10:00:00Z")];
  const contents = backupVault({ more: { backupInstances: [], deletedBackupInstances } });
  return {
    name: "00000009-0000-4000-8000-000000000000",
    location: "westeurope",
    properties: {
      originalBackupVaultName: "bv-test",
      originalBackupVaultResourcePath: contents.id,
      resourceDeletionInfo: { deletionTime: "2026-02-20T10:00:00Z", scheduledPurgeTime: "2026-03-06T10:00:00Z" },
    },
    contents,
  };
}

/** A world in which the groups of all these vaults stand. */
export function worldOf(vaults: readonly WorldVault[], more: Partial<World> = {}): World {
  const resourceGroups = ["rg-test", "rg-bv"].map((name) => ({
    id: `/subscriptions/${subscription}/resourceGroups/${name}`,
  }));
  return world(vaults, { startsAt, resourceGroups, ...more });
}

/** The same in a file. */
export function fileOf(vaults: readonly WorldVault[], more: Partial<World> = {}): string {
  const path = join(temporaryFolder(), "world.json");
  writeFileSync(path, JSON.stringify(worldOf(vaults, more)));
  return path;
}

/** `recover` on the world in this file, in this process and on its clock. */
export function recovered(file: string, ...words: readonly string[]): Promise<Ended> {
  return commandLineHere(["recover", "--emulator", file, "--speed", "6000", ...words]);
}

/** A vault with one machine that is backed up, now. */
export function machineWorld(): World {
  const { startsAt: _then, ...recent } = worldOf([vault({ parts: [machine("vm-web-1", {})] })]);
  return recent;
}

/** A Backup vault with two disks that are backed up, now; bringing it back takes so many seconds of Azure's. */
export function diskWorld(undeleteBackupVault = 30): World {
  const { startsAt: _then, ...recent } = worldOf([], { backupVaults: [backupVault()] });
  return { ...recent, latencies: { undeleteBackupVault } };
}
