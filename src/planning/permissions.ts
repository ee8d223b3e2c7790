// What the steps need is compared with what the caller may do: missing rights are known before anything is deleted. Pure.

import { ancestor, idKey, isWithin, nameOf, segmentAfter, vaultWords, type ArmId } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import { allows, mayActAtGuards, type ScopeGrants } from "../model/grant.ts";
import type { Permissions, RoleDefinition, VaultSummary } from "../model/plan.ts";
import { shellWord } from "../model/shell-word.ts";
import type { Step } from "../model/step.ts";
import { discoveryActions } from "./discovery-actions.ts";
import { neededByScope, unique, type Needed } from "./needed-permissions.ts";

type Compared = Needed & {
  readonly missing: readonly string[];
  readonly checked: boolean;
  /** The grants were read and do not decide it. */
  readonly unsure: boolean;
};

type Purpose = "Teardown" | "Recovery";

const purposes: Readonly<Record<Purpose, string>> = { Teardown: "taking down", Recovery: "bringing back" };

export type PermissionFindings = {
  readonly permissions: Permissions;
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly string[];
};

/** `grants`: what was read of the caller's rights; a scope that nothing was read for is not checked. */
export function comparePermissions(
  steps: readonly Step[],
  vault: VaultSummary,
  grants: readonly ScopeGrants[],
  purpose: Purpose = "Teardown",
): PermissionFindings {
  const compared = neededByScope(steps, vault.id).map((needed) => compare(needed, grants));
  const role = roleFor(compared, steps, vault, purpose);
  return {
    permissions: {
      needed: unique(compared.flatMap(({ actions }) => actions)),
      missing: unique(compared.flatMap(({ missing }) => missing)),
      checked: compared.length > 0 && compared.every(({ checked }) => checked),
      byScope: compared.map(({ scope, actions, missing, checked }) => ({ scope, needed: actions, missing, checked })),
      grants,
      role,
    },
    blockers: compared.flatMap((scope) => (scope.missing.length === 0 ? [] : [blockerOf(scope, role, purpose)])),
    warnings: grants.length === 0 ? [] : compared.flatMap((scope) => warningsOf(scope, grants)),
  };
}

/** What is granted above a scope is granted at it. Not all of it may have been readable: then nothing is known missing. */
function compare(needed: Needed, grants: readonly ScopeGrants[]): Compared {
  const fitting = grants.filter(({ scope }) => isWithin(needed.scope, scope));
  const read = fitting.flatMap((entry) => ("grants" in entry ? [entry] : []));
  const all = read.flatMap((entry) => entry.grants);
  const lacking = needed.actions.filter((action) => !allows(all, action));
  const known = lacking.length === 0 || read.some(({ scope }) => idKey(scope) === idKey(needed.scope));
  // Which action a guard asks for is inferred: who may act there in other ways is warned, not stopped.
  const unsure = needed.isGuard && known && lacking.length > 0 && mayActAtGuards(all);
  const checked = known && !unsure;
  return { ...needed, unsure, checked: checked && read.length > 0, missing: checked ? lacking : [] };
}

/**
 * The scopes whose grants must be asked for still, given those that were read. A resource is asked for by its group
 * first, which many share; the vault, a guard and what is wider than a resource are asked for themselves.
 */
export function scopesToAsk(
  steps: readonly Step[],
  vault: ArmId,
  grants: readonly ScopeGrants[] = [],
): readonly ArmId[] {
  const asked = new Set(grants.map(({ scope }) => idKey(scope)));
  const wanted = neededByScope(steps, vault).flatMap((needed) => {
    const group = ancestor(needed.scope, "resourceGroups");
    const direct = needed.isGuard || group === undefined || idKey(needed.scope) === idKey(vault);
    if (direct || asked.has(idKey(group))) return compare(needed, grants).checked ? [] : [needed.scope];
    return [group];
  });
  return [...new Map(wanted.map((scope) => [idKey(scope), scope])).values()].filter(
    (scope) => !asked.has(idKey(scope)),
  );
}

/**
 * Roles can be assigned in groups and wider scopes, not defined for one resource. What a step touches is only looked at:
 * whether it is locked.
 */
function roleFor(
  compared: readonly Compared[],
  steps: readonly Step[],
  vault: VaultSummary,
  purpose: Purpose,
): RoleDefinition {
  const ours = compared.filter(({ isGuard }) => !isGuard);
  const looked = steps.flatMap(({ touches }) => touches ?? []);
  const scopes = [vault.id, ...ours.map(({ scope }) => scope), ...looked].map(
    (scope) => ancestor(scope, "resourceGroups") ?? scope,
  );
  return {
    Name: `${purpose} of vault ${vault.name}`,
    IsCustom: true,
    Description: `exactly what ${purposes[purpose]} the ${vaultWords[vault.kind]} ${vault.name} needs`,
    Actions: unique([...discoveryActions[vault.kind], ...ours.flatMap(({ actions }) => actions)]),
    NotActions: [],
    AssignableScopes: [...new Map(scopes.map((scope) => [idKey(scope), scope])).values()],
  };
}

function blockerOf(scope: Compared, role: RoleDefinition, purpose: Purpose): Blocker {
  return scope.isGuard ? guardBlocker(scope, purpose) : scopeBlocker(scope, role, purpose);
}

/** What prints the plan as a document, and what is done once the right is there. */
const commands: Readonly<Record<Purpose, { readonly shows: string; readonly again: string }>> = {
  Teardown: { shows: "plan --format json", again: "plan again" },
  Recovery: { shows: "recover --dry-run --format json", again: "run recover again" },
};

function scopeBlocker({ scope, missing }: Compared, role: RoleDefinition, purpose: Purpose): Blocker {
  const { shows, again } = commands[purpose];
  const assign = (name: string): string =>
    `az role assignment create --assignee <your object id> --role ${shellWord(name)} --scope ${shellWord(scope)}`;
  return {
    code: "permission-missing",
    subject: scope,
    reason: `you lack permissions that the steps need: ${missing.join(", ")}`,
    fix: `have a role assigned that has them: ${assign(builtInRole(missing))}; or one with nothing else: save permissions.role of ${shows} as role.json, az role definition create --role-definition role.json, ${assign(role.Name)}; then ${again}`,
    who: `an owner or user access administrator of ${scope}`,
  };
}

/** Built-in roles that suffice (documented: Contributor has everything but what concerns rights and locks). */
function builtInRole(actions: readonly string[]): string {
  const aboutRights = actions.some((action) => action.toLowerCase().startsWith("microsoft.authorization/"));
  return aboutRights ? "Owner" : "Contributor";
}

/** Documented: multi-user authorization; the role's own text allows actions on Microsoft.DataProtection and no writes. */
const guardRole = "Backup MUA Operator";

function guardBlocker({ scope, missing, steps }: Compared, purpose: Purpose): Blocker {
  return {
    code: "guard-permission-missing",
    subject: scope,
    reason: `the resource guard ${nameOf(scope)} decides over ${steps === 1 ? "1 step" : `${steps} steps`}, and you lack its permission: ${missing.join(", ")}`,
    fix: `ask for the role ${guardRole} on ${scope}, or activate it with Privileged Identity Management (az role assignment create --assignee <your object id> --role ${shellWord(guardRole)} --scope ${shellWord(scope)}), then ${commands[purpose].again}`,
    who: `the owner of the resource guard, in subscription ${segmentAfter(scope, "subscriptions") ?? "unknown"}`,
  };
}

function warningsOf(needed: Compared, grants: readonly ScopeGrants[]): readonly string[] {
  if (needed.checked) return [];
  const refusal = grants.flatMap((entry) =>
    "refusal" in entry && isWithin(needed.scope, entry.scope) ? [entry.refusal] : [],
  )[0];
  const unread = refusal === undefined ? "they were not read" : `${refusal.code}: ${refusal.message}`;
  const why = needed.unsure ? "you may do other things there, and which it takes is not documented" : unread;
  const hint = needed.isGuard
    ? `; the steps it decides over need the role ${guardRole} there, and --guard-tenant <tenant id> if it lies in another tenant`
    : "";
  return [
    `your permissions at ${needed.scope} could not be checked (${why}), and the steps need ${needed.actions.join(", ")}${hint}`,
  ];
}
