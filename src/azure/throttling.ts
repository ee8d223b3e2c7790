// What a 429 says: for how long, and of what. Only some answers have a header; the text is recorded.

import type { PipelineResponse } from "@azure/core-rest-pipeline";

/** Seconds from the header, or from the text where only that has them (recorded: "Please try again after '324' seconds."). */
export function retryAfterSeconds(response: PipelineResponse): number | undefined {
  const header = response.headers.get("retry-after");
  if (header !== undefined) {
    const seconds = Number(header);
    if (Number.isFinite(seconds)) return Math.max(0, seconds);
    const date = Date.parse(header);
    if (!Number.isNaN(date)) return Math.max(0, (date - Date.now()) / 1000);
  }
  if (response.status !== 429) return undefined;
  const text = /after '?(\d+)'? seconds/i.exec(response.bodyAsText ?? "");
  return text?.[1] === undefined ? undefined : Number(text[1]);
}

/** The one action that is limited, in lower case (recorded: "Number of requests for action '…/backupJobs/read' exceeded the limit"). */
export function throttledAction(text: string): string | undefined {
  return /for action '([^']+)'/i.exec(text)?.[1]?.toLowerCase();
}
