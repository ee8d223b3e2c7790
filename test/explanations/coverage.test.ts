// No code goes unexplained: what Azure is known to say, what this tool says itself, and what its emulator says.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { entriesOfCode } from "../../src/explanations/catalogue.ts";
import { find } from "../../src/explanations/find.ts";
import { requiredCodes, requiredTexts } from "./required-codes.ts";

const src = fileURLToPath(new URL("../../src", import.meta.url));

type Source = { readonly file: string; readonly text: string };

function sources(...folders: readonly string[]): readonly Source[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(src, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
    )
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ file, text: readFileSync(join(src, file), "utf8") }));
}

/** Words of the language beside codes, and the mark of a request that is never answered. */
const noCodes: ReadonlySet<string> = new Set(["string", "code", "NEVER_ANSWERED"]);

const literals = (expression: string): readonly string[] =>
  [...expression.matchAll(/"([A-Za-z0-9_-]+)"/g)]
    .map(([, literal]) => literal ?? "")
    .filter((literal) => !noCodes.has(literal));

/** The string that a constant of this name stands for, somewhere in src. */
function constant(name: string, all: readonly Source[]): readonly string[] {
  const declared = new RegExp(String.raw`const ${name}(?:: string)? = "([A-Za-z0-9_-]+)"`);
  return all.flatMap(({ text }) => declared.exec(text)?.[1] ?? []);
}

/** Codes in `code: …` of the sources: literals, and what constants stand for. */
function writtenCodes(found: readonly Source[], all: readonly Source[]): readonly (readonly [string, string])[] {
  return found.flatMap(({ file, text }) =>
    [...text.matchAll(/\bcode(?::| =) ?([^,;\n}]+)/g)].flatMap(([, expression = ""]) => {
      const names = /^[a-zA-Z]+$/.test(expression.trim()) ? constant(expression.trim(), all) : [];
      return [...literals(expression), ...names].map((code) => [file, code] as const);
    }),
  );
}

/** Codes by which a rule knows an answer, where it names them as a whole. */
function codesOfRules(found: readonly Source[]): readonly (readonly [string, string])[] {
  return found.flatMap(({ file, text }) =>
    [...text.matchAll(/\/\^([A-Za-z0-9()|]+)\$\/i/g)].flatMap(([, pattern = ""]) =>
      alternatives(pattern).map((code) => [file, code] as const),
    ),
  );
}

/** `A(B|C)D` is ABD and ACD; one group, which may hold another. */
function alternatives(pattern: string): readonly string[] {
  const group = /\(([^()]*)\)/.exec(pattern);
  if (group === null) return pattern.split("|");
  const before = pattern.slice(0, group.index);
  const after = pattern.slice(group.index + group[0].length);
  const inner = (group[1] ?? "").split("|");
  const from = before.lastIndexOf("|", before.length) + 1;
  const open = before.lastIndexOf("(");
  const begin = Math.max(from, open + 1);
  const end = /[|)]/.exec(after)?.index ?? after.length;
  const spread = inner.map((word) => before.slice(begin) + word + after.slice(0, end)).join("|");
  return alternatives(before.slice(0, begin) + spread + after.slice(end));
}

const all = sources(".");
const isExplained = (code: string): boolean =>
  entriesOfCode(code).length > 0 || entriesOfCode(`Http${code}`).length > 0;

describe("every code that was met", () => {
  it.each(requiredCodes)("in %s is explained: %s", (_, code) => {
    const { found, unknown } = find(code);
    expect(found).not.toEqual([]);
    expect(unknown).toEqual([]);
  });

  it.each(requiredTexts)("is found by its text alone, with other names in it: %s", (wanted, text) => {
    const [first] = find(text).found;
    expect([first?.explanation.title, ...(first?.explanation.codes ?? [])]).toContain(wanted);
    expect(first?.recognised.length).toBeGreaterThan(0);
  });
});

describe("every code that this tool writes", () => {
  const blockers = writtenCodes(
    [
      ...sources("dependencies", "safety", "planning"),
      ...sources("cli").filter(({ file }) => file.endsWith("make-plan.ts")),
    ],
    all,
  );
  const failures = [
    ...writtenCodes(sources("execution", "azure"), all),
    ...sources("azure").flatMap(({ file, text }) =>
      [...text.matchAll(/noAnswer\(([^,]*?),/g)].flatMap(([, given = ""]) =>
        literals(given).map((code) => [file, code] as const),
      ),
    ),
  ];

  it("was found in the sources", () => {
    expect(blockers.map(([, code]) => code)).toEqual(
      expect.arrayContaining(["locked", "still-there", "listing-failed"]),
    );
    expect(blockers.map(([, code]) => code)).toContain("soft-delete-state-unknown");
    expect(failures.map(([, code]) => code)).toEqual(
      expect.arrayContaining(["NotVerified", "OperationDidNotEnd", "NoCredential", "NoAnswer", "NoAnswerInTime"]),
    );
  });

  it.each(blockers)("as a blocker is explained: %s %s", (_, code) => {
    expect(entriesOfCode(code)).not.toEqual([]);
  });

  it.each(failures)("as a failure is explained: %s %s", (_, code) => {
    expect(entriesOfCode(code)).not.toEqual([]);
  });

  it.each(codesOfRules(sources("execution")))("into a rule is explained: %s %s", (_, code) => {
    expect(entriesOfCode(code)).not.toEqual([]);
  });
});

describe("every code that the emulator writes", () => {
  const emulator = sources("emulator");
  const calls =
    /\b(?:armError|serviceError|serviceFailure)\(\s*(?:\d+|status),\s*"([A-Za-z0-9]+)"|\b(?:inUse|refusal)\("(\d+)"|\brefused\(call, "([A-Za-z]+)"/g;
  const written = [
    ...emulator.flatMap(({ file, text }) =>
      [...text.matchAll(calls)].map(([, one, two, three]) => [file, one ?? two ?? three ?? ""] as const),
    ),
    ...writtenCodes(emulator, emulator),
    ...emulator
      .filter(({ file }) => file.endsWith("known-failures.ts"))
      .flatMap(({ file, text }) => {
        const usual = text.slice(text.indexOf("function usualCode"), text.indexOf("function usualMessage"));
        return [...usual.matchAll(/return (.*);|^ +\? (".*|: ".*)/gm)].flatMap(([line]) =>
          literals(line)
            .filter((literal) => /^[A-Z0-9]/.test(literal))
            .map((code) => [file, code] as const),
        );
      }),
  ];

  it("was found in the sources", () => {
    const codes = written.map(([, code]) => code);
    expect(codes).toEqual(
      expect.arrayContaining(["ScopeLocked", "990013", "990016", "GatewayTimeout", "RateLimiting"]),
    );
    expect(codes).toEqual(expect.arrayContaining(["UserErrorDeleteBackupItemOnImmutableItem", "InvalidSkipToken"]));
  });

  it.each(written)("is explained: %s %s", (_, code) => {
    expect(isExplained(code), code).toBe(true);
  });
});
