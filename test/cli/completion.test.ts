// Completion: what shells offer when the script is sourced, and how little is loaded for it.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandShapes } from "../../src/cli/command-shapes.ts";
import { completionScripts } from "../../src/cli/shell-completion.ts";
import { completionsFor } from "../../src/cli/completions.ts";
import { shippedWorlds } from "../../src/emulator/worlds.ts";
import { consents } from "../../src/model/step.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine, commandLineHere, main } from "./command-line.ts";

/** What `complete` of bash offers for these words, the last of them as far as it is typed. */
function offeredByBash(words: readonly string[], cwd: string = temporaryFolder()): readonly string[] {
  const script = `
    vault-teardown() { "$NODE" "$MAIN" "$@"; }
    eval "$(vault-teardown completion bash)"
    function=$(complete -p vault-teardown | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
    COMP_WORDS=(vault-teardown "$@"); COMP_CWORD=$#
    "$function" vault-teardown "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}"
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const ran = spawnSync("bash", ["--norc", "--noprofile", "-c", script, "bash", ...words], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], NODE: process.execPath, MAIN: main },
  });
  expect(ran.status, ran.stderr).toBe(0);
  return ran.stdout.split("\n").filter((line) => line !== "");
}

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ["--version"]).status === 0;
}

const names = commandShapes().map(({ name }) => name);

describe("bash offers", () => {
  it("every command where none is named yet, and those that begin so", () => {
    expect(offeredByBash([""])).toEqual(names);
    expect(offeredByBash(["de"])).toEqual(["deleted", "demo"]);
  });

  it("the options of the command, without those that are given", () => {
    const offered = offeredByBash(["plan", "-g", "rg", "--vault", "v", "--"]);
    expect(offered).toEqual(
      expect.arrayContaining(["--strategy", "--allow", "--show-commands", "--no-color", "--help"]),
    );
    expect(offered).not.toContain("--vault");
    expect(offered).not.toContain("--resource-group");
    expect(offered).not.toContain("--confirm");
  });

  it.each([
    [
      ["plan", "--strategy", ""],
      ["soft", "purge"],
    ],
    [["plan", "--strategy", "=", "p"], ["purge"]],
    [
      ["plan", "--strategy", "="],
      ["soft", "purge"],
    ],
    [["deleted", "--kind", "b"], ["backup"]],
    [
      ["plan", "--cloud", ""],
      ["public", "usgov", "china"],
    ],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["plan", "--vault", ""], []],
    [["plan", "--allow", ""], [...consents]],
    [["plan", "--allow", "remove-locks,dis"], ["remove-locks,disable-immutability"]],
  ])("for %j the values there are", (words, values) => {
    expect(offeredByBash(words)).toEqual(values);
  });

  it("worlds and world files, for each option that takes them", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "my world.json"), "");
    const all = [...shippedWorlds, "large:", "my world.json"];
    expect(offeredByBash(["plan", "--emulator", ""], folder)).toEqual(all);
    expect(offeredByBash(["emulator", ""], folder)).toEqual(all);
    expect(offeredByBash(["demo", "--world", "kit"], folder)).toEqual(["kitchen-sink"]);
  });

  it("files where a plan or an output is meant, and folders for the state", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "plan.json"), "");
    mkdirSync(join(folder, "runs"));
    expect(offeredByBash(["apply", "pl"], folder)).toEqual(["plan.json"]);
    expect(offeredByBash(["plan", "--out", ""], folder).toSorted()).toEqual(["plan.json", "runs"]);
    expect(offeredByBash(["status", "--state-dir", ""], folder)).toEqual(["runs"]);
    writeFileSync(join(folder, "my plan.json"), "");
    for (const typed of ["my", "my\\ p", '"my p', "'my p"])
      expect(offeredByBash(["apply", typed], folder), typed).toEqual(["my plan.json"]);
    // The plan stands there already: what follows are options.
    expect(offeredByBash(["apply", "plan.json", ""], folder)).toContain("--confirm");
  });
});

describe.each([
  ["zsh", ["-n"]],
  ["fish", ["--no-execute"]],
] as const)("the script for %s", (shell, check) => {
  it("is printed, and found by SHELL", async () => {
    const named = await commandLineHere(["completion", shell]);
    expect(named).toMatchObject({ code: 0, stderr: "", stdout: completionScripts[shell] });
    const found = await commandLine(["completion"], { env: { SHELL: `/usr/bin/${shell}` } });
    expect(found.stdout).toBe(named.stdout);
  });

  const title = isInstalled(shell) ? "can be read by it" : `can be read by it (not run: ${shell} is not installed)`;
  it.skipIf(!isInstalled(shell))(title, async () => {
    const file = join(temporaryFolder(), "script");
    writeFileSync(file, (await commandLineHere(["completion", shell])).stdout);
    const ran = spawnSync(shell, [...check, file], { encoding: "utf8" });
    expect(ran.status, ran.stderr).toBe(0);
  });
});

describe("completion", () => {
  it("keeps an option and its value in one word where the shell does", async () => {
    expect(await completionsFor(["plan"], "--strategy=p")).toEqual({
      candidates: [{ value: "--strategy=purge" }],
      paths: "none",
    });
  });

  it("has no script for a shell that is not known, and says which there are", async () => {
    const env = { SHELL: "/usr/bin/tcsh" };
    const { code, stdout, stderr } = await commandLine(["completion"], { env });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe("vault-teardown: there is no completion for tcsh: name one, completion bash|zsh|fish\n");
  });

  it("offers every value of every choice of every command", async () => {
    for (const { name, options } of commandShapes())
      for (const [option, { choices, array }] of Object.entries(options)) {
        if (choices === undefined) continue;
        const { candidates } = await completionsFor([name, `--${option}`], "");
        expect(
          candidates.map(({ value }) => value),
          `${name} --${option}`,
        ).toEqual(choices.map(String));
        expect(array).toBeUndefined();
      }
  });
});
