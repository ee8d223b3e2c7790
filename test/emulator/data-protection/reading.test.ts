// Backup vaults as they are read, as time passes over them, and as worlds keep them.
import { describe, expect, test } from "vitest";

import { parseWorld } from "../../../src/emulator/world.ts";
import type { World } from "../../../src/emulator/world.ts";
import { at, bench, names, subscription, world } from "../world-builder.ts";
import { backupVault, backupVaultId, softDeletedDisk } from "./backup-vault-builder.ts";

const deletedName = "ac98bff4-046d-46e2-9979-656acf90daaf";
const deletedVaults = `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/WestEurope/deletedVaults`;
const goneId = backupVaultId.replace("bv-test", "bv-gone");

function content(): World {
  const job = { name: "job-1", properties: { status: "InProgress" }, completesAt: "2026-03-01T10:01:00.0000000Z" };
  return world([], {
    backupVaults: [
      backupVault({
        more: {
          deletedBackupInstances: [softDeletedDisk("disk-3", "2026-03-01T12:00:00.0000000Z")],
          backupJobs: [job],
          resourceGuardProxies: [{ name: "DppResourceGuardProxy", properties: {} }],
        },
      }),
    ],
    deletedBackupVaults: [
      {
        name: deletedName,
        location: "westeurope",
        properties: {
          originalBackupVaultResourcePath: goneId,
          resourceDeletionInfo: { scheduledPurgeTime: "2026-03-01T11:00:00.0000000Z" },
        },
      },
    ],
  });
}

describe("reading a Backup vault", () => {
  test("the vault is found in any case, and by subscription and resource group", async () => {
    const { send } = bench(content());
    const vault = await send("GET", backupVaultId.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions"));
    expect(vault.status).toBe(200);
    expect(vault.body).toMatchObject({
      id: backupVaultId,
      name: "bv-test",
      type: "Microsoft.DataProtection/backupVaults",
      location: "westeurope",
    });
    const type = "providers/Microsoft.DataProtection/backupVaults";
    expect(names((await send("GET", `/subscriptions/${subscription}/${type}`)).body)).toEqual(["bv-test"]);
    const inGroup = await send("GET", `/subscriptions/${subscription}/resourceGroups/rg-bv/${type}`);
    expect(names(inGroup.body)).toEqual(["bv-test"]);
    const listed = await send("GET", `/subscriptions/${subscription}/resources`);
    expect(names(listed.body)).toEqual(["bv-test"]);
  });

  test.each([
    ["backupInstances", ["disk-1-instance", "disk-2-instance"]],
    ["deletedBackupInstances", ["disk-3-instance"]],
    ["backupPolicies", ["disk-daily"]],
    ["backupJobs", ["job-1"]],
    ["backupResourceGuardProxies", ["DppResourceGuardProxy"]],
  ])("%s are listed and read one by one", async (segment, expected) => {
    const { send } = bench(content());
    expect(names((await send("GET", `${backupVaultId}/${segment}`)).body)).toEqual(expected);
    const one = await send("GET", `${backupVaultId}/${segment}/${expected[0] ?? ""}`);
    const parent = segment === "backupResourceGuardProxies" ? "vaults" : "backupVaults";
    expect(one.body).toMatchObject({ type: `Microsoft.DataProtection/${parent}/${segment}`, name: expected[0] });
    expect((await send("GET", `${backupVaultId}/${segment}/none`)).status).toBe(404);
  });

  test("a list comes in pages of the world's size", async () => {
    const { send } = bench({ ...content(), pageSize: 1 });
    const first = await send("GET", `${backupVaultId}/backupInstances`);
    expect(names(first.body)).toEqual(["disk-1-instance"]);
    expect(first.body["nextLink"]).toMatch(/skiptoken/iu);
  });

  test("no vault and no resource group are Azure Resource Manager's own answers", async () => {
    const { send } = bench(content());
    expect(at((await send("GET", goneId)).body, "error.code")).toBe("ResourceNotFound");
    const elsewhere = await send("GET", backupVaultId.replace("rg-bv", "rg-none"));
    expect(at(elsewhere.body, "error.code")).toBe("ResourceGroupNotFound");
    const locks = "providers/Microsoft.Authorization/locks";
    expect(names((await send("GET", `${backupVaultId}/${locks}`)).body)).toEqual([]);
    expect((await send("GET", `${goneId}/${locks}`)).status).toBe(404);
  });

  test("deleted vaults are listed by location and read by name", async () => {
    const { send } = bench(content());
    const { body } = await send("GET", deletedVaults);
    expect(names(body)).toEqual([deletedName]);
    expect(at(body, "value.0.type")).toBe("Microsoft.DataProtection/locations/deletedVaults");
    expect((await send("GET", `${deletedVaults}/${deletedName}`)).body).toMatchObject({ location: "westeurope" });
    expect((await send("GET", `${deletedVaults}/none`)).status).toBe(404);
    expect(names((await send("GET", deletedVaults.replace("WestEurope", "northeurope"))).body)).toEqual([]);
  });
});

describe("as time passes", () => {
  test("a job ends, and soft-deleted instances and deleted vaults reach their purge", async () => {
    const { send, wait } = bench(content());
    wait(60);
    const job = await send("GET", `${backupVaultId}/backupJobs/job-1`);
    expect(job.body["properties"]).toEqual({ status: "Completed", endTime: "2026-03-01T10:01:00Z" });
    wait(3_600);
    expect(names((await send("GET", deletedVaults)).body)).toEqual([]);
    expect(names((await send("GET", `${backupVaultId}/deletedBackupInstances`)).body)).toEqual(["disk-3-instance"]);
    wait(3_600);
    expect(names((await send("GET", `${backupVaultId}/deletedBackupInstances`)).body)).toEqual([]);
  });
});

describe("a world", () => {
  test("keeps its Backup vaults when it is saved and loaded", () => {
    const saved = bench(content()).emulator.world();
    expect(saved.backupVaults).toEqual(content().backupVaults);
    const again = parseWorld(JSON.stringify(saved), "saved");
    expect(bench(again).emulator.world()).toEqual(saved);
  });

  test.each([
    [
      "another type",
      { backupVaults: [{ ...backupVault(), id: goneId.replace("backupVaults", "vaults") }] },
      "use /subs",
    ],
    ["another subscription", { backupVaults: [{ ...backupVault(), id: goneId.replace("0000", "1111") }] }, "add it"],
    ["a vault twice", { backupVaults: [backupVault(), backupVault()] }, "listed twice"],
    [
      "an instance twice",
      {
        backupVaults: [
          backupVault({
            more: { backupInstances: [...backupVault().backupInstances, ...backupVault().backupInstances] },
          }),
        ],
      },
      "'backupVaults[0].backupInstances[2].name'",
    ],
    [
      "no time of purge",
      { backupVaults: [backupVault({ more: { deletedBackupInstances: [softDeletedDisk("d", "soon")] } })] },
      'deletionInfo.scheduledPurgeTime\' is "soon"',
    ],
    [
      "contents of another vault",
      { deletedBackupVaults: [{ ...deleted(), contents: backupVault() }] },
      "make them the same",
    ],
    [
      "no end of a job",
      { backupVaults: [backupVault({ more: { backupJobs: [{ name: "j", properties: {}, completesAt: "soon" }] } })] },
      "backupJobs[0].completesAt",
    ],
  ] as const)("with %s is refused", (_, more, problem) => {
    expect(() => parseWorld(JSON.stringify(world([], more)), "test")).toThrow(problem);
  });
});

function deleted(): NonNullable<World["deletedBackupVaults"]>[number] {
  const [entry] = content().deletedBackupVaults ?? [];
  if (entry === undefined) throw new Error("the world has no deleted Backup vault");
  return entry;
}
