// Jobs of Backup vaults as they are listed and read. It must not start or end any: no deletion is recorded to have one.
import type { Answer } from "../answers.ts";
import { found } from "../answers.ts";
import type { Call, Route } from "../call.ts";
import { parameter } from "../call.ts";
import { dataProtectionNotFound } from "../data-protection-errors.ts";
import type { Json, Properties } from "../json.ts";
import { isObject, list, object, text, without } from "../json.ts";
import { sameName } from "../names.ts";
import { page, pageSize } from "../paging.ts";
import { backupVaultChild, backupVaultRoute } from "./vault-scope.ts";
import type { WorldBackupVault } from "./world-backup-vault.ts";

const segment = "backupJobs";

/**
 * Recorded: no extendedInfo, another form of duration than when it is read, and a null in place of no next page
 * (azext2024__test_dataprotection_job_list_and_show).
 */
function listJobs(call: Call, vault: WorldBackupVault): Answer {
  const answer = page(call, vault.backupJobs, pageSize(call), ({ name, properties }) => {
    const duration = clockTime(text(properties, "duration"));
    return backupVaultChild(vault, segment, { name, properties: { ...properties, duration, extendedInfo: null } });
  });
  return isObject(answer.body) ? { ...answer, body: { nextLink: null, ...answer.body } } : answer;
}

/** `PT3M13.7413207S` as `00:03:13.7413207`; what is no such duration stays as it is. */
function clockTime(duration: string): string {
  const [match, hours = "0", minutes = "0", seconds = "0"] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/u.exec(duration) ?? [];
  if (match === undefined) return duration;
  const [whole = "0", fraction] = seconds.split(".");
  const clock = [hours, minutes, whole].map((part) => part.padStart(2, "0")).join(":");
  return fraction === undefined ? clock : `${clock}.${fraction}`;
}

function getJob(call: Call, vault: WorldBackupVault): Answer {
  const job = vault.backupJobs.find(({ name }) => sameName(name, parameter(call, "name")));
  if (job === undefined) return dataProtectionNotFound();
  const properties = call.apiVersion < "2023" ? asUntil2022(job.properties) : job.properties;
  return found(backupVaultChild(vault, segment, { ...job, properties }));
}

/** Recorded: an older spelling, and tasks without details (azext2022__test_dataprotection_Scenario). */
function asUntil2022(properties: Properties): Properties {
  if (!isObject(properties["extendedInfo"])) return properties;
  const extendedInfo = object(properties, "extendedInfo");
  const { dataTransferredInBytes = null } = extendedInfo;
  const subTasks: readonly Json[] = list(extendedInfo, "subTasks")
    .filter(isObject)
    .map((task) => ({ ...task, additionalDetails: null }));
  const others = without(extendedInfo, ["dataTransferredInBytes", "warningDetails"]);
  return { ...properties, extendedInfo: { ...others, dataTransferedInBytes: dataTransferredInBytes, subTasks } };
}

export const backupVaultJobRoutes: readonly Route[] = [
  backupVaultRoute("GET", segment, listJobs),
  backupVaultRoute("GET", `${segment}/{name}`, getJob),
];
