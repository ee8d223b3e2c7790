// Recovery points of a backup instance: the list, one of them, and which of them immutability keeps. It must not make any.
import type { Answer } from "../answers.ts";
import { found } from "../answers.ts";
import type { Call, Route } from "../call.ts";
import { parameter } from "../call.ts";
import { dataProtectionNotFound } from "../data-protection-errors.ts";
import type { Tests } from "../filter.ts";
import { filterTime, filtered } from "../filter.ts";
import type { Json, Properties } from "../json.ts";
import { isObject, list, text } from "../json.ts";
import { sameName } from "../names.ts";
import { page, pageSize } from "../paging.ts";
import type { WorldResource } from "../world.ts";
import { backupVaultRoute, backupVaultType } from "./vault-scope.ts";
import type { WorldBackupInstance, WorldBackupVault } from "./world-backup-vault.ts";

const segment = "backupInstances/{instance}/recoveryPoints";

/** What the Azure CLI sends; recorded filters are empty (azext2024__test_dataprotection_recovery_point_show). */
const tests: Tests<WorldResource> = {
  startdate: ({ properties }, value) => !(pointTime(properties) < filterTime(value)),
  enddate: ({ properties }, value) => !(pointTime(properties) > filterTime(value)),
};

function pointTime(properties: Properties): number {
  return Date.parse(text(properties, "recoveryPointTime"));
}

function instanceOf(call: Call, vault: WorldBackupVault): WorldBackupInstance | undefined {
  return vault.backupInstances.find(({ name }) => sameName(name, parameter(call, "instance")));
}

function body(vault: WorldBackupVault, instance: WorldBackupInstance, { name, properties }: WorldResource): Json {
  const id = `${vault.id}/backupInstances/${instance.name}/recoveryPoints/${name}`;
  return { properties, id, name, type: `${backupVaultType}/backupInstances/recoveryPoints` };
}

/** Recorded: lists leave out what a point says of its snapshot (azext2024__test_dataprotection_recovery_point_show). */
function withoutMetadata({ name, properties }: WorldResource): WorldResource {
  const recoveryPointDataStoresDetails = list(properties, "recoveryPointDataStoresDetails").map((store) =>
    isObject(store) && "metaData" in store ? { ...store, metaData: null } : store,
  );
  return { name, properties: { ...properties, recoveryPointDataStoresDetails } };
}

function listPoints(call: Call, vault: WorldBackupVault): Answer {
  const instance = instanceOf(call, vault);
  if (instance === undefined) return dataProtectionNotFound();
  const result = filtered(call, instance.recoveryPoints ?? [], tests);
  if ("refused" in result) return result.refused;
  return page(call, result.entries, pageSize(call), (point) => body(vault, instance, withoutMetadata(point)));
}

function getPoint(call: Call, vault: WorldBackupVault): Answer {
  const instance = instanceOf(call, vault);
  const point = instance?.recoveryPoints?.find(({ name }) => sameName(name, parameter(call, "point")));
  return instance === undefined || point === undefined ? dataProtectionNotFound() : found(body(vault, instance, point));
}

/**
 * Whether immutability keeps a point: one in the vault tier or archive that has not expired. Documented: the operational
 * tier is not held. Recorded: a point of a backup on demand has no expiry (azext2024__test_dataprotection_backup_and_restore_mysql).
 */
export function isKept({ properties }: WorldResource, now: number): boolean {
  return list(properties, "recoveryPointDataStoresDetails")
    .filter(isObject)
    .some((store) => {
      const expires = Date.parse(text(store, "expiryTime"));
      return text(store, "type") !== "OperationalStore" && !(expires <= now);
    });
}

export const backupInstancePointRoutes: readonly Route[] = [
  backupVaultRoute("GET", segment, listPoints),
  backupVaultRoute("GET", `${segment}/{point}`, getPoint),
];
