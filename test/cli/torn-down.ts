// A vault that was torn down on a served world by the command line, and the command with which its summary says it returns.

import { execFileSync } from "node:child_process";
import { expect } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, servedWorld, type Ended, type ServedWorld } from "./command-line.ts";

export type TornDown = {
  readonly served: ServedWorld;
  readonly cwd: string;
  readonly run: string;
  readonly stdout: string;
  /** The words after `vault-teardown` in the printed command, as a shell reads them. */
  readonly command: readonly string[];
  /** One more command line, in the same folder. */
  readonly also: (...words: readonly string[]) => Promise<Ended>;
};

type Teardown = { readonly vault: string; readonly more?: readonly string[]; readonly code?: number };

/** Fast enough that nothing is waited for. */
export const speed = 2000;

/** Fails the test where the teardown ends otherwise than it should. */
export async function tornDown(world: string | World, { vault, more = [], code = 0 }: Teardown): Promise<TornDown> {
  const served = await servedWorld(world, speed);
  const cwd = temporaryFolder();
  const also: TornDown["also"] = (...words) => commandLineHere(words, { cwd });
  const to = ["--endpoint", served.url, "--state-dir", "kept runs", "--vault", vault];
  const ended = await also("apply", ...to, "--confirm", vault, ...more);
  expect(ended.code, ended.stdout + ended.stderr).toBe(code);
  const { stdout } = ended;
  const run = /^run +(\S+)$/m.exec(stdout)?.[1] ?? "";
  return { served, cwd, run, stdout, command: printedCommand(stdout), also };
}

/** Split by a shell, which also says whether the quoting holds. */
function printedCommand(stdout: string): readonly string[] {
  const command = /^recover +vault-teardown (.+)$/m.exec(stdout)?.[1];
  if (command === undefined) return [];
  const words = execFileSync("bash", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8" });
  return words.split("\0").slice(0, -1);
}

/** The protection state of everything in the vaults of the world, by name. */
export function protectionOf({ vaults, backupVaults = [] }: World): Readonly<Record<string, unknown>> {
  const items = vaults.flatMap(({ protectedItems }) => protectedItems);
  const instances = backupVaults.flatMap((vault) => [...vault.backupInstances, ...vault.deletedBackupInstances]);
  return Object.fromEntries([
    ...items.map(({ properties }): [unknown, unknown] => [
      properties["friendlyName"],
      properties["isScheduledForDeferredDelete"] === true ? "SoftDeleted" : properties["protectionState"],
    ]),
    ...instances.map(({ properties }) => [properties["friendlyName"], properties["currentProtectionState"]]),
  ]);
}
