// What each command takes, read from the commands themselves without the parser: for completion and "did you mean".

import type { Argv, CommandModule, Options } from "yargs";
import { commands } from "./commands.ts";
import { outputOptions } from "./options.ts";

export type CommandShape = {
  readonly name: string;
  readonly describe: string;
  /** By their long names, with those that every command takes. */
  readonly options: Readonly<Record<string, Options>>;
  readonly positionals: Readonly<Record<string, Options>>;
  /** Command lines, with `$0` for the program. */
  readonly examples: readonly string[];
};

const everywhere: Readonly<Record<string, Options>> = {
  ...outputOptions,
  help: { type: "boolean", describe: "show help" },
};

/** In the order in which help lists them. */
export function commandShapes(): readonly CommandShape[] {
  return commands.map((command) => shapeOf(command));
}

/** The shape of the command that the words name, whatever options stand before it; undefined where they name none. */
export function commandIn(words: readonly string[]): CommandShape | undefined {
  const shapes = commandShapes();
  return words.map((word) => shapes.find(({ name }) => name === word)).find((shape) => shape !== undefined);
}

/** The name and the letters by which an option is given: `--resource-group`, `-g`. */
export function spellingsOf(name: string, { alias = [] }: Options): readonly string[] {
  return [name, ...(typeof alias === "string" ? [alias] : alias)].map((word) =>
    word.length === 1 ? `-${word}` : `--${word}`,
  );
}

/** A command's builder says its options to what it takes for the parser: this listens to that, and parses nothing. */
export function shapeOf({ command, describe, builder }: CommandModule<object, never>): CommandShape {
  const options: Record<string, Options> = {};
  const positionals: Record<string, Options> = {};
  const examples: string[] = [];
  const listener = {
    options: (given: Readonly<Record<string, Options>>) => (Object.assign(options, given), listener),
    option: (name: string, given: Options) => ((options[name] = given), listener),
    positional: (name: string, given: Options) => ((positionals[name] = given), listener),
    example: (example: string) => (examples.push(example), listener),
  };
  if (typeof builder === "function") void builder(listener as unknown as Argv);
  const [name = ""] = String(command).split(" ");
  return { name, describe: String(describe), options: { ...options, ...everywhere }, positionals, examples };
}
