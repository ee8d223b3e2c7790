// What a 429 says: for how long, and of what. Only some answers have a header; the text is recorded.

import type { PipelineResponse } from "@azure/core-rest-pipeline";

/**
 * Seconds from the header, or from the text where only that has them (recorded: "Please try again after '324' seconds."). A
 * date is taken by the clock of the service, which the answer's own date tells: the one of this machine may be wrong.
 */
export function retryAfterSeconds(response: PipelineResponse): number | undefined {
  const header = response.headers.get("retry-after");
  if (header !== undefined) {
    const seconds = Number(header);
    if (Number.isFinite(seconds)) return Math.max(0, seconds);
    const until = Date.parse(header);
    const now = Date.parse(response.headers.get("date") ?? "");
    if (!Number.isNaN(until)) return Math.max(0, (until - (Number.isNaN(now) ? Date.now() : now)) / 1000);
  }
  if (response.status !== 429) return undefined;
  const text = /after '?(\d+)'? seconds/i.exec(response.bodyAsText ?? "");
  return text?.[1] === undefined ? undefined : Number(text[1]);
}

/** The one action that is limited, in lower case (recorded: "Number of requests for action '…/backupJobs/read' exceeded the limit"). */
export function throttledAction(text: string): string | undefined {
  return /for action '([^']+)'/i.exec(text)?.[1]?.toLowerCase();
}
