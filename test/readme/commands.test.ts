// Every command line of the README is run as it stands there, and ends with the exit code that it says: 0 where it says none.

import { describe, expect, it } from "vitest";
import { packageFile } from "../trust/packed.ts";
import { commandLineHere, servedWorld } from "../cli/command-line.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { blocks, readme } from "./readme.ts";
import { plainWords, runScript, serving, toolsFor, withEndpoint } from "./tools-on-path.ts";

type Line = { readonly command: string; readonly code: number };

/** Commands of a block: a backslash at the end goes on in the next line, what follows `#` is said about it. */
function linesOf(text: string): readonly Line[] {
  return text
    .replaceAll(/ *\\\n */g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [command = "", remark = ""] = line.split(/ +# /);
      return { command, code: Number(/exit (\d+)/.exec(remark)?.[1] ?? 0) };
    });
}

const isOfTheTool = ({ command }: Line): boolean => /^(npx azure-vault-teardown|vault-teardown) /.test(command);

/** The lines below one heading, in order: what one leaves is there for the next. */
const sections = [...Map.groupBy(blocks, ({ heading }) => heading)]
  .map(([heading, below]) => {
    const shell = below.filter(({ language }) => language === "sh");
    return { heading, lines: shell.flatMap(({ text }) => linesOf(text)) };
  })
  .filter(({ lines }) => lines.some(isOfTheTool));

/** In this process where nothing of a shell stands in it, at a tenth of the cost. */
function ranAsItStands(command: string, url: string, around: { readonly cwd: string; readonly tools: string }) {
  const words = plainWords(command);
  return words === undefined ? runScript(command, around) : commandLineHere(withEndpoint(words, url), around);
}

describe("the commands of the README", () => {
  it("are there", () => {
    expect(sections.flatMap(({ lines }) => lines).length).toBeGreaterThan(20);
  });

  it.each(sections.map((section) => [section.heading, section] as const))(
    "end as it says: %s",
    async (_heading, { lines }) => {
      const served = await servedWorld("small", 3000);
      const around = { cwd: temporaryFolder(), tools: toolsFor(served.url) };
      for (const { command, code } of lines) {
        if (command.endsWith("&")) await serving(command, around);
        else {
          const ended = await ranAsItStands(command, served.url, around);
          const stderr = ended.code === code ? "" : ended.stderr;
          expect({ command, code: ended.code, stderr }).toEqual({ command, code, stderr: "" });
        }
      }
    },
  );

  it("that are npm's are scripts of the package", () => {
    const own = new Set(Object.keys(packageFile.scripts));
    const builtIn = new Set(["ci", "cit", "install", "test", "pack", "start"]);
    const named = [...readme.matchAll(/`npm (?:run )?([a-z][a-z:]*)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => name !== "run" && !own.has(name) && !builtIn.has(name))).toEqual([]);
  });

  it("that stand in a sentence are written without a placeholder, or are tried here, too", async () => {
    const inline = [...readme.matchAll(/`((?:npx azure-)?vault-teardown [^`]+)`/g)].map(([, command = ""]) => command);
    const whole = inline.filter((command) => !/[<…$]/.test(command));
    const known = new Set(sections.flatMap(({ lines }) => lines.map(({ command }) => command)));
    const served = await servedWorld("small", 3000);
    const [cwd, tools] = [temporaryFolder(), toolsFor(served.url)];
    for (const command of new Set(whole.filter((one) => !known.has(one)))) {
      const ended = await ranAsItStands(command, served.url, { cwd, tools });
      expect([0, 3], `${command}: ${ended.stderr}`).toContain(ended.code);
    }
  });
});
