// What each action is to people who watch a run: the part of the work it belongs to, and what it does, to be counted. Only data.

import type { Action } from "../../model/step.ts";

/** The parts of a run, about in the order in which they come; several are under way side by side. */
export const phases = [
  "locks off",
  "protection off",
  "data",
  "containers and servers",
  "Site Recovery",
  "network",
  "vault",
  "proof",
  "locks back",
] as const;

export type Phase = (typeof phases)[number];

type Work = readonly [phase: Phase, counted: string];

const works: Readonly<Record<Action, Work>> = {
  "undelete-vault": ["vault", "deleted vault brought back"],
  "register-container": ["containers and servers", "containers registered"],
  "remove-lock": ["locks off", "locks removed"],
  "settle-job": ["protection off", "jobs settled"],
  "disable-immutability": ["protection off", "immutability disabled"],
  "disable-soft-delete": ["protection off", "soft delete disabled"],
  "disable-hybrid-security": ["protection off", "hybrid security disabled"],
  "delete-intent": ["protection off", "auto-protection intents deleted"],
  "undelete-item": ["data", "backup items undeleted"],
  "delete-item": ["data", "backup items deleted"],
  "undelete-instance": ["data", "backup instances undeleted"],
  "delete-instance": ["data", "backup instances deleted"],
  "delete-policy": ["data", "backup policies deleted"],
  "unregister-container": ["containers and servers", "containers unregistered"],
  "unregister-server": ["containers and servers", "servers unregistered"],
  "clean-test-failover": ["Site Recovery", "test failovers cleaned up"],
  "delete-recovery-plan": ["Site Recovery", "recovery plans deleted"],
  "disable-replication": ["Site Recovery", "replications disabled"],
  "delete-migration-item": ["Site Recovery", "migration items deleted"],
  "remove-container-mapping": ["Site Recovery", "container mappings removed"],
  "delete-network-mapping": ["Site Recovery", "network mappings deleted"],
  "delete-storage-mapping": ["Site Recovery", "storage mappings deleted"],
  "remove-protection-container": ["Site Recovery", "protection containers removed"],
  "delete-vcenter": ["Site Recovery", "vCenters deleted"],
  "remove-provider": ["Site Recovery", "providers removed"],
  "remove-fabric": ["Site Recovery", "fabrics removed"],
  "delete-replication-policy": ["Site Recovery", "replication policies deleted"],
  "delete-private-endpoint-connection": ["network", "endpoint connections deleted"],
  "delete-private-endpoint": ["network", "private endpoints deleted"],
  recheck: ["vault", "vault looked at again"],
  "delete-vault": ["vault", "vault deleted"],
  "prove-absence": ["proof", "absence proved"],
  "prove-recovery": ["proof", "recovery proved"],
  "restore-lock": ["locks back", "locks restored"],
};

/** The part of a run that the action belongs to. */
export function phaseOf(action: Action): Phase {
  return works[action][0];
}

/** What steps of this action have done, as it is written before their number: `backup items deleted`. */
export function countedAs(action: Action): string {
  return works[action][1];
}
