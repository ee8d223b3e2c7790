// Backup instances as Azure answers them, active and soft-deleted, under one id each. Reads; decides nothing.

import { armId, idKey, type ArmId } from "../../model/arm-id.ts";
import type { ArmResource, VaultReader } from "../../model/ports.ts";
import type { BackupInstance } from "../../model/resource.ts";
import { sourceOfInstance } from "../data-sources.ts";
import { date, group, groups, isWord, text } from "../properties.ts";

/**
 * Every instance, of known and unknown datasources. A soft-deleted one stands in a list of its own under an id of its own
 * (recorded: azext2024__test_dataprotection_backup_instance_softdelete); here it keeps the id it had, unless an active one
 * has that. Throws AzureError.
 */
export async function listInstances(reader: VaultReader): Promise<readonly BackupInstance[]> {
  const [active, deleted] = await Promise.all([reader.backupInstances(), reader.deletedBackupInstances()]);
  const live = active.map((answer) => instanceFrom(answer, armId(answer.id)));
  const taken = new Set(live.filter(({ softDeleted }) => !softDeleted).map(({ id }) => idKey(id)));
  const gone = deleted.map((answer) => {
    const id = activeId(answer.id);
    return instanceFrom(answer, taken.has(idKey(id)) ? armId(answer.id) : id);
  });
  const inDeleted = new Set(gone.map(({ id }) => idKey(id)));
  return [...live.filter(({ id }) => !inDeleted.has(idKey(id))), ...gone];
}

function activeId(id: string): ArmId {
  return armId(id.replace(/\/deletedBackupInstances\/(?=[^/]+$)/i, "/backupInstances/"));
}

/** What one answer says, of an instance that is to be known by `id`. */
export function instanceFrom({ id: listedId, name, properties }: ArmResource, id: ArmId): BackupInstance {
  const source = group(properties, "dataSourceInfo") ?? {};
  const policyInfo = group(properties, "policyInfo") ?? {};
  const parameters = group(policyInfo, "policyParameters") ?? {};
  const state = text(properties, "currentProtectionState") ?? "Unknown";
  const deletion = group(properties, "deletionInfo") ?? {};
  const sourceId = sourceOfInstance({ properties });
  const policy = text(policyInfo, "policyId");
  const stores = groups(parameters, "dataStoreParametersList");
  const snapshotGroup = stores.flatMap((store) => text(store, "resourceGroupId") ?? [])[0];
  const [deletedAt, billingEndsAt, purgeAt] = ["deletionTime", "billingEndDate", "scheduledPurgeTime"].map((member) =>
    isoTime(date(deletion, member)),
  );
  return {
    kind: "backup-instance",
    id,
    name: text(properties, "friendlyName") ?? name,
    state,
    datasourceType: text(source, "datasourceType") ?? "Unknown",
    // What is vaulted names what of the datasource it backs up (recorded of blobs: containersList).
    operational: groups(parameters, "backupDatasourceParametersList").length === 0,
    softDeleted: isWord(state, "SoftDeleted") || /\/deletedBackupInstances\/[^/]+$/i.test(listedId),
    ...(snapshotGroup === undefined ? {} : { snapshotGroup: armId(snapshotGroup) }),
    ...(policy === undefined ? {} : { policy: armId(policy) }),
    ...(sourceId === undefined ? {} : { sourceId: armId(sourceId) }),
    ...(deletedAt === undefined ? {} : { deletedAt }),
    ...(billingEndsAt === undefined ? {} : { billingEndsAt }),
    ...(purgeAt === undefined ? {} : { purgeAt }),
  };
}

/** Azure writes seven digits after the second. */
function isoTime(value: string | undefined): string | undefined {
  return value === undefined ? undefined : new Date(value).toISOString();
}
