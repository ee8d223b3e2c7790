// Locks that a killed run took and nobody has put back: said before anything else happens, whatever is asked for next.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { type ServedWorld, commandLine, commandLineHere, servedWorld } from "./command-line.ts";

const name = "rsv-locked-frc";
const owed =
  /^run \S+ has not put back restore-lock-\d+ frozen: az lock create --name 'frozen' --lock-type 'ReadOnly' /m;

type Killed = { readonly served: ServedWorld; readonly cwd: string; readonly apply: readonly string[] };

/** A run that was killed when it had removed its locks and begun to delete. */
async function killedRun(): Promise<Killed> {
  const served = await servedWorld("locked", 600);
  const cwd = temporaryFolder();
  const apply = ["apply", "--endpoint", served.url, "--state-dir", "state"];
  const killed = await commandLine([...apply, "--allow", "remove-locks", "--confirm", name], {
    cwd,
    onLine: (line, child) => void (/^delete-item .*: accepted/.test(line) && child.kill("SIGKILL")),
  });
  expect(killed.signal, killed.stderr).toBe("SIGKILL");
  return { served, cwd, apply };
}

/** Spoils the stored plan, as a later version with other rules would find it. */
function spoilPlan(cwd: string): void {
  const plans = readdirSync(join(cwd, "state"), { recursive: true, encoding: "utf8" });
  const path = join(cwd, "state", plans.find((entry) => entry.endsWith("plan.json")) ?? "");
  writeFileSync(path, readFileSync(path, "utf8").replace('"strategy": "soft"', '"strategy": "purge"'));
}

describe("locks that a killed run has not put back", () => {
  it("are named where the run is not confirmed, and where other options are given", async () => {
    const { cwd, apply } = await killedRun();
    const unconfirmed = await commandLineHere(apply, { cwd });
    expect(unconfirmed.code).toBe(1);
    expect(unconfirmed.stderr).toMatch(owed);
    const otherwise = await commandLineHere([...apply, "--strategy", "purge", "--confirm", name], { cwd });
    expect(otherwise.code).toBe(1);
    expect(otherwise.stderr).toMatch(owed);
  });

  it("are named where another saved plan is applied in the run's place", async () => {
    const { served, cwd, apply } = await killedRun();
    const planned = await commandLineHere(["plan", "--endpoint", served.url, "--out", "new.json"], { cwd });
    expect(planned.code, planned.stderr).not.toBe(1);
    const { stderr } = await commandLineHere([...apply, "--plan", "new.json"], { cwd });
    expect(stderr).toMatch(owed);
  });

  it("are in the status of the run, in every format", async () => {
    const { cwd } = await killedRun();
    for (const format of ["text", "json", "ndjson"]) {
      const { stdout, stderr } = await commandLineHere(["status", "--state-dir", "state", "--format", format], { cwd });
      expect(`${stdout}${stderr}`, format).toContain("az lock create --name 'frozen'");
    }
  });

  it("are not known of a run that cannot be read: a fresh start says so, and where to look", async () => {
    const { cwd, apply } = await killedRun();
    spoilPlan(cwd);
    const { stderr } = await commandLineHere([...apply, "--fresh", "--allow", "remove-locks"], { cwd });
    expect(stderr).toMatch(
      /^run \S+ cannot be read \(.*\): whether it has put back the locks it removed is not known/m,
    );
    expect(stderr).toContain(join("state", "rsv-locked-frc-"));
  });
});
