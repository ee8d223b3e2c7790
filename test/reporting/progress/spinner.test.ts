// The picture on a terminal of this process, moment by moment: drawn in place, followed through every size, and gone at the end.

import { clearLine, clearScreenDown, cursorTo, moveCursor } from "node:readline";
import { Writable } from "node:stream";
import headless from "@xterm/headless";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Plan } from "../../../src/model/plan.ts";
import { openProgress } from "../../../src/reporting/progress.ts";
import type { Progress } from "../../../src/reporting/progress/display.ts";
import { now } from "../../dependencies/builders.ts";
import { deleteItem, intended, planOf, recorded, step, verified, writing } from "../builders.ts";

type Display = {
  readonly progress: Progress;
  readonly resize: (columns: number, rows?: number) => Promise<void>;
  /** The rows that hold something, also those out of sight, after everything was drawn. */
  readonly rows: () => Promise<readonly string[]>;
  /** How much was written so far. */
  readonly written: () => number;
};

const open: Progress[] = [];

async function display(plan: Plan, columns = 80, lines = 24): Promise<Display> {
  const screen = new headless.Terminal({ cols: columns, rows: lines, allowProposedApi: true, convertEol: true });
  let length = 0;
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      length += chunk.length;
      screen.write(chunk, done);
    },
  });
  const terminal = Object.assign(stream, {
    isTTY: true,
    columns,
    rows: lines,
    hasColors: () => false,
    cursorTo: (x: number) => cursorTo(stream, x),
    moveCursor: (x: number, y: number) => moveCursor(stream, x, y),
    clearLine: (direction: -1 | 0 | 1) => clearLine(stream, direction),
    clearScreenDown: () => clearScreenDown(stream),
  }) as unknown as NodeJS.WriteStream;
  const timing = { clock: { now: () => Date.now() }, speed: 1 };
  const progress = await openProgress(plan, { terminal, write: (text) => void terminal.write(text) }, timing);
  open.push(progress);
  const flushed = (): Promise<void> => new Promise((resolve) => void stream.write("", () => resolve()));
  return {
    progress,
    resize: async (toColumns, toRows = lines) => {
      await flushed();
      if (toColumns > 0) screen.resize(toColumns, toRows);
      Object.assign(terminal, { columns: toColumns, rows: toRows });
      terminal.emit("resize");
    },
    rows: async () => {
      await flushed();
      const { active } = screen.buffer;
      const rows = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? "");
      return rows.filter((row) => row !== "");
    },
    written: () => length,
  };
}

const long = "a-machine-with-a-name-that-takes-most-of-a-row-and-a-little-more-than-that";
const vault = step("delete-vault", { after: ["delete-item-1"] });
const steps = writing([deleteItem(long, 1), deleteItem("vm-2", 2), vault]);

/** Both deletions have begun. */
async function begun(columns?: number, lines?: number): Promise<Display> {
  const shown = await display(planOf({ steps }), columns, lines);
  for (const event of recorded(intended("delete-item-1"), intended("delete-item-2")))
    shown.progress.show({ ...event, at: new Date(now).toISOString() });
  vi.advanceTimersByTime(1500);
  return shown;
}

const turning = /^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏-] /;

// The terminal draws by timers of its own: only those of the display stand still.
beforeEach(() => void vi.useFakeTimers({ now, toFake: ["setInterval", "clearInterval", "Date"] }));

afterEach(() => {
  for (const progress of open.splice(0)) progress.end();
  vi.useRealTimers();
});

describe("the picture", () => {
  it("is drawn in place, second by second", async () => {
    const { rows } = await begun();
    for (const seconds of [1, 2, 3]) {
      expect((await rows()).map((row) => row.replace(turning, ""))).toEqual([
        "0 of 3 steps; about 15 s left: data",
        "  backup items deleted  0 of 2, 2 under way",
        "  vault deleted         0 of 1",
        `  delete-item ${long.slice(0, 64)}…`,
        `  delete-item vm-2 for ${seconds} s`,
      ]);
      vi.advanceTimersByTime(1000);
    }
  });

  it("stays below what is said, and leaves it alone at the end", async () => {
    const { progress, rows } = await begun();
    progress.show({ ...recorded(verified("delete-item-2"))[0]!, at: new Date(now).toISOString() });
    progress.say("not put back: a lock");
    const said = ["delete-item vm-2: verified: delete-item-2 was read back", "not put back: a lock"];
    expect((await rows()).slice(0, 3)).toEqual([...said, expect.stringMatching(/ 1 of 3 steps; /)]);
    progress.end();
    expect(await rows()).toEqual(said);
  });

  it("counts a wait down that no event tells of", async () => {
    const { progress, rows } = await begun();
    progress.waiting(30, "Azure does not answer");
    vi.advanceTimersByTime(10_000);
    expect((await rows()).at(-1)).toMatch(/^ {2}requests go on again in (20|21) s: Azure does not answer$/);
  });

  it("leaves no timer behind, and draws no more once it has ended", async () => {
    const { progress, written } = await begun();
    progress.end();
    const before = written();
    vi.advanceTimersByTime(60_000);
    expect(written()).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a terminal that changes its size", () => {
  it.each([
    [80, 60, 100],
    [80, 40, 20, 10, 80],
    [120, 30, 31, 200],
  ])("shows one picture and nothing of the last one: %i to %i to %i", async (first, ...others) => {
    const { resize, rows } = await begun(first);
    for (const columns of others) {
      await resize(columns);
      const seen = await rows();
      expect(seen).toHaveLength(5);
      expect(seen.filter((row) => turning.test(row))).toHaveLength(1);
      expect(Math.max(...seen.map((row) => row.length))).toBeLessThan(columns);
      vi.advanceTimersByTime(1000);
      expect(await rows()).toHaveLength(5);
    }
  });

  it("keeps what was said above the picture", async () => {
    const { progress, resize, rows } = await begun();
    progress.say("said before");
    for (const columns of [60, 30, 80]) await resize(columns);
    expect((await rows())[0]).toBe("said before");
    expect(await rows()).toHaveLength(6);
  });

  it("to a few rows has one line left for the picture", async () => {
    const { resize, rows } = await begun();
    await resize(80, 10);
    expect(await rows()).toEqual([
      expect.stringMatching(/0 of 3 steps; about 15 s left: data; delete-item a-machine.*…$/),
    ]);
  });

  it("to no width shows nothing until it has one again", async () => {
    const { progress, resize, rows } = await begun();
    await resize(0);
    progress.say("said meanwhile");
    vi.advanceTimersByTime(5000);
    expect(await rows()).toEqual(["said meanwhile"]);
    await resize(80);
    expect(await rows()).toHaveLength(6);
  });
});
