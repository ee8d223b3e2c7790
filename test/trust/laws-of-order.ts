// The order of a teardown, from the service's documents: what must be gone when a write arrives, whatever the plan says.
// It must not know the product's own rules.

import { isObject, list, object, text, type Properties } from "../../src/emulator/json.ts";
import type { World, WorldVault } from "../../src/emulator/world.ts";
import type { Strategy } from "../../src/model/plan.ts";
import { newcomer, type Write } from "./azure.ts";
import { brokenByReplication } from "./laws-of-replication.ts";
import {
  activeItems,
  connectionsOf,
  endpointOf,
  isUnder,
  keepingAlive,
  lastOf,
  lockedScope,
  locksOfPeople,
  registeredContainers,
  same,
  securityIn,
  vaultIn,
} from "./standing.ts";
import type { Told } from "./story.ts";

/** What is broken, in words; empty when all hold. */
export function brokenByOrder(told: Told): readonly string[] {
  const [first] = told.story.world.vaults;
  if (first === undefined) return [];
  return told.moments.flatMap((moment) => {
    if (moment.kind !== "write") return [];
    const { write } = moment;
    const vault = vaultIn(write.before, first.id);
    const strategy = moment.life.plan.strategy;
    const jobs = first.backupJobs.map(({ name }) => name);
    const found = [
      ...lockedWrites(write, vault),
      ...(vault === undefined ? [] : inVault(write, vault, strategy, jobs)),
    ];
    return found.map((law) => `${law}: ${write.method} ${write.path}`);
  });
}

/** `jobs`: those that ran before anything was written. */
function inVault(write: Write, vault: WorldVault, strategy: Strategy, jobs: readonly string[]): readonly string[] {
  const prefix = vault.id.toLowerCase();
  if (write.path === prefix) return write.method === "DELETE" ? ofVault(vault) : ofSettings(write, vault);
  if (!write.path.startsWith(`${prefix}/`)) return ofEndpoint(write, vault);
  const path = write.path.slice(prefix.length + 1);
  const [, container = "", item] = /\/protectioncontainers\/([^/]+)(?:\/protecteditems\/([^/]+))?$/u.exec(path) ?? [];
  if (item !== undefined) return [...ofData(write, vault, strategy), ...ofItem(write, vault, container, jobs)];
  if (container !== "") return ofContainer(vault, container);
  if (path.startsWith("registeredidentities/")) return ofServer(vault, strategy);
  if (path.startsWith("privateendpointconnections/")) return ofConnection(vault);
  return brokenByReplication(path, vault);
}

function ofVault(vault: WorldVault): readonly string[] {
  return keepingAlive(vault).map((what) => `${what} stands when the vault is deleted`);
}

/** Immutability goes before soft delete. */
function ofSettings({ body }: Write, vault: WorldVault): readonly string[] {
  const settings = object(object((body ?? {}) as Properties, "properties"), "securitySettings");
  const turnsOff = text(object(settings, "softDeleteSettings"), "softDeleteState") === "Disabled";
  return turnsOff && isImmutable(vault) ? ["soft delete is turned off while the vault is immutable"] : [];
}

function isImmutable(vault: WorldVault): boolean {
  return securityIn(vault).immutability !== "Disabled";
}

/** The gates first: an immutable vault refuses, and a purge that is refused has touched nothing. */
function ofData({ method }: Write, vault: WorldVault, strategy: Strategy): readonly string[] {
  const { softDelete } = securityIn(vault);
  return [
    ...(isImmutable(vault) ? ["data is changed while the vault is immutable"] : []),
    ...(strategy === "purge" && softDelete !== "Disabled" ? ["data is purged while soft delete is on"] : []),
    ...(method === "PUT" && softDelete !== "Disabled" ? ["an item is undeleted while soft delete is on"] : []),
  ];
}

/** An intent protects again what is deleted under it; a job refuses every change. */
function ofItem({ method }: Write, vault: WorldVault, container: string, jobs: readonly string[]): readonly string[] {
  const intents = vault.protectionIntents.filter(({ properties }) => isOf(container, lastContainerIn(properties)));
  const running = vault.backupJobs.filter(
    (job) => jobs.includes(job.name) && holdsUp(job.properties, vault, container),
  );
  return [
    ...(method === "DELETE"
      ? intents.map(({ name }) => `data goes while the intent ${name} protects its container`)
      : []),
    ...running.map(({ name }) => `data is changed while the job ${name} runs`),
  ];
}

function lastContainerIn(intent: Properties): string {
  const [, container = ""] = /\/protectionContainers\/([^/]+)/iu.exec(text(intent, "itemId")) ?? [];
  return container;
}

/** Some members name a container without its type. */
function isOf(container: string, named: string): boolean {
  return named !== "" && (same(container, named) || container.toLowerCase().endsWith(`;${named.toLowerCase()}`));
}

function holdsUp(job: Properties, vault: WorldVault, container: string): boolean {
  if (text(job, "status") !== "InProgress") return false;
  const type = text(job, "backupManagementType");
  const named = text(job, "containerName");
  if (named !== "") return isOf(container, named);
  const own = vault.protectedItems.find((item) => same(item.container, container));
  return type === "" || (own !== undefined && same(text(own.properties, "backupManagementType"), type));
}

/** All its items are deleted or soft-deleted, and those of every availability group that has its machine as a node. */
function ofContainer(vault: WorldVault, container: string): readonly string[] {
  const machine = container.slice(container.lastIndexOf(";") + 1);
  const groups = vault.protectionContainers.filter(({ properties }) =>
    list(object(properties, "extendedInfo"), "nodesList").some(
      (node) => isObject(node) && same(text(node, "nodeName").split(".")[0] ?? "", machine),
    ),
  );
  const held = [container, ...groups.map(({ name }) => name)];
  return activeItems(vault)
    .filter((item) => held.some((name) => same(name, item.container)))
    .map(({ name }) => `the item ${name} stands when its container is unregistered`);
}

function ofServer(vault: WorldVault, strategy: Strategy): readonly string[] {
  const { hybrid } = securityIn(vault);
  return [
    ...(isImmutable(vault) ? ["a server is unregistered while the vault is immutable"] : []),
    ...(strategy === "purge" && hybrid !== "Disabled" ? ["a server is purged while hybrid security is on"] : []),
  ];
}

/** A container that is registered loses its way to the vault with the connection. A newcomer is in no plan. */
function ofConnection(vault: WorldVault): readonly string[] {
  const items = activeItems(vault).filter(({ name }) => !name.endsWith(newcomer));
  const left = [...items, ...registeredContainers(vault), ...vault.backupEngines];
  return left.map(({ name }) => `${name} stands when a connection is deleted`);
}

/** Of what Backup made beside an endpoint, that one's connection counts. */
function ofEndpoint({ path }: Write, vault: WorldVault): readonly string[] {
  if (!/\/privateendpoints\/[^/]+$/u.test(path)) return [];
  const leading = connectionsOf(vault).filter((connection) => {
    const endpoint = endpointOf(connection).toLowerCase();
    return endpoint === path || path.startsWith(`${endpoint}_ecs`);
  });
  return leading.map((connection) => `the connection ${text(connection, "name")} stands when its endpoint is deleted`);
}

/** A lock refuses deletions at and under its scope and of what lies above it; a read-only one, every change. */
function lockedWrites({ method, path, before }: Write, vault: WorldVault | undefined): readonly string[] {
  if (path.includes("/providers/microsoft.authorization/locks/")) return [];
  const reached = [path, ...(vault === undefined ? [] : sourcesOf(path, vault))];
  const isDeletion = method === "DELETE";
  return locksOver(before).flatMap(({ id, level }) => {
    if (level === "NotSpecified" || (level === "CanNotDelete" && !isDeletion && reached.length === 1)) return [];
    const scope = lockedScope(id);
    const isHit = reached.some((target) => isUnder(target, scope)) || (isDeletion && isUnder(scope, path));
    return isHit ? [`the ${level} lock ${lastOf(id)} is in the way`] : [];
  });
}

function locksOver(world: World): readonly { readonly id: string; readonly level: string }[] {
  return locksOfPeople(world).map(({ id, properties }) => ({ id, level: text(properties, "level") }));
}

/** What the service changes along: the account of a container, the machine in Azure whose replication ends. */
function sourcesOf(path: string, vault: WorldVault): readonly string[] {
  const below = path.slice(vault.id.length + 1);
  const account = vault.protectionContainers.find(({ name }) =>
    below.endsWith(`/protectioncontainers/${name.toLowerCase()}`),
  );
  const machine = (vault.replication?.protectedItems ?? []).find(
    (item) => below === `${item.path}/remove`.toLowerCase(),
  );
  const details = object(machine?.properties ?? {}, "providerSpecificDetails");
  const isInAzure = text(details, "instanceType") === "A2A";
  const isAccount = /^StorageContainer;/iu.test(account?.name ?? "");
  return [
    isAccount ? text(account?.properties ?? {}, "sourceResourceId") : "",
    isInAzure ? text(details, "fabricObjectId") : "",
  ].filter((source) => source !== "");
}
