// Measures what the command line costs before it does anything: built and from source, against a bare `node -e 0`.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { built, ensureBuilt, node, source } from "./package-under-test.ts";
import { quantile } from "../quantile.ts";
import { runAlone } from "./run-alone.ts";
import { table, type Section, type SectionResult } from "./section.ts";

const rounds = 15;
const limits = { helpOverNodeMilliseconds: 60, planMilliseconds: 500 };

const bare = "node -e 0";

type Subjects = Readonly<Record<string, readonly string[]>>;

/** Command lines by name; `status` has the run to tell of in this folder. */
function subjectsWith(stateDir: string): Subjects {
  const commands = {
    "--help": ["--help"],
    status: ["status", "--state-dir", stateDir],
    "plan --emulator small": ["plan", "--emulator", "small"],
  };
  const of = (main: string, where: string): Subjects =>
    Object.fromEntries(Object.entries(commands).map(([name, argv]) => [`${name} (${where})`, [main, ...argv]]));
  return { [bare]: ["-e", "0"], ...of(built, "built"), ...of(source, "source") };
}

/** Milliseconds of every round, by name. Taken in turn, so that a machine that slows down slows them all. */
function timesOf(subjects: Subjects): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, argv] of Object.entries(subjects)) {
      const start = performance.now();
      node(name, argv);
      // The first round fills the compile cache and is not counted.
      if (round > 0) times.get(name)?.push(performance.now() - start);
    }
  return times;
}

function measure(): SectionResult {
  ensureBuilt();
  const stateDir = mkdtempSync(join(tmpdir(), "vault-teardown-bench-"));
  try {
    const rehearsal = ["--emulator", "small", "--speed", "1000000", "--confirm", "rsv-backup-weu"];
    node("a rehearsal", [built, "apply", ...rehearsal, "--state-dir", stateDir]);
    return judged(timesOf(subjectsWith(stateDir)));
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

function judged(times: ReadonlyMap<string, readonly number[]>): SectionResult {
  const of = (name: string, share: number): number => quantile(times.get(name) ?? [], share);
  const over = (name: string): number => of(name, 0.5) - of(bare, 0.5);
  const figures = {
    bareNodeMs: of(bare, 0.5),
    helpOverNodeMs: over("--help (built)"),
    statusMs: of("status (built)", 0.5),
    planMs: of("plan --emulator small (built)", 0.5),
  };
  const { helpOverNodeMilliseconds: help, planMilliseconds: plan } = limits;
  const missed = [
    ...(figures.helpOverNodeMs <= help
      ? []
      : [`--help: ${figures.helpOverNodeMs.toFixed(0)} ms over bare node, bar ≤ ${help} ms`]),
    ...(figures.planMs < plan ? [] : [`plan --emulator small: ${figures.planMs.toFixed(0)} ms, bar < ${plan} ms`]),
  ];
  const rows = [...times.keys()].map((name) => [
    name,
    ...[of(name, 0.5), over(name), of(name, 0)].map((value) => value.toFixed(1)),
  ]);
  const lines = [
    ...table(["milliseconds", "median", "over bare node", "fastest"], rows),
    `${rounds} rounds, node ${process.version}`,
  ];
  return { lines, figures, missed };
}

export const startupSection: Section = {
  name: "startup",
  title: "Start-up: the built package, and from source, against bare node",
  run: async () => measure(),
};

if (import.meta.main) await runAlone(startupSection);
