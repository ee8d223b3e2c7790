// What was backed up, as a resource that Azure Resource Manager lists. Pure; whether it is there is asked elsewhere.

import { armId, idKey, type ArmId } from "../model/arm-id.ts";
import type { ArmResource, ListedItem } from "../model/ports.ts";
import { group, text } from "./properties.ts";

export type ListedSource = {
  readonly subscription: ArmId;
  /** `Microsoft.Compute/virtualMachines`. */
  readonly type: string;
  /** By `idKey`. */
  readonly key: string;
};

const topLevel = /^(\/subscriptions\/[^/]+)\/resourceGroups\/[^/]+\/providers\/([^/]+\/[^/]+)\/[^/]+/i;

/**
 * The resource with a list of its own behind a source: lists by type hold no parts of a resource (inferred), so a database
 * of a server is told by the server. Undefined for an id of any other form.
 */
export function listedSource(sourceId: string): ListedSource | undefined {
  const [whole, subscription, type] = topLevel.exec(sourceId) ?? [];
  if (whole === undefined || subscription === undefined || type === undefined) return undefined;
  return { subscription: armId(subscription), type, key: idKey(whole) };
}

/** Types that lists of resources are known to hold (general knowledge); one that stands in no such list is not gone. */
const listedTypes: ReadonlySet<string> = new Set([
  "microsoft.classiccompute/virtualmachines",
  "microsoft.compute/disks",
  "microsoft.compute/virtualmachines",
  "microsoft.containerservice/managedclusters",
  "microsoft.dbformysql/flexibleservers",
  "microsoft.dbforpostgresql/flexibleservers",
  "microsoft.dbforpostgresql/servers",
  "microsoft.elasticsan/elasticsans",
  "microsoft.storage/storageaccounts",
]);

/** Whether what a list by this type does not hold is not there. */
export function isListedType(type: string): boolean {
  return listedTypes.has(type.toLowerCase());
}

/** The source an item names, where it names one; that of what a server outside Azure backs up has no id. */
export function sourceOfItem({ properties }: Pick<ListedItem, "properties">): string | undefined {
  return text(properties, "sourceResourceId");
}

/** The same of an instance; both spellings are recorded. */
export function sourceOfInstance({ properties }: Pick<ArmResource, "properties">): string | undefined {
  const source = group(properties, "dataSourceInfo") ?? {};
  return text(source, "resourceID") ?? text(source, "resourceId");
}
