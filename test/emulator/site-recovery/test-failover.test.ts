// A machine with a test failover: it stays until the test failover has been cleaned up.
import { expect, test } from "vitest";

import { fabric, item, itemPath, replicatingWorld } from "../replication-builder.ts";
import { at, bench } from "../world-builder.ts";

const path = `~/${itemPath("east", "vm1")}`;
const waiting = item("east", "vm1", {
  testFailoverState: "WaitingForCompletion",
  allowedOperations: ["TestFailoverCleanup"],
});

test.each(["POST", "DELETE"])("a test failover stops the removal by %s", async (method) => {
  const { send, wait, follow } = bench(replicatingWorld([fabric("east"), waiting]));
  const accepted = await send(method, method === "POST" ? `${path}/remove` : path);
  wait(2);
  expect((await follow(accepted)).body["status"]).toBe("Failed");
});

test("after the clean-up the machine can be removed", async () => {
  const { send, wait, follow } = bench(replicatingWorld([fabric("east"), waiting]));
  const accepted = await send("POST", `${path}/testFailoverCleanup`, { properties: { comments: "done" } });
  expect(accepted.status).toBe(202);
  expect(at((await send("GET", path)).body, "properties.testFailoverState")).toBe("WaitingForCompletion");
  wait(63);
  expect((await follow(accepted)).body["status"]).toBe("Succeeded");
  expect((await send("GET", path)).body["properties"]).toMatchObject({
    testFailoverState: "None",
    allowedOperations: ["UnplannedFailover", "DisableProtection", "TestFailover"],
  });
  const removal = await send("POST", `${path}/remove`);
  wait(63);
  expect((await follow(removal)).body["status"]).toBe("Succeeded");
});

test("without a test failover there is nothing to clean up", async () => {
  const { send } = bench(replicatingWorld([fabric("east"), item("east", "vm1")]));
  expect((await send("POST", `${path}/testFailoverCleanup`)).status).toBe(400);
  expect((await send("POST", `~/${itemPath("east", "vm2")}/testFailoverCleanup`)).status).toBe(404);
});
