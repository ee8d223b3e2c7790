// Reads of a whole subscription: its locations, and the deleted vaults of one of them. It must not judge what is refused.

import { segmentAfter, type VaultKind } from "../model/arm-id.ts";
import type { ArmResource } from "../model/ports.ts";
import { asResource, dataProtectionOf, listRaw } from "./arm-answers.ts";
import type { Clients } from "./clients.ts";

/** Documented: Subscriptions - List Locations. */
const locationsVersion = "2022-12-01";

/** The names of the subscription's locations, as other addresses take them; groups of locations are none. Throws AzureError. */
export async function subscriptionLocations(clients: Clients, subscription: string): Promise<readonly string[]> {
  const path = `/subscriptions/${encodeURIComponent(subscription)}/locations?api-version=${locationsVersion}`;
  const listed = await listRaw(clients, path, (entry) => locationFrom(entry));
  return [...new Set(listed.flatMap((name) => name ?? []))];
}

/** Documented: a logical location groups others, and has no resources of its own. */
function locationFrom(entry: unknown): string | undefined {
  const { id, name, metadata } = (entry ?? {}) as {
    readonly id?: unknown;
    readonly name?: unknown;
    readonly metadata?: { readonly regionType?: unknown };
  };
  if (metadata?.regionType === "Logical") return undefined;
  if (typeof name === "string" && name !== "") return name;
  return typeof id === "string" ? segmentAfter(id, "locations") : undefined;
}

/** Every deleted vault of one sort in one location, of any name; its provider alone lists it. Throws AzureError. */
export function deletedVaultsOf(
  clients: Clients,
  kind: VaultKind,
  subscription: string,
  location: string,
): Promise<readonly ArmResource[]> {
  const { vaultReads, dataProtectionReads } = clients.apiVersions;
  const [asked, provider, version] = (
    {
      "recovery-services": [clients, "Microsoft.RecoveryServices", vaultReads],
      backup: [dataProtectionOf(clients), "Microsoft.DataProtection", dataProtectionReads],
    } as const
  )[kind];
  const at = `/subscriptions/${encodeURIComponent(subscription)}/providers/${provider}/locations/${encodeURIComponent(location)}`;
  return listRaw(asked, `${at}/deletedVaults?api-version=${version}`, asResource);
}
