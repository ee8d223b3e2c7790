// Makes a world from a recording of real Azure traffic: folds the answers up to one exchange into what stood there then.
// It must not add items, containers or states the recording does not show.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

import { containersOf, fold } from "./fold-backup.ts";
import type { DeletedVault, Exchange, Properties, Seen } from "./seen.ts";
import { nothingSeen, text } from "./seen.ts";

/** For a recording that never shows its vault: the settings of the newest vaults on record (azcli2026p__test_vault_soft_delete_basic). */
const newestVault: Properties = {
  location: "eastus2euap",
  sku: { name: "Standard" },
  properties: {
    provisioningState: "Succeeded",
    privateEndpointStateForBackup: "None",
    privateEndpointStateForSiteRecovery: "None",
    securitySettings: {
      softDeleteSettings: {
        softDeleteRetentionPeriodInDays: 14,
        softDeleteState: "AlwaysON",
        enhancedSecurityState: "AlwaysON",
      },
      multiUserAuthorization: "Disabled",
    },
    publicNetworkAccess: "Enabled",
  },
};
/** The same for the classic regime. Soft delete is off: the one such recording goes on to delete a database and unregister
 * its server, and nothing is left of either (azcli2024__test_backup_wl_sql_restore_as_files, exchanges 102 to 145). */
const classicVault: Properties = {
  ...newestVault,
  properties: {
    provisioningState: "Succeeded",
    privateEndpointStateForBackup: "None",
    privateEndpointStateForSiteRecovery: "None",
    securitySettings: {
      immutabilitySettings: null,
      softDeleteSettings: {
        softDeleteRetentionPeriodInDays: 14,
        softDeleteState: "Disabled",
        enhancedSecurityState: "Enabled",
      },
      multiUserAuthorization: "Disabled",
    },
    publicNetworkAccess: "Enabled",
  },
};
/** Vaults recorded from here on are secure by default. */
const newestRegimeFrom = "2025-10-01";

export function worldFromRecording(file: string, lastSeq: number, name: string): Properties {
  const exchanges = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Exchange)
    .filter(({ seq }) => seq <= lastSeq);
  const seen = nothingSeen();
  for (const exchange of exchanges) fold(seen, exchange);
  if (seen.vaultId === "") {
    throw new Error(`no vault in '${file}' up to exchange ${lastSeq}; choose a later one`);
  }
  return world(seen, name, `${basename(file, ".jsonl")} up to exchange ${lastSeq}`);
}

function world(seen: Seen, name: string, source: string): Properties {
  const regime = seen.date >= newestRegimeFrom ? "secure-by-default" : "classic";
  const vault = seen.vault ?? (regime === "classic" ? classicVault : newestVault);
  const assumed = seen.vault === undefined ? " The settings of the vault are not in the recording." : "";
  const standing = vaultOf(seen, vault, regime);
  const deleted = [...seen.deletedVaults.values()].map((entry) =>
    isOf(entry, seen.vaultId) ? { ...entry, contents: standing } : entry,
  );
  const isDeleted = deleted.some((entry) => isOf(entry, seen.vaultId));
  return {
    $schema: "../world.schema.json",
    formatVersion: 1,
    name,
    description: `Made from recorded traffic of ${seen.date}; the rehearsal itself begins now.${assumed}`,
    speed: 60,
    source,
    subscriptions: [{ id: seen.vaultId.split("/")[2] ?? "" }],
    ...(isDeleted ? { resourceGroups: [{ id: seen.vaultId.split("/").slice(0, 5).join("/") }] } : {}),
    vaults: isDeleted ? [] : [standing],
    privateEndpoints: [],
    deletedVaults: deleted,
  };
}

function isOf(deleted: DeletedVault, vaultId: string): boolean {
  return text(deleted.properties["vaultId"]).toLowerCase() === vaultId.toLowerCase();
}

function vaultOf(seen: Seen, vault: Properties, regime: string): Properties {
  return {
    id: seen.vaultId,
    location: vault["location"] ?? "",
    sku: vault["sku"] ?? {},
    regime,
    properties: withConfig(provisioned(vault["properties"] as Properties), seen.config),
    protectionContainers: containersOf(seen),
    protectedItems: [...seen.items.values()],
    protectionIntents: [...seen.intents.values()],
    backupJobs: [],
    backupPolicies: [...seen.policies.values()],
    backupEngines: [],
    resourceGuardProxies: [...seen.guardProxies.values()],
    ...(seen.replication.size === 0 ? {} : { replication: replicationOf(seen) }),
  };
}

/** A vault seen while it was made, as it is once that is done (recorded: azcli2026p__test_vault_soft_delete_basic). */
function provisioned(properties: Properties): Properties {
  return properties["provisioningState"] === "Provisioning"
    ? { ...properties, provisioningState: "Succeeded", backupStorageVersion: "Unassigned" }
    : properties;
}

function replicationOf(seen: Seen): Properties {
  const byKind = Map.groupBy(seen.replication.values(), ({ kind }) => kind);
  return Object.fromEntries(
    [...byKind].map(([kind, objects]) => [kind, objects.map(({ path, properties }) => ({ path, properties }))]),
  );
}

/** What backupconfig said last is what the vault's soft delete settings were. */
function withConfig(properties: Properties, config: Properties | undefined): Properties {
  const latest = config?.["properties"] as Properties | undefined;
  if (latest === undefined) return properties;
  const security = (properties["securitySettings"] ?? {}) as Properties;
  const softDeleteSettings = {
    softDeleteRetentionPeriodInDays: latest["softDeleteRetentionPeriodInDays"] ?? 14,
    softDeleteState: latest["softDeleteFeatureState"] ?? "Enabled",
    enhancedSecurityState: latest["enhancedSecurityState"] ?? "Enabled",
  };
  return { ...properties, securitySettings: { ...security, softDeleteSettings } };
}

function main(args: readonly string[]): void {
  const [file, lastSeq, name] = args;
  if (file === undefined || lastSeq === undefined || name === undefined) {
    process.stderr.write("usage: world-from-recording.ts <recording file> <last seq> <world name>\n");
    process.exitCode = 1;
    return;
  }
  process.stdout.write(`${JSON.stringify(worldFromRecording(file, Number(lastSeq), name), undefined, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
