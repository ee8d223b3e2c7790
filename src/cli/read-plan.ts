// Reads a saved plan that a person names. It is believed only as far as it can be checked.

import { readText, UnreadableFileError } from "../journal/regular-file.ts";
import { largestPlan } from "../journal/state-folder.ts";
import type { Plan } from "../model/plan.ts";
import { openPlan } from "../planning/saved-plan.ts";
import { UserError } from "./user-error.ts";
import { keepYoungSpaceSmall } from "./young-space.ts";

/** Throws UserError for a file that cannot be read, and PlanDocumentError for one that is no plan. */
export function readPlan(path: string): Plan {
  keepYoungSpaceSmall();
  try {
    return openPlan(readText(path, largestPlan, { follow: true }), path);
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    throw new UserError(`cannot read the plan ${path} (${error.why}): make one with plan --out <file>`);
  }
}
