// What the parser says of a command line that it does not take, as one line: lower case, the value, what would do, and what
// was probably meant.

import { commandIn, commandShapes } from "./command-shapes.ts";
import { meant, nearest } from "./nearest.ts";

/** `message`: the parser's; `argv`: the command line it is about. */
export function usageLine(message: string, argv: readonly string[]): string {
  const line = message.replaceAll(/\s+/g, " ").trim();
  const unfinished = /^Not enough arguments following: (\S+)$/.exec(line);
  if (unfinished !== null) return `--${unfinished[1] ?? ""} needs a value`;
  if (line === "") return "the command line is not understood";
  return (
    invalidValue(line, argv) ??
    missingWord(line, argv) ??
    unknownWords(line, argv) ??
    `${line.charAt(0).toLowerCase()}${line.slice(1)}`
  );
}

function missingWord(line: string, argv: readonly string[]): string | undefined {
  const shape = line.startsWith("Not enough non-option arguments:") ? commandIn(argv) : undefined;
  const [missing] = Object.entries(shape?.positionals ?? {});
  return missing && `${shape?.name} needs a ${missing[0]}: ${missing[1].describe}`;
}

function invalidValue(line: string, argv: readonly string[]): string | undefined {
  const invalid = /^Invalid values: Argument: (\S+), Given: (.+), Choices: (.+)$/.exec(line);
  if (invalid === null) return undefined;
  const [, option = "", given = "", choices = ""] = invalid;
  const known = [...choices.matchAll(/"([^"]*)"/g)].map(([, choice]) => choice ?? "");
  const value = /^"(.*)"$/.exec(given)?.[1] ?? given;
  const name = Object.hasOwn(commandIn(argv)?.positionals ?? {}, option) ? option : `--${option}`;
  return `${name} ${given} is not one of ${choices}${meant(value, known)}`;
}

function unknownWords(line: string, argv: readonly string[]): string | undefined {
  const unknown = /^Unknown (?:arguments?|commands?): (.*)$/.exec(line);
  if (unknown === null) return undefined;
  const names = namesIn(unknown[1] ?? "");
  const shape = commandIn(argv);
  const command = shape === undefined ? argv.find((word) => !word.startsWith("-")) : undefined;
  if (command !== undefined && names.includes(command))
    return `unknown command: ${command}${meant(command, commandNames())}`;
  const options = Object.keys(shape?.options ?? {});
  const [first = ""] = names;
  if (names.length === 1) return `unknown argument: ${first}${meant(first, options, "--")}`;
  const told = names.map((name) => {
    const word = nearest(name, options);
    return word === undefined ? name : `${name} (did you mean --${word}?)`;
  });
  return `unknown arguments: ${told.join(", ")}`;
}

/** What each command is called, in the order of help. */
export function commandNames(): readonly string[] {
  return commandShapes().map(({ name }) => name);
}

/** The parser names an option with a dash in it a second time, without. */
function namesIn(list: string): readonly string[] {
  const names = list.split(", ");
  const twins = new Set(names.filter((name) => name.includes("-")).map(inOneWord));
  return names.filter((name) => name.includes("-") || !twins.has(name));
}

function inOneWord(name: string): string {
  return name.replaceAll(/-+(.)/g, (_, letter: string) => letter.toUpperCase());
}
