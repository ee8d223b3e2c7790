// Measures what planning a vault of ten thousand items costs the tool's own process: the emulator serves from another one.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { built, ensureBuilt } from "./package-under-test.ts";
import { quantile } from "../quantile.ts";
import { runAlone } from "./run-alone.ts";
import { servedWorld } from "./served-world.ts";
import { table, type Section, type SectionResult } from "./section.ts";
import { usageFile, type Usage } from "./usage-of-answers.ts";

const items = 10_000;
const rounds = 5;
const limits = { cpuSeconds: 1.5, megabytes: 250 };
const recorder = fileURLToPath(new URL("usage-of-answers.ts", import.meta.url));

/** How a plan is printed, by what people call it. */
function forms(folder: string): Readonly<Record<string, readonly string[]>> {
  return {
    "--format text": ["--format", "text"],
    "--format json": ["--format", "json"],
    "--out plan.json": ["--out", join(folder, "plan.json")],
  };
}

async function measure(): Promise<SectionResult> {
  ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), "vault-teardown-bench-"));
  const emulator = spawn(process.execPath, [built, "emulator", "--world", `large:${items}`, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(emulator, "exit");
  try {
    const { url } = await servedWorld(emulator);
    const usages = new Map<string, Usage[]>();
    for (let round = 0; round < rounds; round += 1)
      for (const [name, form] of Object.entries(forms(folder)))
        usages.set(name, [...(usages.get(name) ?? []), await usageOf(["--endpoint", url, ...form], folder)]);
    return judged(usages);
  } finally {
    emulator.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function usageOf(argv: readonly string[], folder: string): Promise<Usage> {
  const file = join(folder, "usage.json");
  const child = spawn(process.execPath, ["--import", recorder, built, "plan", ...argv], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, [usageFile]: file },
  });
  child.stdout.resume();
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`plan ${argv.join(" ")} ended with ${code}`);
  return JSON.parse(readFileSync(file, "utf8")) as Usage;
}

function judged(usages: ReadonlyMap<string, readonly Usage[]>): SectionResult {
  const figures = [...usages].map(([form, all]) => ({
    form,
    cpuSeconds: quantile(
      all.map(({ cpuSeconds }) => cpuSeconds),
      0.5,
    ),
    peakMegabytes: quantile(
      all.map(({ peakMegabytes }) => peakMegabytes),
      0.5,
    ),
  }));
  const rows = figures.map((one) => [one.form, one.cpuSeconds.toFixed(2), one.peakMegabytes.toFixed(0)]);
  return {
    lines: [
      ...table(["plan of 10,000 items", "CPU s", "peak MB"], rows),
      `medians of ${rounds} rounds: CPU from the first answer to the end, memory of the whole process`,
    ],
    figures,
    missed: figures.flatMap(({ form, cpuSeconds, peakMegabytes }) => [
      ...(cpuSeconds < limits.cpuSeconds ? [] : [`plan ${form}: ${cpuSeconds} s CPU, bar < ${limits.cpuSeconds} s`]),
      ...(peakMegabytes < limits.megabytes ? [] : [`plan ${form}: ${peakMegabytes} MB, bar < ${limits.megabytes} MB`]),
    ]),
  };
}

export const planSection: Section = {
  name: "plan",
  title: "Planning: ten thousand items, in the tool's own process",
  run: measure,
};

if (import.meta.main) await runAlone(planSection);
