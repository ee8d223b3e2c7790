// Measures the journal: what an append costs without and with the disk's part, and what reading a large one back costs.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { replay } from "../../src/execution/replay.ts";
import { openJournal, readJournal, startOf } from "../../src/journal/journal-file.ts";
import { quantile } from "../quantile.ts";
import { runAlone } from "./run-alone.ts";
import { runEvents, stepsOf } from "./run-events.ts";
import type { Section, SectionResult } from "./section.ts";

const sizes = { appendsWithoutFsync: 20_000, appendsWithFsync: 1_000, readBack: 100_000 };
const limitMilliseconds = 1;
const self = fileURLToPath(import.meta.url);

/** Milliseconds of every append of so many events to a new journal. */
function appendTimes(path: string, count: number, unsafeWithoutFsync: boolean): readonly number[] {
  const journal = openJournal(path, { now: Date.now }, undefined, { unsafeWithoutFsync });
  const times: number[] = [];
  for (const event of runEvents(count)) {
    const start = performance.now();
    journal.append(event);
    times.push(performance.now() - start);
  }
  journal.close();
  return times;
}

type ReadBack = {
  readonly startMs: number;
  readonly readMs: number;
  readonly replayMs: number;
  /** Peak memory of the process above what it had before it read. */
  readonly memoryMb: number;
};

/** Run in a process of its own, whose peak memory nothing else has raised. */
function readBack(path: string): ReadBack {
  const steps = stepsOf(sizes.readBack);
  const peak = (): number => process.resourceUsage().maxRSS / 1024;
  const before = peak();
  const times = [performance.now()];
  startOf(path);
  times.push(performance.now());
  const { events, count } = readJournal(path);
  times.push(performance.now());
  replay(steps, events);
  times.push(performance.now());
  if (count !== sizes.readBack) throw new Error(`read ${count} of ${sizes.readBack} events`);
  const [startMs = 0, readMs = 0, replayMs = 0] = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  return { startMs, readMs, replayMs, memoryMb: peak() - before };
}

function readBackElsewhere(path: string): ReadBack {
  const { status, stdout, stderr } = spawnSync(process.execPath, [self, path], { encoding: "utf8" });
  if (status !== 0) throw new Error(`reading ${path} back ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as ReadBack;
}

function measure(): SectionResult {
  const folder = mkdtempSync(join(tmpdir(), "vault-teardown-bench-"));
  try {
    const without = appendTimes(join(folder, "without-fsync.ndjson"), sizes.appendsWithoutFsync, true);
    const withFsync = appendTimes(join(folder, "with-fsync.ndjson"), sizes.appendsWithFsync, false);
    const large = join(folder, "large.ndjson");
    appendTimes(large, sizes.readBack, true);
    return judged(without, withFsync, readBackElsewhere(large), statSync(large).size / 1_000_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judged(
  without: readonly number[],
  withFsync: readonly number[],
  read: ReadBack,
  megabytes: number,
): SectionResult {
  const figures = {
    appendMedianMs: quantile(without, 0.5),
    appendP95Ms: quantile(without, 0.95),
    appendFsyncMedianMs: quantile(withFsync, 0.5),
    appendFsyncP95Ms: quantile(withFsync, 0.95),
    readStartMs: read.startMs,
    readMs: read.readMs,
    replayMs: read.replayMs,
    readMemoryMb: read.memoryMb,
  };
  const append = (times: readonly number[], median: number, p95: number): string =>
    `median ${median.toFixed(3)} ms, p95 ${p95.toFixed(3)} ms (${times.length} events)`;
  const lines = [
    `append without fsync: ${append(without, figures.appendMedianMs, figures.appendP95Ms)}`,
    `append with fsync: ${append(withFsync, figures.appendFsyncMedianMs, figures.appendFsyncP95Ms)}`,
    `${sizes.readBack} events (${megabytes.toFixed(1)} MB): how the run began ${read.startMs.toFixed(1)} ms, read and checked ${read.readMs.toFixed(0)} ms, read and replayed ${read.replayMs.toFixed(0)} ms, ${read.memoryMb.toFixed(0)} MB of memory`,
  ];
  const isMet = figures.appendMedianMs < limitMilliseconds;
  const bar = `append without fsync: median ${figures.appendMedianMs.toFixed(3)} ms, bar < ${limitMilliseconds} ms`;
  return { lines, figures, missed: isMet ? [] : [bar] };
}

export const journalSection: Section = {
  name: "journal",
  title: "The journal: appending to it and reading it back",
  run: async () => measure(),
};

if (import.meta.main) {
  const [path] = process.argv.slice(2);
  if (path === undefined) await runAlone(journalSection);
  else process.stdout.write(JSON.stringify(readBack(path)));
}
