// Soft-deleted items that a recovery leaves to a person: those of servers outside Azure, and those of types nobody here knows. Pure.

import { armId, type ArmId } from "../../model/arm-id.ts";
import type { ListedItem } from "../../model/ports.ts";
import type { ByHand } from "../../model/recovery.ts";
import { goesWithServer, isKnownItem, isSoftDeleted } from "../item-types.ts";
import { text } from "../properties.ts";

/** Each sort once, with what is meant of it; none where there is nothing. */
export function elsewhere(
  items: readonly ListedItem[],
  isMeant: (item: { readonly id: ArmId; readonly name: string }) => boolean,
): readonly ByHand[] {
  const meant = items
    .filter(({ properties }) => isSoftDeleted(properties))
    .map((item) => ({ item, id: armId(item.id), name: text(item.properties, "friendlyName") ?? item.name }))
    .filter(isMeant);
  const names = (of: readonly { readonly name: string }[]): readonly string[] => [
    ...new Set(of.map(({ name }) => name)),
  ];
  const ofServers = meant.filter(({ item }) => isKnownItem(item) && isOfServer(item));
  const unknown = meant.filter(({ item }) => !isKnownItem(item));
  return [
    { what: "backups of servers outside Azure", subjects: names(ofServers), todo: atTheServer },
    { what: "backup items of types this version does not know", subjects: names(unknown), todo: inThePortal },
  ].filter(({ subjects }) => subjects.length > 0);
}

const inThePortal = "undelete each in the portal: vault, backup items, Undelete";
const atTheServer = `${inThePortal}; or at the server's own console`;

function isOfServer({ properties }: ListedItem): boolean {
  return goesWithServer({ managementType: text(properties, "backupManagementType") ?? "" });
}
