// The lag between an item's deletion and the service's own check of its container.
// It must not change anything.
import { containerWork, itemUnderWork } from "./effects.ts";
import { lasts } from "./operation-times.ts";
import type { State, VaultState } from "./state.ts";

/** Field report (rules 1.1): right after the deletions a container still has data sources. Names of the items just deleted. */
export function itemsStillSeen(state: State, vault: VaultState, container: string, now: number): readonly string[] {
  const lag = lasts(state, "propagation");
  return state.operations.of(containerWork(vault.id, container)).flatMap(({ effect, settled, error, completesAt }) => {
    if (!settled || error !== undefined || completesAt + lag <= now) return [];
    const item = effect.kind === "undelete-item" ? undefined : itemUnderWork(effect);
    return item === undefined ? [] : [item.item];
  });
}
