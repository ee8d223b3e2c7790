// A job in flight: nothing changes its object until it ends, by itself or cancelled.
import { expect, test } from "vitest";

import {
  containerPath,
  fabric,
  item,
  itemPath,
  jobPath,
  replicatingWorld,
  runningJob,
} from "../replication-builder.ts";
import { at, bench } from "../world-builder.ts";

const about = itemPath("east", "vm1");
const parts = [fabric("east"), item("east", "vm1"), item("east", "vm2")];
const state = "properties.state";

test.each(["remove", "testFailoverCleanup"])("%s of a machine with a running job is a 409", async (verb) => {
  const waiting = item("east", "vm3", { testFailoverState: "WaitingForCompletion" });
  const job = runningJob("job1", { about: itemPath("east", "vm3") });
  const { send } = bench(replicatingWorld([...parts, waiting, job]));
  const answer = await send("POST", `~/${itemPath("east", "vm3")}/${verb}`);
  expect(answer.status).toBe(409);
  expect(at(answer.body, "error.code")).toMatch(/^\d+$/u);
});

test("a running job holds up its machine and what it stands in, but not other machines", async () => {
  const { send } = bench(replicatingWorld([...parts, runningJob("job1", { about })]));
  expect((await send("DELETE", `~/${about}`)).status).toBe(409);
  expect((await send("POST", `~/${containerPath("east")}/remove`)).status).toBe(409);
  expect((await send("POST", `~/${itemPath("east", "vm2")}/remove`)).status).toBe(202);
});

test("a second removal while the first runs is a 409", async () => {
  const { send } = bench(replicatingWorld(parts));
  expect((await send("POST", `~/${about}/remove`)).status).toBe(202);
  expect((await send("POST", `~/${about}/remove`)).status).toBe(409);
});

test("a job ends by itself", async () => {
  const job = runningJob("job1", { about, completesAt: "now+2m" });
  const { send, wait } = bench(replicatingWorld([...parts, job]));
  wait(119);
  expect(at((await send("GET", `~/${jobPath("job1")}`)).body, state)).toBe("InProgress");
  wait(1);
  const ended = await send("GET", `~/${jobPath("job1")}`);
  expect(ended.body["properties"]).toMatchObject({ state: "Succeeded", endTime: "2026-03-01T10:02:00Z" });
  expect((await send("POST", `~/${about}/remove`)).status).toBe(202);
});

test("a job that allows it can be cancelled", async () => {
  const job = runningJob("job1", { about, allowedActions: ["Cancel"] });
  const { send, wait, follow } = bench(replicatingWorld([...parts, job]));
  const accepted = await send("POST", `~/${jobPath("job1")}/cancel`);
  expect(accepted.status).toBe(202);
  wait(2);
  expect((await follow(accepted)).body["status"]).toBe("Succeeded");
  expect((await follow(accepted, "location")).status).toBe(204);
  expect(at((await send("GET", `~/${jobPath("job1")}`)).body, state)).toBe("Cancelled");
  expect((await send("POST", `~/${about}/remove`)).status).toBe(202);
  expect((await send("POST", `~/${jobPath("job1")}/cancel`)).status).toBe(400);
});

test("a job that does not allow it, or is not there, cannot be cancelled", async () => {
  const { send } = bench(replicatingWorld([...parts, runningJob("job1", { about })]));
  expect((await send("POST", `~/${jobPath("job1")}/cancel`)).status).toBe(400);
  expect((await send("POST", `~/${jobPath("job2")}/cancel`)).status).toBe(404);
});
