// A recovery that was killed or interrupted goes on by the same command, and nothing else is begun in its place unasked.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import type { RunDocument } from "../../src/reporting/run-document.ts";
import { commandLine, commandLineHere, servedWorld, writesOf, type Ended } from "./command-line.ts";
import { deletedBackupVault, diskWorld, worldOf } from "./recoverable-worlds.ts";
import { subscription } from "../emulator/world-builder.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { protectionOf, speed, tornDown } from "./torn-down.ts";

/** The latest run in the only vault's folder, and where its plan is. */
function latestRun(cwd: string): { readonly run: string; readonly plan: string } {
  const state = join(cwd, "kept runs");
  const folder = join(state, readdirSync(state)[0] ?? "");
  const run =
    readdirSync(folder)
      .filter((name) => name.startsWith("2"))
      .toSorted()
      .at(-1) ?? "";
  return { run, plan: join(folder, run, "plan.json") };
}

it("one that was killed half-way is gone on with by the same command alone, and nothing is written twice", async () => {
  const { served, cwd, command, also, run } = await tornDown(diskWorld(), { vault: "bv-test" });
  const to = ["--endpoint", served.url, "--state-dir", "kept runs"];
  const killed = await commandLine([...command, "--confirm", "bv-test"], {
    cwd,
    onLine: (line, child) => void (line.includes(": accepted") && child.kill("SIGKILL")),
  });
  expect(killed.signal, killed.stderr).toBe("SIGKILL");
  const recovery = latestRun(cwd);
  const written = writesOf(served.requests());

  const status = await also("status", "--state-dir", "kept runs");
  expect(status.stdout).toContain("unfinished: the run on bv-test has not ended; recover continues it\n");
  const refused = {
    apply: await also("apply", ...to, "--confirm", "bv-test"),
    applyItsPlan: await also("apply", ...to, recovery.plan, "--confirm", "bv-test"),
    otherItems: await also(...command, "--item", "disk-1", "--confirm", "bv-test"),
    withoutRun: await also("recover", ...to, "--vault", "bv-test", "--confirm", "bv-test"),
    otherName: await also(...command, "--confirm", "bv-other"),
  };
  const asPlanned = `recovery ${recovery.run} of bv-test is unfinished and was planned as recover --run ${run}: continue it with these, or begin anew with --fresh`;
  const lastLines = Object.entries(refused).map(([what, { code, stdout, stderr }]) => [
    what,
    code,
    stdout,
    stderr.trimEnd().split("\n").at(-1)?.replace("vault-teardown: ", ""),
  ]);
  expect(lastLines).toEqual([
    [
      "apply",
      1,
      "",
      `run ${recovery.run}, a recovery of bv-test, is unfinished: finish it with vault-teardown recover --run ${run}, or begin a teardown anew with --fresh`,
    ],
    ["applyItsPlan", 1, "", `${recovery.plan} is the plan of a recovery: carry it out with vault-teardown recover`],
    ["otherItems", 1, "", asPlanned],
    ["withoutRun", 1, "", asPlanned],
    ["otherName", 1, "", expect.stringMatching(/^--confirm bv-other names neither the vault bv-test nor the plan/)],
  ]);
  expect(writesOf(served.requests())).toEqual(written);

  const back = await also(...command, "--confirm", "bv-test");
  expect(back.code, back.stderr).toBe(0);
  expect(back.stderr).toMatch(new RegExp(`^continuing recovery ${recovery.run} of .*; --fresh would begin anew\\n`));
  expect(back.stdout).toMatch(/^back: bv-test stands/);
  expect(protectionOf(served.world())).toEqual({ "disk-1": "ProtectionStopped", "disk-2": "ProtectionStopped" });
  const all = writesOf(served.requests());
  expect(new Set(all).size).toBe(all.length);

  const itself = await also("recover", ...to, "--run", recovery.run);
  expect([itself.code, itself.stderr]).toEqual([
    1,
    `vault-teardown: run ${recovery.run} is a recovery itself: name the teardown that it, too, has undone, or give --vault\n`,
  ]);
});

it("one that was interrupted is saved, is gone on with until its time is over, and is left behind only with --fresh", async () => {
  const { cwd, command, also } = await tornDown(diskWorld(1_000_000_000), { vault: "bv-test" });
  const recover = [...command, "--confirm", "bv-test"];
  const interrupted = await commandLine(recover, {
    cwd,
    onLine: (line, child) => void (line.includes(": accepted") && child.kill("SIGINT")),
  });
  expect(interrupted.code, interrupted.stderr).toBe(130);
  expect(interrupted.stdout).toContain(
    "not done: the recovery of bv-test is unfinished: the run was interrupted and saved\n",
  );
  expect(interrupted.stdout).toContain("the same command goes on where this run stopped");
  const { run } = latestRun(cwd);
  const again = await also(...recover, "--max-duration", "1s", "--format", "json");
  expect([again.code, (JSON.parse(again.stdout) as RunDocument).run]).toEqual([4, run]);
  const fresh = await also(...command, "--fresh");
  expect(fresh.stderr).toContain("nobody to ask: add --confirm bv-test to carry this plan out; nothing was changed\n");
  expect(latestRun(cwd).run).toBe(run);
});

it("one of a deleted vault that was confirmed by its plan's id brings back the vault, and says that the rest is not", async () => {
  const served = await servedWorld(worldOf([], { deletedBackupVaults: [deletedBackupVault()] }), speed);
  // Until something is written no time passes: the plan that was shown is the one that is carried out.
  const [begins, begun] = [Date.parse("2026-03-01T10:00:00Z"), performance.now()];
  const isWriting = (): boolean => served.requests().some(({ method }) => method !== "GET");
  const now = vi.spyOn(Date, "now").mockImplementation(() => begins + (isWriting() ? performance.now() - begun : 0));
  onTestFinished(() => now.mockRestore());
  const cwd = temporaryFolder();
  const recover = ["recover", "--endpoint", served.url, "--vault", "bv-test", "--format", "json"];
  const shown = await commandLineHere([...recover, "--dry-run"], { cwd });
  const { id } = JSON.parse(shown.stdout) as { readonly id: string };

  const { code, stdout, stderr } = await commandLineHere([...recover, "--confirm", id], { cwd });
  expect(code).toBe(1);
  expect(stderr.trimEnd().split("\n").slice(-3)).toEqual([
    "bv-test stands again, and this is soft-deleted in it:",
    "bv-test is back; what is soft-deleted in it is not: the same command plans that again",
    expect.stringMatching(new RegExp(`^vault-teardown: --confirm ${id} names neither the vault bv-test nor the plan `)),
  ]);
  expect(JSON.parse(stdout) as RunDocument).toMatchObject({ plan: id, outcome: { kind: "recovered" } });
  expect(protectionOf(served.world())).toEqual({ "disk-gone": "SoftDeleted" });

  const rest = await commandLineHere([...recover, "--confirm", "bv-test"], { cwd });
  expect(rest.code, rest.stderr).toBe(0);
  expect(protectionOf(served.world())).toEqual({ "disk-gone": "ProtectionStopped" });
});

it("one of a deleted vault that was named by its own id or name is found again by it", async () => {
  const slow = { deletedBackupVaults: [deletedBackupVault()], latencies: { undeleteBackupVault: 1_000_000_000 } };
  const { url } = await servedWorld(worldOf([], slow), speed);
  const [begins, begun] = [Date.parse("2026-03-01T10:00:00Z"), performance.now()];
  const now = vi.spyOn(Date, "now").mockImplementation(() => begins + performance.now() - begun);
  onTestFinished(() => now.mockRestore());
  const cwd = temporaryFolder();
  const recover = (vault: string): Promise<Ended> =>
    commandLineHere(["recover", "--endpoint", url, "--vault", vault, "--confirm", "bv-test", "--max-duration", "1s"], {
      cwd,
    });
  const { name, location } = deletedBackupVault();
  const first = await recover(name);
  expect([first.code, first.stderr]).toEqual([4, expect.stringMatching(/\nrun \S+ begins: 2 steps\n/)]);
  const own = `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/${location}/deletedVaults/${name}`;
  for (const again of [name.toUpperCase(), own, "bv-test"]) {
    const { code, stderr } = await recover(again);
    expect([again, code, stderr]).toEqual([again, 4, expect.stringMatching(/^continuing recovery /)]);
  }
});
