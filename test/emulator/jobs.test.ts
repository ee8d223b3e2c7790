// Backup jobs: running ones end by themselves, can be filtered and cancelled.
import { expect, test } from "vitest";

import { at, bench, names, vault, vm, vmItem, world } from "./world-builder.ts";

const content = world([
  vault({
    parts: [vm("vm1")],
    more: {
      backupJobs: [
        {
          name: "job-running",
          completesAt: "now+20m",
          properties: {
            jobType: "AzureIaaSVMJob",
            actionsInfo: ["Cancellable"],
            extendedInfo: { tasksList: [] },
            backupManagementType: "AzureIaasVM",
            operation: "Backup",
            status: "InProgress",
            startTime: "now-10m",
          },
        },
        {
          name: "job-done",
          properties: {
            backupManagementType: "AzureStorage",
            operation: "Backup",
            status: "Completed",
            startTime: "now-2d",
            endTime: "now-2d",
            duration: "PT3S",
          },
        },
      ],
    },
  }),
]);

test("a running job has no end and a growing duration until it completes", async () => {
  const { send, wait } = bench(content);
  const running = await send("GET", "~/backupJobs/job-running");
  expect(running.body["properties"]).toMatchObject({ status: "InProgress", duration: "PT10M" });
  expect(at(running.body, "properties.endTime")).toBeUndefined();
  wait(1_200);
  const done = await send("GET", "~/backupJobs/job-running");
  expect(done.body["properties"]).toMatchObject({
    status: "Completed",
    duration: "PT30M",
    endTime: "2026-03-01T10:20:00Z",
  });
});

test.each([
  ["status eq 'InProgress'", ["job-running"]],
  ["operation eq 'Backup' and backupManagementType eq 'AzureStorage'", ["job-done"]],
  ["startTime eq '2026-02-28 11:00:00 PM' and endTime eq '2026-03-02 01:00:00 AM'", ["job-running"]],
  ["startTime eq '2020-01-01 00:00:00 AM'", ["job-running", "job-done"]],
  ["startTime eq 'yesterday'", []],
])("the filter %s finds %j", async (filter, expected) => {
  const { send } = bench(content);
  const listed = await send("GET", `~/backupJobs?$filter=${encodeURIComponent(filter)}`);
  expect(names(listed.body)).toEqual(expected);
  expect(JSON.stringify(listed.body)).not.toContain("extendedInfo");
});

test("a running job can be cancelled, a completed one cannot", async () => {
  const { send, wait, follow } = bench(content);
  const accepted = await send("POST", "~/backupJobs/job-running/cancel");
  expect(accepted.status).toBe(202);
  expect(accepted.headers.get("azure-asyncoperation")).toContain("api-version=2019-05-13-preview");
  expect(accepted.headers.get("location")).toContain("/backupJobs/job-running/operationResults/");
  expect((await follow(accepted, "location")).status).toBe(202);
  wait(1);
  expect((await follow(accepted, "location")).status).toBe(204);
  expect(at((await send("GET", "~/backupJobs/job-running")).body, "properties.status")).toBe("Cancelling");
  wait(30);
  expect(at((await send("GET", "~/backupJobs/job-running")).body, "properties.status")).toBe("Cancelled");
  expect((await send("POST", "~/backupJobs/job-done/cancel")).status).toBe(400);
  expect((await send("POST", "~/backupJobs/job-none/cancel")).status).toBe(404);
});

test("deleting an item shows as a running job", async () => {
  const { send } = bench(content);
  await send("DELETE", vmItem("vm1"));
  const listed = await send("GET", "~/backupJobs?$filter=operation eq 'DeleteBackupData'");
  expect(at(listed.body, "value.0.properties.status")).toBe("InProgress");
});
