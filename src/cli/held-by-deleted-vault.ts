// What a deleted vault holds, told before it is brought back: remarks of a recovery's plan. They decide nothing.

import { apiVersionProfiles } from "../model/api-versions.ts";
import { armId, nameOf, scopeOf } from "../model/arm-id.ts";
import type { DeletedVault, HeldItem } from "../model/deleted.ts";
import { testOf } from "../planning/wanted-items.ts";
import { counted } from "../reporting/words.ts";
import { knowingWhatTheyHeld } from "./deleted-sources.ts";
import type { Wished } from "./recovery-wish.ts";
import type { Session } from "./wire.ts";

/**
 * The same wish with remarks on the items that Azure Resource Graph lists, and on `patterns` that mean none of them; where
 * it does not say, as it is, with one line on stderr.
 */
export async function tellingWhatItHolds(
  session: Session,
  deleted: DeletedVault,
  wished: Wished,
  patterns: readonly string[] = [],
): Promise<Wished> {
  const subscription = scopeOf(deleted.vaultId)?.subscriptionId;
  if ("reason" in wished || subscription === undefined) return wished;
  const clients = session.clients(apiVersionProfiles.soft);
  const [known] = await knowingWhatTheyHeld(clients, subscription, [deleted], nameOf(deleted.id));
  if (known?.items === undefined) return wished;
  const remarks = [...wished.recovery.remarks, ...remarksOn(deleted, known.items, patterns)];
  return { ...wished, recovery: { ...wished.recovery, remarks } };
}

function remarksOn(deleted: DeletedVault, items: readonly HeldItem[], patterns: readonly string[]): readonly string[] {
  if (items.length === 0) return ["Azure Resource Graph, which lags by minutes, lists no item of it"];
  const names = items.slice(0, mostNamed).map(({ name, workload }) => `${name} (${workload})`);
  const more = items.length > mostNamed ? ` and ${items.length - mostNamed} more` : "";
  const unmatched = patterns.filter((pattern) => !items.some((item) => testOf(pattern)(asStanding(deleted, item))));
  return [
    `by Azure Resource Graph, which lags by minutes, it holds ${counted(items.length, "item")}: ${names.join(", ")}${more}`,
    ...unmatched.map((pattern) => `nothing of that fits --item ${pattern}`),
  ];
}

const mostNamed = 10;

/** With the id it will have again: an id that a person gives is one of those. */
function asStanding({ id: deletedVault, vaultId }: DeletedVault, { id, name }: HeldItem) {
  return { id: armId(`${vaultId}${id.slice(deletedVault.length)}`), name };
}
