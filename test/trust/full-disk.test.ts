// A full disk, or a folder that cannot be written: one line that says what to do, nothing half-written, and then on.

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { WorldLock } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { readJournal } from "../../src/journal/journal-file.ts";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import {
  commandLine,
  commandLineHere,
  main,
  servedWorld,
  writesOf,
  type CommandOptions,
  type Ended,
} from "../cli/command-line.ts";
import { rehearse } from "../rehearsal.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Elsewhere there is no /dev/full, and no limit after which a write ends as on a full disk: partly done, then refused. */
const isLinux = process.platform === "linux";

/** Files of the process may grow to so many KiB. */
const limited = (kilobytes: number): string => `ulimit -f ${kilobytes}; exec "$@"`;

/** Someone for whom permissions count: root may write everywhere. Undefined where root's files are hidden from all others. */
function powerless(): { readonly user?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  const nobody = 65_534;
  const reads = spawnSync(process.execPath, ["-p", `fs.readFileSync(${JSON.stringify(main)})`], {
    uid: nobody,
    gid: nobody,
  });
  return reads.status === 0 ? { user: nobody } : undefined;
}

/** One line of the tool's own, as the pattern says, and no word of where in the code it happened. */
function expectRefusal({ code, stderr }: Ended, line: RegExp): void {
  expect(code, stderr).toBe(1);
  expect(stderr.split("\n").filter((text) => text.startsWith("vault-teardown: "))).toEqual([
    expect.stringMatching(line),
  ]);
  expect(stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$|unexpected/m);
}

/** Backup's own is the service's to take away, those in the vault go with it. */
function locksOfPeople(locks: readonly WorldLock[] | undefined): readonly WorldLock[] {
  const kept = (locks ?? []).filter(({ id }) => !id.endsWith("/AzureBackupProtectionLock"));
  return kept.toSorted((one, other) => one.id.localeCompare(other.id));
}

const lockedBefore = locksOfPeople(loadWorld("locked").locks);
const lockedAfter = lockedBefore.filter(({ id }) => !id.includes("/vaults/"));

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Of the one run in this folder. */
function journalIn(folder: string): string {
  const [journal, ...others] = filesIn(folder).filter((file) => file.endsWith(".ndjson"));
  expect(others).toEqual([]);
  return journal!;
}

describe.skipIf(!isLinux)("apply on a disk that is full (which only Linux lets a test make)", () => {
  const open = async () => {
    const azure = await servedWorld("locked", 600);
    const cwd = temporaryFolder();
    const given = ["--endpoint", azure.url, "--confirm", "rsv-locked-frc", "--allow", "remove-locks"];
    const apply = (options: CommandOptions = {}): Promise<Ended> =>
      commandLine(["apply", "--format", "ndjson", ...given], { cwd, ...options });
    return { azure, cwd, apply };
  };

  it("stores no part of a plan, and writes nothing to Azure", async () => {
    const { azure, cwd, apply } = await open();
    const full = /cannot write to the state folder .* \(EFBIG\): choose another with --state-dir or free the disk$/;
    expectRefusal(await apply({ shell: limited(8) }), full);
    expect(readdirSync(cwd, { recursive: true, encoding: "utf8" }).toSorted()).toEqual([
      ".vault-teardown",
      expect.stringMatching(/^\.vault-teardown\/rsv-locked-frc-[0-9a-f]{12}$/),
    ]);
    expect(writesOf(azure.requests())).toEqual([]);
    expectRefusal(await commandLine(["status"], { cwd }), /no run/);
  });

  it("puts every lock back, and goes on where it was once there is room again", { timeout: 120_000 }, async () => {
    const { azure, cwd, apply } = await open();
    const killed = await apply({
      onStdout: (line, child) => {
        if (/"step-intended","step":"delete-item/.test(line)) child.kill("SIGKILL");
      },
    });
    expect(killed.signal).toBe("SIGKILL");
    expect(locksOfPeople(azure.world().locks).map(({ properties }) => properties["notes"])).toEqual([
      "Not of the vault",
    ]);
    const journal = journalIn(cwd);
    const full = /cannot write to .*journal\.ndjson \(EFBIG\): free the disk, then run the same command again$/;
    // In the first line of the process that goes on, and well after it has removed the locks again.
    for (const more of [0, 8]) {
      const { count } = readJournal(journal);
      const refused = await apply({ shell: limited(Math.floor(statSync(journal).size / 1024) + more) });
      expectRefusal(refused, full);
      expect(readJournal(journal).count > count).toBe(more > 0);
      const writes = writesOf(azure.requests()).filter((write) => write.includes("/locks/"));
      const told = [`after ${more} KiB`, refused.stderr, refused.stdout, ...writes].join("\n");
      // How far it comes in so few lines is not said: the lock on a vault that has gone went with it.
      const left = azure.world().vaults.length === 0 ? lockedAfter : lockedBefore;
      expect(locksOfPeople(azure.world().locks), told).toEqual(left);
      expect(
        filesIn(cwd)
          .map((file) => file.slice(file.lastIndexOf("/") + 1))
          .toSorted(),
      ).toEqual(["journal.ndjson", "plan.json"]);
    }
    const plan = openPlan(readFileSync(journal.replace("journal.ndjson", "plan.json"), "utf8"), "plan.json");
    const verified = new Set(
      [...readJournal(journal).events].flatMap((event) => (event.type === "step-verified" ? event.step : [])),
    );
    const before = writesOf(azure.requests()).length;
    const again = await apply();
    expect(again.code, again.stderr).toBe(0);
    expect(azure.world().vaults).toEqual([]);
    expect(locksOfPeople(azure.world().locks)).toEqual(lockedAfter);
    // Locks that were put back have to go once more.
    const done = plan.steps.filter(({ id, kind }) => verified.has(id) && kind !== "lock");
    expect(done.length).toBeGreaterThan(0);
    const written = writesOf(azure.requests()).slice(before);
    expect(written.filter((write) => done.some(({ target }) => write.endsWith(` ${target.toLowerCase()}`)))).toEqual(
      [],
    );
    expect(readJournal(journal)).toMatchObject({ tornBytes: 0, last: { type: "run-ended", exitCode: 0 } });
  });
});

describe("a disk that becomes full at any line", () => {
  it("leaves every lock in its place, and a run that goes on to its end", { timeout: 120_000 }, async () => {
    const uncut = rehearse("locked");
    const plan = await uncut.plan({ consents: ["remove-locks"] });
    const { events } = await uncut.run(plan);
    for (let room = 0; room < events.length; room += 3) {
      const rehearsal = rehearse("locked");
      const isGone = (): boolean => rehearsal.emulator.world().vaults.length === 0;
      const stored: RecordedEvent[] = [];
      const record = (event: RunEvent): void => {
        if (stored.length === room) throw new Error("no space left");
        stored.push({ seq: stored.length + 1, at: new Date(rehearsal.clock.now()).toISOString(), ...event });
      };
      await expect(rehearsal.run(plan, { record })).rejects.toThrow("no space left");
      if (room === 0) expect(rehearsal.writes()).toEqual([]);
      const left = isGone() ? lockedAfter : lockedBefore;
      expect(locksOfPeople(rehearsal.emulator.world().locks), `room for ${room} lines`).toEqual(left);
      // Wherever a run is cut it can be gone on with: that is shown elsewhere, line by line.
      if (room % 6 !== 0) continue;
      const { result } = await rehearsal.run(plan, { past: stored, vaultIsGone: isGone() });
      expect(result.exitCode, `room for ${room} lines`).toBe(0);
      expect(locksOfPeople(rehearsal.emulator.world().locks), `room for ${room} lines`).toEqual(lockedAfter);
    }
  });
});

describe("a state folder that cannot be written", () => {
  const apply = ["apply", "--emulator", "small", "--confirm", "rsv-backup-weu", "--state-dir"];

  it.each([
    ["that is a file", (file: string) => file, "ENOTDIR"],
    ["beneath a file", (file: string) => join(file, "state"), "ENOTDIR"],
    ...(isLinux ? [["of the system's", () => "/sys/vault-teardown", "EPERM|EACCES|EROFS"] as const] : []),
  ] as const)("%s ends apply before anything is done", async (_, state, code) => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const refusal = new RegExp(
      `cannot (write to|read) the state folder .* \\((${code})\\): choose another with --state-dir`,
    );
    expectRefusal(await commandLineHere([...apply, state(file)]), refusal);
    expect(readFileSync(file, "utf8")).toBe("");
  });

  it("for want of permission ends apply before anything is done", async ({ skip }) => {
    const someone = powerless() ?? skip("root's files are hidden from every user for whom permissions count");
    const state = temporaryFolder();
    chmodSync(state, 0o500);
    expectRefusal(await commandLine([...apply, state], { cwd: "/", ...someone }), /state folder .* \(EACCES\): choose/);
    expect(readdirSync(state)).toEqual([]);
  });

  it("and is no folder holds no runs to be told of", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    expectRefusal(
      await commandLineHere(["status", "--state-dir", file]),
      /cannot read the state folder .* \(ENOTDIR\)/,
    );
  });
});

describe("plan --out", () => {
  const plan = ["plan", "--emulator", "small", "--out", "plan.json"];

  it.skipIf(!isLinux)("on a full disk (which only Linux lets a test make) leaves what was there", async () => {
    const cwd = temporaryFolder();
    const full = /cannot write the plan to plan\.json \(EFBIG\): choose another file with --out$/;
    expectRefusal(await commandLine(plan, { cwd, shell: limited(8) }), full);
    expect(readdirSync(cwd)).toEqual([]);
    writeFileSync(join(cwd, "plan.json"), "an older plan");
    expectRefusal(await commandLine(plan, { cwd, shell: limited(8) }), full);
    expect(readdirSync(cwd)).toEqual(["plan.json"]);
    expect(readFileSync(join(cwd, "plan.json"), "utf8")).toBe("an older plan");
  });

  it("takes the place of an older plan, for its owner only", async () => {
    const file = join(temporaryFolder(), "plan.json");
    writeFileSync(file, "an older plan", { mode: 0o644 });
    expect((await commandLineHere([...plan.slice(0, -1), file])).code).toBe(0);
    expect(openPlan(readFileSync(file, "utf8"), file).vault.name).toBe("rsv-backup-weu");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("into a folder that cannot be written leaves nothing", async ({ skip }) => {
    const someone = powerless() ?? skip("root's files are hidden from every user for whom permissions count");
    const folder = join(temporaryFolder(), "folder");
    mkdirSync(folder, { mode: 0o500 });
    const file = join(folder, "plan.json");
    chmodSync(join(folder, ".."), 0o755);
    expectRefusal(
      await commandLine([...plan.slice(0, -1), file], { cwd: "/", ...someone }),
      /cannot write the plan to .* \(EACCES\): choose another file with --out$/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.skipIf(!isLinux)("a full disk (which only Linux lets a test make)", () => {
  it("keeps emulator --save from leaving half a world", async () => {
    const cwd = temporaryFolder();
    const ended = await commandLine(["emulator", "small", "--save", "world.json"], {
      cwd,
      shell: limited(8),
      onStdout: (_, child) => void child.kill("SIGTERM"),
    });
    expectRefusal(
      ended,
      /cannot save the world to world\.json \(EFBIG\): give a file that can be written with --save$/,
    );
    expect(readdirSync(cwd)).toEqual([]);
  });

  const apply = ["apply", "--emulator", "small", "--confirm", "rsv-backup-weu", "--speed", "100000"];

  it.each([["ndjson"], ["text"]])("behind the output stops no run, but is told and no success: %s", async (format) => {
    const cwd = temporaryFolder();
    const ended = await commandLine([...apply, "--format", format], { cwd, shell: 'exec "$@" > /dev/full' });
    expectRefusal(ended, /cannot write the output \(ENOSPC\): free the disk or send it elsewhere, then run the same/);
    expect(readJournal(journalIn(cwd)).last).toMatchObject({ type: "run-ended", exitCode: 0 });
  });

  it("behind the progress stops no run", async () => {
    const { code, stdout } = await commandLine(apply, { shell: 'exec "$@" 2> /dev/full' });
    expect(code).toBe(0);
    expect(stdout).toContain("gone: rsv-backup-weu is soft-deleted");
  });

  it.each([[["--help"]], [["plan", "--help"]], [["plan", "--emulator", "small", "--format", "json"]]])(
    "behind the output of %j is told in one line",
    async (parameters) => {
      const ended = await commandLine(parameters, { shell: 'exec "$@" > /dev/full' });
      expectRefusal(ended, /cannot write the output \(ENOSPC\): free the disk/);
    },
  );
});
