// How long to wait for what, in seconds. Latencies are recorded medians and maxima; the rest is judgement, and only data.

import type { Action } from "../model/step.ts";

/** Wait before asking about an operation when the service did not say; its usual word is 60 (recorded). */
export const defaultPollSeconds: number = 15;

/** Between two questions about an operation, whatever the service asks for. */
export const shortestPollSeconds: number = 1;
export const longestPollSeconds: number = 300;

/** When to come back to something that outlasted its deadline and names no time. */
export const comeBackSeconds: number = 3600;

/** The longest recorded operation of a teardown took 1,411 s; beyond this the run stops waiting and can be resumed. */
const operationDeadlineSeconds: number = 3 * 3600;

/** Where a mature client waits longer than that for one operation: a site whose hosts are connected took it 180 minutes. */
const longerDeadlinesSeconds: Readonly<Partial<Record<Action, number>>> = { "remove-fabric": 4 * 3600 };

export function operationDeadlineOf(action: Action): number {
  return longerDeadlinesSeconds[action] ?? operationDeadlineSeconds;
}

/** How long an effect may take to show after its operation has ended: lists lag by seconds to minutes (field report). */
export const proofDeadlineSeconds: number = 15 * 60;

/** Backups took up to 9,078 s (recorded). */
export const jobDeadlineSeconds: number = 6 * 3600;

/** Jobs are waited out: their list allows 150 reads an hour (recorded). */
export function isPatient(action: Action): boolean {
  return action === "settle-job";
}

const jobLookSeconds = 60;

/** Looks follow each other by this share of the time that was waited: nobody waits longer by much more than that. */
const lookShare = 0.05;

const sweepShare = 0.1;

/** Before the time that is expected, looks are fewer: most would be in vain. */
const earlyLookShare = 0.15;

/** What would not hold the run up is looked for later by this share of the time it has to spare. */
const slackShare = 0.1;

/** Nor does anybody notice a share as small as this of what is still to come after it. */
const toComeShare = 0.015;

const longestLookSeconds = 60;

type Unseen = {
  /** Seconds since the write was accepted, or since its operation had ended. */
  readonly waited: number;
  /** Seconds the step has to spare. */
  readonly slack: number;
  /** Seconds that the longest way after it will take. */
  readonly toCome: number;
  /** Sooner than the effect is expected. */
  readonly isEarly: boolean;
  /** Its operation has, or there is none: only the list can be behind. */
  readonly hasEnded: boolean;
};

/**
 * From the write to the first look at its effect: when it is expected, and where nothing else takes longer, as soon as
 * the fastest one was seen.
 */
export function firstLookSeconds(expected: number, fastest: number, slack: number): number {
  return Math.min(expected, fastest + slack) + Math.min(slack * slackShare, longestLookSeconds);
}

/** However fast an emulator runs. */
export const shortestWaitMilliseconds: number = 250;

/** Until the next look at a step that was looked for in vain. */
export function lookDelaySeconds(action: Action, { waited, slack, toCome, isEarly, hasEnded }: Unseen): number {
  if (isPatient(action)) return jobLookSeconds;
  const delay = Math.max(
    waited * (isEarly ? earlyLookShare : lookShare),
    slack * slackShare,
    toCome * toComeShare,
    hasEnded ? 5 : 1,
  );
  return Math.min(delay, longestLookSeconds);
}

/** From the write on: what has not shown up then is asked about alone, and never sooner than the service wants to be asked. */
export function laggardSeconds(usualSeconds: number, wantedSeconds: number): number {
  return Math.max(1.5 * usualSeconds, wantedSeconds);
}

/** Between two questions about one laggard: no more than a few however long it takes, and never sooner than is wanted. */
export function askAgainSeconds(waitedSeconds: number, wantedSeconds: number): number {
  return Math.max(waitedSeconds / 2, wantedSeconds);
}

type Sweeping = {
  /** The shortest time that anything waited for is expected to take. */
  readonly shortest: number;
  /** Since the run began. */
  readonly runSeconds: number;
  /** Of the last listing: long ones take many requests. */
  readonly entries: number;
  readonly patient: boolean;
};

/**
 * Between two listings of a kind: a share of the shortest time that anything in it is expected to take, and of the time
 * that the run has taken already, of which a listing more would not save enough; the longer the list, the larger.
 */
export function sweepIntervalSeconds({ shortest, runSeconds, entries, patient }: Sweeping): number {
  if (patient) return jobLookSeconds;
  const runShare = 0.012 + 0.002 * (entries / 1000);
  return Math.min(Math.max(shortest * sweepShare, runSeconds * runShare, 1), longestLookSeconds);
}

/** From the deletion of a container's last database to its unregistration (field report: seconds, at worst minutes; unverified). */
export const settlingSeconds: number = 20;

/** Before a refused write is sent again: propagation takes minutes (field report). */
export const retryDelaysSeconds: readonly number[] = [5, 10, 20, 40, 60, 60, 60, 90, 90, 120];

/** Looks after a write that got no answer, before it is sent again: deletions take 12 to 32 s where soft delete is on (recorded). */
export const unansweredDelaysSeconds: readonly number[] = [10, 20];

/** Looks after a refusal of what an earlier write may have done: its effect shows when the lists have caught up (field report: minutes). */
export const refusedInDoubtDelaysSeconds: readonly number[] = [10, 20, 30, 60, 60, 60, 60];

/** Looks at what an earlier run may have set off, for a little longer than it usually takes. */
export function inheritedDelaysSeconds(usual: number): readonly number[] {
  return [usual / 4, usual / 4, usual / 2, 5];
}

/** How often a write is sent again that a lock refuses although this run removed it: removals take a while (field report). */
export const lockLagRetries: number = 6;

/** How long a run that was stopped tries to undo what it must not leave behind. */
export const putBackDeadlineSeconds: number = 90;

export const maximumRetries: number = retryDelaysSeconds.length;

/** The n-th delay (from 0) of a list whose last entry repeats. */
export function delayAt(delays: readonly number[], n: number): number {
  return delays[Math.min(n, delays.length - 1)] ?? defaultPollSeconds;
}
