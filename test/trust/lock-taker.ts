// A process that takes the lock of a folder when it is told to, says how that went, and holds it until its input ends.

import { takeLock } from "../../src/journal/vault-lock.ts";

const [folder = "", name = ""] = process.argv.slice(2);
process.stdin.once("data", () => {
  try {
    takeLock(folder, name, new Date());
    process.stdout.write("held\n");
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.stdin.destroy();
  }
});
process.stdout.write("ready\n");
