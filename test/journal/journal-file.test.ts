// The journal keeps every event in order, survives a write that was cut off, and refuses what it cannot trust.

import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openJournal, readJournal, startOf } from "../../src/journal/journal-file.ts";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
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

/** The events of a journal, all of them. */
function eventsOf(path: string): readonly RecordedEvent[] {
  return [...readJournal(path).events];
}

describe("a journal", () => {
  it("gives back the events it was given, numbered and dated", () => {
    const { events: read, count, last, tornBytes } = readJournal(written([started, intended("a"), intended("b")]));
    const events = [...read];
    expect([count, last]).toEqual([3, events[2]]);
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
    expect(() => journal.append(intended("a"))).toThrow(
      /cannot write to .*EBADF.*: check that path and its disk, then run the same command again/,
    );
    expect(() => journal.append(intended("b"))).toThrow(/cannot write to/);
    expect(readJournal(path).count).toBe(1);
  });

  it("that cannot be opened is told in one line", () => {
    const folder = temporaryFolder();
    expect(() => openJournal(folder, clock)).toThrow(`cannot write to ${folder} (EISDIR): `);
    expect(() => openJournal(join(folder, "nowhere", "journal.ndjson"), clock)).toThrow(/\(ENOENT\): .*same command/);
  });

  it("is readable by its owner only", () => {
    expect(statSync(written([started])).mode & 0o777).toBe(0o600);
  });

  it("goes on with the next number when it is opened again", () => {
    const path = written([started, intended("a")]);
    const journal = openJournal(path, clock, readJournal(path));
    expect(journal.append(intended("b")).seq).toBe(3);
    journal.close();
    expect(readJournal(path).count).toBe(3);
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
        expect([...read.events]).toHaveLength(lines);
        expect(read.intactBytes + read.tornBytes).toBe(length);
        const journal = openJournal(path, clock, read);
        journal.append(intended("again"));
        journal.close();
        expect(readJournal(path)).toMatchObject({ tornBytes: 0 });
        expect(readJournal(path).last).toMatchObject({ step: "again", seq: lines + 1 });
      }),
      { numRuns: 40 },
    );
  });

  it("that was cut off at any byte of its last line is exactly the events before, and goes on from there", () => {
    const path = written([started, intended("a"), { type: "step-verified", step: "a", evidence: "“ä€𝄞” is gone" }]);
    const whole = readFileSync(path);
    const before = eventsOf(path).slice(0, 2);
    const intactBytes = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
    for (let length = whole.length - 1; length >= intactBytes; length -= 1) {
      writeFileSync(path, whole.subarray(0, length));
      const read = readJournal(path);
      expect(read).toMatchObject({ count: 2, intactBytes, tornBytes: length - intactBytes, lostLine: false });
      expect([...read.events]).toEqual(before);
      const journal = openJournal(path, clock, read);
      journal.append(intended("b"));
      journal.close();
      expect(eventsOf(path), `cut off at byte ${length}`).toMatchObject([...before, { seq: 3, step: "b" }]);
    }
  });

  it("drops a last line that is whole but no event", () => {
    const path = written([started]);
    appendFileSync(path, '{"seq":2,"at":"x","ty\n');
    expect(readJournal(path)).toMatchObject({ count: 1, tornBytes: 22, lostLine: true });
    expect(eventsOf(path)).toMatchObject([{ seq: 1 }]);
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

  it("refuses a line whose number does not follow, unless it is the last", () => {
    const path = written([started, intended("a"), intended("b")]);
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, `${[lines[0], lines[2]].join("\n")}\n`);
    expect(readJournal(path).count).toBe(1);
    writeFileSync(path, lines.filter((_, index) => index !== 1).join("\n") + `${lines[1]}\n`);
    expect(() => readJournal(path)).toThrow(`${path} line 2`);
  });

  it("leaves out a damaged last line together with the torn rest after it", () => {
    const path = written([started]);
    const { size } = statSync(path);
    appendFileSync(path, 'no event\n{"seq":2');
    expect(readJournal(path)).toMatchObject({ count: 1, intactBytes: size, tornBytes: 17 });
  });

  it("that is empty, or has only a torn line, has no event", () => {
    const path = join(temporaryFolder(), "journal.ndjson");
    writeFileSync(path, "");
    expect(readJournal(path)).toMatchObject({ count: 0, last: undefined, intactBytes: 0, tornBytes: 0 });
    expect(startOf(path)).toBeUndefined();
    writeFileSync(path, '{"seq":1,');
    expect(readJournal(path)).toMatchObject({ count: 0, last: undefined, intactBytes: 0, tornBytes: 9 });
    expect([eventsOf(path), startOf(path)]).toEqual([[], undefined]);
  });
});

describe("the events of a journal that was read", () => {
  it("can be gone through again and again", () => {
    const { events } = readJournal(written([started, intended("a")]));
    expect([...events]).toEqual([...events]);
  });

  it("are those it held then, whatever was appended since", () => {
    const path = written([started, intended("a")]);
    const before = readJournal(path);
    const journal = openJournal(path, clock, before);
    journal.append(intended("b"));
    journal.close();
    expect([...before.events].map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("are the same as those of the whole text, wherever the pieces end in which it is read", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40_000 }), { minLength: 1, maxLength: 12 }), fc.string(), (lengths, tail) => {
        const steps = lengths.map((length) => `${"ä€𝄞".repeat(length / 3)}${tail}`);
        const path = written([started, ...steps.map(intended)]);
        const whole: unknown = readFileSync(path, "utf8")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as unknown);
        expect(eventsOf(path)).toEqual(whole);
        expect(readJournal(path).intactBytes).toBe(statSync(path).size);
      }),
      { numRuns: 20 },
    );
  });

  it("are not read further than they are asked for: how a run began is known from a damaged journal", () => {
    const path = written([started, intended("a"), intended("b")]);
    writeFileSync(path, readFileSync(path, "utf8").replace('"step":"a"', "damage"));
    expect(startOf(path)).toMatchObject({ seq: 1, ...started });
    expect(() => readJournal(path)).toThrow(`${path} line 2`);
  });
});

describe("a journal that is not synced", () => {
  it("holds the same lines: only their way to the disk is another", () => {
    const paths = [false, true].map((unsafeWithoutFsync) => {
      const path = join(temporaryFolder(), "journal.ndjson");
      const journal = openJournal(path, clock, undefined, { unsafeWithoutFsync });
      for (const event of [started, intended("a")]) journal.append(event);
      journal.close();
      return readFileSync(path, "utf8");
    });
    expect(paths[1]).toBe(paths[0]);
  });
});
