// Which of Azure's counters a step's write is counted by, and how fast that counter lets writes through: the emulator's own
// figures, without what it gives out in an answer. It must not say how many requests a run sends.

import { verbOfWrite } from "../../src/azure/write-answer.ts";
import { counterSizes } from "../../src/emulator/budget.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";

export const counters = ["deletes", "writes"] as const;
export type Counter = (typeof counters)[number];

export type Rate = {
  /** Requests that a full counter lets through at once. */
  readonly capacity: number;
  readonly perSecond: number;
};

export const fullRates: Readonly<Record<Counter, Rate>> = {
  deletes: counterSizes.deletes,
  writes: counterSizes.writes,
};

/** Writes of the vault itself are counted apart, and there are one or two of them. */
const ofVaultItself: ReadonlySet<WriteRequest["write"]> = new Set([
  "set-soft-delete",
  "set-immutability",
  "delete-vault",
]);

/** Undefined for a step that only reads, and for one whose write is counted apart. */
export function counterFor(request: WriteRequest | undefined): Counter | undefined {
  if (request === undefined || ofVaultItself.has(request.write)) return undefined;
  return verbOfWrite(request) === "delete" ? "deletes" : "writes";
}
