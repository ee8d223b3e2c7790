// Output that nobody takes any more: a reader that has gone ends no run, and is no failure.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readJournal } from "../../src/journal/journal-file.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine } from "./command-line.ts";

it.skipIf(process.platform === "win32")(
  "a reader that has seen enough stops no run (there are pipes elsewhere)",
  async () => {
    const cwd = temporaryFolder();
    const apply = [
      "apply",
      "--emulator",
      "small",
      "--confirm",
      "rsv-backup-weu",
      "--speed",
      "100000",
      "--format",
      "ndjson",
    ];
    const { code, stdout, stderr } = await commandLine(apply, {
      cwd,
      shell: '"$@" | head -1; exit "${PIPESTATUS[0]}"',
    });
    expect([code, stdout.split("\n").length], stderr).toEqual([0, 2]);
    expect(stderr).not.toContain("vault-teardown: ");
    const names = readdirSync(cwd, { recursive: true, encoding: "utf8" });
    const journal = names.find((name) => name.endsWith("journal.ndjson"))!;
    expect(readJournal(join(cwd, journal)).last).toMatchObject({ type: "run-ended", exitCode: 0 });
  },
);
