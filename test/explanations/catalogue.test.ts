// What holds for every entry of the catalogue: complete, honest about its source, and naming only what exists.

import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import {
  carryingOutOptions,
  connectionOptions,
  outputOptions,
  planningOptions,
  runResult,
  shownPlanOptions,
  stateOptions,
} from "../../src/cli/options.ts";
import { catalogue, entriesOfCode, knownCodes } from "../../src/explanations/catalogue.ts";
import { explainCommand, explainCommands } from "../../src/explanations/explain-command.ts";
import type { Explanation } from "../../src/explanations/explanation.ts";
import { consents } from "../../src/model/step.ts";

const named: readonly (readonly [string, Explanation])[] = catalogue.map((entry) => [
  entry.codes[0] ?? entry.title,
  entry,
]);

const commandNames = commands.map(({ command }) => String(command).split(" ")[0]);
const options: ReadonlySet<string> = new Set([
  ...[
    connectionOptions,
    planningOptions,
    carryingOutOptions,
    stateOptions,
    outputOptions,
    runResult,
    shownPlanOptions,
  ].flatMap((group) => Object.keys(group)),
  "item",
  "location",
  "list",
]);

function textOf({ title, meaning, who, todo }: Explanation): string {
  return [title, meaning, who, ...todo].join("\n");
}

describe("every explanation", () => {
  it.each(named)("%s says what it means, whose move it is, what to do, and how that is known", (_, entry) => {
    for (const said of [entry.title, entry.meaning, entry.who, entry.source, ...entry.todo])
      expect(said.trim().length).toBeGreaterThan(2);
    expect(entry.todo.length).toBeGreaterThan(0);
    expect(["recorded", "documented", "reported", "own", "unverified"]).toContain(entry.grade);
    expect(entry.codes.length + (entry.phrases ?? []).length, "nothing recognises it").toBeGreaterThan(0);
  });

  it.each(named)("%s links to Microsoft's pages alone", (_, entry) => {
    for (const link of entry.links ?? [])
      expect(link).toMatch(/^https:\/\/(learn\.microsoft\.com|aka\.ms|portal\.azure\.com|github\.com\/Azure)\//);
    expect(textOf(entry).replaceAll("https://portal.azure.com", "")).not.toMatch(/https?:/);
  });

  it.each(named)("%s names no command, option or consent that does not exist", (_, entry) => {
    for (const [, command] of textOf(entry).matchAll(/vault-teardown ([a-z-]+)/g))
      expect(commandNames).toContain(command);
    for (const [, consent] of textOf(entry).matchAll(/--allow ([a-z-]+)/g)) expect(consents).toContain(consent);
    for (const [own] of textOf(entry).matchAll(
      /vault-teardown [a-z]+(?: <?--?[a-z-]+>?| <[a-z ]+>| soft| purge| backup)+/g,
    ))
      for (const [, option] of own.matchAll(/ --([a-z-]+)/g)) expect([...options], own).toContain(option);
  });

  it.each(named)("%s has phrases in the form in which a text is compared", (_, entry) => {
    for (const phrase of entry.phrases ?? []) {
      expect(phrase).toBe(phrase.toLowerCase().replaceAll(/\s+/g, " ").trim());
      expect(phrase).not.toMatch(/["`“”‘’\\]/);
      for (const part of phrase.split("*")) expect(part.trim().length, phrase).toBeGreaterThan(0);
      expect(phrase.replaceAll("*", "").length, phrase).toBeGreaterThan(20);
    }
  });

  it("has a code of its own, or phrases that tell its meaning from the others of that code", () => {
    for (const code of knownCodes) {
      const entries = entriesOfCode(code);
      if (entries.length > 1) for (const entry of entries) expect(entry.phrases ?? [], code).not.toEqual([]);
    }
  });

  it("has codes that are spelled in one way", () => {
    expect(new Set(knownCodes.map((code) => code.toLowerCase())).size).toBe(knownCodes.length);
  });
});

describe("the command that explains a code", () => {
  it("is there for a known code, in the catalogue's spelling, and for no other", () => {
    expect(explainCommand("scopelocked")).toBe("vault-teardown explain ScopeLocked");
    expect(explainCommand("UserErrorSomethingNew")).toBeUndefined();
    expect(explainCommand("; rm -rf /")).toBeUndefined();
  });

  it("is told once for each of several", () => {
    expect(explainCommands(["locked", "Busy", "LOCKED", "ScopeLocked"])).toEqual([
      "vault-teardown explain locked",
      "vault-teardown explain ScopeLocked",
    ]);
  });
});
