// Where a request is addressed to: a subscription that is there and may be entered, or the tenant itself.
// It must not know any route.
import { refusedByAccess } from "./access.ts";
import type { Answer } from "./answers.ts";
import { subscriptionNotFound, unknownPath } from "./arm-errors.ts";
import { sameName } from "./names.ts";
import { refusedByTenant } from "./resource-guards.ts";
import type { State } from "./state.ts";

/** What stands in no subscription. Documented: whoever asks it needs no right of its own, and is shown what they may read. */
const tenantProviders: readonly string[] = ["microsoft.resourcegraph"];

/** ARM's refusal of an address that leads nowhere, or where the caller may not go. */
export function refusedByScope(state: State, method: string, segments: readonly string[]): Answer | undefined {
  const [scope = "", name = ""] = segments;
  if (sameName(scope, "providers") && tenantProviders.includes(name.toLowerCase())) return undefined;
  if (!sameName(scope, "subscriptions")) return unknownPath(`/${segments.join("/")}`);
  if (!state.document.subscriptions.some(({ id }) => sameName(id, name))) return subscriptionNotFound(name);
  return refusedByTenant(state, name) ?? refusedByAccess(state, method, segments);
}
