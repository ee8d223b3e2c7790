// The laws of endings: every run ends within bounds, and what it says at its end is what its events and the world show.

import { text } from "../../src/emulator/json.ts";
import type { World } from "../../src/emulator/world.ts";
import type { RunResult } from "../../src/execution/run.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Step } from "../../src/model/step.ts";
import { notUndone } from "../../src/model/undoing.ts";
import { against, isMissing } from "./laws-of-claims.ts";
import { lastOf, same } from "./standing.ts";
import type { Life, Told } from "./story.ts";

/** Longer than any run that goes on needs, and shorter than for ever: a step may wait for an operation for hours, eleven times over. */
const mostHours = 72;
const mostRequests = 4000;

/** What is broken, in words; empty when all hold. */
export function brokenByEndings(told: Told): readonly string[] {
  const ends = told.lives.flatMap((life) => {
    const bounds = brokenBounds(life);
    if (life.result === undefined) return bounds;
    const moments = told.moments.filter((moment) => moment.life === life);
    const last = moments.findLast((moment) => moment.kind === "event");
    if (last?.world === undefined) return [...bounds, "a run has ended without a word"];
    const events = [...life.past, ...moments.flatMap((moment) => (moment.kind === "event" ? [moment.event] : []))];
    return [...bounds, ...brokenByEnd(life, life.result, events, told.story.world, last.world)];
  });
  return [
    ...ends,
    ...lostLocks(told),
    ...told.drift.map((line) => `what the run did itself is taken for drift: ${line}`),
  ];
}

/** A lock that is missing in the end is one that a run which took it says it owes. */
function lostLocks({ plans, moments, story, world }: Told): readonly string[] {
  const owed = plans.flatMap((plan) => {
    const own = moments.filter(({ life }) => life.plan === plan);
    const lines = notUndone(
      plan.steps,
      own.flatMap((moment) => (moment.kind === "event" ? [moment.event] : [])),
    );
    return plan.steps.flatMap(({ id, target }) => (lines.some((line) => line.startsWith(`${id} `)) ? [target] : []));
  });
  return (story.world.locks ?? [])
    .filter(({ id }) => !same(lastOf(id), "AzureBackupProtectionLock") && isMissing(id, story.world, world))
    .filter(({ id }) => !owed.some((target) => same(target, id)))
    .map(({ id }) => `the lock ${id} is missing, and nobody owes it`);
}

function brokenBounds({ startedAt, endedAt, requests }: Life): readonly string[] {
  const hours = (endedAt - startedAt) / 3_600_000;
  return [
    ...(hours > mostHours ? [`a run took ${hours} hours`] : []),
    ...(requests > mostRequests ? [`a run took ${requests} requests`] : []),
  ];
}

type State = { readonly is: "open" | "verified" | "skipped" } | { readonly is: "failed"; readonly disposition: string };

/** Where the steps stand, told from the events alone: an attempt that failed, or was not made, is open again once the run goes on. */
function statesAfter(plan: Plan, events: readonly RunEvent[]): ReadonlyMap<string, State> {
  const states = new Map<string, State>(plan.steps.map(({ id }) => [id, { is: "open" }]));
  for (const event of events) {
    if (event.type === "run-resumed")
      for (const [id, { is }] of states) if (is === "failed" || is === "skipped") states.set(id, { is: "open" });
    if (event.type === "step-intended" || event.type === "step-accepted") states.set(event.step, { is: "open" });
    if (event.type === "step-verified") states.set(event.step, { is: "verified" });
    if (event.type === "step-skipped") states.set(event.step, { is: "skipped" });
    if (event.type === "step-failed") states.set(event.step, { is: "failed", disposition: event.disposition });
    if (event.type === "step-intended" || event.type === "step-verified")
      for (const { id, undoes } of plan.steps) if (undoes === event.step) states.set(id, { is: "open" });
  }
  return states;
}

function brokenByEnd(
  { plan, faults }: Life,
  result: RunResult,
  events: readonly RunEvent[],
  first: World,
  world: World,
): readonly string[] {
  const states = statesAfter(plan, events);
  const count = (is: State["is"]): number => [...states.values()].filter((state) => state.is === is).length;
  const counts = {
    verified: count("verified"),
    failed: count("failed"),
    skipped: count("skipped"),
    open: count("open"),
  };
  const isGone = !world.vaults.some(({ id }) => same(id, plan.vault.id));
  const said = `a run that ended ${result.exitCode}`;
  return [
    ...(JSON.stringify(counts) === JSON.stringify(result.counts)
      ? []
      : [`${said} counts ${JSON.stringify(result.counts)}, its events say ${JSON.stringify(counts)}`]),
    ...(result.exitCode === 0 && !isGone ? [`${said} has left the vault`] : []),
    ...(result.exitCode === 0 && counts.verified + counts.skipped < plan.steps.length
      ? [`${said} has left steps`]
      : []),
    ...(result.exitCode === 0 && result.notPutBack !== undefined ? [`${said} owes something`] : []),
    ...(fittingCodes(result, states).includes(result.exitCode) ? [] : [`${said} should not have`]),
    ...brokenOutcome(plan, result, world).map((law) => `${said} ${law}`),
    ...brokenLocks(plan, result, first, world, faults > 0).map((law) => `${said} ${law}`),
    ...plan.steps
      .filter((step) => states.get(step.id)?.is === "verified" && lasts(step))
      .flatMap((step) => against(step, plan, first, world) ?? [])
      .map((law) => `${said} has a verified step, but ${law}`),
  ];
}

/** What a later step takes back need not hold any more: a lock's absence, an undeletion; nor need what was only looked at. */
function lasts({ action }: Step): boolean {
  return action !== "remove-lock" && action !== "undelete-item" && action !== "recheck";
}

function fittingCodes(result: RunResult, states: ReadonlyMap<string, State>): readonly number[] {
  const isOpen = [...states.values()].some(({ is }) => is === "open");
  if (isOpen && result.reason?.includes("credential") === true) return [1];
  if (isOpen) return result.reason === undefined ? [130] : [4];
  const failed = [...states.values()].flatMap((state) => (state.is === "failed" ? [state.disposition] : []));
  if (failed.includes("failed")) return [5];
  if (failed.includes("blocked")) return [3];
  return failed.includes("waiting") ? [4] : [0];
}

function brokenOutcome(plan: Plan, { outcome, exitCode }: RunResult, world: World): readonly string[] {
  if (outcome === undefined) return exitCode === 0 ? ["says nothing of what became of the vault"] : [];
  const isGone = !world.vaults.some(({ id }) => same(id, plan.vault.id));
  const kept = world.deletedVaults.find(
    ({ properties }) =>
      same(text(properties, "vaultId"), plan.vault.id) &&
      Date.parse(text(properties, "purgeAt")) > Date.parse(text(properties, "vaultDeletionTime")),
  );
  const until = kept === undefined ? undefined : Date.parse(text(kept.properties, "purgeAt"));
  if (!isGone) return [`says the vault is ${outcome.kind}, and it stands`];
  switch (outcome.kind) {
    case "soft-deleted":
      return until !== undefined && Date.parse(outcome.until ?? "") === until
        ? []
        : [`says it is kept until ${outcome.until}, not ${until}`];
    case "purged":
      return kept === undefined ? [] : ["says the vault is purged, and it can be recovered"];
    case "absent":
      return kept === undefined || outcome.notShown.length > 0 ? [] : ["does not say that the vault can be recovered"];
    case "blocked":
    case "waiting":
    case "recovered":
      return [`says the vault is ${outcome.kind}`];
    default:
      return outcome.kind satisfies never;
  }
}

/** No lock is missing that nobody names; and where no fault was met, every one is back. */
function brokenLocks(
  plan: Plan,
  { notPutBack = [] }: RunResult,
  first: World,
  world: World,
  hit: boolean,
): readonly string[] {
  return plan.steps.flatMap((step) => {
    if (step.undoes === undefined) return [];
    const isNamed = notPutBack.some((line) => line.startsWith(`${step.id} `));
    const missing = isMissing(step.target, first, world);
    if (missing && !isNamed) return [`has left the lock ${step.target} away and does not say so`];
    return isNamed && !hit ? [`owes the lock ${step.target}, although nothing was in the way`] : [];
  });
}
