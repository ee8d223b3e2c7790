// Plan and world files as an attacker, an editor or a full disk would leave them: each ends in one clear line, and no command
// waits for one.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { largestPlan } from "../../src/journal/state-folder.ts";
import { consents } from "../../src/model/step.ts";
import { renderPlan, sealPlan } from "../../src/planning/plan-document.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { commandLineHere } from "../cli/command-line.ts";
import { rehearse } from "../rehearsal.ts";
import { makePipe } from "./named-pipe.ts";

const folder = mkdtempSync(join(tmpdir(), "vault-teardown-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = await rehearse("kitchen-sink").plan({ consents });
const text = renderPlan(plan);
const world = JSON.stringify(loadWorld("small"));

let files = 0;

/** The path of a new file with that content. */
function holding(content: string | Buffer): string {
  const path = join(folder, `file-${(files += 1)}.json`);
  writeFileSync(path, content);
  return path;
}

const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

/** What both kinds of files may look like; made of a sound one. */
const contents: readonly (readonly [string, (sound: string) => string | Buffer])[] = [
  ["nothing", () => ""],
  ["a byte order mark", (sound) => `\uFEFF${sound}`],
  ["a null in it", (sound) => sound.replace("{", "{\0")],
  ["bytes that are no UTF-8", (sound) => Buffer.concat([Buffer.from(sound), Buffer.from([0xc3, 0x28, 0xff])])],
  ["UTF-16", (sound) => Buffer.from(sound, "utf16le")],
  ["a member twice", (sound) => sound.replace("{", '{"formatVersion":1,')],
  ["brackets in brackets", () => deep],
  ["brackets in a member", (sound) => sound.replace(/"formatVersion": ?1/, `"formatVersion":1,"x":${deep}`)],
  ["a number beyond all numbers", (sound) => sound.replace(/"formatVersion": ?1/, '"formatVersion":1e999')],
  ["a member __proto__", (sound) => sound.replace("{", '{"__proto__":{"polluted":1},')],
  ["a member constructor", (sound) => sound.replace("{", '{"constructor":{"prototype":{"polluted":1}},')],
  ["a prototype further down", (sound) => sound.replace(/("location": ?"[a-z]+")/, '$1,"__proto__":{"polluted":1}')],
  ["a member nobody knows", (sound) => sound.replace("{", '{"unknown":1,')],
  ["a wrong type", (sound) => sound.replace(/"name": ?"[^"]*"/, '"name":{}')],
  ["half of it", (sound) => sound.slice(0, sound.length / 2)],
  ["a list", (sound) => `[${sound}]`],
  ["null", () => "null"],
  ["two documents", (sound) => `${sound}${sound}`],
];

/** What stands where a file should be. */
const places: readonly (readonly [string, (path: string) => void])[] = [
  ["nothing", () => undefined],
  ["a folder", (path) => mkdirSync(path)],
  ["a pipe that nobody writes to", makePipe],
  ["a link to itself", (path) => symlinkSync(path, path)],
  ["a link to a device", (path) => symlinkSync("/dev/zero", path)],
  ["a file beyond all sizes", (path) => (writeFileSync(path, ""), truncateSync(path, 500 * 1024 * 1024))],
];

const kinds = [
  { kind: "plan", sound: text, command: (path: string) => ["apply", path, "--dry-run"] },
  { kind: "world", sound: world, command: (path: string) => ["plan", "--emulator", path] },
] as const;

/** Fails unless the command ends with 1 and one clear line. */
async function complains(command: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await commandLineHere(command);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/^vault-teardown: [^\n]+\n$/);
  expect(stderr).not.toContain("unexpected");
  expect({}).not.toHaveProperty("polluted");
  return stderr;
}

describe.each(kinds)("a $kind file", ({ sound, command }) => {
  it("that is sound is read", async () => {
    const { code, stderr } = await commandLineHere(command(holding(sound)));
    expect([code, stderr]).toEqual([0, ""]);
  });

  it.each(contents)("that holds %s is refused in one line", async (_what, change) => {
    const path = holding(change(sound));
    expect(await complains(command(path))).toContain(path);
  });

  it.skipIf(process.platform === "win32").each(places)(
    "in whose place is %s is refused in one line",
    async (_what, put) => {
      const path = join(folder, `place-${(files += 1)}`);
      put(path);
      expect(await complains(command(path))).toContain(path);
    },
  );
});

describe("a plan that was sealed anew", () => {
  it("is refused by file, by the path of what is wrong, and by what to do", () => {
    const [first, ...others] = plan.steps;
    const bad = { ...plan, steps: [{ ...first, after: "delete-vault" }, ...others] };
    const forged = renderPlan(sealPlan(bad as never));
    expect(() => openPlan(forged, "plan.json")).toThrow(
      "plan.json is not a plan: steps.0.after is not a list; make one with plan --out <file>",
    );
  });

  it("may be far larger than that of ten thousand items", () => {
    // Measured: 33 MB.
    expect(largestPlan).toBeGreaterThan(5 * 33_000_000);
  });
});
