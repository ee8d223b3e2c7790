// Both Backup vaults of the shipped world on the command line, in both strategies: what is planned, done, refused and gone on with.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine, commandLineHere, servedWorld, writesOf, type Ended } from "./command-line.ts";

const consents = "remove-locks,unknown-datasources";

function on(vault: string, strategy: string): readonly string[] {
  return ["--emulator", "backup-vault", "--vault", vault, "--strategy", strategy, "--allow", consents];
}

async function planned(
  vault: string,
  strategy: string,
): Promise<{ readonly code: number | null; readonly plan: Plan }> {
  const { code, stdout } = await commandLineHere([
    "plan",
    ...on(vault, strategy),
    "--format",
    "json",
    "--detailed-exitcode",
  ]);
  return { code, plan: JSON.parse(stdout) as Plan };
}

function applied(vault: string, strategy: string): Promise<Ended> {
  return commandLineHere(["apply", ...on(vault, strategy), "--confirm", vault, "--speed", "6000"]);
}

describe("the plan of a Backup vault", () => {
  it.each([
    ["bv-secure-weu", "soft", 2, "soft-deleted", ["delete-instance", "recheck", "delete-vault", "prove-absence"]],
    ["bv-secure-weu", "purge", 3, "blocked", undefined],
    ["bv-classic-weu", "soft", 2, "soft-deleted", undefined],
    ["bv-classic-weu", "purge", 2, "purged", undefined],
  ])("%s, %s, ends with %i and expects %s", async (vault, strategy, exit, expected, actions) => {
    const { code, plan } = await planned(vault, strategy);
    expect(code).toBe(exit);
    expect(plan.vault).toMatchObject({ name: vault, kind: "backup" });
    expect(plan.expectedOutcome.kind).toBe(expected);
    if (actions !== undefined) expect([...new Set(plan.steps.map(({ action }) => action))]).toEqual(actions);
  });

  it("purges in the order of the classic regime: soft delete off, undelete, delete, policies, the vault", async () => {
    const { plan } = await planned("bv-classic-weu", "purge");
    expect([...new Set(plan.steps.map(({ action }) => action))].slice(0, 6)).toEqual([
      "remove-lock",
      "disable-soft-delete",
      "undelete-instance",
      "delete-instance",
      "delete-policy",
      "recheck",
    ]);
  });

  it("without consents is blocked by the instance of an unknown datasource, and by the lock", async () => {
    const { code, stdout } = await commandLineHere(["plan", "--emulator", "backup-vault", "--vault", "bv-classic-weu"]);
    expect(code).toBe(3);
    expect(stdout).toContain("datasource-unknown: thing-new-c is a backup instance of datasource type");
    expect(stdout).toContain("--allow unknown-datasources");
    expect(stdout).toContain("--allow remove-locks");
    expect(stdout).toContain("vault     bv-classic-weu in westeurope, a Backup vault\n");
    expect(stdout).toMatch(/disk-old-c Microsoft\.Compute\/disks, SoftDeleted until \d{4}-\d\d-\d\d: /);
  });
});

describe("a Backup vault that is taken down", () => {
  it("softly, secure by default, is soft-deleted until its last purge", async () => {
    const { code, stdout } = await applied("bv-secure-weu", "soft");
    expect(code).toBe(0);
    expect(stdout).toMatch(/gone: bv-secure-weu is soft-deleted; Azure purges it at \d{4}-/);
    expect(stdout).toMatch(/proved +deleted vaults of westeurope name it, purged at/);
  });

  it("for good, in the classic regime, is purged, and its lock has gone with it", async () => {
    const { code, stdout } = await applied("bv-classic-weu", "purge");
    expect(code).toBe(0);
    expect(stdout).toContain("gone: bv-classic-weu is purged, for good");
  });

  it("softly, in the classic regime, waits for the last purge: the instances are soft-deleted, and the lock is back", async () => {
    const { code, stdout, stderr } = await applied("bv-classic-weu", "soft");
    expect(code).toBe(4);
    expect(stdout).toContain("UserErrorBackupVaultNotEmpty");
    expect(stdout).toContain("this vault is in the classic regime and cannot go while it holds");
    expect(stderr).toContain("restore-lock keep: verified");
  });

  it("for good, with soft delete always on, is refused before anything is written", async () => {
    const world = await servedWorld("backup-vault", 600);
    const vault = "bv-secure-weu";
    const apply = ["apply", "--endpoint", world.url, "--vault", vault, "--confirm", vault, "--strategy", "purge"];
    const { code, stderr } = await commandLineHere([...apply, "--allow", consents]);
    expect(code).toBe(3);
    expect(stderr).toContain("soft-delete-always-on: soft delete is AlwaysOn");
    expect(writesOf(world.requests())).toEqual([]);
  });
});

it("a process killed half-way is gone on with by the same command: nothing else is written", async () => {
  const world = await servedWorld("backup-vault", 600);
  const cwd = temporaryFolder();
  const apply = ["apply", "--endpoint", world.url, "--vault", "bv-secure-weu", "--confirm", "bv-secure-weu"];
  const killed = await commandLine([...apply, "--allow", consents, "--state-dir", "state"], {
    cwd,
    onLine: (line, child) => void (line.includes(": accepted") && child.kill("SIGKILL")),
  });
  expect(killed.signal, killed.stderr).toBe("SIGKILL");
  const { code, stderr } = await commandLineHere([...apply, "--state-dir", "state"], { cwd });
  expect(code, stderr).toBe(0);
  // What was sent and not answered when the process died may be sent again; nothing else is.
  expect(new Set(writesOf(world.requests())).size).toBe(10);
  expect(world.world().backupVaults?.map(({ id }) => id.split("/").at(-1))).toEqual(["bv-classic-weu"]);
  expect(world.world().deletedBackupVaults).toHaveLength(1);
  expect(readdirSync(join(cwd, "state"))).toHaveLength(1);
});
