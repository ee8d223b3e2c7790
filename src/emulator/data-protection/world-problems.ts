// What is wrong with the Backup vaults of a world, beyond the members they have. It must not throw and must not repair.
import type { Properties } from "../json.ts";
import { isObject, object, text } from "../json.ts";
import { parseResourceId, sameName } from "../names.ts";
import { entries, timeProblem } from "../world-entries.ts";

const type = "microsoft.dataprotection/backupvaults";

/** The first problem and what to do about it. `known` are the world's subscriptions in lower case. */
export function backupVaultsProblem(world: Properties, known: ReadonlySet<string>): string | undefined {
  const seen = new Set<string>();
  for (const [index, vault] of entries(world, "backupVaults").entries()) {
    const id = text(vault, "id");
    const problem = idProblem(id, `backupVaults[${index}].id`, known) ?? vaultProblem(vault, `backupVaults[${index}]`);
    if (problem !== undefined) return problem;
    if (seen.has(id.toLowerCase())) return `Backup vault '${id}' is listed twice; remove one`;
    seen.add(id.toLowerCase());
  }
  return deletedProblem(world, known);
}

function deletedProblem(world: Properties, known: ReadonlySet<string>): string | undefined {
  for (const [index, { properties, contents }] of entries(world, "deletedBackupVaults").entries()) {
    const path = `deletedBackupVaults[${index}]`;
    const vault = isObject(properties) ? properties : {};
    const before = text(vault, "originalBackupVaultResourcePath");
    const purge = object(vault, "resourceDeletionInfo")["scheduledPurgeTime"];
    const problem =
      idProblem(before, `${path}.properties.originalBackupVaultResourcePath`, known) ??
      timeProblem(purge, `${path}.properties.resourceDeletionInfo.scheduledPurgeTime`);
    if (problem !== undefined) return problem;
    if (!isObject(contents)) continue;
    const id = text(contents, "id");
    if (!sameName(id, before))
      return `'${path}.contents.id' is '${id}', but 'properties.originalBackupVaultResourcePath' is '${before}'; make them the same`;
    const inside = vaultProblem(contents, `${path}.contents`);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function idProblem(id: string, path: string, known: ReadonlySet<string>): string | undefined {
  const parsed = parseResourceId(id);
  if (parsed?.provider.toLowerCase() !== type)
    return `'${path}' is '${id}'; use /subscriptions/{id}/resourceGroups/{group}/providers/${type}/{name}`;
  if (known.has(parsed.subscription.toLowerCase())) return undefined;
  return `'${path}' is in subscription '${parsed.subscription}', which is not listed in 'subscriptions'; add it`;
}

function vaultProblem(vault: Properties, path: string): string | undefined {
  for (const list of ["backupInstances", "deletedBackupInstances", "backupPolicies", "backupJobs"]) {
    const problem = twiceProblem(vault, list, path);
    if (problem !== undefined) return problem;
  }
  return timesProblem(vault, path);
}

function twiceProblem(vault: Properties, list: string, path: string): string | undefined {
  const names = new Set<string>();
  for (const [index, entry] of entries(vault, list).entries()) {
    const name = text(entry, "name");
    if (names.has(name.toLowerCase()))
      return `'${path}.${list}[${index}].name' is '${name}', which is listed twice; remove one`;
    names.add(name.toLowerCase());
  }
  return undefined;
}

function timesProblem(vault: Properties, path: string): string | undefined {
  for (const [index, instance] of entries(vault, "deletedBackupInstances").entries()) {
    const { scheduledPurgeTime } = object(object(instance, "properties"), "deletionInfo");
    const member = `${path}.deletedBackupInstances[${index}].properties.deletionInfo.scheduledPurgeTime`;
    const problem = timeProblem(scheduledPurgeTime, member);
    if (problem !== undefined) return problem;
  }
  for (const [index, job] of entries(vault, "backupJobs").entries()) {
    const problem = timeProblem(job["completesAt"] ?? "now", `${path}.backupJobs[${index}].completesAt`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
