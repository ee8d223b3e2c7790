// Where deleted vaults are listed: one source for each resource provider that keeps them. And what these held.
// Asks nobody until it is used.

import type { Clients } from "../azure/clients.ts";
import { deletedVaultsOf, subscriptionLocations } from "../azure/deleted-vaults.ts";
import { itemsOfDeletedVaults } from "../azure/resource-graph.ts";
import { deletedBackupVault, deletedRecoveryServicesVault } from "../discovery/deleted-vaults.ts";
import { withHeldItems } from "../discovery/held-items.ts";
import type { VaultKind } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { DeletedVault, DeletedVaultSource } from "../model/deleted.ts";
import { say } from "./streams.ts";
import { lineFor, UserError } from "./user-error.ts";

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

/**
 * The locations whose deleted vaults are wanted: the one given, else all of the subscription. Throws AzureError, and
 * UserError where the caller may not list them but may still name one.
 */
export async function locationsToAsk(
  clients: Clients,
  subscription: string,
  given: string | undefined,
): Promise<readonly string[]> {
  if (given !== undefined) return [locationName(given)];
  try {
    return await subscriptionLocations(clients, subscription);
  } catch (error) {
    if (!(error instanceof AzureError) || error.status !== 403) throw error;
    throw new UserError(lineFor(error), ["with --location <name> the locations of the subscription are not asked for"]);
  }
}

/**
 * The same vaults with the items that Azure Resource Graph lists of them; where it does not say, as they are, with one line
 * on stderr. `only`: the name of the one deleted vault that is asked about.
 */
export async function knowingWhatTheyHeld(
  clients: Clients,
  subscription: string,
  vaults: readonly DeletedVault[],
  only?: string,
): Promise<readonly DeletedVault[]> {
  const known = await withHeldItems(vaults, () => itemsOfDeletedVaults(clients, subscription, only));
  if (known.refused !== undefined)
    say(
      `what deleted Recovery Services vaults held is not listed, "held" is read from their purge dates; Azure Resource Graph: ${known.refused.code}: ${known.refused.message}`,
    );
  return known.vaults;
}

/** People also write a location as the portal shows it: West Europe. */
function locationName(given: string): string {
  return given.replaceAll(" ", "").toLowerCase();
}
