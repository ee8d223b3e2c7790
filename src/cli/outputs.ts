// What becomes of the process when nobody takes its output any more. It must print nothing else.

import { planHasSteps } from "./exit-codes.ts";

/**
 * A reader that has seen enough (`| head`) closes its pipe, the disk behind a redirection is full: what is being torn down
 * goes on, unseen. A result that could not be written ends no process as a success.
 */
export function outliveOutputs(): void {
  let isTold = false;
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || isTold) return;
    isTold = true;
    process.stderr.write(
      `vault-teardown: cannot write the output (${code ?? "unknown"}): free the disk or send it elsewhere, then run the same command again\n`,
    );
    process.once("exit", (exitCode) => {
      if (exitCode === 0 || exitCode === planHasSteps) process.exitCode = 1;
    });
  });
}
