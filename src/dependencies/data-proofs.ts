// What a listing says of backup data that was deleted or undeleted, whatever sort of vault holds it. Pure.

import type { Strategy } from "../model/plan.ts";
import type { Step } from "../model/step.ts";
import type { Proof } from "./dependency.ts";

/** A backup item or a backup instance, as far as its proofs look at it. */
type Data = { readonly state: string; readonly softDeleted: boolean; readonly purgeAt?: string };

/** What people call it, and how its vault reads soft delete that is off. */
type Words = { readonly noun: "item" | "instance"; readonly off: "Disabled" | "Off" };

/** `data`: undefined where no list has it. Where a purge was meant, data that is kept contradicts the plan. */
export function proveDataDeleted(step: Step, data: Data | undefined, { noun, off }: Words, strategy: Strategy): Proof {
  if (data === undefined) return { verdict: "proved", evidence: `the ${noun} is no longer listed` };
  if (!data.softDeleted) return { verdict: "not-yet", found: `the ${noun} is still listed, ${data.state}` };
  const until = data.purgeAt === undefined ? "at a time Azure does not say" : `at ${data.purgeAt}`;
  if (strategy !== "purge")
    return { verdict: "proved", evidence: `the ${noun} is listed as soft-deleted, purged ${until}` };
  return {
    verdict: "contradicted",
    found: `${step.name} was soft-deleted although soft delete reads ${off}; it is purged ${until}`,
    remedy: "this vault does not allow purging: plan again with --strategy soft",
  };
}

/** Where it is undeleted to be deleted again, data that is purged meanwhile needs neither. */
export function proveDataUndeleted(data: Data | undefined, { noun }: Pick<Words, "noun">, strategy: Strategy): Proof {
  if (data === undefined)
    return strategy === "purge"
      ? { verdict: "proved", evidence: `the ${noun} is no longer listed: it was purged meanwhile` }
      : { verdict: "not-yet", found: `the ${noun} is not listed: it was purged, or Azure does not show it yet` };
  if (data.softDeleted) return { verdict: "not-yet", found: `the ${noun} is still listed as soft-deleted` };
  return { verdict: "proved", evidence: `the ${noun} is listed again, ${data.state}` };
}
