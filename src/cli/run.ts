// Parses the command line and runs the command; the one place where an error becomes a line on stderr and an exit code.

import { existsSync, statSync } from "node:fs";
import yargs from "yargs";
import { ChosenCommand, commands } from "./commands.ts";
import { withHelpGroups } from "./help-groups.ts";
import { outputOptions } from "./options.ts";
import { say } from "./streams.ts";
import { commandNames, usageLine } from "./usage-line.ts";
import { lineFor, pointerFor, UserError } from "./user-error.ts";
import { toolVersion } from "./version.ts";

/** Runs one command line. Sets process.exitCode; never throws. */
export async function run(argv: readonly string[]): Promise<void> {
  if (argv.includes("--no-color")) process.env["NO_COLOR"] = "1";
  let chosen: ChosenCommand | undefined;
  try {
    chosen = await chosenBy(argv);
    if (chosen !== undefined) process.exitCode = await chosen.carryOut();
  } catch (error) {
    say(
      `vault-teardown: ${lineFor(error)}${await pointerFor(error)}`,
      ...(error instanceof UserError ? error.details : []),
    );
    if (argv.includes("--debug")) say(...stackOf(error));
    process.exitCode = 1;
    sayOlder(chosen?.reports ?? []);
    await (await import("./deliver.ts")).tellOfError(lineFor(error));
  }
}

/** An error has no report: a file that is there all the same must not pass for one, as where a build's folder is used again. */
function sayOlder(reports: readonly string[]): void {
  for (const path of reports)
    if (existsSync(path) && statSync(path).isFile()) say(`${path} tells nothing of this error: it was written before`);
}

/** What the command line asks for; undefined where the parser has answered it, as it does --help. Throws UserError. */
export async function chosenBy(argv: readonly string[]): Promise<ChosenCommand | undefined> {
  try {
    await parser(argv).parseAsync();
    return undefined;
  } catch (error) {
    if (error instanceof ChosenCommand) return error;
    throw error;
  }
}

/** Which option was given twice, where one value is meant; undefined when none was. */
function repeatedOption(argv: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(argv).find(
    (name) => Array.isArray(argv[name]) && !["allow", "item", "report", "words", "_"].includes(name),
  );
}

/** Which option was given an empty value, as an unset variable of a script leaves it; undefined when none was. */
function emptyOption(argv: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(argv).find((name) => /^[a-z-]{2,}$/.test(name) && argv[name] === "");
}

/** An option that takes a number and was given none, and what it was given: the parser keeps only that it is none. */
function noNumber(given: Readonly<Record<string, unknown>>, argv: readonly string[]): string | undefined {
  const option = Object.keys(given).find((name) => Number.isNaN(given[name]));
  if (option === undefined) return undefined;
  const joined = argv.find((word) => word.startsWith(`--${option}=`));
  return joined?.replace("=", " ") ?? `--${option} ${argv[argv.indexOf(`--${option}`) + 1]}`;
}

/** Fixed, so that help is the same text everywhere. */
const helpWidth = 100;

/** What `--help` prints. */
export async function helpText(): Promise<string> {
  return `${await parser([]).getHelp()}\n`;
}

/** `plan, apply or demo`. */
function anyCommand(): string {
  const names = commandNames();
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;
}

function parser(argv: readonly string[]): ReturnType<typeof yargs> {
  const built = yargs([...argv])
    .scriptName("vault-teardown")
    .usage(
      "$0 <command>\n\nplans, tears down and proves gone an Azure Recovery Services vault or Backup vault, and brings it back",
    )
    .options(outputOptions)
    .demandCommand(1, `name a command: ${anyCommand()}`)
    .strict()
    // A name with a dot in it is no option of an option.
    .parserConfiguration({ "dot-notation": false })
    .version(toolVersion())
    .locale("en")
    .check((given) => {
      const repeated = repeatedOption(given);
      if (repeated !== undefined) throw new UserError(`--${repeated} is given more than once: give one value`);
      const empty = emptyOption(given);
      if (empty !== undefined) throw new UserError(`--${empty} is empty: give a value, or leave it out`);
      const odd = noNumber(given, argv);
      if (odd !== undefined) throw new UserError(`${odd} is no number`);
      return true;
    })
    .epilogue(
      "exit codes: 0 done, 1 error, 2 plan has steps, 3 blocked, 4 waiting, 5 some failed, 6 drift, 130 interrupted",
    )
    .wrap(helpWidth)
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && error.name !== "YError") throw error;
      throw new UserError(`${usageLine(message ?? error?.message ?? "", argv)}; see vault-teardown --help`);
    });
  for (const command of commands) built.command(withHelpGroups(command));
  return built;
}

/** The error, and where it comes from. Its message is one line, whatever it holds. */
function stackOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [String(error)];
  const stack = error.stack ?? "";
  const begin = stack.indexOf(error.message);
  return [
    String(error),
    ...stack
      .slice(Math.max(begin, 0) + error.message.length)
      .split("\n")
      .slice(1),
  ];
}
