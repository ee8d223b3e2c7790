// Locks on the command line: blocked without consent, put back at the end, at Ctrl-C, and where a run is not continued.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { WorldLock } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine, commandLineHere, servedWorld, type ServedWorld } from "./command-line.ts";

const name = "rsv-locked-frc";
const people = (loadWorld("locked").locks ?? []).filter(({ id }) => !id.endsWith("/AzureBackupProtectionLock"));
const group = people.find(({ id }) => id.endsWith("/frozen"))!;

async function locksOf(served: ServedWorld): Promise<readonly string[]> {
  const { locks } = served.world() as unknown as { readonly locks: readonly WorldLock[] };
  return locks.map(({ id }) => id).filter((id) => !id.endsWith("/AzureBackupProtectionLock"));
}

function apply(url: string, ...more: readonly string[]): readonly string[] {
  return ["apply", "--endpoint", url, "--confirm", name, ...more];
}

describe("a locked vault", () => {
  it("is blocked without consent, every lock named", async () => {
    const { code, stderr } = await commandLineHere(["apply", "--emulator", "locked", "--confirm", name]);
    expect(code).toBe(3);
    for (const lock of ["landing-zone", "frozen", "keep-backups", "keep-files", "hub-network"])
      expect(stderr).toContain(`lock ${lock} on `);
    expect(stderr).toContain("--allow remove-locks");
  });

  it("goes with consent, and every other lock is there again", async () => {
    const served = await servedWorld("locked", 3000);
    const { code, stdout, stderr } = await commandLineHere(apply(served.url, "--allow", "remove-locks"));
    expect(code, stderr).toBe(0);
    expect(stdout).not.toContain("not put back");
    const kept = people.map(({ id }) => id).filter((id) => !id.includes("/vaults/"));
    expect((await locksOf(served)).toSorted()).toEqual(kept.toSorted());
  });

  it("has its locks back when the run is interrupted, and goes when it is run again", async () => {
    const served = await servedWorld("locked", 600);
    const cwd = temporaryFolder();
    const run = apply(served.url, "--allow", "remove-locks");
    let isStopped = false;
    const stopped = await commandLine(run, {
      cwd,
      onLine: (line, child) => {
        if (isStopped || !/^delete-item .*: accepted/.test(line)) return;
        isStopped = child.kill("SIGINT");
      },
    });
    expect(stopped.code, stopped.stderr).toBe(130);
    expect((await locksOf(served)).toSorted()).toEqual(people.map(({ id }) => id).toSorted());
    const again = await commandLineHere(apply(served.url), { cwd });
    expect(again.code, again.stderr).toBe(0);
    expect(await locksOf(served)).toContain(group.id);
  });

  async function killedWithChange(served: ServedWorld, cwd: string): Promise<void> {
    const killed = await commandLine(apply(served.url, "--allow", "remove-locks"), {
      cwd,
      onLine: (line, child) => {
        if (/^delete-item .*: accepted/.test(line)) child.kill("SIGKILL");
      },
    });
    expect(killed.signal).toBe("SIGKILL");
    expect(await locksOf(served)).not.toContain(group.id);
    const { vaults } = served.world() as { readonly vaults: readonly { readonly id: string }[] };
    await fetch(`${served.url}${vaults[0]?.id ?? ""}?api-version=2024-04-01`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ properties: { securitySettings: { immutabilitySettings: { state: "Unlocked" } } } }),
    });
    await vi.waitFor(() => expect(JSON.stringify(served.world().vaults)).toContain('"state":"Unlocked"'));
  }

  it("is named in every report of the refusal where it could not get its locks back", async () => {
    const fault = { kind: "status", status: 403, code: "AuthorizationFailed", message: "no" } as const;
    const match = { method: "PUT", path: "*/locks/frozen" };
    const served = await servedWorld({ ...loadWorld("locked"), faults: [{ match, times: "always", fault }] }, 600);
    const cwd = temporaryFolder();
    await killedWithChange(served, cwd);
    const names = ["r.txt", "r.json", "r.md", "r.html", "r.xml"];
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: join(cwd, "summary.md") };
    const report = names.flatMap((file) => ["--report", file]);
    const refused = await commandLine(apply(served.url, ...report), { cwd, env });
    expect(refused.code, refused.stderr).toBe(6);
    for (const file of [...names, "summary.md"])
      expect(readFileSync(join(cwd, file), "utf8"), file).toContain("az lock create --name");
    expect(refused.stderr).toMatch(/^::error title=not put back::restore-lock-\d+ frozen: az lock create --name/m);
    expect(refused.stderr.match(/^ *not put back: /gm)).toHaveLength(1);
  });

  it("gets back what a killed run took although that run is not continued, for the vault has changed", async () => {
    const served = await servedWorld("locked", 600);
    const cwd = temporaryFolder();
    await killedWithChange(served, cwd);
    const status = await commandLineHere(["status"], { cwd });
    expect(status.stdout).toContain("not put back: restore-lock");
    const refused = await commandLineHere(apply(served.url), { cwd });
    expect(refused.code, refused.stderr).toBe(6);
    expect(await locksOf(served)).toContain(group.id);
  });
});
