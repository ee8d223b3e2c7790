// What a program loads with the library: nothing that prints, asks a person, listens to signals or draws.

import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import * as library from "../../src/library/index.ts";

const source = fileURLToPath(new URL("../../src/", import.meta.url));

/** Every file that is loaded with this one, by its imports that stay at run time; and the packages, whenever they load. */
function reachedFrom(path: string, reached = new Set<string>()): ReadonlySet<string> {
  reached.add(relative(source, path));
  const text = readFileSync(path, "utf8").replaceAll(/(import|export) type \{[^}]*\} from "[^"]+";/g, "");
  for (const [, specifier = ""] of text.matchAll(/(?:from |import\()"([^"]+)"/g))
    if (!specifier.startsWith(".")) reached.add(specifier);
    else {
      const next = resolve(dirname(path), specifier);
      if (specifier.endsWith(".ts") && !reached.has(relative(source, next))) reachedFrom(next, reached);
    }
  return reached;
}

const reached = [...reachedFrom(resolve(source, "library/index.ts"))];

it("gives two functions and nothing else", () => {
  expect(Object.keys(library)).toEqual(["planTeardown", "runPlan"]);
});

it("reaches the engine, and no file of a command", () => {
  expect(reached).toContain("execution/run.ts");
  expect(reached).toContain("cli/carry-out.ts");
  const ofCommands =
    /^cli\/(.*-command|streams|answers|confirm|stop-signal|at-the-console|outputs|run|main|commands|young-space)\.ts$/;
  // Which make-plan.ts needs for the commands, and calls for them alone.
  expect(reached.filter((path) => ofCommands.test(path))).toEqual(["cli/young-space.ts"]);
  expect(reached.filter((path) => /^(yargs|ora)$/.test(path))).toEqual([]);
});

it("reaches no file that writes to a stream of the process, or sets how it ends", () => {
  const telling = reached
    .filter((path) => path.endsWith(".ts"))
    .filter((path) => {
      const code = readFileSync(resolve(source, path), "utf8").replaceAll(/\/\*\*[\s\S]*?\*\//g, "");
      return /process\.(stdout|stderr|exit|exitCode|on|once)\b|console\./.test(code);
    });
  expect(telling).toEqual([]);
});
