// Lists of Backup vaults that lag behind removals and changes, and a vault that stays listed among resources.
import { describe, expect, test } from "vitest";

import { parseWorld } from "../../../src/emulator/world.ts";
import type { World } from "../../../src/emulator/world.ts";
import { at, bench, names, subscription, world } from "../world-builder.ts";
import { backupVault, backupVaultId, softDeletedDisk } from "./backup-vault-builder.ts";

const listLag = 60;
const instances = `${backupVaultId}/backupInstances`;
const deleted = `${backupVaultId}/deletedBackupInstances`;
const policies = `${backupVaultId}/backupPolicies`;

function content(): World {
  const deletedBackupInstances = [softDeletedDisk("disk-3", "2026-03-01T12:00:00.0000000Z")];
  return world([], { listLag, backupVaults: [backupVault({ more: { deletedBackupInstances } })] });
}

describe("a list goes on showing what is gone, for as long as the world says", () => {
  test("an instance that was deleted is in both lists, and is no longer read alone", async () => {
    const { send, wait } = bench(content());
    await send("DELETE", `${instances}/disk-1-instance`);
    wait(68);
    expect(names((await send("GET", instances)).body)).toEqual(["disk-2-instance", "disk-1-instance"]);
    expect(names((await send("GET", deleted)).body)).toEqual(["disk-3-instance", "disk-1-instance"]);
    expect((await send("GET", `${instances}/disk-1-instance`)).status).toBe(404);
    wait(60);
    expect(names((await send("GET", instances)).body)).toEqual(["disk-2-instance"]);
  });

  test("a stopped instance is listed as it was", async () => {
    const { send, wait } = bench(content());
    await send("POST", `${instances}/disk-1-instance/stopProtection`);
    wait(31);
    const state = "properties.currentProtectionState";
    expect(at((await send("GET", instances)).body, `value.0.${state}`)).toBe("ProtectionConfigured");
    expect(at((await send("GET", `${instances}/disk-1-instance`)).body, state)).toBe("ProtectionStopped");
    wait(60);
    expect(at((await send("GET", instances)).body, `value.0.${state}`)).toBe("ProtectionStopped");
  });

  test("an instance that was undeleted or purged stays among the deleted ones", async () => {
    const undeleting = bench(content());
    await undeleting.send("POST", `${deleted}/disk-3-instance/undelete`);
    expect(names((await undeleting.send("GET", instances)).body)).toContain("disk-3-instance");
    expect(names((await undeleting.send("GET", deleted)).body)).toEqual(["disk-3-instance"]);
    const purging = bench(content());
    purging.wait(2 * 3_600);
    expect(names((await purging.send("GET", deleted)).body)).toEqual(["disk-3-instance"]);
    purging.wait(60);
    expect(names((await purging.send("GET", deleted)).body)).toEqual([]);
  });

  test("a policy too, and a saved world goes on so", async () => {
    const unused = { name: "unused", properties: {} };
    const { send, emulator } = bench(
      world([], { listLag, backupVaults: [backupVault({ more: { backupPolicies: [unused] } })] }),
    );
    await send("DELETE", `${policies}/unused`);
    expect(names((await send("GET", policies)).body)).toEqual(["unused"]);
    const saved = parseWorld(JSON.stringify(emulator.world()), "saved");
    expect(saved.listedBefore).toHaveLength(1);
    const again = bench(saved);
    expect(names((await again.send("GET", policies)).body)).toEqual(["unused"]);
    again.wait(60);
    expect(names((await again.send("GET", policies)).body)).toEqual([]);
  });
});

test.each([
  [true, ["bv-test"]],
  [false, []],
])(
  "a deleted vault is listed among resources for a while where the world says so: %s",
  async (listsDeletedVaults, listed) => {
    const empty = backupVault({ more: { backupInstances: [], backupPolicies: [] } });
    const { send, wait } = bench(world([], { listsDeletedVaults, backupVaults: [empty] }), "2026-03-01");
    await send("DELETE", backupVaultId);
    wait(1);
    expect((await send("GET", backupVaultId)).status).toBe(404);
    const resources = `/subscriptions/${subscription}/resources?$filter=resourceType eq 'Microsoft.DataProtection/backupVaults'`;
    expect(names((await send("GET", resources)).body)).toEqual(listed);
    wait(180);
    expect(names((await send("GET", resources)).body)).toEqual([]);
  },
);

describe("a vault in the preview of secure by default", () => {
  const preview = () => bench(world([], { backupVaults: [backupVault({ regime: "preview", softDelete: "Off" })] }));

  test.each([
    ["2025-09-01", ["disk-1-instance"]],
    ["2024-04-01", []],
  ])("keeps what api-version %s deletes: %s", async (version, kept) => {
    const { send, wait } = preview();
    await send("DELETE", `${instances}/disk-1-instance?api-version=${version}`);
    wait(68);
    expect(names((await send("GET", deleted)).body)).toEqual(kept);
  });

  test.each([
    ["2025-09-01", 400],
    ["2024-04-01", 202],
  ])("lets api-version %s turn soft delete off: %i", async (version, status) => {
    const { send } = bench(world([], { backupVaults: [backupVault({ regime: "preview", softDelete: "On" })] }));
    const properties = { securitySettings: { softDeleteSettings: { state: "Off" } } };
    expect((await send("PATCH", `${backupVaultId}?api-version=${version}`, { properties })).status).toBe(status);
  });

  test.each([
    ["2025-09-01", 202],
    ["2024-04-01", 400],
  ])("is deleted with what is soft-deleted in it by api-version %s: %i", async (version, status) => {
    const more = {
      backupInstances: [],
      deletedBackupInstances: [softDeletedDisk("disk-3", "2026-03-10T10:00:00.0000000Z")],
    };
    const { send } = bench(world([], { backupVaults: [backupVault({ regime: "preview", more })] }));
    expect((await send("DELETE", `${backupVaultId}?api-version=${version}`)).status).toBe(status);
  });
});
