// What will be true of the vault at the end, said before the first write: absent, soft-deleted or purged, and what that rests on.

import { goesWithServer } from "../dependencies/item-types.ts";
import { isEnforced, isOff, isOn } from "../dependencies/soft-delete.ts";
import { vaultKindOf } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { ExpectedOutcome, Strategy } from "../model/plan.ts";
import { ofKind, type Resource } from "../model/resource.ts";
import type { Action, Step } from "../model/step.ts";
import { daysAfter } from "../model/time.ts";

type Facts = {
  readonly strategy: Strategy;
  readonly resources: readonly Resource[];
  readonly steps: readonly Step[];
  readonly blockers: readonly Blocker[];
  /** Epoch milliseconds. */
  readonly now: number;
};

export function expectOutcome(facts: Facts): ExpectedOutcome {
  if (facts.blockers.length > 0) return blocked(facts.blockers);
  if (facts.strategy === "purge") return purged(facts.steps);
  const state = ofKind(facts.resources, "soft-delete-setting")[0]?.state ?? "unreadable";
  const until = lastPurge(facts);
  if (until !== undefined) return { kind: "soft-deleted", until, ...assumed(state, until) };
  return { kind: "absent", assumption: assumedOfNothingLeft(state, facts) };
}

/** A recovery ends with everything back, or cannot begin. */
export function expectRecovery(blockers: readonly Blocker[]): ExpectedOutcome {
  return blockers.length > 0 ? blocked(blockers) : { kind: "recovered" };
}

function blocked(blockers: readonly Blocker[]): ExpectedOutcome {
  const dates = blockers.map((blocker) => blocker.until);
  const last = dates.every((until) => until !== undefined) ? dates.toSorted().at(-1) : undefined;
  return { kind: "blocked", ...(last === undefined ? {} : { until: last }) };
}

function purged(steps: readonly Step[]): ExpectedOutcome {
  if (!steps.some((step) => step.action === "disable-soft-delete")) return { kind: "purged" };
  return {
    kind: "purged",
    assumption: "the service lets soft delete be turned off; if it refuses, nothing is touched",
  };
}

/** What a date rests on. Only AlwaysON is enforced; any other vault may turn out to be in the classic regime. */
function assumed(state: string, until: string): { readonly assumption?: string } {
  if (isEnforced(state)) return {};
  const off = isOff(state) ? "what is deleted now is destroyed at once; " : "";
  return {
    assumption: `soft delete reads ${state}, which is not enforced: ${off}if Azure refuses to delete the vault while it holds soft-deleted items (classic regime), the run ends waiting until ${until.slice(0, 10)}, and --strategy purge can delete it now`,
  };
}

function assumedOfNothingLeft(state: string, { steps, resources }: Facts): string {
  const destroys = steps.some(
    (step) => step.action === "delete-item" || step.action === "delete-instance" || step.action === "unregister-server",
  );
  if (!destroys || isOn(state) || isEnforced(state))
    return `it then holds nothing to recover; Azure may list it among deleted vaults for some ${isOfBackup(resources) ? "minutes" : "days"}`;
  if (isOff(state))
    return `soft delete reads ${/^off$/i.test(state) ? "Off" : "Disabled"}, so data is destroyed at once; a secure-by-default vault would keep it for a while`;
  return `soft delete reads ${state}, so the worst is assumed: data is destroyed at once`;
}

/** Recorded: an empty Backup vault is purged after ten minutes (ps2026p__Undo-AzDataProtectionVaultDeletion). */
function isOfBackup(resources: readonly Resource[]): boolean {
  return ofKind(resources, "vault").some(({ id }) => vaultKindOf(id) === "backup");
}

/** The last purge of what is soft-deleted already, and of what this plan leaves recoverable; undefined when nothing is. */
function lastPurge(facts: Facts): string | undefined {
  const days = ofKind(facts.resources, "soft-delete-setting")[0]?.retentionDays ?? 0;
  const leaving = leavingActions(facts.resources);
  const leavesData = facts.steps.some((step) => leaving.has(step.action) && !step.irreversible);
  const dates = ofKind(facts.resources, "protected-item").flatMap((item) => item.purgeAt ?? []);
  dates.push(...ofKind(facts.resources, "backup-instance").flatMap((instance) => instance.purgeAt ?? []));
  if (leavesData) dates.push(daysAfter(facts.now, days));
  return dates.toSorted().at(-1);
}

/** The actions that leave items behind. A server that holds no item leaves nothing. */
function leavingActions(resources: readonly Resource[]): ReadonlySet<Action> {
  const onServers = ofKind(resources, "protected-item").some((item) => !item.softDeleted && goesWithServer(item));
  return new Set<Action>(["delete-item", "delete-instance", ...(onServers ? ["unregister-server" as const] : [])]);
}
