// A pipe with a name, to which nobody writes: whoever opens it the common way waits for ever. It must not test anything.

import { spawnSync } from "node:child_process";

/** Makes one at the path. Throws Error where the system has none. */
export function makePipe(path: string): void {
  const { status, stderr } = spawnSync("sh", ["-c", 'mkfifo "$1"', "sh", path], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}
