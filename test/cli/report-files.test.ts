// --report: the result is also written to files, each in the format of its name, whatever becomes of the command.

import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, servedWorld } from "./command-line.ts";
import { fileOf } from "./recoverable-worlds.ts";

/** What each format's file begins with or holds. */
const marks: Readonly<Record<string, RegExp>> = {
  "r.txt": /^(vault {5}|gone: |blocked)/,
  "r.json": /^\{\n? *"formatVersion":/,
  "r.md": /^[#*>]/,
  "r.html": /^<!doctype html>/i,
  "r.mmd": /^(%%|flowchart)/,
  "r.xml": /^<\?xml /,
  "r.ndjson": /^\{"seq":1,/,
};

function written(folder: string, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function reports(folder: string, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => ["--report", join(folder, name)]);
}

const ofPlan = Object.keys(marks).filter((name) => name !== "r.ndjson");

describe("a plan", () => {
  it("is written to a file of every format beside what is printed", async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await commandLineHere(["plan", "--emulator", "small", ...reports(cwd, ofPlan)], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^vault {5}rsv-backup-weu/);
    for (const [name, text] of Object.entries(written(cwd, ofPlan))) {
      expect(text, name).toMatch(marks[name]!);
      expect(stderr).toContain(`report written to ${join(cwd, name)}`);
    }
  });

  it("has no events to write, and says so before anything is asked of Azure", async () => {
    const { code, stderr } = await commandLineHere(["plan", "--emulator", "small", "--report", "r.ndjson"]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      "vault-teardown: --report r.ndjson has no format by its name: end it with .txt, .json, .md, .html, .mmd or .xml\n",
    );
  });
});

describe("a run", () => {
  it("is written to a file of every format when it has ended, and so is every refusal", async () => {
    const { url } = await servedWorld("always-on", 3000);
    const cwd = temporaryFolder();
    const names = Object.keys(marks);
    const apply = ["apply", "--endpoint", url, "--confirm", "rsv-alwayson-frc", ...reports(cwd, names)];
    const done = await commandLineHere(apply, { cwd });
    expect(done.code, done.stderr).toBe(0);
    for (const [name, text] of Object.entries(written(cwd, names))) expect(text, name).toMatch(marks[name]!);
    const again = await commandLineHere(apply, { cwd });
    expect(again.code, again.stderr).toBe(0);
    expect(readFileSync(join(cwd, "r.json"), "utf8")).toContain('"reason":"nothing to do');
    expect(readFileSync(join(cwd, "r.html"), "utf8")).toContain("nothing to do");
    const told = await commandLineHere(["status", ...reports(cwd, ["s.xml", "s.html"])], { cwd });
    expect(told.code, told.stderr).toBe(0);
    expect(readFileSync(join(cwd, "s.xml"), "utf8")).toContain("<testcase");
  });

  it("that is blocked is written with its blockers", async () => {
    const cwd = temporaryFolder();
    const apply = [
      "apply",
      "--emulator",
      "always-on",
      "--strategy",
      "purge",
      ...reports(cwd, ["b.md", "b.xml", "b.json"]),
    ];
    const { code } = await commandLineHere(apply, { cwd });
    expect(code).toBe(3);
    for (const text of Object.values(written(cwd, ["b.md", "b.xml", "b.json"])))
      expect(text).toContain("soft-delete-always-on");
  });
});

describe("a report that cannot be written", () => {
  it("is refused before anything is asked, where its folder is missing or its name has no format", async () => {
    for (const [path, why] of [
      ["no/such/r.md", "there is no folder no/such"],
      ["r.pdf", "has no format by its name: end it with"],
      ["r", "has no format by its name: end it with"],
      ["r.constructor", "has no format by its name: end it with"],
    ] as const) {
      const { code, stderr, stdout } = await commandLineHere(["plan", "--emulator", "small", "--report", path]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain(why);
    }
  });

  it("makes success a failure, keeps any other exit code, and leaves the other reports whole", async () => {
    const cwd = temporaryFolder();
    const refused = join("/proc/self", "r.md");
    if (!existsSync("/proc/self")) return;
    const plan = ["plan", "--emulator", "small", ...reports("/proc/self", ["r.md"]), ...reports(cwd, ["r.json"])];
    const { code, stderr, stdout } = await commandLineHere(plan, { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain(`cannot write the report to ${refused} (`);
    expect(stdout).toContain("outcome   soft-deleted");
    expect(statSync(join(cwd, "r.json")).size).toBeGreaterThan(1000);
    const blocked = await commandLineHere(
      ["plan", "--emulator", "always-on", "--strategy", "purge", "--report", refused],
      { cwd },
    );
    expect(blocked.code).toBe(3);
  });

  it("never takes the place of the plan that is saved or read", async () => {
    const cwd = temporaryFolder();
    const taken = "--report ./p.json would take the place of the saved plan: name another file\n";
    const plan = ["plan", "--emulator", "small", "--show-commands", "--out", "p.json"];
    const both = await commandLineHere([...plan, "--report", "./p.json"], { cwd });
    expect([both.code, both.stderr, existsSync(join(cwd, "p.json"))]).toEqual([1, `vault-teardown: ${taken}`, false]);
    expect((await commandLineHere(plan, { cwd })).code).toBe(0);
    const saved = readFileSync(join(cwd, "p.json"), "utf8");
    symlinkSync(join(cwd, "p.json"), join(cwd, "link.json"));
    for (const words of [
      ["apply", "p.json", "--emulator", "small"],
      ["show", "p.json"],
    ])
      for (const path of ["./p.json", "link.json"]) {
        const { code, stderr } = await commandLineHere([...words, "--report", path], { cwd });
        expect([code, stderr]).toEqual([1, expect.stringContaining("would take the place of the saved plan")]);
      }
    expect(readFileSync(join(cwd, "p.json"), "utf8")).toBe(saved);
  });
});

it("of an earlier command is said to tell nothing of an error", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "old.xml"), "<testsuites/>");
  const plan = ["plan", "--emulator", "small", "--vault", "rsv-typo", "--report", "old.xml", "--report", "none.xml"];
  const { code, stderr } = await commandLineHere(plan, { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain("old.xml tells nothing of this error: it was written before\n");
  expect(stderr).not.toContain("none.xml");
});

it("of a graph is one also where there is no plan to draw", async () => {
  const cwd = temporaryFolder();
  const words = ["plan", "--emulator", fileOf([]), ...reports(cwd, ["r.mmd"])];
  const { stderr } = await commandLineHere(words, { cwd });
  expect(existsSync(join(cwd, "r.mmd")), stderr).toBe(true);
  expect(readFileSync(join(cwd, "r.mmd"), "utf8")).toMatch(/^flowchart TD\n {2}said\["nothing to do/);
});
