// Loaded before a command: tells, when it ends, what it has used since the first answer it got. It must not change the command.

import diagnostics from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";

/** Seconds of CPU since the first answer, and the peak memory of the whole process. */
export type Usage = { readonly cpuSeconds: number; readonly peakMegabytes: number };

/** Names the file that the usage is written to. */
export const usageFile = "BENCH_USAGE_FILE";

const path = process.env[usageFile];
if (path !== undefined) {
  let atFirst: NodeJS.CpuUsage | undefined;
  diagnostics.subscribe("http.client.response.finish", () => void (atFirst ??= process.cpuUsage()));
  process.on("exit", () => {
    const { user, system } = process.cpuUsage(atFirst);
    const usage: Usage = { cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1_024 };
    writeFileSync(path, JSON.stringify(usage));
  });
}
