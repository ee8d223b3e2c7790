// Every command as data: its words, options and examples, and where its handler is. Handlers are loaded only when called.

import type { Argv, CommandModule } from "yargs";
import { runFormats } from "../reporting/formats.ts";
import { completedShells } from "./shell-completion.ts";
import {
  connectionOptions,
  carryingOutOptions,
  planningOptions,
  planResult,
  resultOptions,
  runResult,
  shownPlanOptions,
  stateOptions,
  type ApplyArguments,
  type CompletionArguments,
  type DeletedArguments,
  type DemoArguments,
  type EmulatorArguments,
  type ExplainArguments,
  type PlanArguments,
  type RecoverArguments,
  type ShowArguments,
  type StatusArguments,
} from "./options.ts";

const worldNames = "a shipped world's name, large:<n> for one of n items, or a world file";

const detailedExitcode = {
  "detailed-exitcode": {
    type: "boolean",
    default: false,
    describe: "exit 2 when the plan has steps and could be applied",
  },
} as const;

const plan: CommandModule<object, PlanArguments> = {
  command: "plan",
  describe: "look at the vault and plan its teardown; writes nothing to Azure",
  builder: (yargs) =>
    yargs
      .options({ ...connectionOptions, ...planningOptions, ...shownPlanOptions, ...detailedExitcode, ...planResult })
      .option("out", { type: "string", requiresArg: true, describe: "save the plan to this file, to be applied later" })
      .example("$0 plan --vault rsv-weu -g rg-backup -s <subscription>", "the dry run")
      .example("$0 plan --vault rsv-weu --out plan.json --detailed-exitcode", "saved, to be reviewed and applied later")
      .example("$0 plan --vault rsv-weu --show-commands", "with the requests that each step sends")
      .example("$0 plan --emulator small", "the same against the built-in emulator") as unknown as Argv<PlanArguments>,
  handler: (argv) => choose(async () => (await import("./plan-command.ts")).planCommand(argv), argv.report),
};

const apply: CommandModule<object, ApplyArguments> = {
  command: "apply [plan]",
  describe: "carry a plan out; continues an unfinished run of that vault",
  builder: (yargs) =>
    yargs
      .positional("plan", { type: "string", describe: "a saved plan; takes no planning option" })
      .options({
        ...connectionOptions,
        ...planningOptions,
        ...stateOptions,
        ...detailedExitcode,
        ...carryingOutOptions,
        ...shownPlanOptions,
        ...runResult,
      })
      .example("$0 apply --vault rsv-weu -g rg-backup --confirm rsv-weu", "without a terminal")
      .example("$0 apply plan.json --confirm <plan id>", "a plan that was reviewed")
      .example("$0 apply --vault rsv-weu --confirm rsv-weu --max-duration 50m", "in a pipeline; run again, it goes on")
      .example(
        "$0 apply --emulator small --confirm rsv-backup-weu",
        "a rehearsal against the built-in emulator",
      ) as unknown as Argv<ApplyArguments>,
  handler: (argv) => choose(async () => (await import("./apply-command.ts")).applyCommand(argv), argv.report),
};

const show: CommandModule<object, ShowArguments> = {
  command: "show <plan>",
  describe: "print a saved plan in any format; asks nothing of Azure",
  builder: (yargs) =>
    yargs
      .positional("plan", { type: "string", demandOption: true, describe: "the file of a saved plan" })
      .options({ ...planResult, ...shownPlanOptions })
      .example("$0 show plan.json", "what was planned, as plan printed it")
      .example("$0 show plan.json --report plan.html", "the same as a page") as unknown as Argv<ShowArguments>,
  handler: (argv) => choose(async () => (await import("./show-command.ts")).showCommand(argv), argv.report),
};

const status: CommandModule<object, StatusArguments> = {
  command: "status",
  describe: "what a run did and where it stands, from its journal",
  builder: (yargs) =>
    yargs
      .options({ ...connectionOptions, ...stateOptions, ...resultOptions(runFormats) })
      .option("live", { type: "boolean", default: false, describe: "ask Azure whether the vault is there" })
      .example("$0 status --vault rsv-weu", "the latest run on that vault")
      .example(
        "$0 status --vault rsv-weu --live --format json",
        "the same for machines, and whether the vault is there",
      ) as unknown as Argv<StatusArguments>,
  handler: (argv) => choose(async () => (await import("./status-command.ts")).statusCommand(argv), argv.report),
};

const deleted: CommandModule<object, DeletedArguments> = {
  command: "deleted",
  describe: "list soft-deleted vaults, or what is soft-deleted in one, with purge dates",
  builder: (yargs) =>
    yargs
      .options({
        ...connectionOptions,
        kind: { ...connectionOptions.kind, describe: "only vaults of this kind; without it, of both" },
      })
      .option("location", {
        type: "string",
        requiresArg: true,
        describe: "deleted vaults of this location; without it, of all locations of the subscription",
      })
      .option("format", {
        choices: ["text", "json"],
        requiresArg: true,
        default: "text",
        describe: "how it is printed",
      })
      .example("$0 deleted -s <subscription>", "the deleted vaults of every location")
      .example(
        "$0 deleted -s <subscription> --kind backup --location westeurope",
        "deleted Backup vaults of one location",
      )
      .example(
        "$0 deleted --vault rsv-weu -g rg-backup",
        "what is soft-deleted in a vault that stands",
      ) as unknown as Argv<DeletedArguments>,
  handler: (argv) => choose(async () => (await import("./deleted-command.ts")).deletedCommand(argv)),
};

const recover: CommandModule<object, RecoverArguments> = {
  command: "recover",
  describe: "bring back soft-deleted items, containers or a deleted vault; --run undoes a run",
  builder: (yargs) =>
    yargs
      .options({
        ...connectionOptions,
        ...stateOptions,
        ...detailedExitcode,
        ...carryingOutOptions,
        ...shownPlanOptions,
        ...runResult,
      })
      .option("run", {
        type: "string",
        requiresArg: true,
        describe: "bring back everything that this run soft-deleted",
      })
      .option("item", {
        type: "string",
        array: true,
        requiresArg: true,
        describe: "only items of this name; * and ? stand for others; without it everything",
      })
      .option("location", {
        type: "string",
        requiresArg: true,
        describe: "look for a deleted vault in this location alone",
      })
      .example("$0 recover --run <run> --dry-run", "what undoing a run would bring back, and what not")
      .example("$0 recover --vault rsv-weu --item 'vm-*' --confirm rsv-weu", "some items of a vault that stands")
      .example(
        "$0 recover --vault rsv-weu -g rg-backup --confirm rsv-weu",
        "a deleted vault, and all that is soft-deleted in it",
      ) as unknown as Argv<RecoverArguments>,
  handler: (argv) => choose(async () => (await import("./recover-command.ts")).recoverCommand(argv), argv.report),
};

const explain: CommandModule<object, ExplainArguments> = {
  command: "explain [words..]",
  describe: "what an error or a blocker really means, whose move it is and what to do; offline",
  builder: (yargs) =>
    yargs
      .positional("words", {
        type: "string",
        array: true,
        describe: "a code, a message or a whole answer; without it, what comes through a pipe",
      })
      .option("list", { type: "boolean", default: false, describe: "list every code with its title" })
      .option("format", {
        choices: ["text", "json"],
        requiresArg: true,
        default: "text",
        describe: "how it is printed",
      })
      .example("$0 explain ScopeLocked", "a code")
      .example(
        "$0 explain < answer.json",
        "a whole answer, a log, anything with codes in it",
      ) as unknown as Argv<ExplainArguments>,
  handler: (argv) => choose(async () => (await import("./explain-command.ts")).explainCommand(argv)),
};

const emulator: CommandModule<object, EmulatorArguments> = {
  command: "emulator [name]",
  describe: "serve the built-in emulator on a loopback port",
  builder: (yargs) =>
    yargs
      .positional("name", { type: "string", describe: "the same as --world" })
      .option("world", { type: "string", requiresArg: true, describe: `${worldNames} (default small)` })
      .option("port", {
        type: "number",
        requiresArg: true,
        default: 0,
        describe: "port to listen on; 0 takes a free one",
      })
      .option("speed", connectionOptions.speed)
      .option("seed", connectionOptions.seed)
      .option("save", { type: "string", requiresArg: true, describe: "write the world to this file when it ends" })
      .example("$0 emulator --port 0 --world small", "prints its URL as JSON on the first line")
      .example(
        "$0 emulator large:1000 --port 8443 --save world.json",
        "a thousand items; kept when it ends",
      ) as unknown as Argv<EmulatorArguments>,
  handler: (argv) => choose(async () => (await import("./emulator-command.ts")).emulatorCommand(argv)),
};

const demo: CommandModule<object, DemoArguments> = {
  command: "demo",
  describe: "plan and apply against the built-in emulator, with the live display",
  builder: (yargs) =>
    yargs
      .option("world", {
        type: "string",
        requiresArg: true,
        default: "recorded-file-shares",
        describe: worldNames,
      })
      .option("speed", connectionOptions.speed)
      .option("seed", connectionOptions.seed)
      .example("$0 demo", "a recorded teardown of a vault with file shares")
      .example("$0 demo --world small --speed 600", "another vault, faster") as unknown as Argv<DemoArguments>,
  handler: (argv) => choose(async () => (await import("./demo-command.ts")).demoCommand(argv)),
};

const completion: CommandModule<object, CompletionArguments> = {
  command: "completion [shell]",
  describe: "print the script that makes a shell complete these commands",
  builder: (yargs) =>
    yargs
      .positional("shell", { choices: completedShells, describe: "which shell; without it, that of SHELL" })
      .example(
        "$0 completion bash",
        'add eval "$(vault-teardown completion bash)" to ~/.bashrc',
      ) as unknown as Argv<CompletionArguments>,
  handler: (argv) => choose(async () => (await import("./completion-command.ts")).completionCommand(argv)),
};

/** In the order in which help lists them. */
export const commands: readonly CommandModule<object, never>[] = [
  plan,
  apply,
  show,
  status,
  recover,
  deleted,
  explain,
  emulator,
  demo,
  completion,
] as never;

/**
 * What a command line asks for, thrown out of the parser: once a handler returns, the parser lays out the help of its
 * command, whether anybody asked for it or not, and that takes longer than all its parsing.
 */
export class ChosenCommand extends Error {
  /** Resolves to the exit code. */
  readonly carryOut: () => Promise<number>;
  /** The files it is to be reported to. */
  readonly reports: readonly string[];

  constructor(carryOut: () => Promise<number>, reports: readonly string[]) {
    super("a command was chosen");
    this.carryOut = carryOut;
    this.reports = reports;
  }
}

function choose(carryOut: () => Promise<number>, reports: readonly string[] = []): never {
  throw new ChosenCommand(carryOut, reports);
}
