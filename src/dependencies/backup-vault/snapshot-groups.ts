// Groups in which the backups of a Backup vault keep disk snapshots: how many stand there now. Told, never touched.

import { idKey, nameOf, type ArmId } from "../../model/arm-id.ts";
import { AzureError } from "../../model/azure-error.ts";
import type { VaultReader } from "../../model/ports.ts";
import type { BackupInstance, Leftover } from "../../model/resource.ts";
import { orUnreadable } from "../listed-leftovers.ts";
import { listInstances } from "./backup-instance-answers.ts";

/**
 * One for each group that instances name and that has snapshots. Documented: those of soft-deleted backups are not cleaned
 * up once the vault is soft-deleted too; field report: they keep their group from being deleted. Which of a group's
 * snapshots Backup has made no source says.
 */
export async function snapshotsInGroups(reader: VaultReader): Promise<readonly Leftover[]> {
  const kept = (await listInstances(reader)).flatMap(({ snapshotGroup: group, name }) =>
    group === undefined ? [] : { group, name },
  );
  const groups = [...Map.groupBy(kept, ({ group }) => idKey(group)).values()];
  const listed = await Promise.all(groups.map((of) => snapshotsIn(reader, of)));
  return listed.flat();
}

type Kept = { readonly group: ArmId; readonly name: BackupInstance["name"] };

async function snapshotsIn(reader: VaultReader, kept: readonly Kept[]): Promise<readonly Leftover[]> {
  const [first] = kept;
  if (first === undefined) return [];
  const { group } = first;
  const of = kept.map(({ name }) => name).toSorted();
  return orUnreadable("its resource group", group, "disk snapshots of backups", async () => {
    const found = await snapshots(reader, group);
    if (found === 0) return [];
    const whose = of.length > 3 ? `${of.slice(0, 3).join(", ")} and ${of.length - 3} more` : of.join(", ");
    const what = `${found === 1 ? "1 disk snapshot stands" : `${found} disk snapshots stand`} in the group that keeps those of the backups of ${whose}: look which of them are left when the vault is gone`;
    return [{ kind: "leftover", id: group, name: nameOf(group), state: "stays", what }];
  });
}

async function snapshots(reader: VaultReader, group: ArmId): Promise<number> {
  try {
    return (await reader.resourcesOfType(group, "Microsoft.Compute/snapshots")).length;
  } catch (error) {
    if (error instanceof AzureError && error.code === "ResourceGroupNotFound") return 0;
    throw error;
  }
}
