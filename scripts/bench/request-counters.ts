// Which of Azure's counters a step's write is counted by, and how fast that counter lets writes through: the emulator's own
// figures, without what it gives out in an answer. It must not say how many requests a run sends.

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

const counterOf: Readonly<Record<WriteRequest["write"], Counter | undefined>> = {
  "delete-protected-item": "deletes",
  "undelete-protected-item": "writes",
  "unregister-container": "deletes",
  "delete-protection-intent": "deletes",
  "unregister-server": "deletes",
  "cancel-backup-job": "writes",
  "remove-lock": "deletes",
  "restore-lock": "writes",
  "disable-replication": "writes",
  "clean-test-failover": "writes",
  "remove-replication-object": "writes",
  "purge-replication-object": "deletes",
  "delete-replication-object": "deletes",
  "cancel-replication-job": "writes",
  "delete-private-endpoint-connection": "deletes",
  "delete-private-endpoint": "deletes",
  // writes of the vault itself are counted apart, and there are one or two of them
  "set-soft-delete": undefined,
  "set-immutability": undefined,
  "delete-vault": undefined,
};

/** Undefined for a step that only reads, and for one whose write is counted apart. */
export function counterFor(request: WriteRequest | undefined): Counter | undefined {
  return request === undefined ? undefined : counterOf[request.write];
}
