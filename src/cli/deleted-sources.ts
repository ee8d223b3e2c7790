// Where deleted vaults are listed: one source for each resource provider that keeps them. Asks nobody until it is used.

import type { Clients } from "../azure/clients.ts";
import { deletedVaultsOf } from "../azure/deleted-vaults.ts";
import { deletedBackupVault, deletedRecoveryServicesVault } from "../discovery/deleted-vaults.ts";
import type { VaultKind } from "../model/arm-id.ts";
import type { DeletedVaultSource } from "../model/deleted.ts";

const readers: { readonly [K in VaultKind]: DeletedVaultSource["read"] } = {
  "recovery-services": deletedRecoveryServicesVault,
  backup: deletedBackupVault,
};

/** The sources of these sorts of vault, in a subscription. */
export function deletedVaultSources(
  clients: Clients,
  subscription: string,
  kinds: readonly VaultKind[],
): readonly DeletedVaultSource[] {
  return kinds.map((kind) => ({
    kind,
    list: (location) => deletedVaultsOf(clients, kind, subscription, location),
    read: readers[kind],
  }));
}
