// Every scenario that conformance is judged by. It must not judge.
import type { Exchange } from "../exchange.ts";
import { apiVersions, tearDown } from "./tear-down.ts";

export async function runScenarios(): Promise<readonly Exchange[]> {
  const runs: (readonly Exchange[])[] = [];
  for (const apiVersion of apiVersions) {
    runs.push(await tearDown("kitchen-sink", apiVersion));
    runs.push(await tearDown("classic", apiVersion, true));
  }
  return runs.flat();
}
