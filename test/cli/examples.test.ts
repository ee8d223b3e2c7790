// The help of every command: it fits a page, and every example in it is a command line that is understood; those that need no
// Azure are carried out.

import { describe, expect, it } from "vitest";
import { commandShapes } from "../../src/cli/command-shapes.ts";
import { chosenBy } from "../../src/cli/run.ts";
import { commandLine, commandLineHere, emulatorProcess } from "./command-line.ts";

const shapes = commandShapes();
const examples = shapes.flatMap((shape) => shape.examples);

/** The words of an example, with something for what a person must fill in. */
function wordsOf(example: string): readonly string[] {
  const unpiped = example.replace(/ < \S+$/, "");
  const filled = unpiped.replaceAll(/<[^<>]+>/g, "00000000-0000-0000-0000-000000000000");
  const words = [...filled.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? "",
  );
  expect(words[0]).toBe("$0");
  return words.slice(1);
}

/** How an example ends that is carried out; at once, where it shows a teardown. */
const ends: Readonly<Record<string, number>> = {
  "$0 plan --emulator small": 0,
  "$0 apply --emulator small --confirm rsv-backup-weu": 0,
  "$0 demo": 0,
  "$0 demo --world small --speed 600": 0,
  "$0 completion bash": 0,
};

describe("the help of", () => {
  it.each(shapes)("$name is no wider than its page, and names what it does and every option", async (shape) => {
    const { code, stdout, stderr } = await commandLine([shape.name, "--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(shape.describe);
    for (const option of Object.keys(shape.options)) expect(stdout).toMatch(new RegExp(`--${option}\\b`));
    expect(shape.examples.length, "it has no example").toBeGreaterThan(0);
    expect(stdout).toContain("\nExamples:\n");
  });
});

describe("an example of help", () => {
  it.each(examples)("is understood: %s", async (example) => {
    expect(await chosenBy(wordsOf(example))).toMatchObject({ name: "Error", message: "a command was chosen" });
  });

  it.each(Object.entries(ends))("does what it says: %s", async (example, code) => {
    expect(examples).toContain(example);
    const words = wordsOf(example).filter((word, at, all) => word !== "--speed" && all[at - 1] !== "--speed");
    const speed = words.includes("completion") ? [] : ["--speed", "100000"];
    const ended = await commandLineHere([...words, ...speed]);
    expect(ended.code, ended.stderr.slice(-500)).toBe(code);
  });

  it("that runs on the emulator is carried out, each of them", () => {
    const own = examples.filter((example) => /--emulator| demo| completion/.test(example));
    expect(own.toSorted()).toEqual(Object.keys(ends).toSorted());
  });

  it("serves the world that it names", async () => {
    const [example = ""] = shapes.find(({ name }) => name === "emulator")?.examples ?? [];
    const served = await emulatorProcess(wordsOf(example).slice(1));
    expect(served.first.world).toBe("small");
    expect(await served.end("SIGTERM")).toBe(0);
  });
});
