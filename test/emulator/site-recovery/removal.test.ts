// Removing one object: accepted, done a while later, then absent.
import { expect, test } from "vitest";

import {
  bare,
  containerPath,
  fabric,
  fabricPath,
  item,
  itemPath,
  mapping,
  mappingPath,
  migrationPath,
  networkPath,
  plan,
  planPath,
  policy,
  policyPath,
  provider,
  providerPath,
  replicatingWorld,
  storagePath,
  vcenterPath,
} from "../replication-builder.ts";
import { at, bench, names, vaultId } from "../world-builder.ts";

const empty = { fabrics: fabric("east").fabrics ?? [] };
const container = fabric("east");
const item1 = itemPath("east", "vm1");

test.each([
  ["POST", `${item1}/remove`, [container, item("east", "vm1")], 63],
  ["DELETE", item1, [container, item("east", "vm1")], 123],
  ["DELETE", migrationPath("east", "m1"), [container, bare("migrationItems", migrationPath("east", "m1"))], 63],
  ["POST", `${mappingPath("east", "m1")}/remove`, [container, mapping("east", "m1")], 1],
  ["DELETE", mappingPath("east", "m1"), [container, mapping("east", "m1")], 1],
  ["DELETE", networkPath("east", "n1"), [empty, bare("networkMappings", networkPath("east", "n1"))], 2],
  ["DELETE", storagePath("east", "s1"), [empty, bare("storageClassificationMappings", storagePath("east", "s1"))], 2],
  ["POST", `${containerPath("east")}/remove`, [container], 2],
  ["DELETE", vcenterPath("east", "v1"), [empty, bare("vCenters", vcenterPath("east", "v1"))], 2],
  ["POST", `${providerPath("east", "p1")}/remove`, [empty, provider("east", "p1")], 2],
  ["DELETE", providerPath("east", "p1"), [empty, provider("east", "p1")], 2],
  ["POST", `${fabricPath("east")}/remove`, [empty], 2],
  ["DELETE", fabricPath("east"), [empty], 2],
  ["DELETE", policyPath("pol"), [policy], 1],
  ["DELETE", planPath("plan1"), [container, plan("plan1", "east", [])], 1],
] as const)("%s %s is accepted and takes effect when its operation ends", async (method, path, parts, seconds) => {
  const target = path.replace(/\/remove$/u, "");
  const { send, wait, follow } = bench(replicatingWorld(parts));
  const accepted = await send(method, `~/${path}`, { properties: {} });
  expect(accepted.status).toBe(202);
  expect(accepted.headers.get("retry-after")).toBe("30");
  wait(seconds - 0.5);
  expect((await send("GET", `~/${target}`)).status).toBe(200);
  expect((await follow(accepted)).body["status"]).toBe("InProgress");
  expect((await follow(accepted, "location")).status).toBe(202);
  wait(0.5);
  expect((await follow(accepted)).body["status"]).toBe("Succeeded");
  expect((await follow(accepted, "location")).status).toBe(204);
  expect((await send("GET", `~/${target}`)).status).toBe(404);
  expect((await send(method, `~/${path}`)).status).toBe(404);
});

test("the addresses of an operation begin with a capital and stand below the vault and below the object", async () => {
  const accepted = await bench(replicatingWorld([container, item("east", "vm1")])).send("POST", `~/${item1}/remove`);
  const capital = `https://management.azure.com${vaultId.replace("/subscriptions/", "/Subscriptions/")}`;
  expect(accepted.headers.get("azure-asyncoperation")).toContain(`${capital}/replicationOperationStatus/`);
  expect(accepted.headers.get("location")).toContain(`${capital}/${item1}/operationresults/`);
});

test("the state of an operation names every member, null where it has no value", async () => {
  const { send, wait, follow } = bench(replicatingWorld([container, item("east", "vm1")]));
  const accepted = await send("POST", `~/${item1}/remove`);
  const running = await follow(accepted);
  expect(running.body).toEqual({
    error: null,
    id: null,
    name: expect.stringMatching(/^[0-9a-f-]{36}$/u) as string,
    properties: null,
    status: "InProgress",
    startTime: "2026-03-01T10:00:00Z",
    endTime: null,
    percentComplete: null,
  });
  wait(63);
  expect(await follow(accepted)).toMatchObject({
    status: 200,
    body: { error: null, status: "Succeeded", endTime: "2026-03-01T10:01:03Z" },
  });
});

test("a removal is a job of the same name, and the machine allows nothing meanwhile", async () => {
  const { send, wait, follow } = bench(replicatingWorld([container, item("east", "vm1")]));
  const { body } = await follow(await send("POST", `~/${item1}/remove`));
  const jobs = await send("GET", "~/replicationJobs");
  expect(names(jobs.body)).toEqual([body["name"]]);
  expect(at(jobs.body, "value.0.properties")).toMatchObject({
    scenarioName: "DisableProtection",
    state: "InProgress",
    allowedActions: [],
  });
  const shown = await send("GET", `~/${item1}`);
  expect(at(shown.body, "properties.allowedOperations")).toEqual([]);
  expect(at(shown.body, "properties.currentScenario.scenarioName")).toBe("DisableProtection");
  wait(63);
  expect(at((await send("GET", "~/replicationJobs")).body, "value.0.properties.state")).toBe("Succeeded");
});

test("an unknown operation is a 404", async () => {
  const { send } = bench(replicatingWorld([container]));
  expect((await send("GET", "~/replicationOperationStatus/nothing")).status).toBe(404);
});
