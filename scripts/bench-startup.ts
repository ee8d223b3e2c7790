// Measures what the command line costs before it does anything: `--help` of the built package against a bare `node -e 0`.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const rounds = 21;
const limitMilliseconds = 60;
const built = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const source = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

if (!existsSync(built)) {
  process.stderr.write("dist is not built: run npm run build first\n");
  process.exit(1);
}

const subjects = {
  "node -e 0": ["-e", "0"],
  "vault-teardown --help (built)": [built, "--help"],
  "vault-teardown --help (source)": [source, "--help"],
};

/** Taken in turn, so that a machine that slows down slows them all. */
function measure(): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const [name, parameters] of Object.entries(subjects)) {
      const start = performance.now();
      const { status } = spawnSync(process.execPath, parameters, { stdio: "ignore" });
      if (status !== 0) throw new Error(`${name} ended with ${status}`);
      // The first round fills the compile cache and is not counted.
      if (round > 0) times.get(name)?.push(performance.now() - start);
    }
  return times;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const times = measure();
const bare = median(times.get("node -e 0") ?? []);
for (const [name, values] of times) {
  const middle = median(values);
  process.stdout.write(
    `${name.padEnd(32)} median ${middle.toFixed(1)} ms, ${(middle - bare).toFixed(1)} ms over bare node\n`,
  );
}
const over = median(times.get("vault-teardown --help (built)") ?? []) - bare;
process.stdout.write(
  `limit ${limitMilliseconds} ms: ${over <= limitMilliseconds ? "kept" : "exceeded"} (${rounds} rounds, node ${process.version})\n`,
);
process.exitCode = over <= limitMilliseconds ? 0 : 1;
