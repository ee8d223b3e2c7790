// A world of any size: one secure-by-default vault with virtual machines, databases and file shares in it, whose bodies
// are those of a shipped world under other names. The same number always makes the same world. It must not read files.
import { hash } from "node:crypto";

import { softDeleted, stopped } from "./item-effects.ts";
import type { Properties } from "./json.ts";
import { text, without } from "./json.ts";
import type { World, WorldItem, WorldResource, WorldVault } from "./world.ts";
import { WorldError } from "./world.ts";

/** What such a world is called on a command line. */
export const largeWorldName = "large:<n>";
const largest = 100_000;

/** The container first, then the items in it. */
type Part = { readonly container: WorldResource; readonly items: readonly WorldItem[] };
type Models = { readonly machine: Part; readonly server: Part; readonly account: Part };

/** How many items lie together: the sizes follow each other over and over, each a whole number above 0. */
type LargeWorldShape = {
  /** Databases on a server. */
  readonly servers: readonly number[];
  /** Shares in a storage account. */
  readonly accounts: readonly number[];
};
const usualShape: LargeWorldShape = { servers: [8, 3, 14, 5, 10], accounts: [4, 1, 6, 2] };

/** How many items `large:<n>` stands for; undefined when it is another world's name. */
export function largeWorldSize(name: string): number | undefined {
  const [, size] = /^large:(.*)$/su.exec(name) ?? [];
  if (size === undefined) return undefined;
  const count = /^\d+$/u.test(size) ? Number(size) : 0;
  if (count >= 1 && count <= largest) return count;
  throw new WorldError(`world '${name}' has no usable size; use large:<n> with a whole number from 1 to ${largest}`);
}

/** Of ten items, six are virtual machines and about two are file shares; the others are databases. */
export function largeWorld(count: number, model: World, shape: LargeWorldShape = usualShape): World {
  const vault = renamed(model.vaults[0], "rsv-large-weu");
  const machines = Math.ceil(count * 0.6);
  const shares = Math.floor(count * 0.15);
  const models = modelsIn(vault);
  const databases = sized(count - machines - shares, shape.servers);
  const servers = databases.map((size, index) => server(models.server, index, size));
  const parts = [
    ...Array.from({ length: machines }, (_, index) => machine(models.machine, index)),
    ...servers,
    ...sized(shares, shape.accounts).map((size, index) => account(models.account, index, size)),
  ];
  const items = parts.flatMap((part) => part.items);
  return {
    ...model,
    name: `large:${count}`,
    description: `One secure-by-default vault with ${count} protected items; Azure lets no vault have more than 2,000.`,
    pageSize: 1_000,
    vaults: [
      {
        ...vault,
        protectionContainers: parts.map(({ container }) => container),
        protectedItems: items,
        protectionIntents: intents(vault, servers),
        backupJobs: [],
        backupEngines: [],
        resourceGuardProxies: [],
        backupPolicies: vault.backupPolicies.map((policy) => counted(policy, items)),
      },
    ],
    privateEndpoints: [],
  };
}

/** The vault of the model under another name, without its private endpoint. */
function renamed(vault: WorldVault | undefined, name: string): WorldVault {
  if (vault === undefined) throw new WorldError("the model of large worlds has no vault; give it one");
  const own = vault.id.slice(vault.id.lastIndexOf("/") + 1);
  const copy = JSON.parse(JSON.stringify(vault).replaceAll(own, name)) as WorldVault;
  const properties = without(copy.properties, ["privateEndpointConnections"]);
  return { ...copy, properties: { ...properties, privateEndpointStateForBackup: "None" } };
}

function modelsIn(vault: WorldVault): Models {
  const of = (kind: string): Part => {
    const [container] = vault.protectionContainers.filter((entry) => isOf(entry, kind));
    const items = vault.protectedItems.filter((entry) => isOf(entry, kind));
    if (container === undefined || items.length === 0)
      throw new WorldError(`the model of large worlds holds nothing of ${kind}; add a container and an item`);
    return { container, items };
  };
  return { machine: of("AzureIaasVM"), server: of("AzureWorkload"), account: of("AzureStorage") };
}

function isOf({ properties }: { readonly properties: Properties }, kind: string): boolean {
  return text(properties, "backupManagementType") === kind;
}

/** Sizes that follow each other over and over until their sum is reached. */
function sized(total: number, sizes: readonly number[]): readonly number[] {
  const result: number[] = [];
  for (let left = total; left > 0; left -= result.at(-1) ?? left) {
    result.push(Math.min(left, sizes[result.length % sizes.length] ?? left));
  }
  return result;
}

function machine(model: Part, index: number): Part {
  const group = `rg-app-${padded(Math.floor(index / 200), 3)}`;
  const name = `vm-app-${padded(index, 6)}`;
  const base = `iaasvmcontainerv2;${group};${name}`;
  const source = sourceId(model, group, "Microsoft.Compute/virtualMachines", name);
  const own = { friendlyName: name, virtualMachineId: source };
  const item: WorldItem = {
    container: `IaasVMContainer;${base}`,
    name: `VM;${base}`,
    properties: {
      ...itemBody(model),
      ...own,
      protectedItemDataId: number(base),
      containerName: base,
      sourceResourceId: source,
    },
  };
  const kept = withProtection(item, index);
  const deleted = kept.properties["isScheduledForDeferredDelete"] === true;
  const registrationStatus = deleted ? "SoftDeleted" : "Registered";
  const properties = { ...model.container.properties, ...own, resourceGroup: group, registrationStatus };
  return { container: { name: item.container, properties }, items: [kept] };
}

function server(model: Part, index: number, size: number): Part {
  const group = `rg-data-${padded(Math.floor(index / 50), 3)}`;
  const name = `vm-sql-${padded(index, 5)}`;
  const source = sourceId(model, group, "Microsoft.Compute/virtualMachines", name);
  const own = { friendlyName: name, sourceResourceId: source };
  const containerName = `VMAppContainer;compute;${group};${name}`;
  const items = Array.from({ length: size }, (_, database): WorldItem => {
    const friendlyName = `App${padded(database, 2)}`;
    const itemName = `SQLDataBase;mssqlserver;${friendlyName.toLowerCase()}`;
    const protectedItemDataSourceId = number(`${containerName}/${itemName}`);
    const names = { ...own, friendlyName, serverName: name, protectedItemDataSourceId, containerName };
    const item = { container: containerName, name: itemName, properties: { ...itemBody(model), ...names } };
    return withProtection(item, index * 16 + database);
  });
  const properties = { ...model.container.properties, ...own };
  return { container: { name: `VMAppContainer;Compute;${group};${name}`, properties }, items };
}

/** One server in forty protects new databases by itself, the first among them. */
function intents({ id, protectionIntents: [model] }: WorldVault, servers: readonly Part[]): readonly WorldResource[] {
  if (model === undefined) return [];
  return servers
    .filter((_, index) => index % 40 === 0)
    .map(({ container, items: [item] }) => {
      const name = container.name.slice(container.name.indexOf(";") + 1);
      const sourceResourceId = `${id}/backupFabrics/Azure/protectionContainers/${name}`;
      const instance = item === undefined ? "" : text(item.properties, "parentName");
      const itemId = `${sourceResourceId}/protectableItems/${instance}`;
      return { name: guid(itemId), properties: { ...model.properties, sourceResourceId, itemId } };
    });
}

function account(model: Part, index: number, size: number): Part {
  const group = `rg-files-${padded(Math.floor(index / 50), 3)}`;
  const name = `stfiles${padded(index, 6)}`;
  const source = sourceId(model, group, "Microsoft.Storage/storageAccounts", name);
  const containerName = `StorageContainer;storage;${group};${name}`;
  const items = Array.from({ length: size }, (_, share): WorldItem => {
    const friendlyName = `share-${padded(share, 2)}`;
    const names = { friendlyName, containerName, sourceResourceId: source };
    return {
      container: containerName,
      name: `AzureFileShare;${digest(`${name}/${friendlyName}`)}`,
      properties: { ...itemBody(model), ...names },
    };
  });
  const own = { sourceResourceId: source, protectedItemCount: size, friendlyName: name };
  const properties = { ...model.container.properties, ...own };
  return { container: { name: `StorageContainer;Storage;${group};${name}`, properties }, items };
}

function itemBody(model: Part): Properties {
  return model.items[0]?.properties ?? {};
}

/** One in forty is stopped with its data kept, one in fifty was soft-deleted during the last 13 days. */
function withProtection(item: WorldItem, index: number): WorldItem {
  if (index % 50 === 23) {
    const properties = without(item.properties, ["lastRecoveryPoint"]);
    return { ...item, properties: softDeleted(properties, `now-${1 + (index % 13)}d`, 14) };
  }
  return index % 40 === 17 ? { ...item, properties: stopped(item.properties) } : item;
}

function counted(policy: WorldResource, items: readonly WorldItem[]): WorldResource {
  const tail = `/backupPolicies/${policy.name}`;
  const protectedItemsCount = items.filter(({ properties }) => text(properties, "policyId").endsWith(tail)).length;
  return { ...policy, properties: { ...policy.properties, protectedItemsCount } };
}

function sourceId(model: Part, group: string, type: string, name: string): string {
  const [, , subscription] = text(itemBody(model), "sourceResourceId").split("/");
  return `/subscriptions/${subscription ?? ""}/resourceGroups/${group}/providers/${type}/${name}`;
}

function padded(index: number, digits: number): string {
  return String(index + 1).padStart(digits, "0");
}

/** Fifteen digits, as the service's own ids of data sources. */
function number(seed: string): string {
  return String(100_000_000_000_000 + (Number.parseInt(digest(seed).slice(0, 12), 16) % 900_000_000_000_000));
}

function guid(seed: string): string {
  return digest(seed).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/u, "$1-$2-$3-$4-$5");
}

function digest(seed: string): string {
  return hash("sha256", seed, "hex");
}
