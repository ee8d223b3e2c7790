// What proves that a step took effect, word for word: what is no longer listed is gone, and what still is says in which state.

import { describe, expect, it } from "vitest";
import type { Proof } from "../../src/dependencies/dependency.ts";
import { registry } from "../../src/dependencies/registry.ts";
import type { Kind, Of, Resource } from "../../src/model/resource.ts";
import type { Action, Step } from "../../src/model/step.ts";
import {
  backupServer,
  connection,
  endpoint,
  hybridSecurity,
  immutability,
  intent,
  job,
  lock,
  marsServer,
  softDelete,
  sqlServer,
  stepOn,
  vmItem,
} from "./builders.ts";
import {
  containerMapping,
  fabric,
  migrationItem,
  networkMapping,
  protectionContainer,
  recoveryPlan,
  replicatedItem,
  replicationJob,
  replicationPolicy,
  server,
  storageMapping,
  vcenter,
} from "./site-recovery/builders.ts";

function proofOf<K extends Kind>(of: Of<K>, step: Step, found: readonly Resource[]): Proof {
  return registry[of.kind as K].prove(step, found as readonly Of<K>[], "purge");
}

/** The step on a resource, once nothing of it is listed any more, and once only another of its kind is. */
const removals: readonly (readonly [Action, Resource, Resource, gone: string, still: string])[] = [
  ["delete-intent", intent("a"), intent("b"), "the intent is no longer listed", "the intent is still listed"],
  ["settle-job", job("a"), job("b"), "the job is no longer in progress", "the Backup job is InProgress"],
  ["delete-item", vmItem("a"), vmItem("b"), "the item is no longer listed", "the item is still listed, Protected"],
  [
    "unregister-container",
    sqlServer("a"),
    sqlServer("b"),
    "the container is no longer listed",
    "the container is still listed, Registered",
  ],
  [
    "unregister-server",
    marsServer("a"),
    marsServer("b"),
    "the server is no longer listed",
    "the server is still listed, Registered",
  ],
  [
    "unregister-server",
    backupServer("a"),
    backupServer("b"),
    "the server is no longer listed",
    "the server is still listed, Registered",
  ],
  [
    "delete-private-endpoint-connection",
    connection("a"),
    connection("b"),
    "the connection is no longer there",
    "the connection is still there, Approved",
  ],
  [
    "delete-private-endpoint",
    endpoint("a"),
    endpoint("b"),
    "the private endpoint is no longer there",
    "the private endpoint is still there, Succeeded",
  ],
  [
    "remove-lock",
    lock(),
    lock({ id: connection("b").id }),
    "the lock is no longer listed",
    "the lock is still listed, CanNotDelete",
  ],
  [
    "settle-job",
    replicationJob("a"),
    replicationJob("b"),
    "the replication job is no longer in progress",
    "the TestFailover job is InProgress",
  ],
  [
    "delete-recovery-plan",
    recoveryPlan("a"),
    recoveryPlan("b"),
    "the recovery plan is no longer listed",
    "the recovery plan is still listed, None",
  ],
  [
    "disable-replication",
    replicatedItem("east", "a"),
    replicatedItem("east", "b"),
    "the replicated item is no longer listed",
    "the replicated item is still listed, Protected",
  ],
  [
    "delete-migration-item",
    migrationItem("east", "a"),
    migrationItem("east", "b"),
    "the migration item is no longer listed",
    "the migration item is still listed, Replicating",
  ],
  [
    "remove-container-mapping",
    containerMapping("a"),
    containerMapping("b"),
    "the container mapping is no longer listed",
    "the container mapping is still listed, Paired",
  ],
  [
    "delete-network-mapping",
    networkMapping("a"),
    networkMapping("b"),
    "the network mapping is no longer listed",
    "the network mapping is still listed, Paired",
  ],
  [
    "delete-storage-mapping",
    storageMapping("a"),
    storageMapping("b"),
    "the storage classification mapping is no longer listed",
    "the storage classification mapping is still listed, Unknown",
  ],
  [
    "remove-protection-container",
    protectionContainer("a"),
    protectionContainer("b"),
    "the protection container is no longer listed",
    "the protection container is still listed, Paired",
  ],
  [
    "delete-vcenter",
    vcenter("site", "a"),
    vcenter("site", "b"),
    "the vCenter is no longer listed",
    "the vCenter is still listed, Completed",
  ],
  [
    "remove-provider",
    server("site", "a"),
    server("site", "b"),
    "the recovery services provider is no longer listed",
    "the recovery services provider is still listed, Connected",
  ],
  ["remove-fabric", fabric("a"), fabric("b"), "the fabric is no longer listed", "the fabric is still listed, Valid"],
  [
    "delete-replication-policy",
    replicationPolicy("a"),
    replicationPolicy("b"),
    "the replication policy is no longer listed",
    "the replication policy is still listed, A2A",
  ],
];

describe("a removal", () => {
  it.each(removals)("by %s of what is no longer listed beside others is proved", (action, resource, other, gone) => {
    expect(proofOf(resource, stepOn(resource, action), [other])).toEqual({ verdict: "proved", evidence: gone });
  });

  it.each(removals)("by %s of what still is listed is not proved yet", (action, resource, other, _gone, still) => {
    expect(proofOf(resource, stepOn(resource, action), [other, resource])).toEqual({
      verdict: "not-yet",
      found: still,
    });
  });
});

const scopeGone = { ...lock(), state: "ScopeGone" };
const withLevel = (level: string): Step => ({
  ...stepOn(lock(), "restore-lock"),
  request: { write: "restore-lock", lock: lock().id, level },
});
const tested = replicatedItem("east", "a", { testFailover: "Running" });

const others: readonly (readonly [title: string, Resource, Step, readonly Resource[], Proof])[] = [
  [
    "soft delete that is off",
    softDelete("Enabled"),
    stepOn(softDelete("Enabled"), "disable-soft-delete"),
    [softDelete("Disabled")],
    { verdict: "proved", evidence: "the vault reads soft delete Disabled" },
  ],
  [
    "soft delete that cannot be read",
    softDelete("Enabled"),
    stepOn(softDelete("Enabled"), "disable-soft-delete"),
    [],
    { verdict: "not-yet", found: "the vault still reads soft delete unreadable" },
  ],
  [
    "hybrid security that is off",
    hybridSecurity("Enabled"),
    stepOn(hybridSecurity("Enabled"), "disable-hybrid-security"),
    [hybridSecurity("Disabled")],
    { verdict: "proved", evidence: "the vault reads hybrid security Disabled" },
  ],
  [
    "hybrid security that is on",
    hybridSecurity("Enabled"),
    stepOn(hybridSecurity("Enabled"), "disable-hybrid-security"),
    [hybridSecurity("Enabled")],
    { verdict: "not-yet", found: "the vault still reads hybrid security Enabled" },
  ],
  [
    "hybrid security that cannot be read",
    hybridSecurity("Enabled"),
    stepOn(hybridSecurity("Enabled"), "disable-hybrid-security"),
    [],
    { verdict: "not-yet", found: "the vault still reads hybrid security unreadable" },
  ],
  [
    "immutability that is off",
    immutability("Unlocked"),
    stepOn(immutability("Unlocked"), "disable-immutability"),
    [immutability("Disabled")],
    { verdict: "proved", evidence: "the vault reads immutability Disabled" },
  ],
  [
    "immutability that cannot be read",
    immutability("Unlocked"),
    stepOn(immutability("Unlocked"), "disable-immutability"),
    [],
    { verdict: "not-yet", found: "the vault still reads immutability unreadable" },
  ],
  [
    "a lock that went with its scope",
    lock(),
    stepOn(lock(), "remove-lock"),
    [scopeGone],
    { verdict: "proved", evidence: "what was locked is gone, and the lock with it" },
  ],
  [
    "a lock that cannot be put back, for its scope went",
    lock(),
    withLevel("CanNotDelete"),
    [scopeGone],
    { verdict: "proved", evidence: "what was locked is gone, and the lock with it" },
  ],
  [
    "a lock that is not there yet",
    lock(),
    withLevel("CanNotDelete"),
    [],
    { verdict: "not-yet", found: "the lock is not listed yet" },
  ],
  [
    "a lock that is there again",
    lock(),
    withLevel("CanNotDelete"),
    [lock()],
    { verdict: "proved", evidence: "the lock is listed again, CanNotDelete" },
  ],
  [
    "a lock that people made stricter",
    lock(),
    withLevel("CanNotDelete"),
    [lock({ state: "ReadOnly" })],
    { verdict: "proved", evidence: "the lock is listed again, ReadOnly" },
  ],
  [
    "a lock that is weaker than it was",
    lock(),
    withLevel("ReadOnly"),
    [lock()],
    { verdict: "not-yet", found: "the lock is listed as CanNotDelete, not as ReadOnly" },
  ],
  [
    "a soft-deleted server",
    marsServer("a"),
    stepOn(marsServer("a"), "unregister-server"),
    [marsServer("a", "SoftDeleted")],
    { verdict: "proved", evidence: "the server is listed as soft-deleted" },
  ],
  [
    "a test failover that stands",
    tested,
    stepOn(tested, "clean-test-failover"),
    [tested],
    { verdict: "not-yet", found: "the test failover still reads Running" },
  ],
  [
    "a test failover that is cleaned up",
    tested,
    stepOn(tested, "clean-test-failover"),
    [replicatedItem("east", "a")],
    { verdict: "proved", evidence: "the item reads no test failover" },
  ],
];

describe("the proof of a step", () => {
  it.each(others)("knows %s", (_title, resource, step, found, proof) => {
    expect(proofOf(resource, step, found)).toEqual(proof);
  });
});
