// A world whose every name is hostile, through every command and format: nothing in a name reaches a terminal or a file name
// as it is, and nothing is lost.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { drifted, incomparable, notAllowed } from "../../src/reporting/answers.ts";
import { answer } from "../../src/cli/deliver.ts";
import { realClock } from "../../src/cli/clocks.ts";
import { confirm } from "../../src/cli/confirm.ts";
import { progressSink } from "../../src/cli/streams.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Plan } from "../../src/model/plan.ts";
import { consents } from "../../src/model/step.ts";
import { openProgress } from "../../src/reporting/progress.ts";
import { commandLine, commandLineHere, printedBy, type Ended } from "../cli/command-line.ts";
import { rehearse } from "../rehearsal.ts";
import { recorded, started, intended, planOf, deleteItem } from "../reporting/builders.ts";
import { carriedOut } from "./carried-out.ts";
import { expectHarmless, hostileWorld, inIds, inNames, written } from "./hostile-names.ts";

const folder = mkdtempSync(join(tmpdir(), "vault-teardown-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const vault = `rsv-everything-neu${inIds}`;
const allow = ["--allow", consents.join(",")];

/** Runs a command and looks at every byte it prints. */
async function harmless(...parameters: readonly string[]): Promise<Ended> {
  const ended = await commandLineHere(parameters);
  expectHarmless(ended.stdout, ended.stderr);
  return ended;
}

describe("a vault under hostile names", () => {
  const world = written(hostileWorld("kitchen-sink"), folder);
  const state = join(folder, "state");
  let applied: Awaited<ReturnType<typeof carriedOut>>;

  beforeAll(async () => {
    const rehearsal = rehearse(hostileWorld("kitchen-sink"));
    applied = await carriedOut(rehearsal, await rehearsal.plan({ consents }), state);
    expectHarmless(applied.stdout, applied.stderr);
  });

  it("is torn down, and every line of it is harmless", () => {
    expect(applied.code, applied.stderr.slice(-500)).toBe(0);
    expect(applied.stdout.split("\n").length).toBeGreaterThan(100);
    expect(applied.stderr).toContain(String.raw`\u202e`);
    const names = applied.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.stringify(JSON.parse(line)));
    expect(names.join("\n")).toContain("\u202E");
  });

  it("is planned as text and as JSON that says the same when it is read, and saved", async () => {
    const out = join(folder, "plan.json");
    const { code, stdout, stderr } = await harmless(
      "plan",
      "--emulator",
      world,
      ...allow,
      "--format",
      "json",
      "--out",
      out,
    );
    expect(code).toBe(0);
    const plan = JSON.parse(stdout) as Plan;
    expect(plan.vault.name).toBe(vault);
    expect(plan.inventory.some(({ name }) => name.endsWith(inNames))).toBe(true);
    expectHarmless(readFileSync(out, "utf8"));
    expect(stderr).toContain(`saved to ${out}`);
    const shown = await harmless("apply", out, "--dry-run");
    expect(shown.stdout).toContain(String.raw`vm-app-02:\u003aerror:\u003ax\u0085\u009b31m\u2028`);
    expect(shown.stdout).toContain(String.raw`\u001b[2J\u001b]0;x\u0007\u000d\u000a\u007f#\u0023vso`);
  });

  it("is told of by status in every format", async () => {
    for (const format of ["text", "json", "ndjson"]) {
      const { code, stdout } = await harmless("status", "--state-dir", state, "--format", format);
      expect(code).toBe(0);
      expect(stdout).toContain(String.raw`\u202e`);
    }
  });

  it("has files whose names are plain, and whose text is", () => {
    const files = readdirSync(state, { recursive: true, encoding: "utf8" });
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect(file).toMatch(/^[\w./-]+$/);
    for (const file of files.filter((name) => name.endsWith("json")))
      expectHarmless(readFileSync(join(state, file), "utf8"));
  });

  it("that is blocked says so in text and JSON", async () => {
    for (const format of ["text", "json"]) {
      const how = ["--emulator", world, "--confirm", vault, "--state-dir", state, "--format", format];
      const { code, stdout, stderr } = await harmless("apply", ...how);
      expect(code).toBe(3);
      expect(stdout + stderr).toContain(String.raw`\u202e`);
    }
  });
});

describe("what is said where nothing is done", () => {
  const small = hostileWorld("small");
  const path = written(small, folder);
  const hostileWords = `x${inNames}`;

  it("lists the candidates of a name, one a line", async () => {
    const [first] = small.vaults;
    const twin = { ...first!, id: first!.id.replace(/resourceGroups\/[^/]+/, "resourceGroups/twin") };
    const twins = written({ ...small, vaults: [first!, twin] }, folder);
    const { code, stderr } = await harmless("plan", "--emulator", twins);
    expect([code, stderr.trimEnd().split("\n").length]).toEqual([1, 3]);
  });

  it.each([
    ["a vault's name", ["plan", "--vault", hostileWords]],
    ["a vault's id", ["plan", "--vault", `/subscriptions/${inIds}`]],
    ["a resource group", ["plan", "-g", inIds]],
    ["a file to write", ["plan", "--out", `/nowhere/${hostileWords}`]],
    ["a choice", ["plan", "--strategy", hostileWords]],
    ["an option's name", ["plan", `--${inIds}`, "1"]],
    ["a confirmation", ["apply", "--confirm", hostileWords]],
    ["a file to read", ["apply", `nowhere${hostileWords}`]],
    ["a duration", ["apply", "--max-duration", hostileWords]],
    ["what to confirm", ["apply"]],
  ])("is one harmless line about %s", async (_what, parameters) => {
    const { code, stderr } = await harmless(...parameters, "--emulator", path);
    expect(code).toBe(1);
    expect(stderr.match(/^vault-teardown: /gm)).toHaveLength(1);
    expect(stderr.trimEnd()).toMatch(/vault-teardown: [^\n]+$/);
  });

  it("names no world, no run and no details as they were spelled", async () => {
    await harmless("plan", "--emulator", hostileWords, "--debug");
    const { stderr } = await harmless("status", "--state-dir", hostileWords, "--debug");
    expect(stderr).toMatch(/^ +at /m);
    const state = join(folder, "lost");
    const lost = join(state, "rsv-x-0123456789ab", "20260101T000000Z\u202E\u001B[2J\n");
    mkdirSync(join(lost, "journal.ndjson"), { recursive: true });
    expect((await harmless("status", "--state-dir", state)).stderr).toContain(String.raw`\u202e\u001b[2J\u000a`);
  });

  it("tells differences, gaps and missing rights", async () => {
    const plan = planOf({ vault: { ...planOf().vault, name: inNames } });
    const blocker = { code: "x", subject: inNames, reason: inNames, fix: inNames, who: inNames };
    const difference = {
      change: "changed",
      kind: "vault",
      name: inNames,
      id: armId(inNames),
      was: inNames,
      is: inNames,
    };
    for (const format of ["text", "json"] as const) {
      const delivery = { format, files: [], tellsBuildServer: false };
      const { stdout, stderr } = await printedBy(async () => {
        await answer(delivery, drifted(plan, [difference as never], inNames));
        await answer(delivery, incomparable(plan, [blocker]));
        await answer(delivery, notAllowed(plan, [blocker]));
      });
      expectHarmless(stdout, stderr);
      expect(`${stdout}${stderr}`.trimEnd().split("\n")).toHaveLength(format === "text" ? 6 : 3);
    }
  });
});

/** What the display and the line editor send by themselves: the cursor hidden, shown and moved, a line cleared, a colour. */
const ofTheDisplay = new RegExp(String.raw`\u001B\[(\?(25|2026)[lh]|0J|\d*[AGK]|\d\dm)`, "g");

/** Both streams pass for a terminal until the test has ended. */
function onTerminal(): void {
  const nothing = (): boolean => true;
  const drawing = { cursorTo: nothing, clearLine: nothing, moveCursor: nothing, hasColors: nothing };
  const members = { isTTY: true, columns: 200, rows: 50, ...drawing };
  for (const stream of [process.stdin, process.stderr])
    for (const [name, value] of Object.entries(members)) {
      const was = Object.getOwnPropertyDescriptor(stream, name);
      Object.defineProperty(stream, name, { value, configurable: true, writable: true });
      onTestFinished(() => void Object.defineProperty(stream, name, was ?? { value: undefined, configurable: true }));
    }
  vi.stubEnv("TERM", "xterm");
  vi.stubEnv("CI", undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe("a person at a terminal", () => {
  it("is asked under the escaped name", async () => {
    onTerminal();
    const plan = planOf({ vault: { ...planOf().vault, name: inNames } });
    const { stderr } = await printedBy(async () => {
      const asked = expect(confirm(plan, undefined)).rejects.toThrow("declined");
      process.stdin.emit("end");
      await asked;
    });
    expectHarmless(stderr.replaceAll(ofTheDisplay, "").replaceAll("\r", ""));
    expect(stderr).toContain(String.raw`\u202e\u2066`);
  });

  it("sees a live display without a sequence that the display did not make itself", async () => {
    onTerminal();
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const plan = planOf({ steps: [deleteItem(inNames, 1)] });
    const { stderr } = await printedBy(async () => {
      const progress = await openProgress(plan, progressSink(), { clock: realClock(), speed: 1 });
      for (const event of recorded(started, intended("delete-item-1"))) progress.show(event);
      progress.say(inNames);
      progress.waiting(3, inNames);
      vi.advanceTimersByTime(1500);
      progress.end();
    });
    expectHarmless(stderr.replaceAll(ofTheDisplay, ""));
    expect(stderr).toContain(String.raw`  delete-item :\u003aerror`);
    expect(stderr).toContain(String.raw`requests go on again in 2 s: :\u003aerror`);
  });
});

describe("commands of their own process", () => {
  it("serve a hostile world under an address on one line of JSON", async () => {
    const world = written(hostileWorld("small"), folder);
    const { stdout, stderr } = await commandLine(["emulator", world, "--port", "0"], {
      onStdout: (_line, child) => void child.kill("SIGTERM"),
    });
    expectHarmless(stdout, stderr);
    expect((JSON.parse(stdout) as { vaults: readonly string[] }).vaults).toEqual(
      hostileWorld("small").vaults.map(({ id }) => id),
    );
  });

  it("show a rehearsal of a hostile world", async () => {
    const { stdout } = await harmless("demo", "--world", written(hostileWorld("small"), folder));
    expect(stdout).toMatch(/\nrun {7}\d/);
    expect(stdout).toContain(String.raw`rehearsal on the built-in emulator (emulator:hostile:\u003aerror`);
  });
});
