// The lists of Backup that grow with what a vault protects, read without the SDK client: making its models of ten thousand
// entries takes longer than all the rest of planning. It must ask what that client would ask.

import { vaultId, type Scope } from "../model/arm-id.ts";
import {
  containerMembers,
  itemMembers,
  type ArmResource,
  type Cut,
  type ListedContainer,
  type ListedItem,
  type VaultReader,
} from "../model/ports.ts";
import { asResource, listRaw } from "./arm-answers.ts";
import type { Clients } from "./clients.ts";
import { encoded } from "./encoded.ts";

type LargeBackupLists = Pick<VaultReader, "protectedItems" | "containers" | "softDeletedContainers">;

/** Backup items and containers; each list follows all pages and throws AzureError. */
export function largeBackupLists(clients: Clients, scope: Scope): LargeBackupLists {
  const at = (collection: string): string =>
    `${encoded(vaultId(scope))}/${collection}?api-version=${clients.apiVersions.backup}`;
  const ofType = (type: string): string => `&$filter=${encodeURIComponent(`backupManagementType eq '${type}'`)}`;
  return {
    protectedItems: () => listRaw(clients, at("backupProtectedItems"), itemFrom),
    containers: (type) => listRaw(clients, `${at("backupProtectionContainers")}${ofType(type)}`, containerFrom),
    softDeletedContainers: (type) =>
      listRaw(clients, `${at("backupDeletedProtectionContainers")}${ofType(type)}`, containerFrom),
  };
}

function containerFrom(entry: unknown): ListedContainer {
  return cutTo(containerMembers, asResource(entry));
}

/** Members of a backup item that the SDK's models know as dates. */
const itemDates = ["lastRecoveryPoint", "lastBackupTime", "deferredDeleteTimeInUTC"] as const;

/** Dates are spelled as the SDK clients spell them: the plan of a vault does not depend on the way it was read. */
function itemFrom(entry: unknown): ListedItem {
  const item = cutTo(itemMembers, asResource(entry));
  const properties: Partial<Record<string, unknown>> = item.properties;
  for (const name of itemDates) {
    const time = properties[name];
    const date = typeof time === "string" ? new Date(time) : undefined;
    if (date !== undefined && !Number.isNaN(date.getTime())) properties[name] = date.toISOString();
  }
  return item;
}

type Kept<Member extends string> = Cut<Member> & { readonly properties: Partial<Record<Member, unknown>> };

/** Most of an entry is read by no rule, and all of them at once would fill the memory of a small machine. */
function cutTo<Member extends string>(members: readonly Member[], { id, name, properties }: ArmResource): Kept<Member> {
  const kept: Partial<Record<Member, unknown>> = {};
  for (const member of members) if (properties[member] !== undefined) kept[member] = properties[member];
  return { id, name, properties: kept };
}
