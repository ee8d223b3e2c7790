// How most of Site Recovery is proved gone: a fresh list no longer has it.

import { idKey } from "../../model/arm-id.ts";
import type { Step } from "../../model/step.ts";
import type { Proof } from "../dependency.ts";

type Listed = { readonly id: string; readonly state: string };

export function proveUnlisted(step: Step, found: readonly Listed[], what: string): Proof {
  const still = find(step, found);
  return still === undefined
    ? { verdict: "proved", evidence: `${what} is no longer listed` }
    : { verdict: "not-yet", found: `${what} is still listed, ${still.state}` };
}

/** The target of the step among what was listed, however its id is spelled. */
export function find<L extends Listed>(step: Step, found: readonly L[]): L | undefined {
  return found.find((candidate) => idKey(candidate.id) === idKey(step.target));
}
