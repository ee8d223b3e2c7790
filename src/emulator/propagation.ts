// The lag between an item's deletion and the service's own check of its container.
// It must not change anything.
import { itemUnderWork } from "./effects.ts";
import { sameName } from "./names.ts";
import { lasts } from "./operation-times.ts";
import type { State, VaultState } from "./state.ts";

/** Field report (rules 1.1): right after the deletions a container still has data sources. Names of the items just deleted. */
export function itemsStillSeen(state: State, vault: VaultState, container: string, now: number): readonly string[] {
  const lag = lasts(state, "propagation");
  return [...state.operations.values()].flatMap(({ vaultId, effect, settled, error, completesAt }) => {
    if (!settled || error !== undefined || vaultId !== vault.id || completesAt + lag <= now) return [];
    const item = effect.kind === "undelete-item" ? undefined : itemUnderWork(effect);
    return item !== undefined && sameName(item.container, container) ? [item.item] : [];
  });
}
