// The saved form of a plan: one canonical text, an id that is its hash, and a reader that refuses anything else.

import { createHash } from "node:crypto";
import { planFormatVersion, type Plan } from "../model/plan.ts";
import { wrongMember } from "./plan-shape.ts";

/** Thrown when a text is not a plan of ours, or not the plan it says it is. The message is one line for people. */
export class PlanDocumentError extends Error {
  override readonly name = "PlanDocumentError";
}

/** Gives the plan its id: the hash of everything else in it. */
export function sealPlan(plan: Omit<Plan, "id">): Plan {
  const { formatVersion, ...rest } = plan;
  return { formatVersion, id: hashOf({ formatVersion, ...rest }), ...rest };
}

/** The only text that stands for this plan; ends with a line feed. */
export function renderPlan(plan: Plan): string {
  return `${JSON.stringify(plan, undefined, 2)}\n`;
}

/** Reads a saved plan. Throws PlanDocumentError for another version, a changed byte, or a text that is no plan. */
export function openPlan(text: string, source: string): Plan {
  const document = parse(text, source);
  const version = document["formatVersion"];
  if (version !== planFormatVersion)
    throw new PlanDocumentError(
      `${source} has plan format version ${JSON.stringify(version)}, expected ${planFormatVersion}: make the plan again with this version`,
    );
  const { id, ...rest } = document;
  const expected = hashOf(rest);
  if (id !== expected || text !== renderPlan(document as unknown as Plan))
    throw new PlanDocumentError(
      `${source} was changed after it was made: expected id ${expected} for its content, received ${String(id)}; make the plan again`,
    );
  const wrong = wrongMember(document);
  if (wrong !== undefined)
    throw new PlanDocumentError(
      `${source} is not a plan: ${wrong} is missing or wrong; make one with plan --out <file>`,
    );
  return document as unknown as Plan;
}

function parse(text: string, source: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PlanDocumentError(`${source} is not a plan: it is not JSON; make one with plan --out <file>`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || !("steps" in value))
    throw new PlanDocumentError(`${source} is not a plan: it has no steps; make one with plan --out <file>`);
  return value as Record<string, unknown>;
}

function hashOf(content: object): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 32);
}
