// The registry of every kind: complete, each entry whole, and every proof blind to how an id is spelled.

import { describe, expect, it } from "vitest";
import { kinds, registry } from "../../src/dependencies/registry.ts";
import type { Proof } from "../../src/dependencies/dependency.ts";
import type { Kind, Of, Resource } from "../../src/model/resource.ts";
import type { Action } from "../../src/model/step.ts";
import { readerOf, respelled } from "./arm-answers.ts";
import {
  backupServer,
  connection,
  endpoint,
  intent,
  job,
  marsServer,
  sqlServer,
  stepOn,
  storageAccount,
  vault,
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

const every: { readonly [K in Kind]: true } = {
  vault: true,
  "soft-delete-setting": true,
  "hybrid-security-setting": true,
  "immutability-setting": true,
  "backup-job": true,
  "auto-protection-intent": true,
  "protected-item": true,
  "workload-container": true,
  "storage-container": true,
  "virtual-machine-container": true,
  "private-endpoint-connection": true,
  "private-endpoint": true,
  "mars-server": true,
  "backup-server": true,
  "resource-guard": true,
  lock: true,
  "replication-job": true,
  "recovery-plan": true,
  "replicated-item": true,
  "migration-item": true,
  "container-mapping": true,
  "network-mapping": true,
  "storage-classification-mapping": true,
  "protection-container": true,
  vcenter: true,
  "recovery-services-provider": true,
  fabric: true,
  "replication-policy": true,
  leftover: true,
  "backup-policy": true,
  "backup-instance": true,
  "backup-vault-policy": true,
  unknown: true,
};

describe("the registry", () => {
  it("knows every kind, and none twice", () => {
    expect(kinds.toSorted()).toEqual(Object.keys(every).toSorted());
  });

  it.each(kinds)("has the rule of a %s with its source, its list, its contribution and its proof", (kind) => {
    const entry = registry[kind];
    expect(entry.kind).toBe(kind);
    expect(entry.rule.length).toBeGreaterThan(20);
    expect([typeof entry.list, typeof entry.contribute, typeof entry.prove]).toEqual(Array(3).fill("function"));
  });

  it.each(kinds)("lists no %s beyond the vault and its settings where the vault is empty", async (kind) => {
    const listed = await registry[kind].list(readerOf());
    const always = kind === "vault" || kind.endsWith("-setting");
    expect(listed.map((resource: Resource) => resource.kind)).toEqual(always ? [kind] : []);
  });

  it.each(kinds)("lists no %s at all where there is no vault", async (kind) => {
    expect(await registry[kind].list(readerOf({ vault: async () => undefined }))).toEqual([]);
  });
});

const removals: readonly (readonly [Action, Resource])[] = [
  ["settle-job", job("j-1")],
  ["delete-intent", intent("sql-1")],
  ["delete-item", vmItem("vm-1")],
  ["unregister-container", sqlServer("sql-1")],
  ["unregister-container", storageAccount("st1")],
  ["unregister-server", marsServer("mars-1")],
  ["unregister-server", backupServer("dpm-1")],
  ["delete-private-endpoint-connection", connection("pe-1")],
  ["delete-private-endpoint", endpoint("pe-1")],
  ["settle-job", replicationJob("j-1")],
  ["delete-recovery-plan", recoveryPlan("rp-1")],
  ["disable-replication", replicatedItem("east", "vm-1")],
  ["delete-migration-item", migrationItem("east", "vm-1")],
  ["remove-container-mapping", containerMapping("east")],
  ["delete-network-mapping", networkMapping("east")],
  ["delete-storage-mapping", storageMapping("east")],
  ["remove-protection-container", protectionContainer("east")],
  ["delete-vcenter", vcenter("vmware", "vc-1")],
  ["remove-provider", server("site", "host-1")],
  ["remove-fabric", fabric("east")],
  ["delete-replication-policy", replicationPolicy("p-1")],
  ["delete-vault", vault()],
];

function proof<K extends Kind>(action: Action, target: Resource, kind: K, found: readonly Of<K>[]): Proof {
  return registry[kind].prove(stepOn(target, action), found, "soft");
}

describe("a removal is proved by the target's absence", () => {
  it.each(removals)("%s is proved when the listing no longer has it", (action, resource) => {
    expect(proof(action, resource, resource.kind, []).verdict).toBe("proved");
  });

  it.each(removals)("%s is not proved while it is listed, however its id is spelled", (action, resource) => {
    const listed = { ...resource, id: respelled(resource.id) };
    expect(proof(action, resource, resource.kind, [listed]).verdict).toBe("not-yet");
  });
});

const withoutSteps: readonly Kind[] = ["virtual-machine-container", "resource-guard", "backup-policy", "unknown"];

describe("a kind whose steps never write", () => {
  it.each(withoutSteps)("a step on a %s is contradicted, not believed", (kind) => {
    expect(proof("delete-item", vmItem("vm-1"), kind, []).verdict).toBe("contradicted");
  });
});
