// What the caller may do: the action behind any request, worked out from its method and path, against what the world grants.
// It must not know any particular operation.
import type { Answer } from "./answers.ts";
import { found } from "./answers.ts";
import { armError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { authorization, scopeOf } from "./extension-routes.ts";
import type { Json } from "./json.ts";
import { belowProviders } from "./names.ts";
import type { State } from "./state.ts";
import { fitsPattern } from "./wildcards.ts";
import type { WorldAccess } from "./world.ts";

/** Who calls, as refusals name them. */
export const caller = "client 'rehearsal' with object id '00000000-0000-0000-0000-0000000000ca'";

const everything: WorldAccess = { scope: "", actions: ["*"] };
const permissions = `${authorization}/permissions`;

/** ARM's refusal of what the world does not grant; a world that grants nothing by name grants everything. */
export function refusedByAccess(state: State, method: string, segments: readonly string[]): Answer | undefined {
  const path = `/${segments.join("/")}`;
  // unverified: that everyone may read what they themselves may do
  if (state.document.access === undefined || path.toLowerCase().endsWith(permissions.toLowerCase())) return undefined;
  const action = actionOf(method, segments);
  if (mayDo(state, action, path)) return undefined;
  return armError(403, "AuthorizationFailed", notAuthorized(action, path));
}

export function notAuthorized(action: string, path: string): string {
  return `The ${caller} does not have authorization to perform action '${action}' over scope '${path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
}

/** Whether some entry at or above the path gives the action and does not take it back. */
export function mayDo(state: State, action: string, path: string): boolean {
  return accessAt(state, path).some(
    ({ actions, notActions = [] }) =>
      actions.some((pattern) => fitsPattern(pattern, action)) &&
      !notActions.some((pattern) => fitsPattern(pattern, action)),
  );
}

function accessAt(state: State, path: string): readonly WorldAccess[] {
  const { access } = state.document;
  if (access === undefined) return [everything];
  return access.filter(({ scope }) => `${path}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase()));
}

const verbs: Readonly<Record<string, string>> = {
  GET: "read",
  HEAD: "read",
  DELETE: "delete",
  PUT: "write",
  PATCH: "write",
};

/** `…/providers/NS/type/name/type/name` → `NS/type/type/read`; a POST's trailing verb → `NS/type/verb/action`. */
export function actionOf(method: string, segments: readonly string[]): string {
  const [provider = "", ...rest] = belowProviders(segments) ?? ["Microsoft.Resources", ...segments];
  const types = rest.filter((_, index) => index % 2 === 0);
  return [provider, ...types, verbs[method] ?? "action"].join("/");
}

function listPermissions(call: Call): Answer {
  const value = accessAt(call.state, scopeOf(call)).map(({ actions, notActions = [] }): Json => ({
    actions,
    notActions,
    dataActions: [],
    notDataActions: [],
  }));
  return found({ value });
}

/** Under any scope. */
export const accessRoutes: readonly Route[] = [{ method: "GET", path: permissions, answer: listPermissions }];
