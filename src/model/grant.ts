// What a caller has been granted at a scope, and Azure Resource Manager's rule for reading it. Advisory: deny assignments do not show.

import type { ArmId } from "./arm-id.ts";

/** One entry of what a caller may do: `actions` less `notActions`, both with `*` for any part. */
export type Grant = { readonly actions: readonly string[]; readonly notActions: readonly string[] };

/** What was read at one scope, or why it could not be read. */
export type ScopeGrants =
  | { readonly scope: ArmId; readonly grants: readonly Grant[] }
  | { readonly scope: ArmId; readonly refusal: { readonly code: string; readonly message: string } };

/** Allowed when one entry has the action and does not take it back; what one entry takes back another may still give. */
export function allows(grants: readonly Grant[], action: string): boolean {
  return grants.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => fits(pattern, action)) && !notActions.some((pattern) => fits(pattern, action)),
  );
}

const guards = "microsoft.dataprotection/resourceguards/";

/** Whether an entry has some action on resource guards that is more than reading one or setting one up. */
export function mayActAtGuards(grants: readonly Grant[]): boolean {
  return grants.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => reachesGuards(pattern) && !/\/(read|write|delete)$/i.test(pattern)) &&
      !notActions.some((pattern) => fits(pattern, `${guards}any/action`)),
  );
}

function reachesGuards(pattern: string): boolean {
  const [start = ""] = pattern.toLowerCase().split("*");
  return start.startsWith(guards) || (pattern.includes("*") && guards.startsWith(start));
}

/** Without regard to case; `*` stands for any text, slashes too. */
function fits(pattern: string, action: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`, "is").test(action);
}
