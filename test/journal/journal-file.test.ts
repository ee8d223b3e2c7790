// The journal keeps every event in order, survives a write that was cut off, and refuses what it cannot trust.

import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openJournal, readJournal } from "../../src/journal/journal-file.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const clock = { now: () => Date.parse("2026-11-21T08:00:00Z") };
const started: RunEvent = {
  type: "run-started",
  formatVersion: 1,
  run: "r",
  plan: "p",
  vault: "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v",
  azure: "public",
  tool: "t",
  steps: 3,
};
const intended = (step: string): RunEvent => ({ type: "step-intended", step });

function written(events: readonly RunEvent[]): string {
  const path = join(temporaryFolder(), "journal.ndjson");
  const journal = openJournal(path, clock);
  for (const event of events) journal.append(event);
  journal.close();
  return path;
}

describe("a journal", () => {
  it("gives back the events it was given, numbered and dated", () => {
    const { events, tornBytes } = readJournal(written([started, intended("a"), intended("b")]));
    expect(events.map(({ seq, type }) => [seq, type])).toEqual([
      [1, "run-started"],
      [2, "step-intended"],
      [3, "step-intended"],
    ]);
    expect(events[0]?.at).toBe("2026-11-21T08:00:00.000Z");
    expect(tornBytes).toBe(0);
  });

  it("takes nothing more after a write that failed: what stands at its end is not known", () => {
    const path = written([started]);
    const journal = openJournal(path, clock, readJournal(path));
    journal.close();
    expect(() => journal.append(intended("a"))).toThrow(/cannot write to .*EBADF.*free the disk/);
    expect(() => journal.append(intended("b"))).toThrow(/cannot write to/);
    expect(readJournal(path).events).toHaveLength(1);
  });

  it("is readable by its owner only", () => {
    expect(statSync(written([started])).mode & 0o777).toBe(0o600);
  });

  it("goes on with the next number when it is opened again", () => {
    const path = written([started, intended("a")]);
    const journal = openJournal(path, clock, readJournal(path));
    expect(journal.append(intended("b")).seq).toBe(3);
    journal.close();
    expect(readJournal(path).events).toHaveLength(3);
  });

  it("keeps every whole line, wherever the last write was cut off", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (cut) => {
        const path = written([started, intended("a"), intended("b"), intended("c")]);
        const whole = readFileSync(path);
        const length = Math.max(whole.indexOf(0x0a) + 1, whole.length - cut);
        truncateSync(path, length);
        const read = readJournal(path);
        const lines = whole.subarray(0, length).toString().split("\n").length - 1;
        expect(read.events).toHaveLength(lines);
        expect(read.intactBytes + read.tornBytes).toBe(length);
        const journal = openJournal(path, clock, read);
        journal.append(intended("again"));
        journal.close();
        expect(readJournal(path)).toMatchObject({ tornBytes: 0 });
        expect(readJournal(path).events.at(-1)).toMatchObject({ step: "again", seq: lines + 1 });
      }),
      { numRuns: 40 },
    );
  });

  it("drops a last line that is whole but no event", () => {
    const path = written([started]);
    appendFileSync(path, '{"seq":2,"at":"x","ty\n');
    expect(readJournal(path)).toMatchObject({ events: [{ seq: 1 }] });
  });

  it("refuses a damaged line that is not the last, naming file and line", () => {
    const path = written([started, intended("a")]);
    writeFileSync(path, readFileSync(path, "utf8").replace('"run-started"', "'run-started'"));
    expect(() => readJournal(path)).toThrow(`${path} line 1`);
  });

  it("refuses another format version, naming expected and received", () => {
    const path = written([{ ...started, formatVersion: 7 } as RunEvent, intended("a")]);
    expect(() => readJournal(path)).toThrow("version 7, expected 1");
  });
});
