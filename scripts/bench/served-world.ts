// What an emulator in another process says of itself before it serves. It must not start or end one.

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export type ServedWorld = { readonly url: string; readonly vaults: readonly string[] };

/** The first line of its output. Rejects when it has none that can be read. */
export async function servedWorld({ stdout }: ChildProcess): Promise<ServedWorld> {
  if (stdout === null) throw new Error("the emulator has no output to read its address from");
  const [line] = (await once(createInterface({ input: stdout }), "line")) as [string];
  return JSON.parse(line) as ServedWorld;
}
