// Runs on Backup vaults, cut after any line of their journal or inside any: they go on to the same end, and claim what is so.

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Strategy } from "../../src/model/plan.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { expectSameEnd } from "./cut-runs.ts";
import { endsComparedTo } from "./end-of-world.ts";
import { against } from "./laws-of-claims.ts";
import { recordRun, type Instant, type RecordedRun } from "./recorded-run.ts";

const shipped = loadWorld("backup-vault");

/** The shipped world with one of its vaults. */
function worldWith(name: string): World {
  return { ...shipped, backupVaults: (shipped.backupVaults ?? []).filter(({ id }) => id.endsWith(`/${name}`)) };
}

type Row = readonly [vault: string, strategy: Strategy, exitCode: number];

/** In the classic regime what is soft-deleted keeps the vault: the run ends waiting. */
const rows: readonly Row[] = [
  ["bv-secure-weu", "soft", 0],
  ["bv-classic-weu", "soft", 4],
  ["bv-classic-weu", "purge", 0],
];

/** What the run says it has done, against the world at that moment. */
function wrongClaims({ plan, events, instants }: RecordedRun, first: World): readonly string[] {
  return instants.flatMap(({ lines, inLine, world }) => {
    const event = events[lines - 1];
    if (inLine || event?.type !== "step-verified") return [];
    const step = plan.steps.find(({ id }) => id === event.step);
    const found = step === undefined ? "it is no step" : against(step, plan, first, JSON.parse(world) as World);
    return found === undefined ? [] : [`${event.step} is verified, but ${found}`];
  });
}

describe.each(rows)("the vault %s, %s,", async (vault, strategy, exitCode) => {
  // A lock that a run has put back is taken away anew by the next one.
  const world = { ...worldWith(vault), ...(exitCode === 0 ? {} : { locks: [] }) };
  const run = await recordRun(world, strategy);

  it(`that nobody cuts ends with ${exitCode}, every write one step's, and claims nothing that is not so`, () => {
    expect(run.plan.blockers).toEqual([]);
    expect(run.events.at(-1)).toMatchObject({ type: "run-ended", exitCode });
    expect([...run.owners].filter(([, steps]) => steps.size !== 1 || steps.has("none"))).toEqual([]);
    expect(wrongClaims(run, world)).toEqual([]);
    const { backupVaults = [], deletedBackupVaults = [] } = run.rehearsal.emulator.world();
    expect(backupVaults).toHaveLength(exitCode === 0 ? 0 : 1);
    expect(deletedBackupVaults).toHaveLength(exitCode === 0 && strategy === "soft" ? 1 : 0);
  });

  it("goes on to the same end wherever it is killed", async () => {
    const path = join(temporaryFolder(), "journal.ndjson");
    const unfinished = run.instants.filter(({ lines }: Instant) => lines < run.events.length);
    expect(unfinished.length).toBeGreaterThan(30);
    for (const instant of unfinished) await expectSameEnd(run, instant, path, endsComparedTo(world));
  });
});
