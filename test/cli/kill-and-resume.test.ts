// A process killed half-way leaves a journal from which the same command goes on, without writing again what was verified.

import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../src/model/event.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine, servedWorld, writesOf } from "./command-line.ts";

describe("apply killed with SIGKILL", () => {
  it("ends with the vault gone when it is run again, and repeats no write of a verified step", async () => {
    const { url, requests, world } = await servedWorld("small", 600);
    const cwd = temporaryFolder();
    const apply = ["apply", "--endpoint", url, "--confirm", "rsv-backup-weu"];
    const killed = await commandLine(apply, {
      cwd,
      onLine: (line, child) => {
        if (line.startsWith("unregister-container stfilesweu01: accepted")) child.kill("SIGKILL");
      },
    });
    expect(killed.signal).toBe("SIGKILL");
    const status = await commandLine(["status", "--format", "ndjson"], { cwd });
    const events = status.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as RecordedEvent);
    const verified = events.filter((event) => event.type === "step-verified");
    expect(verified.length).toBeGreaterThan(0);
    const before = writesOf(requests());

    const again = await commandLine(apply, { cwd });
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).toContain("continuing run");
    expect(world().vaults).toEqual([]);
    const after = writesOf(requests()).slice(before.length);
    const document = await commandLine(["status", "--format", "json"], { cwd });
    const { steps } = JSON.parse(document.stdout) as {
      steps: readonly { id: string; target: string; state: string }[];
    };
    for (const { step } of verified) {
      const target = steps.find((candidate) => candidate.id === step)!.target.toLowerCase();
      expect(after.filter((write) => write.endsWith(` ${target}`))).toEqual([]);
    }
    expect(steps.every((step) => step.state === "verified")).toBe(true);
  });

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
