// Reading Backup vaults: the vaults, what stands in them, and the deleted vaults of a location. It must not change them.
import type { Answer } from "../answers.ts";
import { found } from "../answers.ts";
import { resourceGroupNotFound } from "../arm-errors.ts";
import type { Call, Route } from "../call.ts";
import { parameter } from "../call.ts";
import { dataProtectionNotFound } from "../data-protection-errors.ts";
import type { Json, Properties } from "../json.ts";
import { text } from "../json.ts";
import { sameName } from "../names.ts";
import { page, pageSize, vaultPage } from "../paging.ts";
import { resourceGroupKnown } from "../vault-scope.ts";
import { states } from "./changes.ts";
import { isBackupList, stillListed } from "./list-lag.ts";
import { changesUnderWay } from "./operations.ts";
import { backupVaultBody, backupVaultChild, backupVaultRoute, backupVaultType, proxyBody } from "./vault-scope.ts";
import type { WorldBackupVault, WorldDeletedBackupVault, WorldTagged } from "./world-backup-vault.ts";

const deletedBackupVaultPath =
  "subscriptions/{subscription}/providers/Microsoft.DataProtection/locations/{location}/deletedVaults";

function listVaults(call: Call, scope: string): Answer {
  const prefix = `${scope}/`.toLowerCase();
  const inScope = call.state.backupVaults.filter(({ id }) => id.toLowerCase().startsWith(prefix));
  return page(call, inScope, Math.min(vaultPage, pageSize(call)), backupVaultBody);
}

function listInGroup(call: Call): Answer {
  const group = parameter(call, "group");
  if (!resourceGroupKnown(call)) return resourceGroupNotFound(group);
  return listVaults(call, `/subscriptions/${parameter(call, "subscription")}/resourceGroups/${group}`);
}

type Children = (vault: WorldBackupVault, call: Call) => readonly WorldTagged[];

type Show = (vault: WorldBackupVault, child: WorldTagged) => Json;

/** The list and one of it. */
function childRoutes(segment: string, children: Children, show: Show = ofSegment(segment)): readonly Route[] {
  const listed: Children = (vault, call) => {
    const standing = children(vault, call);
    return isBackupList(segment) ? stillListed(call, vault, segment, standing) : standing;
  };
  const list = (call: Call, vault: WorldBackupVault): Answer =>
    page(call, listed(vault, call), pageSize(call), (child) => show(vault, child));
  const get = (call: Call, vault: WorldBackupVault): Answer => {
    const child = children(vault, call).find(({ name }) => sameName(name, parameter(call, "name")));
    return child === undefined ? dataProtectionNotFound() : found(show(vault, child));
  };
  return [backupVaultRoute("GET", segment, list), backupVaultRoute("GET", `${segment}/{name}`, get)];
}

function ofSegment(segment: string): Show {
  return (vault, child) => backupVaultChild(vault, segment, child);
}

/** Unverified: how an instance reads while it is being deleted. */
function instances(vault: WorldBackupVault, call: Call): readonly WorldTagged[] {
  const going = new Set(
    changesUnderWay(call.state, vault.id).flatMap(({ effect }) =>
      effect.change === "delete-instance" && effect.keeps ? [effect.instance] : [],
    ),
  );
  return vault.backupInstances.map((instance) =>
    going.has(instance.name)
      ? { ...instance, properties: { ...instance.properties, ...states("SoftDeleting") } }
      : instance,
  );
}

function deletedHere(call: Call): readonly WorldDeletedBackupVault[] {
  const prefix = `/subscriptions/${parameter(call, "subscription")}/`.toLowerCase();
  return call.state.deletedBackupVaults.filter(
    ({ location, properties }) =>
      sameName(location, parameter(call, "location")) &&
      text(properties, "originalBackupVaultResourcePath").toLowerCase().startsWith(prefix),
  );
}

/** Recorded: ps2026p__Undo-AzDataProtectionVaultDeletion, with the tags of the vault, none being `{}`. */
function deletedVaultBody(call: Call, { name, location, properties, contents }: WorldDeletedBackupVault): Properties {
  const base = `/subscriptions/${parameter(call, "subscription")}/providers/Microsoft.DataProtection/locations`;
  return {
    location,
    tags: contents?.tags ?? {},
    properties,
    id: `${base}/${location}/deletedVaults/${name}`,
    name,
    type: "Microsoft.DataProtection/locations/deletedVaults",
  };
}

function listDeleted(call: Call): Answer {
  return found({ value: deletedHere(call).map((entry) => deletedVaultBody(call, entry)) });
}

function getDeleted(call: Call): Answer {
  const entry = deletedHere(call).find(({ name }) => sameName(name, parameter(call, "deletedVault")));
  return entry === undefined ? dataProtectionNotFound() : found(deletedVaultBody(call, entry));
}

export const backupVaultReadingRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `subscriptions/{subscription}/providers/${backupVaultType}`,
    answer: (call) => listVaults(call, `/subscriptions/${parameter(call, "subscription")}`),
  },
  {
    method: "GET",
    path: `subscriptions/{subscription}/resourceGroups/{group}/providers/${backupVaultType}`,
    answer: listInGroup,
  },
  backupVaultRoute("GET", "", (_, vault) => found(backupVaultBody(vault))),
  ...childRoutes("backupInstances", instances),
  ...childRoutes("deletedBackupInstances", (vault) => vault.deletedBackupInstances),
  ...childRoutes("backupPolicies", (vault) => vault.backupPolicies),
  ...childRoutes("backupResourceGuardProxies", (vault) => vault.resourceGuardProxies, proxyBody),
  { method: "GET", path: deletedBackupVaultPath, answer: listDeleted },
  { method: "GET", path: `${deletedBackupVaultPath}/{deletedVault}`, answer: getDeleted },
];
