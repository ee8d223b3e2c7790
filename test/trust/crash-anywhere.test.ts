// A run that is cut after any line of its journal, or inside any, goes on to the same end: no write twice, none unplanned.

import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { parseWorld } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { readJournal } from "../../src/journal/journal-file.ts";
import type { Strategy } from "../../src/model/plan.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { bytesLeft, expectSameEnd } from "./cut-runs.ts";
import { endsComparedTo } from "./end-of-world.ts";
import { recordRun, writesIn, type Instant, type RecordedRun } from "./recorded-run.ts";

const world = "kitchen-sink";
const endOf = endsComparedTo(loadWorld(world));

/** All of them for soft. Purge differs in what its own steps do; the rest is alike. */
function chosen({ plan, events, instants }: RecordedRun, soft: RecordedRun): readonly Instant[] {
  const unfinished = instants.filter(({ lines }) => lines < events.length);
  if (plan === soft.plan) return unfinished;
  const known = new Set(soft.plan.steps.map(({ action }) => action));
  const own = new Set(plan.steps.flatMap(({ id, action }) => (known.has(action) ? [] : id)));
  const isOwn = ({ lines }: Instant): boolean =>
    events.slice(lines - 1, lines + 1).some((event) => "step" in event && own.has(event.step));
  return unfinished.filter(isOwn);
}

type Part = {
  readonly strategy: Strategy;
  readonly first: number;
  readonly last: number;
  readonly part: readonly Instant[];
};

/** In parts, so that none takes long where much else goes on. */
function parts(run: RecordedRun, instants: readonly Instant[]): readonly Part[] {
  const size = 45;
  return Array.from({ length: Math.ceil(instants.length / size) }, (_, at) => {
    const part = instants.slice(at * size, (at + 1) * size);
    return { strategy: run.plan.strategy, first: part[0]?.lines ?? 0, last: part.at(-1)?.lines ?? 0, part };
  });
}

describe("a run on one of everything", async () => {
  const runs = { soft: await recordRun(world, "soft"), purge: await recordRun(world, "purge") };
  const strategies: readonly Strategy[] = ["soft", "purge"];

  it.each(strategies)("that nobody cuts ends with every step verified and every write one step's: %s", (strategy) => {
    const { plan, events, owners, rehearsal } = runs[strategy];
    const { vault } = rehearsal;
    const end = rehearsal.emulator.world();
    const verified = plan.steps.length;
    expect(events.at(-1)).toMatchObject({ type: "run-ended", exitCode: 0, counts: { verified, open: 0 } });
    expect([...owners].filter(([, steps]) => steps.size !== 1 || steps.has("none"))).toEqual([]);
    expect(end.vaults).toEqual([]);
    const outside = loadWorld(world).locks?.filter(({ id }) => !id.toLowerCase().startsWith(vault.id.toLowerCase()));
    const ofPeople = outside?.filter(({ id }) => !id.endsWith("AzureBackupProtectionLock")).map(({ id }) => id);
    expect(ofPeople).toHaveLength(1);
    expect(end.locks?.map(({ id }) => id)).toEqual(ofPeople);
  });

  it.each(strategies)("leaves the lines before it, wherever in a line its journal was torn: %s", (strategy) => {
    const run = runs[strategy];
    const path = join(temporaryFolder(), "journal.ndjson");
    writeFileSync(path, run.journal);
    for (let lines = run.events.length - 1; lines >= 0; lines -= 1) {
      const length = bytesLeft(run, { lines, inLine: true });
      const intactBytes = bytesLeft(run, { lines, inLine: false });
      truncateSync(path, length);
      const read = readJournal(path);
      expect(read).toMatchObject({ count: lines, intactBytes, tornBytes: length - intactBytes });
      expect([...read.events], `torn inside line ${lines + 1}`).toEqual(run.events.slice(0, lines));
    }
  });

  const { soft, purge } = runs;
  const every = [...parts(soft, chosen(soft, soft)), ...parts(purge, chosen(purge, soft))];

  it.each(every)(
    "goes on to the same end wherever it is killed, without drift: $strategy, lines $first to $last",
    async ({ strategy, part }) => {
      const run = runs[strategy];
      const path = join(temporaryFolder(), "journal.ndjson");
      for (const instant of part) await expectSameEnd(run, instant, path, endOf);
    },
  );

  it("is killed after every line, and inside every line before which Azure was written to", () => {
    const whole = soft.instants.filter(({ inLine }) => !inLine).map(({ lines }) => lines);
    expect(whole).toEqual(soft.events.map(({ seq }) => seq));
    const writes = writesIn(soft.rehearsal.emulator.requests()).length;
    expect(writes).toBeGreaterThan(90);
    expect(soft.instants.length - whole.length).toBeGreaterThan(30);
    expect(every.filter(({ strategy }) => strategy === "soft").flatMap(({ part }) => part)).toEqual(
      soft.instants.slice(0, -1),
    );
  });

  it("is left by a process that is really killed as the record of that instant says", async () => {
    const [torn, whole] = [true, false].map((inLine) => soft.instants.filter((instant) => instant.inLine === inLine));
    const instants = [torn?.[2], whole?.[15], whole?.[90], torn?.[30]].filter((instant) => instant !== undefined);
    expect(instants).toHaveLength(4);
    for (const instant of instants) {
      const { events, rehearsal } = await recordRun(world, "soft", instant);
      const { emulator, clock } = rehearsal;
      expect(events).toEqual(soft.events.slice(0, instant.lines));
      expect(emulator.requests()).toEqual(soft.rehearsal.emulator.requests().slice(0, instant.requests));
      const left = createEmulator({ world: parseWorld(instant.world, "left"), clock });
      expect(left.world()).toEqual(emulator.world());
    }
  });
});
