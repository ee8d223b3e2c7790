// Lets a call to the file system end as a test says: what a disk or a network share refuses, no test can make happen otherwise.

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { onTestFinished } from "vitest";

type Calls = "closeSync" | "fsyncSync" | "linkSync" | "openSync" | "readSync";

/** Puts another function in the place of one of node:fs until the test has ended; it is given the real one. */
export function insteadOf<N extends Calls>(name: N, make: (real: (typeof fs)[N]) => (typeof fs)[N]): void {
  const real = fs[name];
  const put = (call: (typeof fs)[N]): void => {
    fs[name] = call;
    syncBuiltinESMExports();
  };
  put(make(real));
  onTestFinished(() => put(real));
}

/** An error as the system throws it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: refused by the test`), { code });
}
