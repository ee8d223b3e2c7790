// `show`: a saved plan in any format, from the file alone; its id is the one that --confirm takes.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planFormats } from "../../src/reporting/formats.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, servedWorld } from "./command-line.ts";

async function saved(...options: readonly string[]): Promise<{ readonly cwd: string; readonly printed: string }> {
  const cwd = temporaryFolder();
  const { stdout } = await commandLineHere(["plan", ...options, "--out", "plan.json"], { cwd });
  return { cwd, printed: stdout };
}

describe("show", () => {
  it("prints a saved plan as plan printed it, and how it is carried out", async () => {
    const { cwd, printed } = await saved("--emulator", "small");
    const shown = await commandLineHere(["show", "plan.json"], { cwd });
    expect(shown).toMatchObject({ code: 0, stdout: printed });
    const { id } = JSON.parse(readFileSync(join(cwd, "plan.json"), "utf8")) as { readonly id: string };
    expect(shown.stderr).toBe(`carry it out with: vault-teardown apply plan.json --confirm ${id}\n`);
  });

  it.each(planFormats)("prints the id that --confirm takes, as %s", async (format) => {
    const { cwd } = await saved("--emulator", "kitchen-sink");
    const { id } = JSON.parse(readFileSync(join(cwd, "plan.json"), "utf8")) as { readonly id: string };
    const { code, stdout } = await commandLineHere(["show", "plan.json", "--format", format], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(id);
  });

  it("prints the file itself as json", async () => {
    const { cwd } = await saved("--emulator", "kitchen-sink");
    const { stdout } = await commandLineHere(["show", "plan.json", "--format", "json"], { cwd });
    expect(stdout).toBe(readFileSync(join(cwd, "plan.json"), "utf8"));
  });

  it("refuses a plan that was changed after it was saved", async () => {
    const { cwd } = await saved("--emulator", "small");
    const path = join(cwd, "plan.json");
    writeFileSync(path, readFileSync(path, "utf8").replace("vm-web-01", "vm-web-99"));
    const { code, stdout } = await commandLineHere(["show", "plan.json"], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });
});

describe("the id that a reviewer reads", () => {
  it("confirms exactly that plan: what is reviewed is what is applied", async () => {
    const { url } = await servedWorld("always-on", 3000);
    const { cwd } = await saved("--endpoint", url);
    const reviewed = await commandLineHere(["show", "plan.json", "--format", "markdown"], { cwd });
    const id = /--confirm ([0-9a-f]{32})/.exec(reviewed.stdout)?.[1];
    const applied = await commandLineHere(["apply", "plan.json", "--endpoint", url, "--confirm", `${id}`], { cwd });
    expect(applied.code, applied.stderr).toBe(0);
  });
});
