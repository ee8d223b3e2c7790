// Measures a case in a process of its own, so that its memory and CPU are its own. Run by itself, it is that process.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { measureCase, type Case, type CaseResult } from "./case.ts";

const self = fileURLToPath(import.meta.url);

/** Rejects when the process ends without a result; what it wrote to its error output is shown. */
export async function measureApart(given: Case): Promise<CaseResult> {
  const child = fork(self, [JSON.stringify(given)], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const results: CaseResult[] = [];
  child.on("message", (message) => results.push(message as CaseResult));
  const [code] = (await once(child, "exit")) as [number | null];
  const [result] = results;
  if (result === undefined) throw new Error(`${given.scenario} with ${given.items} items ended with ${code}`);
  return result;
}

const [, started, given] = process.argv;
if (process.send !== undefined && started === self && given !== undefined) {
  process.send(await measureCase(JSON.parse(given) as Case));
  process.disconnect();
}
