// The order within Site Recovery, from the service's documents: children go before what they stand in or lead to.
// It must not know the product's own rules.

import { isObject, list, object, text, type Properties } from "../../src/emulator/json.ts";
import type { WorldVault } from "../../src/emulator/world.ts";
import { isUnder, replicationIn, same, type Standing } from "./standing.ts";

/** `path`: that of the write below the vault. What is broken, in words. */
export function brokenByReplication(path: string, vault: WorldVault): readonly string[] {
  const target = path.replace(/\/(?:remove|testfailovercleanup|cancel)$/u, "");
  const standing = replicationIn(vault);
  const entry = standing.find((candidate) => same(candidate.path, target));
  if (entry === undefined || path.endsWith("/testfailovercleanup")) return [];
  return before(entry, standing, vault).map((other) => `${other.kind} ${other.path} stands too long`);
}

/** What had to go, or to be put right, before this entry is removed. */
function before(entry: Standing, all: readonly Standing[], vault: WorldVault): readonly Standing[] {
  const of = (...kinds: readonly Standing["kind"][]): readonly Standing[] =>
    all.filter(({ kind }) => kinds.includes(kind));
  const under = (scope: string, ...kinds: readonly Standing["kind"][]): readonly Standing[] =>
    of(...kinds).filter(({ path }) => path !== scope && isUnder(path, scope));
  const leadingTo = (member: string, ...kinds: readonly Standing["kind"][]): readonly Standing[] =>
    of(...kinds).filter(({ properties }) => isUnder(text(properties, member), `${vault.id}/${entry.path}`));
  const [fabric = "", container = ""] = scopesOf(entry.path);
  switch (entry.kind) {
    case "protectedItems":
      return [
        ...(isTested(entry) ? [entry] : []),
        ...of("recoveryPlans").filter((plan) =>
          plannedIn(plan.properties).some((id) => isUnder(id, `${vault.id}/${entry.path}`)),
        ),
      ];
    case "recoveryPlans":
      return of("protectedItems").filter(
        (item) => isTested(item) && plannedIn(entry.properties).some((id) => isUnder(id, `${vault.id}/${item.path}`)),
      );
    case "containerMappings":
      return under(container, "protectedItems", "migrationItems");
    case "protectionContainers":
      return [
        ...under(entry.path, "protectedItems", "migrationItems", "containerMappings"),
        ...leadingTo("targetProtectionContainerId", "containerMappings"),
      ];
    case "vCenters":
      return under(fabric, "protectedItems", "migrationItems");
    case "recoveryServicesProviders":
      return under(fabric, "protectedItems", "migrationItems", "containerMappings");
    case "fabrics":
      return [
        ...under(entry.path, ...insideFabric(entry)),
        ...leadingTo("targetProtectionContainerId", "containerMappings"),
        ...leadingTo("recoveryFabricArmId", "networkMappings"),
        ...leadingTo("targetStorageClassificationId", "storageClassificationMappings"),
      ];
    case "policies":
      return leadingTo("policyId", "containerMappings");
    case "migrationItems":
    case "networkMappings":
    case "storageClassificationMappings":
    case "jobs":
    case "appliances":
      return [];
    default:
      return entry.kind satisfies never;
  }
}

/** A region's containers are removed and its servers go with it; with a site it is the other way round. */
function insideFabric({ properties }: Standing): readonly Standing["kind"][] {
  const isAzure = text(object(properties, "customDetails"), "instanceType") === "Azure";
  return [
    "protectedItems",
    "migrationItems",
    "containerMappings",
    "networkMappings",
    "storageClassificationMappings",
    "vCenters",
    isAzure ? "protectionContainers" : "recoveryServicesProviders",
  ];
}

function scopesOf(path: string): readonly string[] {
  const segments = path.split("/");
  return [segments.slice(0, 2).join("/"), segments.slice(0, 4).join("/")];
}

function isTested({ properties }: Standing): boolean {
  return !["", "none"].includes(text(properties, "testFailoverState").toLowerCase());
}

function plannedIn(plan: Properties): readonly string[] {
  return list(plan, "groups")
    .filter(isObject)
    .flatMap((group) => list(group, "replicationProtectedItems").filter(isObject))
    .map((item) => text(item, "id"));
}
