// The help that main prints without loading the parser is the help the parser would print.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandShapes } from "../../src/cli/command-shapes.ts";
import { helpText } from "../../src/cli/run.ts";
import { commandLine } from "./command-line.ts";

const stored = readFileSync(new URL("../../src/cli/help.txt", import.meta.url), "utf8");

describe("--help", () => {
  it("prints the stored text, which is what the parser renders (npm run help:write renews it)", async () => {
    expect(stored).toBe(await helpText());
    expect(await commandLine(["--help"])).toMatchObject({ code: 0, stdout: stored, stderr: "" });
  });

  it("is rendered by the parser for a command, with its examples", async () => {
    const { code, stdout } = await commandLine(["apply", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("--confirm");
    expect(stdout).toContain("Examples:");
  });

  it("names every choice of an option once", async () => {
    for (const { name } of commandShapes()) {
      const { stdout } = await commandLine([name, "--help"]);
      for (const [, choices = ""] of stdout.matchAll(/\[choices: ([^\]]*)\]/g)) {
        const named = choices.split(/,\s+/);
        expect(named, name).toEqual([...new Set(named)]);
      }
    }
  });

  it("--version prints the package's version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    expect((await commandLine(["--version"])).stdout).toBe(`${version}\n`);
  });
});
