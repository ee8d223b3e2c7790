// Text that people are shown: nothing in it steers a terminal, hides or passes for something else, whatever it was.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { jsonText } from "../../src/model/json-text.ts";
import { shellWord } from "../../src/model/shell-word.ts";
import { consents } from "../../src/model/step.ts";
import { terminalLine, terminalText } from "../../src/reporting/terminal-text.ts";
import { rehearse } from "../rehearsal.ts";
import { forbidden } from "./hostile-names.ts";

/** Every code unit, the harmful ones often, and what escapes are made of. */
const anyText = fc
  .array(
    fc.oneof(
      fc.nat(0xff).map((unit) => String.fromCharCode(unit)),
      fc.integer({ min: 0x20_00, max: 0x20_7f }).map((unit) => String.fromCharCode(unit)),
      fc.nat(0xff_ff).map((unit) => String.fromCharCode(unit)),
      fc.nat(0x10_ff_ff).map((code) => String.fromCodePoint(code)),
      fc.constantFrom("\\", "u", "\\u", "u0", "00", "1b", "3a", "005c", ":", "#", "\u001B[", "\u009B", "\u202E"),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

/** What was escaped: nothing is lost, so no two texts become the same line. */
function unescaped(line: string): string {
  return line.replaceAll(/\\u([0-9a-f]{4})/g, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)));
}

describe("a line for a terminal", () => {
  it.each([
    ["colours", "\u001B[31mred", String.raw`\u001b[31mred`],
    ["a title of the window", "\u001B]0;gone\u0007vm", String.raw`\u001b]0;gone\u0007vm`],
    ["a link", "\u001B]8;;https://example.org\u0007vm", String.raw`\u001b]8;;https://example.org\u0007vm`],
    ["a bell, a backspace, a tab and a null", "\u0007\b\t\0", String.raw`\u0007\u0008\u0009\u0000`],
    ["the one-byte form of an escape, and delete", "\u009B31m\u007F", String.raw`\u009b31m\u007f`],
    ["line breaks", "a\r\nb\u0085c\u2028d\u2029e", String.raw`a\u000d\u000ab\u0085c\u2028d\u2029e`],
    ["marks that turn the direction of writing", "\u202Ecod\u2066.exe", String.raw`\u202ecod\u2066.exe`],
    ["directional marks", "\u200Ea\u200Fb\u061C", String.raw`\u200ea\u200fb\u061c`],
    ["marks without a width", "v\u200Bm\uFEFF\u00AD", String.raw`v\u200bm\ufeff\u00ad`],
    ["letters that show nothing", "v\u3164m\u115F", String.raw`v\u3164m\u115f`],
    [
      "spaces that are not the one",
      "a\u00A0b\u2003c\u3000d\u2800e\u202F",
      String.raw`a\u00a0b\u2003c\u3000d\u2800e\u202f`,
    ],
    ["half a character", "v\uD83Dm", String.raw`v\ud83dm`],
    ["tags beyond the basic plane", "v\u{E0041}", String.raw`v\udb40\udc41`],
    [
      "commands of build servers",
      "::stop-commands::x ##vso[a]",
      String.raw`:\u003astop-commands:\u003ax #\u0023vso[a]`,
    ],
    ["an escape that was none", String.raw`\u202e`, String.raw`\u005cu202e`],
  ])("shows %s as escapes", (_what, given, expected) => {
    expect(terminalLine(given)).toBe(expected);
  });

  it("keeps letters of every script, spaces, signs and paths as they are", () => {
    const text = String.raw`Datenbank «Übergröße» 数据库 базы [prod] 100% 🎉 C:\users\new =HYPERLINK("x") <b>|*a*|</b>`;
    expect(terminalLine(text)).toBe(text);
  });

  it("never holds what must not be shown, whatever it was", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = terminalLine(text);
        expect(line).not.toMatch(forbidden);
        expect(line).not.toMatch(/\n|::|##/);
        expect(Buffer.from(line).toString()).toBe(line);
      }),
      { numRuns: 1000 },
    );
  });

  it("is another for another text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(unescaped(terminalLine(text))).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it("is one of as many lines as were given, whatever breaks they hold", () => {
    fc.assert(
      fc.property(fc.array(anyText), (lines) => {
        expect(terminalText(lines).split("\n")).toHaveLength(lines.length + 1);
      }),
    );
  });
});

describe("JSON for a terminal", () => {
  it("never holds what must not be shown, and says the same", () => {
    fc.assert(
      fc.property(
        fc.dictionary(anyText, fc.oneof(anyText, fc.array(anyText))),
        fc.constantFrom(0, 2),
        (value, indent) => {
          const text = jsonText(value, indent);
          expect(text).not.toMatch(forbidden);
          expect(text).not.toContain("##");
          expect(JSON.parse(text)).toEqual(value);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("shows what is hidden as escapes, however many marks stand together", () => {
    expect(jsonText({ "\u202Ea": "###\u007F\uFEFF\u2028" })).toBe(
      String.raw`{"\u202ea":"\u0023\u0023#\u007f\ufeff\u2028"}`,
    );
  });
});

describe("the streams of the command line", () => {
  const folder = fileURLToPath(new URL("../../src", import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));

  it("are written to in one place, which takes safe text only; the fixed words of help, an old Node and a lost output apart", () => {
    const writing = files.filter((path) => {
      const code = readFileSync(join(folder, path), "utf8").replaceAll(/^ *(\/\/|\*|\/\*\*).*$/gm, "");
      return /\bstd(out|err)\b[^;\n]*\.(write|end)\(|\bconsole\.\w+\(/.test(code);
    });
    expect(writing.toSorted()).toEqual(["main.ts", "outputs.ts", "streams.ts"].map((name) => join("cli", name)));
  });
});

describe("a command that people copy into a shell", () => {
  it("has every name as one word that is nothing but itself", () => {
    const names = fc.array(
      fc.oneof(fc.constantFrom("'", '"', "$(id)", "`id`", ";", "\n", "\\", " ", "!", "&", "-"), fc.string()),
    );
    fc.assert(
      fc.property(names, (parts) => {
        const name = parts.join("").replaceAll("\0", "");
        const { stdout } = spawnSync("sh", ["-c", `printf %s ${shellWord(name)}`], { encoding: "utf8" });
        expect(stdout).toBe(name.toWellFormed());
      }),
      { numRuns: 25 },
    );
  });

  it("is so in what a plan says about missing rights and locks that return", async () => {
    const renamed = (name: string): string => `${name}$(id)'`;
    const text = JSON.stringify(loadWorld("locked")).replaceAll(/\brg-[a-z0-9-]+/g, renamed);
    const world = { ...(JSON.parse(text) as World), access: [{ scope: "", actions: ["*/read"] }] };
    const plan = await rehearse(world).plan({ consents });
    const commands = [
      ...plan.blockers.flatMap(({ fix }) => fix.match(/az role assignment create .*?(?=; or one|; then plan)/g) ?? []),
      ...plan.steps.flatMap(({ byHand = [] }) => byHand),
    ].map((command) => command.replace("<your object id>", "me"));
    expect(commands.length).toBeGreaterThan(10);
    const script = ["az() { printf '%s\\n' \"$@\"; }", ...commands].join("\n");
    const { stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
    const words = stdout.split("\n").filter((word) => /\brg-/.test(word));
    expect(words.length).toBeGreaterThan(10);
    expect(words.filter((word) => !/rg-[a-z0-9-]+\$\(id\)'/.test(word))).toEqual([]);
  });
});
