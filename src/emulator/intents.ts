// Auto-protection intents: the list, the synchronous delete, and which databases an intent guards.
// It must not protect anything itself.
import type { Answer } from "./answers.ts";
import { noContent } from "./answers.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Tests } from "./filter.ts";
import { filtered } from "./filter.ts";
import type { Json } from "./json.ts";
import { text } from "./json.ts";
import { keepShowing, listedIntents } from "./list-lag.ts";
import { containerWithoutType, lastSegment, sameName } from "./names.ts";
import { page, pageSize } from "./paging.ts";
import type { ItemState, VaultState } from "./state.ts";
import { vaultRoute, vaultType } from "./vault-scope.ts";
import type { WorldResource } from "./world.ts";

const tests: Tests<WorldResource> = {
  backupmanagementtype: ({ properties }, value) => sameName(text(properties, "backupManagementType"), value),
  itemname: (intent, value) => sameName(lastSegment(text(intent.properties, "itemId")), value),
  parentname: (intent, value) => containerOf(intent) === containerWithoutType(value),
  // recorded bodies carry no item type; all known intents are on SQL instances
  itemtype: (_, value) => sameName(value, "SQLInstance"),
};

function containerOf(intent: WorldResource): string {
  const [, container] = /\/protectionContainers\/([^/]+)/iu.exec(text(intent.properties, "itemId")) ?? [];
  return containerWithoutType(container ?? "");
}

/** Recorded: itemId ends in protectionContainers/{container without type}/protectableItems/{instance}. */
export function guardingIntent(vault: VaultState, item: ItemState): WorldResource | undefined {
  if (!sameName(text(item.properties, "workloadType"), "SQLDataBase")) return undefined;
  const instance = text(item.properties, "parentName");
  return vault.protectionIntents.find(
    (intent) =>
      containerOf(intent) === containerWithoutType(item.container) &&
      (instance === "" || sameName(lastSegment(text(intent.properties, "itemId")), instance)),
  );
}

function intentBody(vault: VaultState, { name, properties }: WorldResource): Json {
  const id = `${vault.id}/backupFabrics/Azure/backupProtectionIntent/${name}`;
  return { id, name, type: `${vaultType}/backupProtectionIntent`, properties };
}

function listIntents(call: Call, vault: VaultState): Answer {
  const result = filtered(call, listedIntents(call, vault), tests);
  if ("refused" in result) return result.refused;
  return page(call, result.entries, pageSize(call), (intent) => intentBody(vault, intent));
}

/** Recorded: 204, synchronous, also for one that is absent (azcli2024__test_backup_wl_sql_auto_protection). */
function deleteIntent(call: Call, vault: VaultState): Answer {
  const wanted = parameter(call, "intent");
  const gone = vault.protectionIntents.filter(({ name }) => sameName(name, wanted));
  for (const intent of gone) keepShowing(call.state, vault, "protectionIntents", intent, call.now);
  vault.protectionIntents = vault.protectionIntents.filter((intent) => !gone.includes(intent));
  return noContent;
}

export const intentRoutes: readonly Route[] = [
  vaultRoute("GET", "backupProtectionIntents", listIntents),
  vaultRoute("DELETE", "backupFabrics/{fabric}/backupProtectionIntent/{intent}", deleteIntent),
];
