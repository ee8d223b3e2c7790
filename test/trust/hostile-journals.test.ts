// Journals as an attacker, an editor or a broken disk would leave them: no line is believed that is not an event, down to its
// last member, and none is too long to be read.

import { appendFileSync, mkdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventShape } from "../../src/journal/event-shape.ts";
import { openJournal, readJournal, startOf } from "../../src/journal/journal-file.ts";
import { largestFile, longestLine } from "../../src/journal/lines.ts";
import { createRun, vaultFolder } from "../../src/journal/state-folder.ts";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import { commandLineHere } from "../cli/command-line.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { everyPath, mutated } from "./mutations.ts";
import { makePipe } from "./named-pipe.ts";

const vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";
const counts = { verified: 1, failed: 0, skipped: 0, open: 0 };

/** One event of every type, with every member it can have. */
const samples: { readonly [T in RunEvent["type"]]: Extract<RunEvent, { readonly type: T }> } = {
  "run-started": {
    type: "run-started",
    formatVersion: 1,
    run: "r",
    plan: "p",
    vault,
    azure: "public",
    tool: "t",
    steps: 3,
  },
  "run-resumed": { type: "run-resumed", run: "r", verified: 1, inDoubt: 1 },
  "step-intended": { type: "step-intended", step: "s" },
  "step-accepted": { type: "step-accepted", step: "s", status: 202, operation: "https://x/y", correlationId: "c" },
  "step-retried": { type: "step-retried", step: "s", attempt: 2, delaySeconds: 1.5, because: "b" },
  "request-retried": { type: "request-retried", delaySeconds: 1.5, because: "b" },
  "step-verified": { type: "step-verified", step: "s", evidence: "e" },
  "step-failed": {
    type: "step-failed",
    step: "s",
    disposition: "waiting",
    code: "c",
    message: "m",
    remedy: "r",
    correlationId: "i",
    until: "2026-01-01T00:00:00Z",
    retryAfterSeconds: 3,
  },
  "step-skipped": { type: "step-skipped", step: "s", because: "t" },
  "run-ended": {
    type: "run-ended",
    exitCode: 0,
    resumable: false,
    counts,
    outcome: { kind: "soft-deleted", until: "u", assumption: "a", evidence: ["e"], notShown: ["n"] },
    resumeAfter: "r",
    reason: "r",
    notPutBack: ["l"],
  },
};

const events: readonly RunEvent[] = Object.values(samples);

/** A journal of these events, its path. */
function written(...run: readonly RunEvent[]): string {
  const path = join(temporaryFolder(), "journal.ndjson");
  const journal = openJournal(path, Date);
  for (const event of run) journal.append(event);
  journal.close();
  return path;
}

describe("an event", () => {
  const recorded = events.map((event, at) => ({ seq: at + 1, at: "2026-01-01T00:00:00.000Z", ...event }));

  it("of every type is read back whole", () => {
    const read: readonly RecordedEvent[] = [...readJournal(written(...events)).events];
    expect(read.map(({ seq: _seq, at: _at, ...event }) => event)).toEqual(events);
  });

  it("is none when one member has another type, is null, or nobody knows it", () => {
    for (const event of recorded)
      for (const path of everyPath(event))
        for (const how of ["null", "another type", "unknown", "__proto__", "constructor"]) {
          const { document, wrong } = mutated(event, path, how);
          expect(eventShape.wrong(document)?.path).toBe(wrong);
        }
  });

  it("is none when a member that it needs is missing", () => {
    for (const event of recorded)
      for (const name of Object.keys(event)) {
        const { [name as keyof RecordedEvent]: _, ...rest } = event;
        const wrong = eventShape.wrong(rest);
        expect(wrong === undefined || wrong.path === name, `${event.type} ${name}`).toBe(true);
      }
    expect(eventShape.wrong({ ...recorded[2], step: undefined })).toMatchObject({ path: "step" });
  });
});

describe("a line that is no event", () => {
  /** The complaint about a journal whose second line is this one. */
  function complaint(second: string | Buffer): string {
    const path = written(samples["run-started"], samples["step-intended"], samples["step-intended"]);
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, `${lines[0]}\n`);
    appendFileSync(path, second);
    appendFileSync(path, `\n${lines[2]}\n`);
    try {
      return `read ${readJournal(path).count}`;
    } catch (error) {
      return String(error).replace(path, "journal");
    }
  }

  const line = '{"seq":2,"at":"2026-01-01T00:00:00.000Z","type":"step-intended","step":"s"}';

  it.each([
    ["is sound", line, "read 3"],
    ["is not JSON", "{", "(it is not JSON)"],
    ["is not an object", "[1]", "(it is not an object)"],
    ["is of no type", line.replace("step-intended", "step-imagined"), "(type is not one of run-started, "],
    ["has a type that objects inherit", line.replace("step-intended", "constructor"), "(type is not one of "],
    ["lacks a member", line.replace(',"step":"s"', ""), "(step is missing)"],
    ["has a member too many", line.replace("}", ',"request":{"write":"delete-vault"}}'), "(request is not known)"],
    ["has another prototype", line.replace("}", ',"__proto__":{"polluted":1}}'), "(__proto__ is not known)"],
    ["has a member twice", line.replace("}", ',"step":"t"}'), "(it is not spelled as this tool spells it)"],
    ["has a member of another type", line.replace('"s"', '["s"]'), "(step is not a text)"],
    ["has no time", line.replace("2026-01-01T", "2026-19-99T"), "(at is not a time like "],
    ["has a number beyond all numbers", line.replace('"seq":2', '"seq":1e999'), "(seq is not a whole number"],
    ["has another number", line.replace('"seq":2', '"seq":7'), "(seq is 7)"],
    ["spells its number otherwise", line.replace('"seq":2', '"seq":2.0'), "(it is not spelled as this tool"],
    ["is nested without end", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "(it is not an object)"],
    ["nests a member without end", line.replace('"s"', `${"[".repeat(100_000)}${"]".repeat(100_000)}`), "(step is not"],
    ["begins with a byte order mark", `\uFEFF${line}`, "(it is not JSON)"],
    ["holds a null", line.replace('"s"', '"s\0"'), "(it is not JSON)"],
    ["is no UTF-8", Buffer.from([0x22, 0xc3, 0x28, 0x22]), "(it is not UTF-8)"],
    ["is empty", "", "(it is not JSON)"],
  ])("is told by file, line and member when it %s", (_what, second, expected) => {
    const said = complaint(second);
    expect(said).toContain(expected);
    if (!said.startsWith("read")) expect(said).toContain("JournalError: journal line 2 is not an event of a run");
    expect({}).not.toHaveProperty("polluted");
  });

  it("is a torn one when nothing follows it, whatever is wrong with it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...events), fc.nat(), fc.constantFrom("null", "unknown"), (event, at, how) => {
        const path = written(samples["run-started"]);
        const { size } = statSync(path);
        const paths = everyPath(event);
        const { document } = mutated(event, paths[at % paths.length]!, how);
        appendFileSync(
          path,
          `${JSON.stringify({ seq: 2, at: "2026-01-01T00:00:00.000Z", ...(document as object) })}\n`,
        );
        expect(readJournal(path)).toMatchObject({ count: 1, intactBytes: size, tornBytes: statSync(path).size - size });
      }),
      { numRuns: 30 },
    );
  });

  it("of a newer version is told by both versions, before anything else is judged", () => {
    const path = written(samples["run-started"]);
    writeFileSync(path, readFileSync(path, "utf8").replace('"formatVersion":1', '"formatVersion":2,"new":true'));
    expect(() => startOf(path)).toThrow("has journal format version 2, expected 1");
  });
});

describe("a journal's file", () => {
  it("is not read when a line never ends", () => {
    const path = written(samples["run-started"]);
    appendFileSync(path, Buffer.alloc(longestLine + 70_000, "x"));
    expect(() => readJournal(path)).toThrow(`cannot read ${path} (a line is longer than 16 MiB)`);
  });

  it("is not read when it is far too large", () => {
    const path = written(samples["run-started"]);
    truncateSync(path, largestFile + 1);
    expect(() => readJournal(path)).toThrow(`cannot read ${path} (larger than 1024 MiB)`);
  });

  it.skipIf(process.platform === "win32").each([
    ["a folder", (path: string) => mkdirSync(path), "a folder, not a file"],
    ["a pipe that nobody writes to", makePipe, "not a regular file"],
    ["a link to a device", (path: string) => symlinkSync("/dev/zero", path), "a symbolic link, which is not followed"],
  ])("is told when it is %s, by the command too", async (_what, put, why) => {
    const state = temporaryFolder();
    const path = join(createRun(vaultFolder(state, vault), "20260101T000000Z-abcdef", "plan"), "journal.ndjson");
    put(path);
    expect(() => readJournal(path)).toThrow(`cannot read ${path} (${why})`);
    const { code, stderr } = await commandLineHere(["status", "--state-dir", state]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `run 20260101T000000Z-abcdef cannot be read: cannot read ${path} (${why})\nvault-teardown: no run is stored in ${state} for that vault: name another with --state-dir, or begin one with apply\n`,
    );
  });
});
