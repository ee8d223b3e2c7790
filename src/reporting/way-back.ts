// The way back after a run: the command that brings back what it soft-deleted, and until when that works. Told from plan and events.

import { idKey } from "../model/arm-id.ts";
import type { Outcome } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import { shellPath } from "../model/shell-word.ts";
import type { Action, Step } from "../model/step.ts";
import { day } from "./words.ts";

export type WayBack = {
  /** One line for a POSIX shell. */
  readonly command: string;
  /** ISO time of the last purge, after which nothing returns; absent where Azure does not say. */
  readonly until?: string;
  /** ISO time of the first purge, where parts of it go sooner. */
  readonly firstPurge?: string;
  /** The run was on an emulator that ended with its process: the command is a rehearsal of what Azure would take. */
  readonly rehearsed?: true;
};

type Told = {
  readonly run: string;
  readonly plan: Plan;
  /** Which Azure, as the run's journal says. */
  readonly azure: string;
  /** Further options of the command, as the state folder. */
  readonly options: readonly string[];
  readonly isVerified: (step: Step) => boolean;
  readonly outcome: Outcome | undefined;
};

const softDeletions: ReadonlySet<Action> = new Set(["delete-item", "delete-instance", "unregister-container"]);

/** Undefined where the run soft-deleted nothing that a recovery could bring back. */
export function wayBackOf({ run, plan, azure, options, isVerified, outcome }: Told): WayBack | undefined {
  if (plan.recovery !== undefined || outcome?.kind === "purged") return undefined;
  const returning = plan.steps.filter(
    (step) => softDeletions.has(step.action) && !step.irreversible && isVerified(step),
  );
  if (returning.length === 0 && outcome?.kind !== "soft-deleted") return undefined;
  const keys = new Set(returning.map(({ target }) => idKey(target)));
  const purges = plan.remains
    .flatMap(({ subject, until }) => (until !== undefined && keys.has(idKey(subject)) ? [until] : []))
    .toSorted();
  const until = outcome?.until ?? purges.at(-1);
  const [first] = purges;
  return {
    command: commandOf(run, plan, azure, options),
    ...(until === undefined ? {} : { until }),
    ...(first === undefined || until === undefined || day(first) === day(until) ? {} : { firstPurge: first }),
    ...(azure.startsWith("emulator:") ? { rehearsed: true } : {}),
  };
}

/** By the full id: another vault may have the name by then. */
function commandOf(run: string, { vault }: Plan, azure: string, options: readonly string[]): string {
  const endpoint = azure.startsWith("endpoint:") ? ["--endpoint", azure.slice("endpoint:".length)] : [];
  const cloud = vault.cloud === "public" ? [] : ["--cloud", vault.cloud];
  const words = [...cloud, ...endpoint, ...options].map((word) => (word.startsWith("--") ? word : shellPath(word)));
  return ["vault-teardown recover --run", run, "--vault", shellPath(vault.id), ...words].join(" ");
}

/** Lines below the summary of a run. */
export function wayBackText({ command, until, firstPurge, rehearsed }: WayBack): readonly string[] {
  const sooner = firstPurge === undefined ? "" : `; parts of it are purged from ${day(firstPurge)} on`;
  return [
    `recover   ${command}`,
    `          ${until === undefined ? "until a time Azure does not say" : `until ${until}`}${sooner}`,
    ...(rehearsed === undefined
      ? []
      : ["          rehearsed: this emulator ended with its process, and its vault with it"]),
  ];
}
