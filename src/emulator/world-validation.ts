// Finds the first thing wrong with a parsed world document, by member path. It must not throw and must not repair.
import { backupVaultsProblem } from "./data-protection/world-problems.ts";
import { faultsProblem } from "./faults/world-problems.ts";
import { forbiddenNames, isObject, object, text } from "./json.ts";
import type { Json, Properties } from "./json.ts";
import { parseResourceId, sameName } from "./names.ts";
import { replicationProblem } from "./site-recovery/world-problems.ts";
import type { Members, Shape, Variants } from "./world-shape.ts";
import { mostSeconds, worldShape } from "./world-shape.ts";
import { entries, timeProblem } from "./world-entries.ts";

/** The problem and what to do about it, or undefined for a sound world. */
export function worldProblem(document: Json): string | undefined {
  return forbiddenKey(document, "") ?? shapeProblem(document, worldShape, "") ?? contentProblem(document as Properties);
}

function forbiddenKey(value: Json, path: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, entry] of Object.entries(value)) {
    const here = joined(path, name);
    if (forbiddenNames.includes(name)) return `member '${here}' is not allowed; remove it`;
    const inner = forbiddenKey(entry as Json, here);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function shapeProblem(value: Json | undefined, shape: Shape, path: string): string | undefined {
  const where = path === "" ? "the document" : `'${path}'`;
  switch (shape.kind) {
    case "json":
      return undefined;
    case "text":
      return typeof value === "string" ? undefined : `${where} must be a string`;
    case "seconds":
      return isSeconds(value) ? undefined : `${where} must be ${ofSeconds}`;
    case "list of seconds":
      return isListOfSeconds(value) ? undefined : `${where} must be ${ofSeconds}, or a list of such numbers`;
    case "number":
      return typeof value === "number" && value >= 0 ? undefined : `${where} must be a number of 0 or more`;
    case "whole":
      return Number.isSafeInteger(value) && Number(value) >= 0
        ? undefined
        : `${where} must be a whole number of 0 or more`;
    case "boolean":
      return typeof value === "boolean" ? undefined : `${where} must be true or false`;
    case "body":
      return isObject(value) ? undefined : `${where} must be an object`;
    case "one-of":
      return oneOfProblem(value, shape.values, where);
    case "list":
      return listProblem(value, shape.of, path, where);
    case "object":
      return isObject(value)
        ? membersProblem(value, shape.required, shape.optional, path)
        : `${where} must be an object`;
    case "variants":
      return isObject(value) ? variantProblem(value, shape.of, path) : `${where} must be an object`;
    default:
      shape satisfies never;
      return undefined;
  }
}

const ofSeconds = `a number of seconds from 0 to ${mostSeconds}`;

function isSeconds(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= mostSeconds;
}

function isListOfSeconds(value: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.length > 0 && values.every(isSeconds);
}

function oneOfProblem(value: unknown, values: readonly (string | number)[], where: string): string | undefined {
  const fits = (typeof value === "string" || typeof value === "number") && values.includes(value);
  return fits ? undefined : `${where} is ${JSON.stringify(value)}; use ${values.map(String).join(" or ")}`;
}

function variantProblem(value: Properties, variants: Variants, path: string): string | undefined {
  const kind = text(value, "kind");
  const variant = Object.hasOwn(variants, kind) ? variants[kind] : undefined;
  if (variant === undefined) return oneOfProblem(value["kind"], Object.keys(variants), `'${joined(path, "kind")}'`);
  return membersProblem(value, { kind: { kind: "text" }, ...variant.required }, variant.optional, path);
}

function listProblem(value: unknown, of: Shape, path: string, where: string): string | undefined {
  if (!Array.isArray(value)) return `${where} must be a list`;
  for (const [index, entry] of value.entries()) {
    const problem = shapeProblem(entry as Json, of, `${path}[${index}]`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function membersProblem(value: Properties, required: Members, optional: Members, path: string): string | undefined {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(required, name) && !Object.hasOwn(optional, name)) {
      const known = [...Object.keys(required), ...Object.keys(optional)].join(", ");
      return `unknown member '${joined(path, name)}'; known here: ${known}`;
    }
  }
  for (const [name, shape] of Object.entries(required)) {
    if (!Object.hasOwn(value, name)) return `member '${joined(path, name)}' is missing; add it`;
    const problem = shapeProblem(value[name], shape, joined(path, name));
    if (problem !== undefined) return problem;
  }
  for (const [name, shape] of Object.entries(optional)) {
    const problem = Object.hasOwn(value, name) ? shapeProblem(value[name], shape, joined(path, name)) : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function contentProblem(world: Properties): string | undefined {
  if (world["speed"] === 0) return "'speed' is 0; use a number above 0";
  const subscriptions = new Set(entries(world, "subscriptions").map((entry) => text(entry, "id").toLowerCase()));
  const vaultIds = new Set<string>();
  for (const [index, vault] of entries(world, "vaults").entries()) {
    const problem =
      idProblem(text(vault, "id"), "microsoft.recoveryservices/vaults", `vaults[${index}].id`, subscriptions) ??
      vaultProblem(world, vault, `vaults[${index}]`);
    if (problem !== undefined) return problem;
    if (vaultIds.has(text(vault, "id").toLowerCase()))
      return `vault '${text(vault, "id")}' is listed twice; remove one`;
    vaultIds.add(text(vault, "id").toLowerCase());
  }
  const problem = deletedVaultsProblem(world) ?? backupVaultsProblem(world, subscriptions) ?? savedTimesProblem(world);
  if (problem !== undefined) return problem;
  for (const [index, endpoint] of entries(world, "privateEndpoints").entries()) {
    const path = `privateEndpoints[${index}].id`;
    const problem = idProblem(text(endpoint, "id"), "microsoft.network/privateendpoints", path, subscriptions);
    if (problem !== undefined) return problem;
  }
  for (const [index, lock] of entries(world, "locks").entries()) {
    const problem = lockProblem(text(lock, "id"), `locks[${index}].id`, subscriptions);
    if (problem !== undefined) return problem;
  }
  return faultsProblem(world);
}

function vaultProblem(world: Properties, vault: Properties, path: string): string | undefined {
  return (
    twiceProblem(vault, path) ??
    containerProblem(vault, path) ??
    registrationProblem(vault, path) ??
    timesProblem(vault, path) ??
    replicationProblem(vault, path, world["saved"] === true)
  );
}

function deletedVaultsProblem(world: Properties): string | undefined {
  for (const [index, { properties = {}, contents }] of entries(world, "deletedVaults").entries()) {
    if (!isObject(contents) || !isObject(properties)) continue;
    const path = `deletedVaults[${index}].contents`;
    const [id, vaultId] = [text(contents, "id"), text(properties, "vaultId")];
    if (!sameName(id, vaultId)) {
      return `'${path}.id' is '${id}', but 'properties.vaultId' is '${vaultId}'; make them the same`;
    }
    const problem = vaultProblem(world, contents, path);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function lockProblem(id: string, path: string, known: ReadonlySet<string>): string | undefined {
  const [, subscription] =
    /^\/subscriptions\/([^/]+)\/.*providers\/Microsoft\.Authorization\/locks\/[^/]+$/isu.exec(id) ?? [];
  if (subscription === undefined)
    return `'${path}' is '${id}'; use {scope}/providers/Microsoft.Authorization/locks/{name}`;
  if (known.has(subscription.toLowerCase())) return undefined;
  return `'${path}' is in subscription '${subscription}', which is not listed in 'subscriptions'; add it`;
}

function idProblem(id: string, provider: string, path: string, known: ReadonlySet<string>): string | undefined {
  const parsed = parseResourceId(id);
  if (parsed?.provider.toLowerCase() !== provider) {
    return `'${path}' is '${id}'; use /subscriptions/{id}/resourceGroups/{group}/providers/${provider}/{name}`;
  }
  if (known.has(parsed.subscription.toLowerCase())) return undefined;
  return `'${path}' is in subscription '${parsed.subscription}', which is not listed in 'subscriptions'; add it`;
}

/** The emulator finds these by name, so a second one would never be seen. */
function twiceProblem(vault: Properties, path: string): string | undefined {
  for (const list of ["protectionContainers", "protectedItems", "backupJobs"]) {
    const names = new Set<string>();
    for (const [index, entry] of entries(vault, list).entries()) {
      const name = `${text(entry, "container")}/${text(entry, "name")}`.toLowerCase();
      if (names.has(name))
        return `'${path}.${list}[${index}].name' is '${text(entry, "name")}', which is listed twice; remove one`;
      names.add(name);
    }
  }
  return undefined;
}

function containerProblem(vault: Properties, path: string): string | undefined {
  const containers = new Set(
    entries(vault, "protectionContainers").map((container) => text(container, "name").toLowerCase()),
  );
  for (const [index, item] of entries(vault, "protectedItems").entries()) {
    const container = text(item, "container");
    if (!containers.has(container.toLowerCase())) {
      return `'${path}.protectedItems[${index}].container' is '${container}', which is not in protectionContainers; add it`;
    }
  }
  return undefined;
}

function registrationProblem(vault: Properties, path: string): string | undefined {
  for (const [index, container] of entries(vault, "protectionContainers").entries()) {
    const other = text(container, "registeredElsewhere");
    const member = `${path}.protectionContainers[${index}].registeredElsewhere`;
    if (other === "" && container["registeredElsewhere"] === undefined) continue;
    if (parseResourceId(other)?.provider.toLowerCase() !== "microsoft.recoveryservices/vaults")
      return `'${member}' is '${other}'; use the id of a Recovery Services vault`;
    if (sameName(other, text(vault, "id"))) return `'${member}' is the vault itself; remove it or name another vault`;
  }
  return undefined;
}

function timesProblem(vault: Properties, path: string): string | undefined {
  const updated = timeProblem(vault["updatedAt"] ?? "now", `${path}.updatedAt`);
  if (updated !== undefined) return updated;
  for (const [index, item] of entries(vault, "protectedItems").entries()) {
    const properties = object(item, "properties");
    const member = `${path}.protectedItems[${index}].properties.deferredDeleteTimeInUTC`;
    if (properties["isScheduledForDeferredDelete"] !== true) continue;
    const problem = timeProblem(properties["deferredDeleteTimeInUTC"], member);
    if (problem !== undefined) return problem;
  }
  for (const [index, job] of entries(vault, "backupJobs").entries()) {
    const problem = timeProblem(job["completesAt"] ?? "now", `${path}.backupJobs[${index}].completesAt`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function savedTimesProblem(world: Properties): string | undefined {
  for (const [index, operation] of entries(world, "operations").entries()) {
    const problem =
      timeProblem(operation["startedAt"], `operations[${index}].startedAt`) ??
      timeProblem(operation["completesAt"], `operations[${index}].completesAt`);
    if (problem !== undefined) return problem;
  }
  for (const [index, counter] of entries(world, "requestCounters").entries()) {
    const problem = timeProblem(counter["at"], `requestCounters[${index}].at`);
    if (problem !== undefined) return problem;
  }
  for (const [index, shown] of entries(world, "listedBefore").entries()) {
    const problem = timeProblem(shown["until"], `listedBefore[${index}].until`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function joined(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
