// The saved form of a plan: one canonical text, and an id that is the hash of everything else in it.

import { createHash } from "node:crypto";
import { jsonText } from "../model/json-text.ts";
import type { Plan } from "../model/plan.ts";

/** Gives the plan its id: the hash of everything else in it. */
export function sealPlan(plan: Omit<Plan, "id">): Plan {
  const { formatVersion, ...rest } = plan;
  return { formatVersion, id: hashOf({ formatVersion, ...rest }), ...rest };
}

/** The only text that stands for this plan; ends with a line feed. */
export function renderPlan(plan: Plan): string {
  return `${jsonText(plan, 2)}\n`;
}

/** The hash of everything in a plan but its id. */
export function hashOf(content: object): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 32);
}
