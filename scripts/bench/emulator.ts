// Measures the emulator with ten thousand items: its full lists, every item deleted and polled, and the memory it takes.
// It serves from a process of its own and asks over a loopback port, as a client would.

import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout } from "node:timers/promises";
import { emulatorCommand } from "../../src/cli/emulator-command.ts";
import { runAlone } from "./run-alone.ts";
import type { Section, SectionResult } from "./section.ts";
import { servedWorld } from "./served-world.ts";

const size = Number(process.env["BENCH_ITEMS"] ?? 10_000);
const limits = { listSeconds: 1, megabytes: 300 };
/** The longest deletion takes 8 ms at this speed, and a day 22 s. */
const speed = 4_000;
const pollMilliseconds = 10;
const inFlight = 16;
const self = fileURLToPath(import.meta.url);

type Usage = { readonly cpuSeconds: number; readonly peakMegabytes: number };
type Listed = { readonly id: string };

/** The child is the command itself; it says its usage whenever it is asked. */
async function serve(): Promise<void> {
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    const usage: Usage = { cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1_024 };
    process.send?.(usage);
  });
  process.exitCode = await emulatorCommand({ world: `large:${size}`, port: 0, speed });
  process.disconnect();
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send("usage");
  const [usage] = (await once(child, "message")) as [Usage];
  return usage;
}

async function listAll(vault: string, list: string, filter = ""): Promise<readonly Listed[]> {
  const all: Listed[] = [];
  const query = `api-version=2025-08-01${filter === "" ? "" : `&$filter=${encodeURIComponent(filter)}`}`;
  for (let next: string | undefined = `${vault}/${list}?${query}`; next !== undefined;) {
    const answer = await fetch(next);
    if (answer.status !== 200) throw new Error(`${list} answered ${answer.status}`);
    const page = (await answer.json()) as { readonly value: readonly Listed[]; readonly nextLink?: string };
    all.push(...page.value);
    next = page.nextLink === undefined ? undefined : here(vault, page.nextLink);
  }
  return all;
}

function here(vault: string, link: string): string {
  const { pathname, search } = new URL(link);
  return `${new URL(vault).origin}${pathname}${search}`;
}

/** Deletes an item and polls it to its end; one whose container is busy is tried again. */
async function remove(vault: string, { id }: Listed): Promise<number> {
  for (let requests = 1; ; requests += 1) {
    const answer = await fetch(here(vault, `https://management.azure.com${id}?api-version=2025-08-01`), {
      method: "DELETE",
    });
    await answer.text();
    // purged in the meantime, or another item of its container is at work
    if (answer.status === 204) return requests;
    if (answer.status === 409) {
      await setTimeout(pollMilliseconds);
      continue;
    }
    if (answer.status !== 202) throw new Error(`DELETE ${id} answered ${answer.status}`);
    return requests + (await pollToEnd(here(vault, answer.headers.get("azure-asyncoperation") ?? "")));
  }
}

async function pollToEnd(url: string): Promise<number> {
  for (let polls = 1; ; polls += 1) {
    await setTimeout(pollMilliseconds);
    const { status } = (await (await fetch(url)).json()) as { readonly status: string };
    if (status === "Succeeded") return polls;
    if (status !== "InProgress") throw new Error(`an operation ended as ${status}`);
  }
}

async function inTurns(items: readonly Listed[], work: (item: Listed) => Promise<number>): Promise<number> {
  const left = items.values();
  const worker = async (): Promise<number> => {
    let requests = 0;
    for (const item of left) requests += await work(item);
    return requests;
  };
  const counts = await Promise.all(Array.from({ length: inFlight }, worker));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function measure(child: ChildProcess): Promise<SectionResult> {
  const { url, vaults } = await servedWorld(child);
  const vault = `${url}${vaults[0] ?? ""}`;
  const kinds = ["AzureIaasVM", "AzureWorkload", "AzureStorage"].map((kind) => `backupManagementType eq '${kind}'`);
  const loaded = await usageOf(child);
  const items = await listAll(vault, "backupProtectedItems");
  let containers = 0;
  for (const kind of kinds) containers += (await listAll(vault, "backupProtectionContainers", kind)).length;
  const listed = await usageOf(child);
  const requests = await inTurns(items, (item) => remove(vault, item));
  const removed = await usageOf(child);
  const figures = {
    items: items.length,
    containers,
    listCpuSeconds: listed.cpuSeconds - loaded.cpuSeconds,
    deletionRequests: requests,
    deletionCpuSeconds: removed.cpuSeconds - listed.cpuSeconds,
    peakMegabytes: removed.peakMegabytes,
  };
  return {
    lines: [
      `loaded: ${loaded.cpuSeconds.toFixed(2)} s CPU, peak ${loaded.peakMegabytes.toFixed(0)} MB`,
      `${items.length} items and ${containers} containers listed: ${figures.listCpuSeconds.toFixed(2)} s CPU`,
      `${items.length} items deleted and polled: ${figures.deletionCpuSeconds.toFixed(2)} s CPU for ${requests} requests`,
      `peak memory: ${figures.peakMegabytes.toFixed(0)} MB`,
    ],
    figures,
    missed: [
      ...(figures.listCpuSeconds <= limits.listSeconds ? [] : [`lists: more than ${limits.listSeconds} s CPU`]),
      ...(figures.peakMegabytes <= limits.megabytes ? [] : [`emulator: more than ${limits.megabytes} MB`]),
    ],
  };
}

export const emulatorSection: Section = {
  name: "emulator",
  title: "The emulator: ten thousand items listed and deleted over a port",
  run: async () => {
    const child = fork(self, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
    const ended = once(child, "exit");
    try {
      return await measure(child);
    } finally {
      child.kill("SIGTERM");
      await ended;
    }
  },
};

if (import.meta.main) await (process.send === undefined ? runAlone(emulatorSection) : serve());
