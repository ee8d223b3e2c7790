// The world after an outage: what stands there, and what of it can only be removed by force or by hand.
import { expect, test } from "vitest";

import { loadWorld } from "../../../src/emulator/worlds.ts";
import { at, bench, textAt } from "../world-builder.ts";
import type { Properties } from "../../../src/emulator/json.ts";

const content = loadWorld("failed-over");
const vault = content.vaults[0]?.id ?? "";

async function machine(send: ReturnType<typeof bench>["send"], name: string): Promise<Properties> {
  const { body } = await send("GET", `${vault}/replicationProtectedItems`);
  const all = (body["value"] ?? []) as readonly Properties[];
  return all.find((item) => textAt(item, "properties.friendlyName") === name) ?? {};
}

test.each([
  ["vm-web-01", "Protected", "Primary", "None", ["UnplannedFailover", "DisableProtection", "TestFailover"]],
  [
    "vm-app-01",
    "UnplannedFailoverCommitPendingStatesBegin",
    "Recovery",
    "None",
    ["Commit", "DisableProtection", "ChangePit", "SwitchProtection"],
  ],
  ["vm-db-01", "UnplannedFailoverCommitted", "Recovery", "None", ["DisableProtection", "SwitchProtection"]],
  ["vm-batch-01", "Protected", "Primary", "WaitingForCompletion", ["TestFailoverCleanup"]],
  [
    "branch-files-01",
    "Protected",
    "Primary",
    "None",
    ["PlannedFailover", "UnplannedFailover", "DisableProtection", "TestFailover"],
  ],
])("%s is %s and active at %s", async (name, protectionState, activeLocation, testFailoverState, allowedOperations) => {
  const item = await machine(bench(content).send, name);
  expect(item["properties"]).toMatchObject({ protectionState, activeLocation, testFailoverState, allowedOperations });
});

test("every machine, mapping and plan points at things of this vault", async () => {
  const { send } = bench(content);
  for (const list of ["replicationProtectedItems", "replicationProtectionContainerMappings"]) {
    const { body } = await send("GET", `${vault}/${list}`);
    for (const entry of (body["value"] ?? []) as readonly Properties[]) {
      const { status } = await send("GET", textAt(entry, "properties.policyId"));
      expect(status, textAt(entry, "id")).toBe(200);
    }
  }
  const plan = await send("GET", `${vault}/replicationRecoveryPlans/plan-web-shop`);
  for (const member of at(plan.body, "properties.groups.2.replicationProtectedItems") as readonly Properties[]) {
    expect((await send("GET", textAt(member, "id"))).status).toBe(200);
  }
});

test("the machine of the branch office can only be purged: its server is gone", async () => {
  const { send, wait, follow } = bench(content);
  const id = textAt(await machine(send, "branch-files-01"), "id");
  const clean = await send("POST", `${id}/remove`);
  wait(63);
  expect((await follow(clean)).body["status"]).toBe("Failed");
  const purge = await send("DELETE", id);
  wait(123);
  expect((await follow(purge)).body["status"]).toBe("Succeeded");
});

test("the machine of the appliance names its provider by machine, as recorded", async () => {
  const { send } = bench(content);
  const item = await machine(send, "erp-01");
  expect((await send("GET", textAt(item, "properties.recoveryServicesProviderId"))).status).toBe(404);
  const { body } = await send("GET", `${vault}/replicationAppliances`);
  const fabric = textAt(body, "value.0.properties.providerSpecificDetails.appliances.0.fabricArmId");
  expect(textAt((await send("GET", fabric)).body, "properties.customDetails.instanceType")).toBe("InMageRcm");
});

test("its usages count every machine, plan and server", async () => {
  const { body } = await bench(content).send("GET", `${vault}/replicationUsages`);
  expect(at(body, "value.0")).toMatchObject({ protectedItemCount: 6, recoveryPlanCount: 1, registeredServersCount: 2 });
});
