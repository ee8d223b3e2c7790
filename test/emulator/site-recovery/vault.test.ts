// The vault around Site Recovery: its counts, its own deletion, and a world saved halfway.
import { expect, test } from "vitest";

import { parseWorld } from "../../../src/emulator/world.ts";
import {
  fabric,
  fabricPath,
  item,
  itemPath,
  plan,
  policy,
  provider,
  replicatingWorld,
  replication,
  runningJob,
} from "../replication-builder.ts";
import { at, bench, textAt, vault, world } from "../world-builder.ts";

const site = fabric("site", "HyperVSite");

test("the usages count what stands in the vault", async () => {
  const parts = [
    site,
    item("site", "vm1"),
    item("site", "vm2", { replicationHealth: "Critical" }),
    plan("plan1", "site", []),
    provider("site", "dra", { connectionStatus: "NotConnected" }),
    runningJob("job1", { about: itemPath("site", "vm1") }),
  ];
  const { body } = await bench(replicatingWorld(parts)).send("GET", "~/replicationUsages");
  expect(at(body, "value.0")).toMatchObject({
    protectedItemCount: 2,
    recoveryPlanCount: 1,
    registeredServersCount: 1,
    jobsSummary: { failedJobs: 0, suspendedJobs: 0, inProgressJobs: 1 },
    monitoringSummary: { unHealthyVmCount: 1, unHealthyProviderCount: 1 },
  });
});

test("fabrics alone count nothing", async () => {
  const { body } = await bench(replicatingWorld([site])).send("GET", "~/replicationUsages");
  expect(at(body, "value.0")).toMatchObject({ protectedItemCount: 0, recoveryPlanCount: 0, registeredServersCount: 0 });
});

test("usages that the world states are answered as they stand", async () => {
  const usages = [{ protectedItemCount: 7 }];
  const content = world([vault({ more: { replication: replication(site), replicationUsages: usages } })]);
  expect((await bench(content).send("GET", "~/replicationUsages")).body).toEqual({ value: usages });
});

test("a vault with a fabric cannot be deleted, and the refusal names it", async () => {
  const { send, wait } = bench(replicatingWorld([site, policy]));
  const refused = await send("DELETE", "~");
  expect(refused.status).toBe(400);
  expect(textAt(refused.body, "error.code")).toBe("ServiceResourceNotEmptyWithBackendMessage");
  expect(textAt(refused.body, "error.message")).toContain(
    "existing resources within the vault. : site,container-site\n",
  );
  await send("DELETE", `~/${fabricPath("site")}`);
  wait(2);
  expect((await send("DELETE", "~")).status).toBe(202);
});

test("a world saved while a machine is being removed carries on", async () => {
  const first = bench(replicatingWorld([site, item("site", "vm1")]));
  const accepted = await first.send("POST", `~/${itemPath("site", "vm1")}/remove`);
  first.wait(30);
  const second = bench(parseWorld(JSON.stringify(first.emulator.world()), "saved"));
  expect((await second.follow(accepted)).body["status"]).toBe("InProgress");
  second.wait(63);
  expect((await second.follow(accepted)).body["status"]).toBe("Succeeded");
  expect((await second.send("GET", `~/${itemPath("site", "vm1")}`)).status).toBe(404);
});

test("a saved world to which nothing happened holds the same replication", () => {
  const content = replicatingWorld([
    site,
    item("site", "vm1"),
    runningJob("job1", { about: itemPath("site", "vm1"), completesAt: "2026-03-01T11:00:00Z" }),
  ]);
  expect(bench(content).emulator.world().vaults[0]?.replication).toEqual(content.vaults[0]?.replication);
});
