// Stand-ins on the PATH for what the README's commands call: the tool of this checkout, always sent to an emulator.

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { main, type Ended } from "../cli/command-line.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Commands that ask no Azure, and options that name one already. */
const noEndpoint = "show|explain|completion|emulator|demo|--help|--version";

/** A folder with `vault-teardown` and `npx`, which reach the emulator at this URL. */
export function toolsFor(url: string): string {
  const folder = join(temporaryFolder(), "bin");
  mkdirSync(folder);
  const tool = `case " $* " in *" --endpoint "*|*" --emulator "*|*" --help "*) exec "${process.execPath}" "${main}" "$@";; esac
case "$1" in ${noEndpoint}) exec "${process.execPath}" "${main}" "$@";; esac
exec "${process.execPath}" "${main}" "$@" --endpoint "${url}"
`;
  place(folder, "vault-teardown", tool);
  // npx [--yes] azure-vault-teardown[@version] <command> …
  place(
    folder,
    "npx",
    `[ "$1" = --yes ] && shift\ncase "$1" in azure-vault-teardown*) shift;; *) exit 127;; esac\n${tool}`,
  );
  place(folder, "node", `exec "${process.execPath}" "$@"\n`);
  return folder;
}

function place(folder: string, name: string, script: string): void {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}`);
  chmodSync(path, 0o755);
}

/** The words of a command of the tool; undefined where a shell would make something else of them. */
export function plainWords(command: string): readonly string[] | undefined {
  const words = command.trim().split(/ +/);
  const [first] = words;
  if (first !== "vault-teardown" && first !== "npx") return undefined;
  if (/[$`"'&|;<>*?()]/.test(command)) return undefined;
  return words.slice(first === "npx" ? 2 : 1);
}

/** The same words, sent to the emulator at this URL as the stand-ins send them. */
export function withEndpoint(words: readonly string[], url: string): readonly string[] {
  const isElsewhere = ["--endpoint", "--emulator", "--help"].some((option) => words.includes(option));
  return isElsewhere || noEndpoint.split("|").includes(words[0] ?? "") ? words : [...words, "--endpoint", url];
}

type Around = { readonly cwd: string; readonly tools: string; readonly env?: NodeJS.ProcessEnv };

/** Runs a script as a build server does: it stops at the first command that fails. No setting of Azure is handed on. */
export function runScript(script: string, around: Around): Promise<Ended> {
  const child = started(script, around);
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...output }));
  });
}

/** Starts a command that ends in `&`, until the test has ended. Resolves once it has said something. */
export function serving(command: string, around: Around): Promise<unknown> {
  const child = started(`exec ${command.replace(/ *&$/, "")}`, around);
  onTestFinished(() => void child.kill("SIGTERM"));
  return Promise.race([once(child.stdout, "data"), once(child, "close")]);
}

function started(script: string, { cwd, tools, env = {} }: Around): ChildProcessByStdio<null, Readable, Readable> {
  return spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd,
    env: {
      HOME: cwd,
      PATH: [tools, dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}
