// Stopping, suspending and resuming the protection of backup instances, and protecting a data source.
import { describe, expect, test } from "vitest";

import type { Properties } from "../../../src/emulator/json.ts";
import { at, bench, world } from "../world-builder.ts";
import { backupVault, backupVaultId, disk, softDeletedDisk } from "./backup-vault-builder.ts";

const instance = `${backupVaultId}/backupInstances/disk-1-instance`;
const stopped = { protectionStatus: { status: "ProtectionStopped" }, currentProtectionState: "ProtectionStopped" };

function standing(instances = [disk("disk-1"), disk("disk-2", stopped)]) {
  const other = { ...backupVault(), id: `${backupVaultId}-2`, backupInstances: [disk("disk-3")] };
  const deleted = [softDeletedDisk("disk-4", "2026-03-10T10:00:00.0000000Z")];
  const vault = backupVault({ more: { backupInstances: instances, deletedBackupInstances: deleted } });
  return bench(world([], { backupVaults: [vault, other] }));
}

const state = (body: Properties): unknown => at(body, "properties.currentProtectionState");

describe("the protection of an instance", () => {
  test.each([
    ["stopProtection", 31, "ProtectionStopped"],
    ["suspendBackups", 26, "BackupsSuspended"],
  ])("%s is done after %i s and reads %s", async (action, seconds, expected) => {
    const { send, wait, follow } = standing();
    const accepted = await send("POST", `${instance}/${action}`);
    expect(accepted.status).toBe(202);
    expect((await follow(accepted)).body["status"]).toBe("Inprogress");
    wait(seconds - 1);
    expect(state((await send("GET", instance)).body)).toBe("ProtectionConfigured");
    wait(1);
    expect((await follow(accepted)).body["status"]).toBe("Succeeded");
    const result = await follow(accepted, "location");
    expect([result.status, result.body]).toEqual([200, { objectType: "OperationJobExtendedInfo" }]);
    const read = await send("GET", instance);
    expect(state(read.body)).toBe(expected);
    expect(at(read.body, "properties.protectionStatus.status")).toBe(expected);
  });

  test.each(["resumeProtection", "resumeBackups"])(
    "%s takes 44 s, and nothing where it is protected",
    async (action) => {
      const { send, wait } = standing();
      expect((await send("POST", `${instance}/${action}`)).status).toBe(200);
      const other = `${backupVaultId}/backupInstances/disk-2-instance`;
      expect((await send("POST", `${other}/${action}`)).status).toBe(202);
      wait(44);
      expect(state((await send("GET", other)).body)).toBe("ProtectionConfigured");
    },
  );

  test("a data source that another vault protects is not protected again", async () => {
    const { send } = standing([disk("disk-3", stopped)]);
    const refused = await send("POST", `${backupVaultId}/backupInstances/disk-3-instance/resumeProtection`);
    expect(refused.status).toBe(400);
    expect(at(refused.body, "error.code")).toBe("UserErrorDppDatasourceAlreadyHasBackupInstance");
    expect(at(refused.body, "error.message")).toContain(`${backupVaultId}-2`);
  });

  test("what is not there is not found", async () => {
    const { send } = standing();
    for (const action of ["stopProtection", "suspendBackups", "resumeProtection"])
      expect((await send("POST", `${backupVaultId}/backupInstances/none/${action}`)).status).toBe(404);
  });

  test("a mapped guard asks for its request before protection is stopped or a policy changed", async () => {
    const { send } = standing();
    const guard = backupVaultId.replace("backupVaults/bv-test", "resourceGuards/guard");
    const proxy = `${backupVaultId}/backupResourceGuardProxies/DppResourceGuardProxy`;
    expect((await send("PUT", proxy, { properties: { resourceGuardResourceId: guard } })).status).toBe(200);
    expect((await send("POST", `${instance}/stopProtection`)).status).toBe(403);
    const requests = [`${guard}/dppDisableStopProtectionRequests/default`];
    const asked = await send("POST", `${instance}/stopProtection`, { resourceGuardOperationRequests: requests });
    expect(asked.status).toBe(202);
    expect((await send("PUT", instance, { properties: disk("disk-1").properties })).status).toBe(403);
  });
});

describe("protecting a data source", () => {
  const put = (name: string) => ({ tags: { owner: "ops" }, properties: disk(name).properties });
  const fresh = `${backupVaultId}/backupInstances/disk-9-instance`;

  test("is validated, accepted with 201, and configured 69 s later", async () => {
    const { send, wait, follow } = standing();
    const validated = await send("POST", `${backupVaultId}/validateForBackup`, {
      backupInstance: put("disk-9").properties,
    });
    expect(validated.status).toBe(202);
    wait(40);
    expect((await follow(validated)).body["status"]).toBe("Succeeded");
    const created = await send("PUT", fresh, put("disk-9"));
    expect([created.status, at(created.body, "properties.provisioningState")]).toEqual([201, "Provisioning"]);
    expect(created.headers.get("retry-after")).toBe("10");
    wait(1);
    expect((await follow(created)).body["status"]).toBe("Succeeded");
    const read = await send("GET", fresh);
    expect([state(read.body), read.body["tags"]]).toEqual(["ConfiguringProtection", { owner: "ops" }]);
    wait(68);
    expect(state((await send("GET", fresh)).body)).toBe("ProtectionConfigured");
  });

  test("an instance that stands is updated", async () => {
    const { send, wait } = standing();
    expect((await send("PUT", instance, put("disk-1"))).status).toBe(200);
    expect(state((await send("GET", instance)).body)).toBe("UpdatingProtection");
    wait(69);
    expect(state((await send("GET", instance)).body)).toBe("ProtectionConfigured");
  });

  test("an instance without a data source is refused", async () => {
    const { send } = standing();
    expect((await send("PUT", fresh, { properties: {} })).status).toBe(400);
  });

  test.each([
    ["another vault protects", "disk-3"],
    ["is soft-deleted here", "disk-4"],
  ])("one that %s is refused", async (_, name) => {
    const { send } = standing();
    const refused = await send("PUT", fresh, put(name));
    expect(at(refused.body, "error.code")).toBe("UserErrorDppDatasourceAlreadyHasBackupInstance");
  });
});
