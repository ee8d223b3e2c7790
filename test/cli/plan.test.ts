// `plan` on the command line: documents for machines, text for people, exit codes for pipelines.

import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere } from "./command-line.ts";

describe("plan", () => {
  it("prints a document whose steps are in an order that can be executed as it stands", async () => {
    const { code, stdout } = await commandLineHere(["plan", "--emulator", "small", "--format", "json"]);
    const plan = JSON.parse(stdout) as Plan;
    expect(code).toBe(0);
    expect(plan.blockers).toEqual([]);
    const seen = new Set<string>();
    for (const step of plan.steps) {
      expect(step.after.filter((id) => !seen.has(id))).toEqual([]);
      seen.add(step.id);
    }
    expect(plan.steps.at(-1)?.action).toBe("prove-absence");
  });

  it("exits 2 when asked for detailed exit codes and the plan could be applied", async () => {
    expect((await commandLineHere(["plan", "--emulator", "small", "--detailed-exitcode"])).code).toBe(2);
  });

  it("exits 3 and names every blocker when a purge cannot be", async () => {
    const { code, stdout } = await commandLineHere(["plan", "--emulator", "always-on", "--strategy", "purge"]);
    expect(code).toBe(3);
    expect(stdout).toContain("soft-delete-always-on");
    expect(stdout).toContain("use --strategy soft");
  });

  it("exits 3 for a locked vault, with a date for each item that holds it", async () => {
    const { code, stdout } = await commandLineHere(["plan", "--emulator", "immutable-locked"]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/the last recovery point of \S+ expires on \d{4}-\d\d-\d\d/);
    expect(stdout.match(/immutability-locked-item: /g)).toHaveLength(2);
  });

  it("names the consent that is missing, and exits 3", async () => {
    const { code, stdout } = await commandLineHere(["plan", "--emulator", "kitchen-sink"]);
    expect(code).toBe(3);
    expect(stdout).toContain("--allow disable-immutability");
  });

  it("says for people what it would do", async () => {
    const { stdout } = await commandLineHere(["plan", "--emulator", "kitchen-sink"]);
    expect(stdout).toMatch(/^vault {5}\S+ in /);
    expect(stdout).toContain("IRREVERSIBLE");
    expect(stdout).toContain("settle-job");
  });

  it("saves a plan for its owner only, and says how to apply it", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "plan.json");
    const { code, stderr } = await commandLineHere(["plan", "--emulator", "small", "--out", file], { cwd: folder });
    expect(code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(stderr).toMatch(/apply it with: vault-teardown apply .*plan\.json --confirm [0-9a-f]{32}/);
  });

  it("says of a plan that is saved blocked that it is to be made again, not how to apply it", async () => {
    const out = join(temporaryFolder(), "plan.json");
    const { code, stderr } = await commandLineHere(["plan", "--emulator", "locked", "--out", out]);
    expect(code).toBe(3);
    expect(stderr).toContain(`saved to ${out}; it is blocked: settle what blocks it, then make it again`);
    expect(stderr).not.toContain("vault-teardown apply");
  });

  it.each([["plan"], ["apply", "--dry-run"]])(
    "counts the recovery points of each item where asked to: %s",
    async (...command) => {
      const argv = [...command, "--emulator", "kitchen-sink", "--format", "json"];
      const [shallow, deep] = [await commandLineHere(argv), await commandLineHere([...argv, "--deep"])];
      const points = ({ stdout }: { readonly stdout: string }) =>
        (JSON.parse(stdout) as Plan).inventory.flatMap((entry) =>
          entry.kind === "protected-item" && entry.loss?.fate !== "already-soft-deleted" ? [entry.recoveryPoints] : [],
        );
      expect(points(shallow).filter((point) => point !== undefined)).toEqual([]);
      expect(points(deep).filter((point) => point === undefined)).toEqual([]);
      const day = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
      expect(points(deep)).toContainEqual({ count: 2, oldest: day, newest: day });
    },
  );

  it("says before anything else what is lost for good, and until when the rest can be brought back", async () => {
    const { stdout } = await commandLineHere(["plan", "--emulator", "small"]);
    expect(stdout).toMatch(/\nlost for good \(1\)\n {2}projects AzureFileShare; newest recovery point \S+; .*\n/);
    expect(stdout).toMatch(/\ncan be brought back \(4\)\n {2}until about \S+ \(14 days free; .*\)\n {4}vm-web-01 VM; /);
    expect(stdout.indexOf("lost for good")).toBeLessThan(stdout.indexOf("what stands in the vault"));
  });

  it("is what apply --dry-run does", async () => {
    const { code, stdout } = await commandLineHere(["apply", "--emulator", "small", "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain("steps, in order");
  });
});
