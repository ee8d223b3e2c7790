// What stays behind that no list shows: said from what the vault and its items tell about themselves. Asks nothing.

import { ancestor, armId, idKey, nameOf, type ArmId } from "../model/arm-id.ts";
import type { ArmResource, ListedItem } from "../model/ports.ts";
import type { Leftover } from "../model/resource.ts";
import { isAvailabilityGroup } from "./container-names.ts";
import { group, isWord, text } from "./properties.ts";

type Stated = Pick<Leftover, "id" | "name" | "what" | "where">;

export function statedLeftovers(vault: ArmResource, items: readonly ListedItem[]): readonly Leftover[] {
  const stated = [
    ...items.flatMap((item) => ofItem(item)),
    ...snapshots(vault, items),
    ...encryptionKey(vault),
    ...diagnostics(vault, items),
  ];
  const once = new Map(stated.map((leftover) => [`${leftover.what} ${idKey(leftover.id)}`, leftover]));
  return [...once.values()].map((leftover) => ({ kind: "leftover", state: "stays", ...leftover }));
}

/** Unregistering uninstalls nothing (general knowledge, unverified: it is only said). What stays on servers is said with them. */
function ofItem(item: ListedItem): readonly Stated[] {
  if (!isWord(text(item.properties, "backupManagementType"), "AzureWorkload")) return [];
  return [extension(item, ancestor(item.id, "protectionContainers") ?? armId(item.id)), ...instanceSnapshots(item)];
}

function extension(item: ListedItem, container: ArmId): Stated {
  // The container of an availability group is no machine, whatever its items name as their source.
  if (isAvailabilityGroup(container))
    return {
      id: container,
      name: nameOf(container),
      what: "workload backup extension on the machines of the availability group: stays installed",
    };
  const source = text(item.properties, "sourceResourceId");
  const id = source === undefined ? container : armId(source);
  const name = id.split(/[/;]/).at(-1) ?? id;
  return { id, name, what: "workload backup extension on the VM: stays installed" };
}

function instanceSnapshots(item: ListedItem): readonly Stated[] {
  if (!isWord(text(item.properties, "protectedItemType"), "AzureVmWorkloadSAPHanaDBInstance")) return [];
  const name = text(item.properties, "friendlyName") ?? item.name;
  return [{ id: armId(item.id), name, what: "disk snapshots of the SAP HANA instance, in its snapshot group" }];
}

/** Documented (secure by default, 2025-11-10): not cleaned where the vault is soft-deleted too, and billed. */
function snapshots(vault: ArmResource, items: readonly ListedItem[]): readonly Stated[] {
  if (!items.some((item) => isWord(text(item.properties, "backupManagementType"), "AzureIaasVM"))) return [];
  const what =
    "instant-restore snapshots of VMs: Azure does not clean them up once the vault itself is soft-deleted, and bills them until somebody deletes them";
  return [{ id: armId(vault.id), name: "instant-restore snapshots", what, where: "soft-deleted" }];
}

/** Inferred: undeleting the vault needs the key, so it is to live until the purge. */
function encryptionKey(vault: ArmResource): readonly Stated[] {
  const security = group(vault.properties, "securitySettings") ?? {};
  const encryption = group(vault.properties, "encryption") ?? group(security, "encryptionSettings") ?? {};
  const key = text(group(encryption, "keyVaultProperties") ?? {}, "keyUri");
  if (key === undefined) return [];
  const what = `customer-managed key ${key}: keep it, nothing can be recovered without it`;
  return [{ id: armId(vault.id), name: key, what, where: "until-purge" }];
}

function diagnostics(vault: ArmResource, items: readonly ListedItem[]): readonly Stated[] {
  if (items.length === 0) return [];
  const what = "diagnostic data in Log Analytics, alert rules and action groups that people set up for the vault";
  return [{ id: armId(vault.id), name: "diagnostic data", what }];
}
