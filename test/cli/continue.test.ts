// Continuing an unfinished run: only the run that is meant, under the options it was planned with, on a vault that still fits.

import { readdirSync, readFileSync, writeFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { takeLock } from "../../src/journal/vault-lock.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { type ServedWorld, commandLine, commandLineHere, servedWorld, writesOf } from "./command-line.ts";

type Unfinished = {
  readonly world: ServedWorld;
  readonly cwd: string;
  readonly apply: readonly string[];
  readonly run: string;
};

const confirmations: Readonly<Record<string, string>> = {
  small: "rsv-backup-weu",
  classic: "rsv-classic-uks",
  "always-on": "rsv-alwayson-frc",
};

/** A run that was killed after its first accepted write. */
async function unfinishedOn(name: string, ...more: readonly string[]): Promise<Unfinished> {
  const world = await servedWorld(name, 600);
  const cwd = temporaryFolder();
  const apply = ["apply", "--endpoint", world.url, "--confirm", confirmations[name] ?? "", "--state-dir", "state"];
  const killed = await commandLine([...apply, ...more], {
    cwd,
    onLine: (line, child) => void (line.includes(": accepted") && child.kill("SIGKILL")),
  });
  expect(killed.signal, killed.stderr).toBe("SIGKILL");
  const [folder] = readdirSync(join(cwd, "state"));
  const vault = join(cwd, "state", folder!);
  return {
    world,
    cwd,
    apply,
    run: join(
      vault,
      readdirSync(vault).find((entry) => entry.startsWith("2"))!,
    ),
  };
}

describe("an unfinished run", () => {
  it("is not continued under a strategy or choice it was not planned with", async () => {
    const { world, cwd, apply } = await unfinishedOn("classic", "--strategy", "purge", "--allow", "cancel-jobs");
    const before = writesOf(world.requests()).length;
    for (const options of [
      ["--strategy", "soft"],
      ["--keep", "private-endpoints"],
      ["--allow", "disable-immutability"],
    ]) {
      const { code, stderr } = await commandLineHere([...apply, ...options], { cwd });
      expect(code).toBe(1);
      expect(stderr).toContain("was planned with other options (--strategy purge --allow cancel-jobs)");
    }
    expect(writesOf(world.requests())).toHaveLength(before);
  });

  it("is shown with its vault's full id and its plan before it is continued", async () => {
    const { world, cwd, apply } = await unfinishedOn("always-on");
    const { code, stderr } = await commandLineHere(apply, { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(`on ${world.vaults[0]!}`);
    expect(stderr).toContain("steps, in order");
  });

  it("of a vault of the same name in another subscription is not continued", async () => {
    const { world, cwd, apply } = await unfinishedOn("small");
    const before = writesOf(world.requests()).length;
    const elsewhere = [...apply, "--subscription", "00000000-0000-0000-0000-000000000001", "--vault", "rsv-backup-weu"];
    expect((await commandLineHere(elsewhere, { cwd })).stderr).not.toContain("continuing run");
    expect(writesOf(world.requests())).toHaveLength(before);
  });

  it("is not continued when something it removed is there again", async () => {
    const { world, cwd, apply, run } = await unfinishedOn("small");
    const journal = join(run, "journal.ndjson");
    const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
    const seq = lines.length + 1;
    const claim = {
      seq,
      at: "2026-11-21T08:00:00.000Z",
      type: "step-verified",
      step: "delete-item-5",
      evidence: "gone",
    };
    writeFileSync(journal, `${lines.join("\n")}\n${JSON.stringify(claim)}\n`);
    const before = writesOf(world.requests()).length;
    const { code, stderr } = await commandLineHere(apply, { cwd });
    expect(code).toBe(6);
    expect(stderr).toMatch(/back: protected-item \S+/);
    expect(writesOf(world.requests())).toHaveLength(before);
  });

  it("is said to be held, not to have drifted, while another process works on the vault", async () => {
    const { world, cwd, apply, run } = await unfinishedOn("classic", "--strategy", "purge");
    takeLock(join(run, ".."), "another-run", new Date());
    const before = world.requests();
    const { code, stderr } = await commandLineHere(apply, { cwd });
    expect([code, stderr]).toEqual([1, expect.stringContaining(`held by run another-run (pid ${process.pid}`)]);
    expect(writesOf(world.requests())).toEqual(writesOf(before));
  });

  it("ends well when somebody else has deleted the vault meanwhile", async () => {
    const { cwd, apply } = await unfinishedOn("always-on");
    const somebody = await commandLineHere([...apply.slice(0, -2), "--state-dir", "elsewhere"], { cwd });
    expect(somebody.code, somebody.stderr).toBe(0);
    const { code, stdout, stderr } = await commandLineHere(apply, { cwd });
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("soft-deleted");
  });

  it("is not asked about on another Azure than it was on", async () => {
    const { cwd } = await unfinishedOn("small");
    const { code, stderr } = await commandLineHere(
      ["status", "--live", "--emulator", "small", "--state-dir", "state"],
      {
        cwd,
      },
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/was on endpoint:\S+, not on emulator:small/);
  });

  it("with another plan in its folder is not continued, and --fresh begins anew", async () => {
    const { cwd, apply, run } = await unfinishedOn("always-on");
    await commandLineHere(["plan", "--emulator", "always-on", "--keep", "private-endpoints", "--out", "other.json"], {
      cwd,
    });
    cpSync(join(cwd, "other.json"), join(run, "plan.json"));
    const refused = await commandLineHere(apply, { cwd });
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("its plan.json is not the plan its journal names"),
    });
    expect((await commandLineHere(["status", "--state-dir", "state"], { cwd })).stderr).toContain("cannot be read");
    const { code, stderr } = await commandLineHere([...apply, "--fresh"], { cwd });
    expect(code, stderr).toBe(0);
  });

  it("does not stand in the way of another vault when it cannot be read", async () => {
    const { cwd, run } = await unfinishedOn("small");
    writeFileSync(join(run, "journal.ndjson"), "{\n{\n{\n");
    const other = await servedWorld("always-on", 600);
    const { code, stderr } = await commandLineHere(
      [
        "apply",
        "--endpoint",
        other.url,
        "--vault",
        "rsv-alwayson-frc",
        "--confirm",
        "rsv-alwayson-frc",
        "--state-dir",
        "state",
      ],
      { cwd },
    );
    expect(code, stderr).toBe(0);
  });
});
