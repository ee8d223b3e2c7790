// Which vault a command means: both kinds are looked through, a name that both have needs more, and what cannot be seen is said.

import { describe, expect, it } from "vitest";
import { findVaults } from "../../src/azure/find-vaults.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "../../src/emulator/faults/fault.ts";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Plan } from "../../src/model/plan.ts";
import { backupVault, backupVaultId } from "../emulator/data-protection/backup-vault-builder.ts";
import { subscription, vault, world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, type Ended } from "./command-line.ts";

const twinId = backupVaultId.replace("Microsoft.DataProtection/backupVaults", "Microsoft.RecoveryServices/vaults");
const twins = world([vault({ id: twinId })], { backupVaults: [backupVault()] });
const lists = {
  "recovery-services": "*/Microsoft.RecoveryServices/vaults",
  backup: "*/Microsoft.DataProtection/backupVaults",
};

async function planOf(stands: World, ...more: readonly string[]): Promise<Ended> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "world.json"), JSON.stringify(stands));
  return commandLineHere(["plan", "--emulator", "world.json", ...more], { cwd: folder });
}

async function planned(stands: World, ...more: readonly string[]): Promise<Plan["vault"]> {
  const { stdout } = await planOf(stands, "--format", "json", ...more);
  return (JSON.parse(stdout) as Plan).vault;
}

function refusing(stands: World, kind: keyof typeof lists, fault: Fault): World {
  return { ...stands, faults: [{ match: { method: "GET", path: lists[kind] }, times: "always", fault }] };
}

const forbidden: Fault = { kind: "status", status: 403, code: "AuthorizationFailed", message: "no read" };

describe("a bare name", () => {
  it.each(["bv-secure-weu", "BV-CLASSIC-WEU"])("finds the Backup vault %s", async (name) => {
    expect(await planned(loadWorld("backup-vault"), "--vault", name)).toMatchObject({
      name: name.toLowerCase(),
      kind: "backup",
    });
  });

  it("that a vault of either kind has is an error that lists them with their kinds", async () => {
    const { code, stderr } = await planOf(twins, "--vault", "bv-test");
    expect(code).toBe(1);
    expect(stderr.trimEnd().split("\n")).toEqual([
      "vault-teardown: 2 vaults are named bv-test: name one with --vault <full id>, --kind or --resource-group:",
      `  recovery-services  ${twinId}`,
      `  backup  ${backupVaultId}`,
    ]);
  });

  it.each(["recovery-services", "backup"])("with --kind %s means that one", async (kind) => {
    expect((await planned(twins, "--vault", "bv-test", "--kind", kind)).kind).toBe(kind);
  });

  it("is looked for in the group that was named", async () => {
    const found = await planned(loadWorld("backup-vault"), "--vault", "bv-secure-weu", "-g", "rg-backup-weu");
    expect(found.kind).toBe("backup");
    const { stderr } = await planOf(loadWorld("backup-vault"), "--vault", "bv-secure-weu", "-g", "rg-other");
    expect(stderr).toContain("ResourceGroupNotFound");
  });

  it("that no vault has is told with those there are of both kinds", async () => {
    const { code, stderr } = await planOf(twins, "--vault", "nowhere");
    expect(code).toBe(1);
    expect(stderr).toContain("it has bv-test, bv-test; check --vault");
  });
});

describe("no name", () => {
  it("means the only vault there is, of either kind", async () => {
    expect((await planned(world([], { backupVaults: [backupVault()] }))).kind).toBe("backup");
  });

  it.each([
    [[], "has no vault of either kind"],
    [["--kind", "backup"], "has no Backup vault"],
  ])("where there is none, with %s, says so", async (more, said) => {
    const { code, stdout } = await planOf(world([]), ...more);
    expect(code).toBe(0);
    expect(stdout).toContain(said);
  });
});

describe("a full id", () => {
  it("finds a vault of either kind, whatever its twin", async () => {
    expect((await planned(twins, "--vault", backupVaultId)).kind).toBe("backup");
    expect((await planned(twins, "--vault", twinId)).kind).toBe("recovery-services");
  });

  it("is not of another kind than --kind says", async () => {
    const { code, stderr } = await planOf(twins, "--vault", backupVaultId, "--kind", "recovery-services");
    expect(code).toBe(1);
    expect(stderr).toContain(`${backupVaultId} is the id of a Backup vault: leave --kind recovery-services out`);
  });
});

describe("a list of vaults that Azure refuses", () => {
  it("is said where the caller may not read it, and the other one is used", async () => {
    const { code, stderr } = await planOf(refusing(twins, "recovery-services", forbidden), "--vault", "bv-test");
    expect(code).toBe(0);
    expect(stderr).toContain(
      "the list of Recovery Services vaults was refused, one of the same name would not be seen",
    );
  });

  it("is nothing where the subscription or the cloud has no such vaults", async () => {
    const absent: Fault = { kind: "status", status: 404, code: "InvalidResourceType", message: "no such type" };
    const { code, stderr } = await planOf(refusing(twins, "backup", absent), "--vault", "bv-test");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("ends the command where it is the only one asked for, or the other one is refused as well", async () => {
    const one = refusing(twins, "backup", forbidden);
    expect((await planOf(one, "--vault", "bv-test", "--kind", "backup")).stderr).toContain("AuthorizationFailed");
    const both = { ...one, faults: [...one.faults!, ...refusing(twins, "recovery-services", forbidden).faults!] };
    expect((await planOf(both, "--vault", "bv-test")).code).toBe(1);
  });
});

it("both lists are asked for in one round", async () => {
  const rehearsal = rehearse(twins);
  const where = { subscriptionId: subscription, resourceGroup: undefined, kind: undefined };
  const { vaults } = await findVaults(rehearsal.clients(), where);
  expect(vaults.map(({ id }) => id)).toEqual([twinId, backupVaultId]);
  expect(rehearsal.emulator.requests()).toHaveLength(2);
});
