// Runs that are cut at an instant and gone on with from what is left of their journal. It expects; which cuts is said elsewhere.

import { writeFileSync } from "node:fs";
import { expect } from "vitest";
import { driftOfRun } from "../../src/cli/drift-of-run.ts";
import { discover } from "../../src/discovery/discover.ts";
import { parseWorld, type World } from "../../src/emulator/world.ts";
import { replay } from "../../src/execution/replay.ts";
import { isVaultDeletionUnderWay } from "../../src/execution/vault-deletion.ts";
import { openJournal, readJournal, type ReadJournal } from "../../src/journal/journal-file.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { rehearse, type Rehearsal } from "../rehearsal.ts";
import { virtualClock } from "../virtual-clock.ts";
import { writesIn, type Instant, type RecordedRun } from "./recorded-run.ts";
import { lineEnds, tornLength } from "./torn-lines.ts";

/** How many bytes of the journal are on disk: after a whole line, or a piece of the next one too. */
export function bytesLeft({ journal }: RecordedRun, { lines, inLine }: Pick<Instant, "lines" | "inLine">): number {
  const ends = [0, ...lineEnds(journal)];
  const intact = ends[lines] ?? 0;
  return inLine ? intact + tornLength(journal, intact, ends[lines + 1] ?? intact, lines) : intact;
}

/** Azure as it was left, before another process: nothing of the first one is in its memory. */
function leftAt(run: RecordedRun, { world: saved, now }: Instant): Rehearsal {
  return rehearse(parseWorld(saved, "left"), { vault: run.rehearsal.vault, clock: virtualClock(now) });
}

type GoneOn = { readonly exitCode: number; readonly unverified: number; readonly drift: readonly unknown[] };

/** Goes on from the file, as the command line does. That it looks at the whole vault, before it begins and before it deletes it, is shown on every tenth. */
async function goOn({ plan }: RecordedRun, path: string, rehearsal: Rehearsal): Promise<GoneOn> {
  const past: ReadJournal = readJournal(path);
  const reader = rehearsal.reader(plan.strategy);
  const vaultIsGone = (await reader.vault()) === undefined;
  const compared = past.count % 10 === 0 && !vaultIsGone && !isVaultDeletionUnderWay(plan, past.events);
  const seldom = compared ? {} : { recheck: async () => [] };
  const found = compared ? await discover(reader, rehearsal.clock, plan.inventory) : undefined;
  const drift = found === undefined ? [] : driftOfRun(plan, replay(plan.steps, past.events), found.resources);
  // The machine does not crash here: the bytes are the same.
  const journal = openJournal(path, rehearsal.clock, past, { unsafeWithoutFsync: true });
  const record = (event: RunEvent): void => void journal.append(event);
  const { result } = await rehearsal.run(plan, { past: past.events, record, vaultIsGone, ...seldom });
  journal.close();
  const { failed, skipped, open } = result.counts;
  return { exitCode: result.exitCode, unverified: failed + skipped + open, drift };
}

/** What the resumed part wrote that the plan does not hold, or that was proved done before. */
function wrongWrites(run: RecordedRun, lines: number, rehearsal: Rehearsal): readonly string[] {
  const past = run.events.slice(0, lines);
  const done = new Set(past.flatMap((event) => (event.type === "step-verified" ? event.step : [])));
  return writesIn(rehearsal.emulator.requests()).filter((write) => {
    const [owner, ...others] = run.owners.get(write) ?? [];
    return owner === undefined || others.length > 0 || done.has(owner);
  });
}

/** How the run ended that nobody cut. */
function endingOf({ events }: RecordedRun): Omit<GoneOn, "drift"> {
  const last = events.at(-1);
  if (last?.type !== "run-ended") throw new Error("the run that nobody cut has not ended");
  const { failed, skipped, open } = last.counts;
  return { exitCode: last.exitCode, unverified: failed + skipped + open };
}

/** Cuts the run at the instant, goes on from what is left, and expects the end of the uncut run: nothing unplanned, nothing twice. */
export async function expectSameEnd(
  run: RecordedRun,
  instant: Instant,
  path: string,
  endOf: (world: World) => string,
): Promise<void> {
  const cut = `killed ${instant.inLine ? "inside the line after" : "after"} line ${instant.lines}`;
  writeFileSync(path, run.journal.subarray(0, bytesLeft(run, instant)));
  const rehearsal = leftAt(run, instant);
  expect(await goOn(run, path, rehearsal), cut).toEqual({ ...endingOf(run), drift: [] });
  expect(wrongWrites(run, instant.lines, rehearsal), cut).toEqual([]);
  expect(endOf(rehearsal.emulator.world()), cut).toBe(endOf(run.rehearsal.emulator.world()));
  const { count, tornBytes, last } = readJournal(path);
  expect({ tornBytes, last: last?.type, isLonger: count > instant.lines }, cut).toEqual({
    tornBytes: 0,
    last: "run-ended",
    isLonger: true,
  });
}
