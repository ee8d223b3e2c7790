// A process that is interrupted saves, and the same command goes on.

import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine, servedWorld } from "./command-line.ts";

describe("apply interrupted with SIGINT", () => {
  it("saves and ends 130 on the first interruption", async () => {
    const { url } = await servedWorld("small", 60);
    const cwd = temporaryFolder();
    const apply = ["apply", "--endpoint", url, "--confirm", "rsv-backup-weu"];
    const interrupted = await commandLine(apply, {
      cwd,
      onLine: (line, child) => {
        if (line.includes("vm-web-01: accepted")) child.kill("SIGINT");
      },
    });
    expect(interrupted.code, interrupted.stderr).toBe(130);
    expect(interrupted.stdout).toContain("the same command goes on where this run stopped");
    const again = await commandLine([...apply, "--max-duration", "1s"], { cwd });
    expect(again.code, again.stderr).toBe(4);
  });
});
