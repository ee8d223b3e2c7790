// What is removed too early fails inside its operation, with HTTP 200, and stays.
import { expect, test } from "vitest";

import type { WorldReplication } from "../../../src/emulator/site-recovery/world-replication.ts";
import {
  appliance,
  bare,
  containerPath,
  fabric,
  fabricPath,
  item,
  itemPath,
  mapping,
  mappingPath,
  migrationPath,
  plan,
  policy,
  policyPath,
  provider,
  providerPath,
  replicatingWorld,
  vcenterPath,
} from "../replication-builder.ts";
import { at, bench, textAt, vaultId } from "../world-builder.ts";

const east = fabric("east");
const pair = [east, fabric("west")];
const vm1 = item("east", "vm1");
const machine = bare("migrationItems", migrationPath("east", "m1"));

const cases: readonly (readonly [string, string, string, readonly WorldReplication[]])[] = [
  [
    "a machine of a recovery plan",
    "POST",
    `${itemPath("east", "vm1")}/remove`,
    [east, vm1, plan("plan1", "east", [itemPath("east", "vm1")])],
  ],
  [
    "by force a machine of a recovery plan",
    "DELETE",
    itemPath("east", "vm1"),
    [east, vm1, plan("plan1", "east", [itemPath("east", "vm1")])],
  ],
  [
    "a machine in a test migration",
    "DELETE",
    migrationPath("east", "m1"),
    [east, bare("migrationItems", migrationPath("east", "m1"), { testMigrateState: "TestMigrationSucceeded" })],
  ],
  ["a mapping with machines", "POST", `${mappingPath("east", "m1")}/remove`, [east, vm1, mapping("east", "m1")]],
  ["by force a mapping with machines", "DELETE", mappingPath("east", "m1"), [east, machine, mapping("east", "m1")]],
  ["a container with machines", "POST", `${containerPath("east")}/remove`, [east, vm1]],
  ["a container with a mapping", "POST", `${containerPath("east")}/remove`, [...pair, mapping("east", "m1", "west")]],
  [
    "a container that a mapping points at",
    "POST",
    `${containerPath("west")}/remove`,
    [...pair, mapping("east", "m1", "west")],
  ],
  [
    "a vCenter of a fabric with machines",
    "DELETE",
    vcenterPath("east", "v1"),
    [east, vm1, bare("vCenters", vcenterPath("east", "v1"))],
  ],
  ["a provider of machines", "POST", `${providerPath("east", "dra")}/remove`, [east, vm1, provider("east", "dra")]],
  ["by force a provider of machines", "DELETE", providerPath("east", "dra"), [east, vm1, provider("east", "dra")]],
  ["a fabric with containers", "POST", `${fabricPath("east")}/remove`, [east]],
  ["by force an Azure fabric with containers", "DELETE", fabricPath("east"), [east]],
  [
    "by force a Hyper-V site with machines",
    "DELETE",
    fabricPath("site"),
    [fabric("site", "HyperVSite"), item("site", "vm1")],
  ],
  [
    "by force a fabric with mappings",
    "DELETE",
    fabricPath("site"),
    [fabric("site", "HyperVSite"), mapping("site", "m1")],
  ],
  ["a fabric of a recovery plan", "DELETE", fabricPath("site"), [fabric("site", "VMM"), plan("plan1", "site", [])]],
  [
    "a fabric with an appliance",
    "DELETE",
    fabricPath("rcm"),
    [fabric("rcm", "InMageRcm"), appliance("appliance1", "rcm")],
  ],
  ["a policy that is mapped", "DELETE", policyPath("pol"), [east, policy, mapping("east", "m1")]],
];

test.each(cases)("%s cannot be removed", async (_, method, path, parts) => {
  const { send, wait, follow } = bench(replicatingWorld(parts));
  const accepted = await send(method, `~/${path}`);
  expect(accepted.status).toBe(202);
  wait(2);
  const done = await follow(accepted);
  expect(done.status).toBe(200);
  expect(done.body["status"]).toBe("Failed");
  expect(textAt(done.body, "error.code")).toMatch(/^\d+$/u);
  expect(Object.keys(at(done.body, "error.details.0") as object)).toEqual([
    "code",
    "message",
    "possibleCauses",
    "recommendedAction",
    "clientRequestId",
    "activityId",
  ]);
  expect((await follow(accepted, "location")).status).toBe(400);
  expect((await send("GET", `~/${path.replace(/\/remove$/u, "")}`)).status).toBe(200);
  expect(at((await send("GET", "~/replicationJobs")).body, "value.0.properties.state")).toBe("Failed");
});

test("a mapping goes while machines of its container replicate to another one", async () => {
  const elsewhere = item("east", "vm1", { recoveryContainerId: `${vaultId}/${containerPath("north")}` });
  const objects = [...pair, fabric("north"), elsewhere, mapping("east", "m1", "west")];
  const { send, wait, follow } = bench(replicatingWorld(objects));
  const accepted = await send("DELETE", `~/${mappingPath("east", "m1")}`);
  wait(2);
  expect((await follow(accepted)).body["status"]).toBe("Succeeded");
  expect((await send("GET", `~/${containerPath("east")}`)).status).toBe(200);
});

test("a mapping to Azure stays while a machine of its container names a container that stands in no vault", async () => {
  const azureOwn = `${vaultId}/${containerPath("d49858f157601230a6ac5862fbbc6e63bf38d23ecd96cf953767945d457fe9d5")}`;
  const machine = item("site", "vm1", { recoveryContainerId: azureOwn });
  const toAzure = mapping("site", "m1");
  const { send, wait, follow } = bench(replicatingWorld([fabric("site", "HyperVSite"), machine, toAzure]));
  const accepted = await send("DELETE", `~/${mappingPath("site", "m1")}`);
  wait(2);
  expect((await follow(accepted)).body["status"]).toBe("Failed");
});

test("the DELETE of a Hyper-V site takes its container and provider along", async () => {
  const { send, wait, follow } = bench(replicatingWorld([fabric("site", "HyperVSite"), provider("site", "host")]));
  const accepted = await send("DELETE", `~/${fabricPath("site")}`);
  wait(2);
  expect((await follow(accepted)).body["status"]).toBe("Succeeded");
  expect((await send("GET", "~/replicationProtectionContainers")).body["value"]).toEqual([]);
  expect((await send("GET", "~/replicationRecoveryServicesProviders")).body["value"]).toEqual([]);
});
