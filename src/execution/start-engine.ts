// Puts an engine together: what is derived from its plan and its ports, made once.

import { remainingSeconds } from "../model/expected-times.ts";
import type { Step } from "../model/step.ts";
import type { Engine } from "./engine.ts";
import { sharedListings, sharing } from "./listings.ts";
import { createPatience } from "./patience.ts";
import { slackOf } from "./slack.ts";
import { createSweeps } from "./sweeps.ts";

/** To be called anew wherever the reader or the signal is another: what looks goes by them. */
export function startEngine(parts: Omit<Engine, "listings" | "sweeps" | "patience" | "remaining" | "stepOf">): Engine {
  const listings = sharedListings(parts.reader);
  const patience = createPatience();
  const remaining = remainingSeconds(parts.plan.steps);
  const steps = new Map<string, Step>(parts.plan.steps.map((step) => [step.id, step]));
  return {
    ...parts,
    recheck: sharing(parts.recheck),
    listings,
    patience,
    sweeps: createSweeps({ ...parts, listings, patience, slack: slackOf(parts.clock, remaining) }),
    remaining,
    stepOf: (id) => steps.get(id),
  };
}
