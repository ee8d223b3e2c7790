// Folds what a recording shows of a vault and its backup: the last answer about each thing counts.
// It must not add items, containers or states the recording does not show.
import { foldReplication } from "./fold-replication.ts";
import type { Exchange, Item, Named, Properties, Seen } from "./seen.ts";
import { entriesOf, isObject, text } from "./seen.ts";

const vaultPath = /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+\/vaults\/[^/]+)(.*)$/iu;

export function fold(seen: Seen, exchange: Exchange): void {
  const { method, url, status, responseBody, dateIso } = exchange;
  if (!isObject(responseBody) || (status !== 200 && status !== 201)) return;
  const { pathname, searchParams } = new URL(url);
  foldDeletedVaults(seen, pathname, responseBody);
  const match = vaultPath.exec(pathname);
  if (!match) return;
  seen.vaultId ||= match[1] ?? "";
  seen.date = dateIso ?? seen.date;
  const tail = decodeURIComponent(match[2] ?? "").slice(1);
  if (tail === "") seen.vault = responseBody;
  else if (/^backupconfig\/vaultconfig$/iu.test(tail)) seen.config = responseBody;
  else if (method === "GET") foldRead(seen, tail, responseBody, searchParams.get("$filter") ?? "");
}

function foldDeletedVaults(seen: Seen, pathname: string, body: Properties): void {
  if (!/\/locations\/[^/]+\/deletedVaults(\/[^/]+)?$/iu.test(pathname)) return;
  for (const entry of entriesOf(body)) {
    const deleted = { ...named(entry), location: text(entry["location"]) };
    if (text(deleted.properties["vaultId"]) !== "") seen.deletedVaults.set(deleted.name, deleted);
  }
}

function foldRead(seen: Seen, tail: string, body: Properties, filter: string): void {
  if (/^replication/iu.test(tail)) return foldReplication(seen, tail, body);
  const entries = entriesOf(body);
  const kind = /backupManagementType eq '(\w+)'/iu.exec(filter)?.[1];
  // a list with no condition but the kind shows everything of that kind, so what it leaves out is gone
  const complete = kind !== undefined && !/friendlyName|containerName/iu.test(filter);
  if (/^backupProtectionContainers$/iu.test(tail)) replace(seen.containers, entries.map(named), complete ? kind : "");
  else if (/^backupProtectedItems$/iu.test(tail)) replace(seen.items, entries.map(item), complete ? kind : "");
  else if (/^backupProtectionIntents$/iu.test(tail)) replace(seen.intents, entries.map(named), "");
  else if (/^backupPolicies(\/[^/]+)?$/iu.test(tail)) replace(seen.policies, entries.map(named), "");
  else if (/^backupResourceGuardProxies(\/[^/]+)?$/iu.test(tail)) replace(seen.guardProxies, entries.map(named), "");
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
  return { name: text(entry["name"]), properties: without((entry["properties"] ?? {}) as Properties) };
}

function item(entry: Properties): Item {
  const container = /\/protectionContainers\/([^/]+)\//iu.exec(text(entry["id"]))?.[1] ?? "";
  return { container, ...named(entry) };
}

/** The remaining time is worked out by the emulator when it answers. */
function without(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== "deferredDeleteTimeRemaining"));
}

/**
 * The containers of items, also those the recording never lists: an item's id names its container, and its own body
 * tells what a virtual machine's container says.
 */
export function containersOf(seen: Seen): readonly Named[] {
  const listed = [...seen.containers.values()];
  const known = new Set(listed.map(({ name }) => name.toLowerCase()));
  const implied = new Map(
    [...seen.items.values()]
      .filter(({ container }) => !known.has(container.toLowerCase()))
      .map((entry) => [entry.container.toLowerCase(), impliedContainer(entry)]),
  );
  return [...listed, ...implied.values()];
}

function impliedContainer({ container, properties }: Item): Named {
  const type = text(properties["protectedItemType"]);
  return {
    name: container,
    properties: {
      virtualMachineId: text(properties["virtualMachineId"]),
      virtualMachineVersion: "Compute",
      resourceGroup: container.split(";").at(-2) ?? "",
      friendlyName: text(properties["friendlyName"]),
      backupManagementType: text(properties["backupManagementType"]),
      registrationStatus: "Registered",
      healthStatus: "Healthy",
      containerType: type,
      protectableObjectType: type,
    },
  };
}
