// How many steps of one kind are under way side by side. Azure documents no such limits but those of requests: these are
// judgement, wide where only the counters of requests should decide, narrow where few things exist and each is heavy.

import type { Action } from "../model/step.ts";

const limits: Readonly<Partial<Record<Action, number>>> = {
  // ten writes a second for as long as the slowest recorded deletion but a few takes: 200 s
  "delete-item": 2_000,
  "undelete-item": 2_000,
  "delete-instance": 2_000,
  "undelete-instance": 2_000,
  "unregister-container": 2_000,
  "disable-replication": 2_000,
  "delete-migration-item": 2_000,
  "delete-intent": 200,
  "delete-policy": 200,
  "settle-job": 200,
};

/** Servers, fabrics, mappings, endpoints, locks: a vault has few of them. */
const otherwise = 50;

export function limitOf(action: Action): number {
  return limits[action] ?? otherwise;
}
