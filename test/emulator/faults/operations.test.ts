// Faults that change the operations a request starts: without their addresses, without an end, or failing.
import { describe, expect, test } from "vitest";

import type { Fault } from "../../../src/emulator/faults/fault.ts";
import type { Properties } from "../../../src/emulator/json.ts";
import type { World, WorldVault } from "../../../src/emulator/world.ts";
import { parseWorld } from "../../../src/emulator/world.ts";
import { fabric, item, itemPath, jobPath, runningJob, replication } from "../replication-builder.ts";
import {
  at,
  bench,
  sqlContainer,
  sqlIntent,
  sqlItem,
  sqlServer,
  subscription,
  textAt,
  vault,
  vaultId,
  vm,
  vmItem,
  world,
} from "../world-builder.ts";
import { hit } from "./faulty.ts";

const endpoint = `/subscriptions/${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/privateEndpoints/pe1`;
const connection = { id: `${vaultId}/privateEndpointConnections/c1`, name: "c1", properties: {} };
const deletedVault = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults/gone`;
const group = vaultId.split("/").slice(0, 5).join("/");
const machine = itemPath("east", "vm1");
const running: Properties = { status: "InProgress", operation: "Backup", startTime: "2026-03-01T09:55:00Z" };

/** A vault with one of everything whose change is an operation. Each first write of a verb meets the fault. */
function vaultWith(fault: Fault, parts = [vm("vm1"), sqlServer("sql1", {})]) {
  const content = vault({
    parts,
    properties: { privateEndpointConnections: [connection] },
    more: {
      backupJobs: [{ name: "job-b", properties: { ...running, actionsInfo: ["Cancellable"] } }],
      replication: replication(
        fabric("east"),
        item("east", "vm1"),
        runningJob("job-r", { about: "replicationFabrics/other", allowedActions: ["Cancel"] }),
        { fabrics: [{ path: "replicationFabrics/other", properties: {} }] },
      ),
    },
  });
  const faults = [hit({ method: "DELETE" }, fault), hit({ method: "POST" }, fault), hit({ method: "PATCH" }, fault)];
  return bench(
    world([content], {
      faults,
      privateEndpoints: [{ id: endpoint, location: "westeurope", properties: {} }],
      deletedVaults: [{ name: "gone", location: "westeurope", properties: { vaultId: `${vaultId}-gone` } }],
    }),
  );
}

const operations = [
  ["deleting a protected item", "DELETE", vmItem("vm1"), undefined],
  ["unregistering a container", "DELETE", sqlContainer("sql1"), undefined],
  ["changing a vault", "PATCH", "~", { tags: { owner: "me" } }],
  ["deleting a connection", "DELETE", "~/privateEndpointConnections/c1", undefined],
  ["deleting an endpoint", "DELETE", endpoint, undefined],
  ["removing a replicated item", "POST", `~/${machine}/remove`, { properties: {} }],
  ["cancelling a backup job", "POST", "~/backupJobs/job-b/cancel", undefined],
  ["cancelling a replication job", "POST", `~/${jobPath("job-r")}/cancel`, undefined],
  ["undeleting a vault", "POST", `${deletedVault}/undelete`, { properties: { recoveryResourceGroupId: group } }],
] as const;

/** Both addresses of an undelete are the same (recorded), so its result is its status. */
const statusOfResult = (path: string, status: number): number => (path.endsWith("/undelete") ? 200 : status);

const century = 100 * 365 * 86_400;

test.each(operations)(
  "%s can come without the operation's addresses, and takes effect",
  async (_, method, path, body) => {
    const faulted = await vaultWith({ kind: "no-operation-headers" }).send(method, path, body);
    expect(faulted.status).toBe(202);
    for (const name of ["azure-asyncoperation", "location", "retry-after"])
      expect(faulted.headers.has(name)).toBe(false);
    const { send, wait, emulator } = vaultWith({ kind: "no-operation-headers" });
    await send(method, path, body);
    wait(3_600);
    expect(emulator.world().operations).toMatchObject([{ settled: true }]);
  },
);

test.each(operations)("%s can be an operation that never ends", async (_, method, path, body) => {
  const first = vaultWith({ kind: "never-ends" });
  const accepted = await first.send(method, path, body);
  expect(accepted.status).toBe(202);
  first.wait(century);
  expect((await first.follow(accepted)).body["status"]).toBe("InProgress");
  expect((await first.follow(accepted, "location")).status).toBe(statusOfResult(path, 202));
  const second = bench(parseWorld(JSON.stringify(first.emulator.world()), "saved"));
  second.wait(2 * century);
  expect((await second.follow(accepted)).body["status"]).toBe("InProgress");
});

test.each(operations)("%s can fail after its ordinary time, without effect", async (_, method, path, body) => {
  const fault = { kind: "fails", code: "UserErrorTest", message: "As the world wants it." } as const;
  const { send, wait, follow, emulator } = vaultWith(fault);
  const stood = contents(emulator.world());
  const accepted = await send(method, path, body);
  expect((await follow(accepted)).body["status"]).toBe("InProgress");
  wait(3_600);
  const ended = await follow(accepted);
  expect(ended).toMatchObject({ status: 200, body: { status: "Failed" } });
  expect(at(ended.body, "error.code")).toBe("UserErrorTest");
  expect(at(ended.body, "error.message")).toBe("As the world wants it.");
  expect((await follow(accepted, "location")).status).toBe(statusOfResult(path, 400));
  expect(contents(emulator.world())).toEqual(stood);
});

/** All that stands, without the jobs that only tell of it. */
function contents({ vaults, privateEndpoints, deletedVaults }: World) {
  return {
    privateEndpoints,
    deletedVaults,
    vaults: vaults.map((content) => ({
      ...content,
      backupJobs: content.backupJobs.filter(({ name }) => name === "job-b").map(({ name }) => name),
      replication: { ...content.replication, jobs: [] },
    })),
  };
}

describe("the shape in which a failure shows", () => {
  const fault = { kind: "fails", code: "28061", message: "Unavailable." } as const;

  async function failedAfter(method: string, path: string, body?: Properties): Promise<Properties> {
    const { send, wait, follow } = vaultWith(fault);
    const accepted = await send(method, path, body);
    wait(3_600);
    return (await follow(accepted)).body;
  }

  test("is Backup's for an item: endTime equals startTime, and no job is named", async () => {
    const { id, name, ...shown } = await failedAfter("DELETE", vmItem("vm1"));
    expect(id).toBe(name);
    const at10 = "2026-03-01T10:00:00Z";
    const error = { code: "28061", message: "Unavailable." };
    expect(shown).toEqual({ status: "Failed", startTime: at10, endTime: at10, error });
  });

  test("is the vault's for a vault: id, name and status, and the error", async () => {
    const shown = await failedAfter("PATCH", "~", { tags: {} });
    expect(Object.keys(shown)).toEqual(["id", "name", "status", "error"]);
    expect(textAt(shown, "id")).toBe(`${vaultId}/operationStatus/${textAt(shown, "name")}`);
  });

  test("is Site Recovery's for a replicated item: every member, details in the error", async () => {
    const shown = await failedAfter("POST", `~/${machine}/remove`, { properties: {} });
    expect(shown).toMatchObject({ id: null, properties: null, percentComplete: null, endTime: "2026-03-01T10:01:03Z" });
    expect(at(shown, "error.details.0")).toMatchObject({ code: "28061", message: "Unavailable.", possibleCauses: "" });
    expect(Object.keys(shown["error"] as Properties)).toEqual(["code", "message", "details"]);
  });

  test("is the vault's for an undelete, with both times", async () => {
    const body = { properties: { recoveryResourceGroupId: group } };
    const shown = await failedAfter("POST", `${deletedVault}/undelete`, body);
    expect(Object.keys(shown)).toEqual(["id", "name", "status", "error", "startTime", "endTime"]);
    expect(shown).toMatchObject({ status: "Failed", error: { code: "28061", message: "Unavailable." } });
  });

  test("is a status and an error for a connection", async () => {
    const shown = await failedAfter("DELETE", "~/privateEndpointConnections/c1");
    expect(shown).toEqual({ status: "Failed", error: { code: "28061", message: "Unavailable." } });
  });
});

describe("the job of an operation", () => {
  const job = (body: Properties): Properties => at(body, "value.0.properties") as Properties;
  const only = vm("vm1");

  test("reads Failed, with the error's text, when the operation fails", async () => {
    const { send, wait } = vaultWith({ kind: "fails", code: "UserErrorTest", message: "No." }, [only]);
    await send("DELETE", vmItem("vm1"));
    expect(job((await send("GET", "~/backupJobs")).body)).toMatchObject({ status: "InProgress" });
    wait(12);
    expect(job((await send("GET", "~/backupJobs")).body)).toMatchObject({
      status: "Failed",
      endTime: "2026-03-01T10:00:12Z",
      duration: "PT12S",
      errorDetails: [{ errorTitle: "UserErrorTest", errorString: "No.", recommendations: [] }],
    });
  });

  test("still fails after the world was saved in between", async () => {
    const first = vaultWith({ kind: "fails", code: "UserErrorTest", message: "No." }, [only]);
    await first.send("DELETE", vmItem("vm1"));
    const second = bench(parseWorld(JSON.stringify(first.emulator.world()), "saved"));
    second.wait(12);
    expect(job((await second.send("GET", "~/backupJobs")).body)).toMatchObject({ status: "Failed" });
  });

  test("goes on as long as an operation that never ends", async () => {
    const { send, wait } = vaultWith({ kind: "never-ends" }, [only]);
    await send("DELETE", vmItem("vm1"));
    wait(century);
    expect(job((await send("GET", "~/backupJobs")).body)).toMatchObject({ status: "InProgress" });
  });

  test.each([
    ["never-ends", "InProgress"],
    ["fails", "Failed"],
  ] as const)("of Site Recovery does so too: %s", async (kind, state) => {
    const { send, wait } = vaultWith(kind === "fails" ? { kind, code: "1", message: "No." } : { kind });
    await send("POST", `~/${machine}/remove`, { properties: {} });
    wait(3_600);
    const jobs = (await send("GET", "~/replicationJobs")).body;
    expect(["0", "1"].map((index) => at(jobs, `value.${index}.properties.state`))).toEqual(["InProgress", state]);
  });

  test("of Site Recovery names the error when it fails, also after the world was saved in between", async () => {
    const first = vaultWith({ kind: "fails", code: "28061", message: "Unavailable." });
    const accepted = await first.send("POST", `~/${machine}/remove`, { properties: {} });
    const second = bench(parseWorld(JSON.stringify(first.emulator.world()), "saved"));
    for (const { send, wait, follow } of [first, second]) {
      wait(3_600);
      const detail = at((await follow(accepted)).body, "error.details.0");
      const jobs = (await send("GET", "~/replicationJobs")).body;
      expect(at(jobs, "value.1.properties.errors")).toEqual([
        {
          serviceErrorDetails: {
            code: "28061",
            message: "Unavailable.",
            possibleCauses: "",
            recommendedAction: "",
            activityId: at(detail, "activityId"),
          },
          providerErrorDetails: null,
          errorLevel: "Error",
          creationTime: at(jobs, "value.1.properties.endTime"),
          taskId: "",
        },
      ]);
      expect(at(jobs, "value.0.properties.errors")).toBeUndefined();
    }
  });

  test("that was to be cancelled goes on when the cancelling fails, and is stuck when it never ends", async () => {
    const failing = vaultWith({ kind: "fails", code: "1", message: "No." }, [only]);
    await failing.send("POST", "~/backupJobs/job-b/cancel");
    failing.wait(3_600);
    expect(at((await failing.send("GET", "~/backupJobs/job-b")).body, "properties.status")).toBe("InProgress");
    const stuck = vaultWith({ kind: "never-ends" }, [only]);
    await stuck.send("POST", "~/backupJobs/job-b/cancel");
    stuck.wait(3_600);
    expect(at((await stuck.send("GET", "~/backupJobs/job-b")).body, "properties.status")).toBe("Cancelling");
  });
});

test("the vault stays when its deletion fails, and its status stays readable", async () => {
  const fault = hit({ method: "DELETE" }, { kind: "fails", code: "CloudInternalError", message: "No." });
  const { send, wait, follow } = bench(world([vault()], { faults: [fault] }));
  const accepted = await send("DELETE", "~");
  wait(3_600);
  expect((await follow(accepted)).body).toMatchObject({ status: "Failed", error: { code: "CloudInternalError" } });
  expect((await send("GET", "~")).status).toBe(200);
});

test.each([
  ["never-ends", { kind: "never-ends" }],
  ["fails", { kind: "fails", code: "1", message: "No." }],
] as const)("the emulator's own mistake is answered and logged, also under a fault that is %s", async (_, fault) => {
  // no world that is read has such contents
  const contents = {} as WorldVault;
  const entry = { name: "broken", location: "westeurope", properties: { vaultId }, contents };
  const faults = [hit({ method: "DELETE" }, fault)];
  const { send, wait, emulator } = bench(
    world([], { deletedVaults: [entry], resourceGroups: [{ id: group }], faults }),
  );
  const path = deletedVault.replace("/gone", "/broken");
  await send("POST", `${path}/undelete`, { properties: { recoveryResourceGroupId: group } });
  wait(66);
  const answer = await send("DELETE", "~");
  expect(answer.status).toBe(500);
  expect(at(answer.body, "error.code")).toBe("EmulatorFailure");
  expect(emulator.requests().at(-1)).toMatchObject({ method: "DELETE", status: 500 });
  expect((await send("GET", path)).status).toBe(200);
});

test("a request that starts no operation, or goes on with a running one, is carried out as ever", async () => {
  const fault = hit({ method: "DELETE" }, { kind: "never-ends" }, { from: 2, times: "always" });
  const { send, wait, follow } = bench(world([vault()], { faults: [fault] }));
  const accepted = await send("DELETE", "~");
  expect((await send("DELETE", "~")).status).toBe(202);
  wait(60);
  expect((await follow(accepted)).status).toBe(404);
  expect((await send("DELETE", "~")).status).toBe(204);
});

test("what falls due by itself before the request is none of its operations", async () => {
  const fault = hit({ path: "*;b" }, { kind: "never-ends" });
  const content = vault({
    regime: "classic",
    softDelete: "Disabled",
    parts: [sqlServer("sql1", { a: {} }), sqlServer("sql2", { b: {} })],
    more: { protectionIntents: [sqlIntent("sql1")] },
  });
  const { send, wait } = bench(world([content], { faults: [fault] }));
  await send("DELETE", sqlItem("sql1", "a"));
  wait(32);
  await send("DELETE", sqlItem("sql2", "b"));
  expect((await send("GET", sqlItem("sql1", "a"))).status).toBe(404);
  wait(300);
  expect(at((await send("GET", sqlItem("sql1", "a"))).body, "properties.protectionState")).toBe("IRPending");
});
