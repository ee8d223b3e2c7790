// Processes killed with SIGKILL at random instants, and resumed until done, against an emulator in a process of its own.

import { createHash, randomInt } from "node:crypto";
import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RequestRecord } from "../../src/emulator/emulator.ts";
import type { World } from "../../src/emulator/world.ts";
import { readJournal } from "../../src/journal/journal-file.ts";
import type { RecordedEvent } from "../../src/model/event.ts";
import type { Strategy } from "../../src/model/plan.ts";
import { consents, type Step } from "../../src/model/step.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { commandLine, emulatorProcess, type CommandOptions, type Ended } from "../cli/command-line.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { recordRun, writesIn, type RecordedRun } from "./recorded-run.ts";

/** Says when processes are killed; how far they get until then is the machine's. VAULT_TEARDOWN_SEED=<number> draws the same again. */
const seed = Number(process.env["VAULT_TEARDOWN_SEED"] ?? randomInt(2 ** 31));
const hint = `VAULT_TEARDOWN_SEED=${seed}`;

/** One with locks that must come back, one of the regime in which nothing may stay. */
const vaults = {
  soft: { world: "locked", vault: "rsv-locked-frc" },
  purge: { world: "classic", vault: "rsv-classic-uks" },
} as const;

/** Of processes that held the vault, on each of the vaults that are taken down side by side. */
const wantedKills = 13;
const sideBySide = ["soft", "purge", "soft", "purge"] as const;

/** From 0 up to, but not including, 1. */
function drawn(what: string): number {
  return createHash("sha256").update(`${seed} ${what}`).digest().readUInt32BE() / 2 ** 32;
}

type Killer = Pick<CommandOptions, "onStart" | "onStdout">;

/**
 * Spread over a life: while it starts and plans; after so many lines, in the middle of a burst or in the wait that follows;
 * and where the next line is long in coming.
 */
function killer(life: string): Killer {
  const isEarly = drawn(`${life} phase`) < 0.12;
  const lines = 1 + Math.floor(drawn(`${life} lines`) * 7);
  const longest = isEarly ? 500 : drawn(`${life} wait`) < 0.7 ? 10 : 600;
  const milliseconds = drawn(`${life} milliseconds`) * longest;
  let told = 0;
  const within = (time: number, child: ChildProcess): void => void setTimeout(() => child.kill("SIGKILL"), time);
  return {
    onStart: (child) => (isEarly ? within(milliseconds, child) : undefined),
    onStdout: (_line, child) => {
      told += 1;
      if (told === 1 && drawn(`${life} patience`) < 0.7) within(2500, child);
      if (told === lines) within(milliseconds, child);
    },
  };
}

type Stored = {
  /** The process that holds the vault, or held it when it was killed. */
  readonly holder: number | undefined;
  /** Of the run that has begun. */
  readonly steps: readonly Step[];
  readonly events: readonly RecordedEvent[];
  readonly tornBytes: number;
};

/** What is stored of the one vault. At most one run of it has begun: what a killed process left is gone on with. */
function storedIn(cwd: string): Stored {
  const stateFolder = join(cwd, ".vault-teardown");
  const [folder] = existsSync(stateFolder) ? readdirSync(stateFolder) : [];
  const path = join(stateFolder, folder ?? "");
  const names = folder === undefined ? [] : readdirSync(path, { recursive: true, encoding: "utf8" });
  const journals = names.filter((name) => name.endsWith(".ndjson")).map((name) => readJournal(join(path, name)));
  const [begun, ...others] = journals.filter(({ count }) => count > 0);
  expect(others, hint).toEqual([]);
  const lock = names.includes("lock.json") ? readFileSync(join(path, "lock.json"), "utf8") : "{}";
  const { pid: holder } = JSON.parse(lock) as { readonly pid?: number };
  if (begun === undefined) return { holder, steps: [], events: [], tornBytes: 0 };
  const plan = join(dirname(begun.path), "plan.json");
  const { steps } = openPlan(readFileSync(plan, "utf8"), plan);
  return { holder, steps, events: [...begun.events], tornBytes: begun.tornBytes };
}

/** What a step is in any plan: time goes on while one is made, and another may number its steps otherwise. */
function nameOf({ action, target }: Step): string {
  return `${action} ${target.toLowerCase()}`;
}

function verifiedIn({ steps, events }: Stored): ReadonlySet<string> {
  const verified = new Set(events.flatMap((event) => (event.type === "step-verified" ? event.step : [])));
  return new Set(steps.filter(({ id }) => verified.has(id)).map(nameOf));
}

/** What was written for no step of the plan, or for one that was proved done before. */
function wrongAmong(
  requests: readonly RequestRecord[],
  run: RecordedRun,
  before: Stored,
  after: Stored,
): readonly string[] {
  const [verified, planned] = [verifiedIn(before), new Set(after.steps.map(nameOf))];
  return writesIn(requests).filter((write) => {
    const owners = run.plan.steps.filter(({ id }) => run.owners.get(write)?.has(id)).map(nameOf);
    return owners.length !== 1 || owners.some((name) => verified.has(name) || !planned.has(name));
  });
}

type Served = {
  readonly url: string;
  readonly requests: () => Promise<readonly RequestRecord[]>;
  readonly world: () => Promise<World>;
};

async function served(world: string): Promise<Served> {
  const { url } = (await emulatorProcess([world, "--speed", "600"])).first;
  const page = async (name: string): Promise<unknown> => (await fetch(`${url}/_emulator/${name}`)).json();
  return {
    url,
    requests: async () => (await page("requests")) as readonly RequestRecord[],
    world: async () => (await page("world")) as World,
  };
}

type Life = { readonly ended: Ended; readonly pid: number };

async function live(cwd: string, { plan }: RecordedRun, { url }: Served, { onStart, onStdout }: Killer): Promise<Life> {
  let pid = 0;
  const { vault } = vaults[plan.strategy];
  const planning = ["--strategy", plan.strategy, "--allow", consents.join(",")];
  const parameters = ["apply", "--endpoint", url, "--vault", vault, "--confirm", vault, "--format", "ndjson"];
  const ended = await commandLine([...parameters, ...planning], {
    cwd,
    onStart: (child) => {
      pid = child.pid ?? 0;
      onStart?.(child);
    },
    ...(onStdout === undefined ? {} : { onStdout }),
  });
  return { ended, pid };
}

/** Takes a vault down by as many processes as it takes, of which so many are killed. Gives how many were, holding it. */
async function takeDown(run: RecordedRun, azure: Served, cwd: string, most: number, which: string): Promise<number> {
  let [kills, received] = [0, 0];
  for (let life = 1; ; life += 1) {
    const before = storedIn(cwd);
    const { ended, pid } = await live(cwd, run, azure, kills < most ? killer(`${which} ${life}`) : {});
    const after = storedIn(cwd);
    const requests = await azure.requests();
    expect(wrongAmong(requests.slice(received), run, before, after), hint).toEqual([]);
    received = requests.length;
    if (ended.signal === null) {
      expect(ended.code, `${hint}: ${ended.stderr}`).toBe(0);
      return kills;
    }
    if (after.holder === pid) kills += 1;
  }
}

async function expectGone({ rehearsal }: RecordedRun, azure: Served, cwd: string): Promise<void> {
  const left = await azure.world();
  const uncut = rehearsal.emulator.world();
  expect([left.vaults, left.privateEndpoints, left.deletedVaults.length], hint).toEqual([
    [],
    uncut.privateEndpoints,
    uncut.deletedVaults.length,
  ]);
  expect(left.locks, hint).toEqual(uncut.locks);
  // Whoever was killed after the last line still holds the vault, for those who look at who lives: nobody.
  const { steps, events, tornBytes } = storedIn(cwd);
  const numbers = events.map((_, at) => at + 1);
  expect({ tornBytes, numbers: events.map(({ seq }) => seq) }, hint).toEqual({ tornBytes: 0, numbers });
  const counts = { verified: steps.length, failed: 0, skipped: 0, open: 0 };
  expect(events.at(-1), hint).toMatchObject({ type: "run-ended", exitCode: 0, counts });
}

/** On one vault after the other, until enough processes were killed. Gives how many were. */
async function killed(strategy: Strategy, at: number): Promise<number> {
  const run = await recordRun(vaults[strategy].world, strategy);
  let kills = 0;
  while (kills < wantedKills) {
    const [azure, cwd] = [await served(vaults[strategy].world), temporaryFolder()];
    kills += await takeDown(run, azure, cwd, wantedKills - kills, `vault ${at} after ${kills}`);
    await expectGone(run, azure, cwd);
  }
  return kills;
}

describe("processes killed with SIGKILL at random instants", () => {
  it(
    "are gone on with until the vault is gone, write nothing unplanned and nothing again",
    { timeout: 600_000 },
    async () => {
      const kills = await Promise.all(sideBySide.map(killed));
      expect(
        kills.reduce((sum, of) => sum + of),
        hint,
      ).toBeGreaterThanOrEqual(50);
    },
  );
});
