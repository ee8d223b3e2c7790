// Makes a world from a recording of real Azure traffic: folds the answers up to one exchange into what stood there then.
// It must not add items, containers or states the recording does not show.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

type Json = null | boolean | number | string | readonly Json[] | Properties;
type Properties = { readonly [name: string]: Json };
type Named = { readonly name: string; readonly properties: Properties };
type Item = Named & { readonly container: string };
type Exchange = {
  readonly seq: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly responseBody: Json;
  readonly dateIso?: string | null;
};
type Seen = {
  vaultId: string;
  vault: Properties | undefined;
  config: Properties | undefined;
  date: string;
  readonly containers: Map<string, Named>;
  readonly items: Map<string, Item>;
  readonly intents: Map<string, Named>;
  readonly policies: Map<string, Named>;
};

/** For a recording that never shows its vault: the settings of the newest vaults on record (azcli2026p__test_vault_soft_delete_basic). */
const newestVault: Properties = {
  location: "eastus2euap",
  sku: { name: "Standard" },
  properties: {
    provisioningState: "Succeeded",
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
  const seen: Seen = {
    vaultId: "",
    vault: undefined,
    config: undefined,
    date: "",
    containers: new Map(),
    items: new Map(),
    intents: new Map(),
    policies: new Map(),
  };
  for (const exchange of exchanges) fold(seen, exchange);
  if (seen.vaultId === "") {
    throw new Error(`no vault in '${file}' up to exchange ${lastSeq}; choose a later one`);
  }
  return world(seen, name, `${basename(file, ".jsonl")} up to exchange ${lastSeq}`);
}

function fold(seen: Seen, { method, url, status, responseBody, dateIso }: Exchange): void {
  const { pathname, searchParams } = new URL(url);
  const match = /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+\/vaults\/[^/]+)(.*)$/iu.exec(
    pathname,
  );
  if (!match || status !== 200 || !isObject(responseBody)) return;
  seen.vaultId ||= match[1] ?? "";
  seen.date = dateIso ?? seen.date;
  const tail = decodeURIComponent(match[2] ?? "").slice(1);
  if (method === "GET" && tail === "") seen.vault = responseBody;
  else if (/^backupconfig\/vaultconfig$/iu.test(tail)) seen.config = responseBody;
  else if (method === "GET") foldRead(seen, tail, responseBody, searchParams.get("$filter") ?? "");
}

function foldRead(seen: Seen, tail: string, body: Properties, filter: string): void {
  const entries = (Array.isArray(body["value"]) ? body["value"] : [body]) as readonly Properties[];
  const kind = /backupManagementType eq '(\w+)'/iu.exec(filter)?.[1];
  // a list with no condition but the kind shows everything of that kind, so what it leaves out is gone
  const complete = kind !== undefined && !/friendlyName|containerName/iu.test(filter);
  if (/^backupProtectionContainers$/iu.test(tail)) replace(seen.containers, entries.map(named), complete ? kind : "");
  else if (/^backupProtectedItems$/iu.test(tail)) replace(seen.items, entries.map(item), complete ? kind : "");
  else if (/^backupProtectionIntents$/iu.test(tail)) replace(seen.intents, entries.map(named), "");
  else if (/^backupPolicies(\/[^/]+)?$/iu.test(tail)) replace(seen.policies, entries.map(named), "");
  else if (/\/protectedItems\/[^/]+$/iu.test(tail)) replace(seen.items, entries.map(item), "");
}

function replace<Entry extends Named>(all: Map<string, Entry>, entries: readonly Entry[], kind: string): void {
  for (const [key, { properties }] of all) {
    if (properties["backupManagementType"] === kind) all.delete(key);
  }
  for (const entry of entries) all.set(keyOf(entry), entry);
}

function keyOf(entry: Named): string {
  return `${"container" in entry ? String(entry.container) : ""}/${entry.name}`.toLowerCase();
}

function named(entry: Properties): Named {
  return { name: text(entry["name"]), properties: without(entry["properties"] as Properties) };
}

function item(entry: Properties): Item {
  const container = /\/protectionContainers\/([^/]+)\//iu.exec(text(entry["id"]))?.[1] ?? "";
  return { container, ...named(entry) };
}

/** The remaining time is worked out by the emulator when it answers. */
function without(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== "deferredDeleteTimeRemaining"));
}

function world(seen: Seen, name: string, source: string): Properties {
  const regime = seen.date >= newestRegimeFrom ? "secure-by-default" : "classic";
  const vault = seen.vault ?? (regime === "classic" ? classicVault : newestVault);
  const assumed = seen.vault === undefined ? " The settings of the vault are not in the recording." : "";
  return {
    $schema: "../world.schema.json",
    formatVersion: 1,
    name,
    description: `Made from recorded traffic of ${seen.date}; the rehearsal itself begins now.${assumed}`,
    speed: 60,
    source,
    subscriptions: [{ id: seen.vaultId.split("/")[2] ?? "" }],
    vaults: [
      {
        id: seen.vaultId,
        location: vault["location"] ?? "",
        sku: vault["sku"] ?? {},
        regime,
        properties: withConfig(vault["properties"] as Properties, seen.config),
        protectionContainers: [...seen.containers.values()],
        protectedItems: [...seen.items.values()],
        protectionIntents: [...seen.intents.values()],
        backupJobs: [],
        backupPolicies: [...seen.policies.values()],
        backupEngines: [],
        resourceGuardProxies: [],
      },
    ],
    privateEndpoints: [],
    deletedVaults: [],
  };
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

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function isObject(value: Json): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
