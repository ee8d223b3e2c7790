// A listing that failed hides what it would have shown: the plan is blocked until it can be read.

import { listingFailed, type Blocker } from "../model/blocker.ts";
import type { Gap } from "../model/resource.ts";

export function blockersFromGaps(gaps: readonly Gap[]): readonly Blocker[] {
  return gaps.map((gap) => ({
    code: listingFailed,
    subject: gap.kind,
    reason: `resources of kind ${gap.kind} could not be listed: ${gap.code}: ${gap.message}`,
    fix: isRefusal(gap.code)
      ? "get the right to read them (Reader on their scope is enough), then plan again"
      : "plan again; if it stays, look the code up with Azure's service health",
    who: isRefusal(gap.code) ? "an owner of that scope" : "you",
  }));
}

function isRefusal(code: string): boolean {
  return /authorization|forbidden|denied/i.test(code);
}
