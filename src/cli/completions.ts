// What could be typed next, for the completion scripts of shells: one candidate a line, and what else the shell may offer.
// Fast: it loads no parser and no SDK, and asks nothing of Azure.

import type { Options } from "yargs";
import { consents } from "../model/step.ts";
import { commandIn, commandShapes, spellingsOf, type CommandShape } from "./command-shapes.ts";

type Candidate = { readonly value: string; readonly describe?: string };

/** `paths`: what the shell adds of its own. */
export type Completions = { readonly candidates: readonly Candidate[]; readonly paths: "files" | "folders" | "none" };

const nothing: Completions = { candidates: [], paths: "none" };

const takesFile: ReadonlySet<string> = new Set(["out", "save", "report", "plan"]);
const takesFolder: ReadonlySet<string> = new Set(["state-dir"]);
const takesWorld: ReadonlySet<string> = new Set(["emulator", "world", "name"]);

/** `words`: those before the one that is being typed, without the program; `current`: that one as far as it is there. */
export async function completionsFor(words: readonly string[], current: string): Promise<Completions> {
  // bash cuts `--strategy=soft` into three words.
  const before = words.filter((word) => word !== "=");
  const shape = commandIn(before);
  const open = openOption(shape, before.at(-1));
  if (open !== undefined) return valuesOf(open.name, open.option, current);
  const joined = /^(--[^=]+)=(.*)$/s.exec(current);
  if (joined !== null) return joinedValues(shape, joined[1] ?? "", joined[2] ?? "");
  if (shape === undefined && !current.startsWith("-")) return startingWith(current, commandShapes().map(asCandidate));
  if (current.startsWith("-")) return startingWith(current, optionCandidates(shape, before));
  return positionalOf(shape, before, current);
}

function asCandidate({ name, describe }: CommandShape): Candidate {
  return { value: name, describe };
}

type Given = { readonly name: string; readonly option: Options };

/** The option that the word names and that waits for its value. */
function openOption(shape: CommandShape | undefined, word: string | undefined): Given | undefined {
  if (word === undefined || !word.startsWith("-")) return undefined;
  const found = Object.entries(shape?.options ?? {}).find(([name, option]) => spellingsOf(name, option).includes(word));
  if (found === undefined || found[1].type === "boolean") return undefined;
  return { name: found[0], option: found[1] };
}

async function joinedValues(shape: CommandShape | undefined, word: string, current: string): Promise<Completions> {
  const open = openOption(shape, word);
  if (open === undefined) return nothing;
  const { candidates } = await valuesOf(open.name, open.option, current);
  return {
    candidates: candidates.map(({ value, ...rest }) => ({ value: `${word}=${value}`, ...rest })),
    paths: "none",
  };
}

async function valuesOf(name: string, option: Options, current: string): Promise<Completions> {
  if (name === "allow") return consentsAfter(current);
  if (takesWorld.has(name)) return { ...startingWith(current, await worlds()), paths: "files" };
  if (takesFile.has(name)) return { candidates: [], paths: "files" };
  if (takesFolder.has(name)) return { candidates: [], paths: "folders" };
  return startingWith(
    current,
    (option.choices ?? []).map((value) => ({ value: String(value) })),
  );
}

/** A list with commas: what is named already is not offered again. */
function consentsAfter(current: string): Completions {
  const named = current.split(",").slice(0, -1);
  const begun = named.map((name) => `${name},`).join("");
  const left = consents.filter((consent) => !named.includes(consent));
  return startingWith(
    current,
    left.map((consent) => ({ value: `${begun}${consent}` })),
  );
}

async function worlds(): Promise<readonly Candidate[]> {
  const { shippedWorlds } = await import("../emulator/worlds.ts");
  return [...shippedWorlds, "large:"].map((value) => ({ value }));
}

/** Options that take several values may be given again, others only once. */
function optionCandidates(shape: CommandShape | undefined, before: readonly string[]): readonly Candidate[] {
  const given = (name: string, option: Options): boolean =>
    option.array !== true && spellingsOf(name, option).some((word) => before.includes(word));
  return Object.entries(
    shape?.options ?? { help: { describe: "show help" }, version: { describe: "show the version" } },
  )
    .filter(([name, option]) => !given(name, option))
    .map(([name, { describe = "", type, default: usual }]) => ({
      value: `--${type === "boolean" && usual === true ? "no-" : ""}${name}`,
      describe,
    }));
}

async function positionalOf(
  shape: CommandShape | undefined,
  before: readonly string[],
  current: string,
): Promise<Completions> {
  const names = Object.keys(shape?.positionals ?? {});
  const isPlain = (word: string, at: number): boolean =>
    !word.startsWith("-") && openOption(shape, before[at - 1]) === undefined;
  // Without the command itself.
  const given = before.filter(isPlain).length - 1;
  const [name, option] = [names[given], shape?.positionals[names[given] ?? ""]];
  if (name !== undefined && option !== undefined) return valuesOf(name, option, current);
  return startingWith(current, optionCandidates(shape, before));
}

function startingWith(current: string, candidates: readonly Candidate[]): Completions {
  return { candidates: candidates.filter(({ value }) => value.startsWith(current)), paths: "none" };
}

/** As the scripts read it: `value<tab>what it is`, and last a line for the shell. */
export function completionLines({ candidates, paths }: Completions): readonly string[] {
  return [...candidates.map(({ value, describe = "" }) => `${value}\t${describe}`), `:${paths}`];
}
