// The words every format shares: what a plan will come to and how, what marks a step, how a run ended. Plain text: each format
// escapes it for itself.

import { nameOf } from "../model/arm-id.ts";
import type { Difference } from "../model/difference.ts";
import type { RunCounts } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Step } from "../model/step.ts";
import type { RunDocument } from "./run-document.ts";
import { counted, day } from "./words.ts";

/** What will be true of the vault once the plan was carried out, or why that cannot be. */
export function expectedOutcomeText({
  expectedOutcome: { kind, until },
  blockers,
}: Pick<Plan, "expectedOutcome" | "blockers">): string {
  switch (kind) {
    case "soft-deleted":
      return until === undefined
        ? "soft-deleted: gone from Azure Resource Manager, recoverable until a time Azure does not say"
        : `soft-deleted: gone from Azure Resource Manager, recoverable until about ${day(until)}`;
    case "purged":
      return "purged: gone with all its data, for good";
    case "absent":
      return "absent: gone from Azure Resource Manager";
    case "recovered":
      return "recovered: it stands, with everything named below";
    case "blocked":
      return `blocked: ${counted(blockers.length, "thing")} must be settled first${until === undefined ? "" : `, not before ${day(until)}`}`;
    case "waiting":
      return `waiting: not before ${until === undefined ? "a time Azure does not say" : day(until)}`;
    default:
      return kind satisfies never;
  }
}

export function strategyText({ strategy }: Pick<Plan, "strategy">): string {
  return strategy === "soft"
    ? "soft: weakens no protection of what is backed up, undeletes nothing"
    : "purge: turns soft delete off, undeletes and deletes again; nothing can be recovered";
}

/** How many of the steps nobody can take back, and how many weaken a protection. */
export function stepCountsText({ steps }: Pick<Plan, "steps">): string {
  const irreversible = steps.filter((step) => step.irreversible).length;
  const weakening = steps.filter((step) => step.weakens !== undefined).length;
  return `${irreversible} irreversible, ${weakening} weakening a protection`;
}

/** What a person must see beside a step, what cannot be undone first; none of an ordinary one. */
export function stepMarks({ irreversible, weakens, consent, guarded, undoes }: Step): readonly string[] {
  return [
    irreversible ? "IRREVERSIBLE" : undefined,
    weakens === undefined ? undefined : `WEAKENS: ${weakens}`,
    consent === undefined ? undefined : `allowed by --allow ${consent}`,
    guarded === undefined ? undefined : `guarded by ${nameOf(guarded.guard)}`,
    undoes === undefined ? undefined : `undoes ${undoes}, also after a failure or a stop`,
  ].filter((mark) => mark !== undefined);
}

/** How the run ended, or that it has not, in one line. */
export function runHeadline({ vault: { name }, outcome, recovery, ended, exitCode }: RunDocument): string {
  const command = recovery === undefined ? "apply" : "recover";
  if (!ended) return `unfinished: the run on ${name} has not ended; ${command} continues it`;
  if (outcome === undefined)
    return recovery === undefined
      ? `not done: ${name} ${notDone(exitCode, "stands")}`
      : `not done: the recovery of ${name} ${notDone(exitCode, "is unfinished")}`;
  if (outcome.kind === "recovered") return `back: ${name} stands, and what was to return is listed again`;
  if (outcome.kind === "soft-deleted")
    return `gone: ${name} is soft-deleted${outcome.until === undefined ? "" : `; Azure purges it at ${outcome.until}`}`;
  return outcome.kind === "purged" ? `gone: ${name} is purged, for good` : `gone: Azure no longer has ${name}`;
}

function notDone(exitCode: number | undefined, how: string): string {
  if (exitCode === 1) return `${how}: the run had to stop and is saved`;
  if (exitCode === 3) return "is blocked: a person must act first";
  if (exitCode === 4) return "cannot be finished now, but later";
  if (exitCode === 130) return `${how}: the run was interrupted and saved`;
  return `${how}: some steps failed, the rest that could be done was done`;
}

/** What became of the steps of a run that ended. */
export function runCountsText({ verified, failed, skipped, open }: RunCounts): string {
  return `${verified} verified, ${failed} failed, ${skipped} skipped, ${open} open`;
}

/** How a run that can go on goes on. */
export function continueText({ resumeAfter }: Pick<RunDocument, "resumeAfter">): string {
  return `the same command goes on where this run stopped${resumeAfter === undefined ? "" : `, after ${resumeAfter}`}`;
}

/** One thing in which a vault differs from what was planned. */
export function differenceText({ change, kind, name, was, is }: Difference): string {
  return `${change}: ${kind} ${name}${was === undefined ? "" : `, was ${was}`}${is === undefined ? "" : `, is ${is}`}`;
}
