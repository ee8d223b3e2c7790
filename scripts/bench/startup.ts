// Measures what the command line costs before it does anything: built and from source, against a bare `node -e 0`.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { quantile } from "./quantile.ts";
import { runAlone, type Section, type SectionResult } from "./section.ts";

const rounds = 15;
const limits = { helpOverNodeMilliseconds: 60, planMilliseconds: 500 };

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const built = at("dist/cli/main.js");
const source = at("src/cli/main.ts");

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

function node(name: string, argv: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, argv, { stdio: ["ignore", "ignore", "pipe"], cwd: tmpdir() });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${String(stderr)}`);
}

/** Median milliseconds by name. Taken in turn, so that a machine that slows down slows them all. */
function medians(subjects: Subjects): ReadonlyMap<string, number> {
  const times = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, argv] of Object.entries(subjects)) {
      const start = performance.now();
      node(name, argv);
      // The first round fills the compile cache and is not counted.
      if (round > 0) times.get(name)?.push(performance.now() - start);
    }
  return new Map([...times].map(([name, values]) => [name, quantile(values, 0.5)]));
}

function newestChange(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(...entries.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

/** Builds the package, unless what is built is newer than every source file. */
function ensureBuilt(): void {
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (builtAt < newestChange(at("src"))) node("the build", [at("scripts/build.ts")]);
}

function measure(): SectionResult {
  ensureBuilt();
  const stateDir = mkdtempSync(join(tmpdir(), "vault-teardown-bench-"));
  try {
    const rehearsal = ["--emulator", "small", "--speed", "1000000", "--confirm", "rsv-backup-weu"];
    node("a rehearsal", [built, "apply", ...rehearsal, "--state-dir", stateDir]);
    return judged(medians(subjectsWith(stateDir)));
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

function judged(times: ReadonlyMap<string, number>): SectionResult {
  const of = (name: string): number => times.get(name) ?? Number.NaN;
  const over = (name: string): number => of(name) - of(bare);
  const figures = {
    bareNodeMs: of(bare),
    helpOverNodeMs: over("--help (built)"),
    statusMs: of("status (built)"),
    planMs: of("plan --emulator small (built)"),
  };
  const { helpOverNodeMilliseconds, planMilliseconds } = limits;
  const missed = [
    ...(figures.helpOverNodeMs <= helpOverNodeMilliseconds
      ? []
      : [`--help ≤ ${helpOverNodeMilliseconds} ms over node`]),
    ...(figures.planMs < planMilliseconds ? [] : [`plan --emulator small < ${planMilliseconds} ms`]),
  ];
  const lines = [...times.keys()].map(
    (name) => `${name.padEnd(31)} ${of(name).toFixed(1).padStart(7)} ms, ${over(name).toFixed(1)} ms over bare node`,
  );
  return { lines: [...lines, `medians of ${rounds} rounds, node ${process.version}`], figures, missed };
}

export const startup: Section = { title: "start-up", run: async () => measure() };

if (import.meta.main) await runAlone(startup);
