// Subscriptions, and the lists that only show what the world holds: engines, resource guards, usages.
// It must not invent entries.
import type { Answer } from "./answers.ts";
import { found } from "./answers.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Tests } from "./filter.ts";
import { filtered } from "./filter.ts";
import { text } from "./json.ts";
import { listedEngines } from "./list-lag.ts";
import { sameName } from "./names.ts";
import { page, pageSize } from "./paging.ts";
import { usagesOf } from "./site-recovery/usages.ts";
import type { VaultState } from "./state.ts";
import { vaultChild, vaultRoute } from "./vault-scope.ts";
import type { WorldResource } from "./world.ts";

const empty: Answer = found({ value: [] });

const tests: Tests<WorldResource> = {
  backupmanagementtype: ({ properties }, value) => sameName(text(properties, "backupManagementType"), value),
  workloadtype: ({ properties }, value) => sameName(text(properties, "workLoadType"), value),
  fabricname: (_, value) => sameName(value, "Azure"),
};

/** A list directly under a vault. */
export function childList(
  segment: string,
  entries: (vault: VaultState, call: Call) => readonly WorldResource[],
): Route {
  return vaultRoute("GET", segment, (call, vault) => {
    const result = filtered(call, entries(vault, call), tests);
    if ("refused" in result) return result.refused;
    return page(call, result.entries, pageSize(call), ({ name, properties }) =>
      vaultChild(vault, segment, name, properties),
    );
  });
}

function subscription(call: Call): Answer {
  const id = parameter(call, "subscription");
  const known = call.state.document.subscriptions.find((entry) => sameName(entry.id, id));
  return found({
    id: `/subscriptions/${known?.id ?? id}`,
    subscriptionId: known?.id ?? id,
    displayName: known?.displayName ?? known?.id ?? id,
    state: "Enabled",
  });
}

export const plainListRoutes: readonly Route[] = [
  { method: "GET", path: "subscriptions/{subscription}", answer: subscription },
  childList("backupEngines", (vault, call) => listedEngines(call, vault)),
  childList("backupResourceGuardProxies", (vault) => vault.resourceGuardProxies),
  vaultRoute("GET", "replicationUsages", (_, vault) => found({ value: usagesOf(vault) })),
  vaultRoute("GET", "usages", () => empty),
];
