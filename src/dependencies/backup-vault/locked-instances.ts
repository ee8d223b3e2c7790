// A locked immutable Backup vault: which of its instances hold it, and until when. Reads; what that means is the setting's to say.

import type { ArmResource, VaultReader } from "../../model/ports.ts";
import type { BackupInstance, ImmutabilitySetting } from "../../model/resource.ts";
import { date, groups, isWord, text } from "../properties.ts";
import { listInstances } from "./backup-instance-answers.ts";

type Expiry = NonNullable<ImmutabilitySetting["expiries"]>[number];

/**
 * When the last recovery point of each active instance expires; an instance without any that immutability covers holds
 * nothing. Documented (immutable vault, 2025-06-19): of a Backup vault only stopping with deletion is refused, and not for
 * the operational tier of disks and blobs. Throws AzureError.
 */
export async function readInstanceExpiries(reader: VaultReader): Promise<readonly Expiry[]> {
  const active = (await listInstances(reader)).filter(({ softDeleted }) => !softDeleted);
  const held = active.filter((instance) => !(instance.operational && hasExemptTier(instance)));
  return (await Promise.all(held.map((instance) => expiryOf(reader, instance)))).flat();
}

const exempt: readonly string[] = ["Microsoft.Compute/disks", "Microsoft.Storage/storageAccounts/blobServices"];

function hasExemptTier({ datasourceType }: BackupInstance): boolean {
  return exempt.some((type) => isWord(datasourceType, type));
}

async function expiryOf(reader: VaultReader, instance: BackupInstance): Promise<readonly Expiry[]> {
  const points = await reader.recoveryPoints(instance.id);
  const dates = points.flatMap((point) => expiriesOf(point, instance));
  if (dates.length === 0) return [];
  const about = { item: instance.id, name: instance.name };
  const known = dates.flatMap((value) => (value === undefined ? [] : Date.parse(value)));
  if (known.length === 0) return [about];
  const last = new Date(Math.max(...known)).toISOString();
  return [{ ...about, ...(known.length < dates.length ? { notBefore: last } : { until: last }) }];
}

/** One date for each store that keeps the point; recorded: a new point has none for a while. */
function expiriesOf({ properties }: ArmResource, instance: BackupInstance): readonly (string | undefined)[] {
  return groups(properties, "recoveryPointDataStoresDetails")
    .filter((store) => !(isWord(text(store, "type"), "OperationalStore") && hasExemptTier(instance)))
    .map((store) => date(store, "expiryTime"));
}
