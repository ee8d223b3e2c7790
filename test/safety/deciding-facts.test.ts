// What a difference says: the fact before and after, in words a person understands, and what is not known as not known.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { AutoProtectionIntent, BackupInstance, Lock, Resource, ResourceGuard } from "../../src/model/resource.ts";
import { decidingFacts } from "../../src/safety/deciding-facts.ts";
import { driftFrom } from "../../src/safety/drift.ts";
import { instance, policy, softDeletedInstance } from "../dependencies/backup-vault/builders.ts";
import {
  backupServer,
  connection,
  endpoint,
  immutability,
  intent,
  job,
  marsServer,
  only,
  softDelete,
  softDeleted,
  sqlServer,
  storageAccount,
  vault,
  vmContainer,
  vmItem,
} from "../dependencies/builders.ts";
import {
  containerId,
  containerMapping,
  disconnected,
  fabric,
  failedOver,
  fabricId,
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
} from "../dependencies/site-recovery/builders.ts";

const group = armId("/subscriptions/S/resourceGroups/RG");
const lock: Lock = {
  kind: "lock",
  id: armId(`${group}/providers/Microsoft.Authorization/locks/keep`),
  name: "keep",
  state: "CanNotDelete",
  scope: group,
  ofBackup: false,
};
const guard: ResourceGuard = {
  kind: "resource-guard",
  id: armId(`${vault().id}/backupResourceGuardProxies/proxy`),
  name: "proxy",
  state: "guards",
  guard: armId("/Guard"),
  operations: [{ operation: "vaults/b", request: armId("/Request/1") }],
};
const twoGuarded: ResourceGuard = {
  ...guard,
  operations: [...guard.operations, { operation: "vaults/a", request: armId("/Request/2") }],
};
const machine = replicatedItem("east", "vm-1");
const expiring = (...dates: readonly (string | undefined)[]): Resource => ({
  ...immutability("Locked"),
  expiries: dates.map((until) => ({ item: vmItem("a").id, name: "a", ...(until === undefined ? {} : { until }) })),
});

type Change = readonly [what: string, before: Resource, now: Resource, was: string, is: string];

const ofBackup: readonly Change[] = [
  ["hybrid soft delete", softDelete("On"), softDelete("On", { hybridState: "Off" }), "hybrid Enabled", "hybrid Off"],
  ["its retention", softDelete("On"), softDelete("On", { retentionDays: 30 }), "14 days", "30 days"],
  [
    "the last expiry of a locked vault",
    expiring("2026-12-02", "2026-12-09"),
    expiring("2026-12-03", "2026-12-02"),
    "last expiry 2026-12-09",
    "last expiry 2026-12-03",
  ],
  [
    "a date nobody knows",
    expiring("2026-12-02"),
    expiring("2026-12-02", undefined),
    "last expiry 2026-12-02",
    "last expiry no date",
  ],
  ["an expiry where there was none", expiring(), expiring("2026-12-02"), "last expiry none", "last expiry 2026-12-02"],
  ["a job", job("j"), { ...job("j"), cancellable: true }, "not cancellable", "cancellable"],
  ["an item", vmItem("a"), vmItem("a", softDeleted), "Protected", "ProtectionStopped, soft-deleted"],
  ["what an item protects", vmItem("a"), vmItem("a", { sourceId: armId("/VM") }), "no source", "/vm"],
  ["the server of an item", vmItem("a"), vmItem("a", { engine: "dpm" }), "engine none", "engine dpm"],
  ["the machines of an item", vmItem("a"), vmItem("a", { nodes: ["n-1", "n-2"] }), "nodes untold", "nodes n-1 n-2"],
  ["a server with the agent", marsServer("m"), { ...marsServer("m"), identity: "other" }, "m.corp", "other"],
  ["the name of a server", backupServer("d"), { ...backupServer("d"), identity: "other" }, "d.corp", "other"],
  ["what a server is", backupServer("d"), backupServer("d", "AzureBackupServer"), "DPM", "AzureBackupServer"],
  ["the state of a server", backupServer("d"), { ...backupServer("d"), state: "Gone" }, "Registered", "Gone"],
];

const ofTheVault: readonly Change[] = [
  ["a move", vault(), vault({ moveState: "InProgress" }), "move none", "move InProgress"],
  ["a tag", vault(), vault({ protectedByTag: [armId("/A"), armId("/B")] }), "no protect tag", "protect tag on /a, /b"],
  ["a tag that went", vault({ protectedByTag: [armId("/A")] }), vault(), "protect tag on /a", "no protect tag"],
  ["a connection", { ...connection("c"), state: "Pending" }, connection("c"), "Pending", "Approved"],
  [
    "where it leads",
    connection("c"),
    { ...connection("c"), endpoint: armId("/PE") },
    String(connection("c").endpoint).toLowerCase(),
    "/pe",
  ],
  ["an endpoint", endpoint("e"), { ...endpoint("e"), state: "Failed" }, "Succeeded", "Failed"],
  [
    "where an endpoint leads",
    endpoint("e"),
    { ...endpoint("e"), alsoLeadsTo: [armId("/B"), armId("/A")] },
    "also leads to nothing",
    "also leads to /a, /b",
  ],
  ["the level of a lock", lock, { ...lock, state: "ReadOnly" }, "CanNotDelete", "ReadOnly"],
  ["the scope of a lock", lock, { ...lock, scope: armId("/Other") }, "/subscriptions/s/resourcegroups/rg", "/other"],
  ["the notes of a lock", lock, { ...lock, notes: "of finance" }, "no notes", "of finance"],
  ["the owners of a lock", lock, { ...lock, owners: ["app-1", "app-2"] }, "", "app-1,app-2"],
  ["a guard", guard, { ...guard, guard: armId("/Other") }, "/guard", "/other"],
  ["what is guarded", guard, twoGuarded, "vaults/b by /request/1", "vaults/a by /request/2, vaults/b by /request/1"],
];

const pg = instance("pg");
const ofBackupVaults: readonly Change[] = [
  ["an instance", pg, { ...pg, ...softDeletedInstance }, "ProtectionConfigured", "SoftDeleted, soft-deleted"],
  ["what it protects", pg, { ...pg, sourceId: armId("/PG") }, "no source", "/pg"],
  [
    "its sort of datasource",
    pg,
    { ...pg, datasourceType: "Microsoft.Compute/disks" },
    pg.datasourceType,
    "Microsoft.Compute/disks",
  ],
  ["where its backups are kept", pg, { ...pg, operational: false }, "operational", "vaulted"],
  ["its policy", pg, { ...pg, policy: armId("/P") }, policy("daily").id.toLowerCase(), "/p"],
  ["that it has none any more", pg, without(pg), policy("daily").id.toLowerCase(), "no policy"],
  [
    "what a policy is for",
    policy("p"),
    { ...policy("p"), datasourceTypes: ["a", "b"] },
    "Microsoft.DBforPostgreSQL/flexibleServers",
    "a b",
  ],
];

function without({ policy: _none, ...others }: BackupInstance): BackupInstance {
  return others;
}

const ofSiteRecovery: readonly Change[] = [
  ["the live machine", machine, { ...machine, activeLocation: "Recovery" }, "active Primary", "active Recovery"],
  ["a test failover", machine, { ...machine, testFailover: "Running" }, "test failover None", "test failover Running"],
  [
    "what is offered",
    machine,
    { ...machine, allowedOperations: ["Commit", "Cancel"] },
    "offers DisableProtection TestFailover UnplannedFailover",
    "offers Cancel Commit",
  ],
  ["its source", machine, { ...machine, source: "unknown" }, "source reachable", "source unknown"],
  ["its machine", machine, { ...machine, sourceId: armId("/VM") }, "no source", "/vm"],
  [
    "a test migration",
    migrationItem("e", "m"),
    migrationItem("e", "m", { testMigration: "Done" }),
    "test migration None",
    "test migration Done",
  ],
  [
    "the target of a mapping",
    containerMapping("e"),
    containerMapping("e", { targetContainer: armId("/C") }),
    "no target",
    "/c",
  ],
  ["the target of a network", networkMapping("e"), networkMapping("e", "w"), "no target", fabricId("w").toLowerCase()],
  ["the target of a storage", storageMapping("e"), storageMapping("e", "w"), "no target", fabricId("w").toLowerCase()],
  ["a container", protectionContainer("e"), protectionContainer("e", { fabricType: "VMM" }), "Azure", "VMM"],
  ["a server", server("e", "s"), server("e", "s", { source: "unreachable" }), "source reachable", "source unreachable"],
  ["an appliance", fabric("f"), fabric("f", { appliances: ["a-1", "a-2"] }), "appliances ", "appliances a-1 a-2"],
  [
    "a replication job",
    replicationJob("j"),
    replicationJob("j", { cancellable: true }),
    "cannot be cancelled",
    "can be cancelled",
  ],
];

describe("a difference", () => {
  it.each([...ofBackup, ...ofTheVault, ...ofBackupVaults, ...ofSiteRecovery])(
    "of %s says what was and what is",
    (_what, before, now, was, is) => {
      expect(only(driftFrom({ inventory: [before] }, [now]))).toMatchObject({ change: "changed", was, is });
    },
  );

  it("in several facts says each of them", () => {
    const now = { ...server("e", "s"), ...disconnected };
    expect(only(driftFrom({ inventory: [server("e", "s")] }, [now]))).toMatchObject({
      was: "Connected, source reachable",
      is: "Disconnected, source unreachable",
    });
  });
});

/** One of each kind of which nothing but the state decides. */
const byStateAlone: readonly Resource[] = [
  { kind: "hybrid-security-setting", id: armId("/h"), name: "h", state: "Enabled" },
  intent("sql") satisfies AutoProtectionIntent,
  sqlServer("sql"),
  storageAccount("st"),
  vmContainer("vm"),
  recoveryPlan("rp"),
  vcenter("vmware", "vc"),
  replicationPolicy("p"),
  { kind: "unknown", id: armId("/u"), name: "u", state: "there", what: "a thing" },
];

describe("the facts of a resource", () => {
  it.each(byStateAlone)("of kind $kind are its state alone", (resource) => {
    expect(decidingFacts(resource)).toEqual([resource.state]);
  });

  it("are as many whatever is known of it, so that each is compared with itself", () => {
    const mapping = containerMapping("e");
    const { policy: _policy, ...withoutPolicy } = mapping;
    const pairs: readonly (readonly [Resource, Resource])[] = [
      [machine, { ...machine, ...failedOver, sourceId: armId("/VM") }],
      [withoutPolicy, { ...mapping, targetContainer: containerId("w") }],
      [vmItem("a"), vmItem("a", { ...softDeleted, engine: "d", nodes: [], sourceId: armId("/VM") })],
      [
        { ...connection("c") },
        { kind: "private-endpoint-connection", id: connection("c").id, name: "c", state: "Approved" },
      ],
    ];
    for (const [one, other] of pairs) expect(decidingFacts(one)).toHaveLength(decidingFacts(other).length);
    expect(decidingFacts(withoutPolicy)).toContain("no policy");
    expect(decidingFacts(pairs[3]![1])).toContain("no endpoint");
  });
});
