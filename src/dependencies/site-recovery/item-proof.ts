// How steps on a replicated item are proved: a test failover is read as cleaned, a disabled item is no longer listed.

import type { ReplicatedItem } from "../../model/replication.ts";
import type { Step } from "../../model/step.ts";
import type { Proof } from "../dependency.ts";
import { hasTestFailover } from "./planned.ts";
import { find, proveUnlisted } from "./proofs.ts";

export function proveItem(step: Step, found: readonly ReplicatedItem[]): Proof {
  return step.action === "clean-test-failover"
    ? proveCleaned(step, found)
    : proveUnlisted(step, found, "the replicated item");
}

/** An item that is gone has no test failover either. */
function proveCleaned(step: Step, found: readonly ReplicatedItem[]): Proof {
  const item = find(step, found);
  if (item === undefined) return { verdict: "proved", evidence: "the replicated item is no longer listed" };
  return hasTestFailover(item)
    ? { verdict: "not-yet", found: `the test failover still reads ${item.testFailover}` }
    : { verdict: "proved", evidence: "the item reads no test failover" };
}
