// How numbers, dates and long lists are put before people. What makes a text safe to show is terminal-text.ts.

import { nameOf } from "../model/arm-id.ts";
import type { Step } from "../model/step.ts";

/** `1 step`, `2 steps`. */
export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** The day of an ISO time. */
export function day(iso: string): string {
  return iso.slice(0, 10);
}

/** Minutes and seconds of a duration in milliseconds, as people say it. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The first of a long list, and how many more there are; the JSON form has every entry. Only what is shown is put in words. */
export function cut<T>(list: readonly T[], longest: number, textOf: (entry: T) => string): readonly string[] {
  if (list.length <= longest) return list.map((entry) => textOf(entry));
  const shown = list.slice(0, longest).map((entry) => textOf(entry));
  return [...shown, `… and ${list.length - longest} more (plan --format json has all)`];
}

/** What a person must know of a step before it is done: that nobody can undo it, what it weakens, who must have allowed it. */
export function stepMarks(step: Step): readonly string[] {
  return [
    step.irreversible ? "IRREVERSIBLE" : undefined,
    step.weakens === undefined ? undefined : `WEAKENS: ${step.weakens}`,
    step.consent === undefined ? undefined : `allowed by --allow ${step.consent}`,
    step.guarded === undefined ? undefined : `guarded by ${nameOf(step.guarded.guard)}`,
    step.undoes === undefined ? undefined : `undoes ${step.undoes}, also after a failure or a stop`,
  ].filter((mark) => mark !== undefined);
}
