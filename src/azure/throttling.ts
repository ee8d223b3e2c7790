// What answers say of time, no further than anybody can have meant it; and what a 429 is about. The texts are recorded.

import type { PipelineResponse } from "@azure/core-rest-pipeline";

/** The parts of an answer that are looked at, whichever client brought it. */
type Answer = Pick<PipelineResponse, "status"> & {
  readonly bodyAsText?: string | null | undefined;
  readonly headers: { readonly get: (name: string) => string | undefined };
};

/** A year: of a longer wait no date can be told, and nobody waits it out. */
const longestSeconds = 366 * 86_400;

/** Before it, a date is the service's word for none; after the second, it has no form that every reader takes. */
const meant = { from: Date.parse("1990-01-01T00:00:00Z"), to: Date.parse("9999-12-31T23:59:59.999Z") } as const;

/**
 * Seconds, a year at most, from the header, or from the text where only that has them (recorded: "Please try again after
 * '324' seconds."). A date is taken by the clock of the service, which the answer's own date tells: the one of this machine
 * may be wrong.
 */
export function retryAfterSeconds(answer: Answer): number | undefined {
  const seconds = saidSeconds(answer);
  return seconds === undefined ? undefined : Math.min(Math.max(0, seconds), longestSeconds);
}

function saidSeconds({ status, headers, bodyAsText }: Answer): number | undefined {
  const header = headers.get("retry-after");
  if (header !== undefined) {
    const seconds = Number(header);
    if (Number.isFinite(seconds)) return seconds;
    const until = serviceTime(header);
    if (until !== undefined) return (until - (serviceTime(headers.get("date")) ?? Date.now())) / 1000;
  }
  if (status !== 429) return undefined;
  const text = /after '?(\d+)'? seconds/i.exec(bodyAsText ?? "");
  return text?.[1] === undefined ? undefined : Number(text[1]);
}

/** Epoch milliseconds of a date in a header; undefined for what is none, or lies outside the years 1990 to 9999. */
export function serviceTime(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? "");
  return time >= meant.from && time <= meant.to ? time : undefined;
}

/** The one action that is limited, in lower case (recorded: "Number of requests for action '…/backupJobs/read' exceeded the limit"). */
export function throttledAction(text: string): string | undefined {
  return /for action '([^']+)'/i.exec(text)?.[1]?.toLowerCase();
}
