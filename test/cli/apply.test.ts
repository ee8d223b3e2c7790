// `apply` over a loopback port: the same code path as against Azure, with a journal that a later process can read.

import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, servedWorld, writesOf } from "./command-line.ts";

const fast = 3000;

describe("apply over a port", () => {
  it("takes the vault down, and has nothing to do the second time", async () => {
    const { url } = await servedWorld("small", fast);
    const cwd = temporaryFolder();
    const apply = ["apply", "--endpoint", url, "--confirm", "rsv-backup-weu"];
    const first = await commandLineHere(apply, { cwd });
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/^gone: rsv-backup-weu is soft-deleted; Azure purges it at \d{4}-/);
    const second = await commandLineHere(apply, { cwd });
    expect(second).toMatchObject({ code: 0, stdout: expect.stringMatching(/^nothing to do/) });
    const named = await commandLineHere([...apply, "--vault", "rsv-backup-weu"], { cwd });
    expect(named).toMatchObject({ code: 0, stdout: expect.stringContaining("already took rsv-backup-weu down") });
  });

  it("streams the same events as it journals, with ndjson", async () => {
    const { url } = await servedWorld("always-on", fast);
    const cwd = temporaryFolder();
    const { code, stdout } = await commandLineHere(
      ["apply", "--endpoint", url, "--confirm", "rsv-alwayson-frc", "--format", "ndjson", "--state-dir", "state"],
      { cwd },
    );
    expect(code).toBe(0);
    const folder = join(cwd, "state", readdirSync(join(cwd, "state"))[0]!);
    const run = readdirSync(folder).find((name) => name.startsWith("2"))!;
    const journal = join(folder, run, "journal.ndjson");
    expect(stdout).toBe(readFileSync(journal, "utf8"));
    expect(statSync(journal).mode & 0o777).toBe(0o600);
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as RecordedEvent);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ type: "run-ended", exitCode: 0 });
    expect(stdout).not.toMatch(/[?&](t|c|s|h)=/);
  });

  it("carries out a saved plan that still fits", async () => {
    const { url } = await servedWorld("always-on", fast);
    const cwd = temporaryFolder();
    await commandLineHere(["plan", "--endpoint", url, "--out", "plan.json"], { cwd });
    const plan = JSON.parse(readFileSync(join(cwd, "plan.json"), "utf8")) as Plan;
    const { code, stdout } = await commandLineHere(
      ["apply", "plan.json", "--endpoint", url, "--confirm", plan.id, "--format", "json"],
      { cwd },
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      plan: plan.id,
      ended: true,
      outcome: { kind: "soft-deleted" },
    });
  });

  it("refuses a saved plan when the vault has changed, and names the difference", async () => {
    const { url, vaults } = await servedWorld("small", fast);
    const cwd = temporaryFolder();
    await commandLineHere(["plan", "--endpoint", url, "--out", "plan.json"], { cwd });
    const intents = `${url}${vaults[0]!}/backupProtectionIntents?api-version=2025-02-01`;
    const [intent] = ((await (await fetch(intents)).json()) as { value: { id: string }[] }).value;
    await fetch(`${url}${intent!.id}?api-version=2025-02-01`, { method: "DELETE" });
    const { code, stderr } = await commandLineHere(
      ["apply", "plan.json", "--endpoint", url, "--confirm", "rsv-backup-weu"],
      { cwd },
    );
    expect(code).toBe(6);
    expect(stderr).toMatch(/gone: auto-protection-intent MSSQLSERVER/);
  });

  it("refuses a saved plan of which one byte was changed", async () => {
    const cwd = temporaryFolder();
    await commandLineHere(["plan", "--emulator", "small", "--out", "plan.json"], { cwd });
    const text = readFileSync(join(cwd, "plan.json"), "utf8");
    writeFileSync(join(cwd, "plan.json"), text.replace("vm-web-01", "vm-web-09"));
    const { code, stderr } = await commandLineHere(
      ["apply", "plan.json", "--emulator", "small", "--confirm", "rsv-backup-weu"],
      { cwd },
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /plan\.json was changed after it was made: expected id [0-9a-f]{32} for its content, received [0-9a-f]{32}/,
    );
  });

  it("writes nothing without a consent that names the vault or the plan", async () => {
    const { url, requests } = await servedWorld("small", fast);
    const missing = await commandLineHere(["apply", "--endpoint", url]);
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("add --confirm rsv-backup-weu") });
    const wrong = await commandLineHere(["apply", "--endpoint", url, "--confirm", "rsv-other"]);
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining("nothing was changed") });
    expect(writesOf(requests())).toEqual([]);
  });

  it("writes nothing when a purge is blocked", async () => {
    const { url, requests } = await servedWorld("always-on", fast);
    const { code } = await commandLineHere([
      "apply",
      "--endpoint",
      url,
      "--strategy",
      "purge",
      "--confirm",
      "rsv-alwayson-frc",
    ]);
    expect(code).toBe(3);
    expect(writesOf(requests())).toEqual([]);
  });

  it("purges a classic vault for good", async () => {
    const { url, world } = await servedWorld("classic", fast);
    const { vaults } = world();
    const name = (vaults[0] as { id: string }).id.split("/").at(-1)!;
    const { code, stdout, stderr } = await commandLineHere([
      "apply",
      "--endpoint",
      url,
      "--strategy",
      "purge",
      "--confirm",
      name,
    ]);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^gone: \S+ is purged, for good/);
    expect(world()).toMatchObject({ vaults: [], deletedVaults: [] });
  });
});
