// The options of every command, said once: names, values, help. Data for yargs; what they mean is decided elsewhere.

import type { Options } from "yargs";
import { vaultKinds } from "../model/arm-id.ts";
import { consents } from "../model/step.ts";
import { strategies } from "../model/plan.ts";
import { formatsByExtension, planFormats, runFormats, type Format } from "../reporting/formats.ts";

type ConnectionOption =
  | "vault"
  | "kind"
  | "resource-group"
  | "subscription"
  | "cloud"
  | "guard-tenant"
  | "endpoint"
  | "emulator"
  | "speed"
  | "seed";

/** Which vault, on which Azure. */
export const connectionOptions: Readonly<Record<ConnectionOption, Options>> = {
  vault: { type: "string", requiresArg: true, describe: "name or full resource id of the vault" },
  kind: {
    choices: vaultKinds,
    requiresArg: true,
    describe: "which kind of vault is meant, where both have one of that name",
  },
  "resource-group": { alias: "g", type: "string", requiresArg: true, describe: "resource group of the vault" },
  subscription: {
    alias: "s",
    type: "string",
    requiresArg: true,
    describe: "subscription id (else AZURE_SUBSCRIPTION_ID)",
  },
  cloud: { choices: ["public", "usgov", "china"], requiresArg: true, default: "public", describe: "the Azure cloud" },
  "guard-tenant": {
    type: "string",
    requiresArg: true,
    describe: "tenant id of the vault's resource guard, where that is another than yours",
  },
  endpoint: { type: "string", requiresArg: true, describe: "loopback URL of an emulator" },
  emulator: {
    type: "string",
    requiresArg: true,
    describe: "run against the built-in emulator: a world's name (large:<n> has n items) or file",
  },
  speed: { type: "number", requiresArg: true, describe: "how many times faster than recorded the emulator runs" },
  seed: {
    type: "number",
    requiresArg: true,
    describe: "a whole number: the emulator draws its times from the recorded ones, always the same for one seed",
  },
};

/** What is decided when a plan is made, and never afterwards. */
export const planningOptions: Readonly<Record<string, Options>> = {
  strategy: {
    choices: strategies,
    requiresArg: true,
    describe: "soft (default) weakens no protection; purge turns soft delete off and deletes for good",
  },
  allow: {
    type: "string",
    array: true,
    requiresArg: true,
    describe: `consents, separated by commas: ${consents.join(", ")}`,
  },
  keep: { choices: ["private-endpoints"], requiresArg: true, describe: "leave the private endpoint resources" },
  deep: {
    type: "boolean",
    default: false,
    describe: "also ask for the recovery points of each item, a request or more for every one",
  },
};

/** How a plan is shown, where it is not carried out. */
export const shownPlanOptions: Readonly<Record<string, Options>> = {
  "show-commands": {
    type: "boolean",
    default: false,
    describe: "show with the plan what each step sends, as az rest commands",
  },
};

/** How a plan is carried out, and whether it is. */
export const carryingOutOptions: Readonly<Record<string, Options>> = {
  confirm: {
    type: "string",
    requiresArg: true,
    describe: "the vault's name or the plan's id; needed without a terminal",
  },
  fresh: {
    type: "boolean",
    default: false,
    describe: "begin anew instead of continuing an unfinished run",
  },
  "dry-run": { type: "boolean", default: false, describe: "show the plan; write nothing" },
  concurrency: {
    type: "number",
    requiresArg: true,
    describe: "how many steps run at the same time, where Azure's counters allow more",
  },
  "max-duration": {
    type: "string",
    requiresArg: true,
    describe: "stop and save after, for example, 50m; exit 4",
  },
};

/** How a result is printed, and which files it is written to. */
export function resultOptions(formats: readonly Format[]): Readonly<Record<"format" | "report", Options>> {
  return {
    format: { choices: formats, requiresArg: true, default: "text", describe: "how the result is printed" },
    report: {
      type: "string",
      array: true,
      requiresArg: true,
      describe: `also write the result to this file, in the format of its name (${Object.keys(formatsByExtension).join(" ")})`,
    },
  };
}

/** Of a plan that is made, and of what is carried out: that is planned with --dry-run. */
export const planResult: Readonly<Record<"format" | "report", Options>> = resultOptions(planFormats);
export const runResult: Readonly<Record<"format" | "report", Options>> = resultOptions([
  ...new Set([...runFormats, ...planFormats]),
]);

/** Where runs are kept. */
export const stateOptions: Readonly<Record<string, Options>> = {
  "state-dir": {
    type: "string",
    requiresArg: true,
    describe: "where runs are kept (else VAULT_TEARDOWN_STATE_DIR, else .vault-teardown)",
  },
};

/** Taken by every command. */
export const outputOptions: Readonly<Record<string, Options>> = {
  color: { type: "boolean", default: true, describe: "colour on terminals (--no-color, NO_COLOR)" },
  debug: { type: "boolean", default: false, describe: "add details to errors" },
};

export type ConnectionArguments = {
  readonly vault?: string | undefined;
  readonly kind?: string | undefined;
  readonly resourceGroup?: string | undefined;
  readonly subscription?: string | undefined;
  readonly cloud: string;
  readonly guardTenant?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly emulator?: string | undefined;
  readonly speed?: number | undefined;
  readonly seed?: number | undefined;
};

export type PlanningArguments = {
  readonly strategy?: string | undefined;
  readonly allow?: readonly string[] | undefined;
  readonly keep?: string | undefined;
  readonly deep?: boolean | undefined;
};

/** How a result is printed, and which files it is written to. */
type ResultArguments = { readonly format: string; readonly report?: readonly string[] | undefined };

export type PlanArguments = ConnectionArguments &
  PlanningArguments &
  ResultArguments & {
    readonly out?: string | undefined;
    readonly detailedExitcode: boolean;
    readonly showCommands: boolean;
  };

/** How a plan is carried out, and whether it is. */
type CarryingOutArguments = ResultArguments & {
  readonly confirm?: string | undefined;
  readonly fresh: boolean;
  readonly dryRun: boolean;
  readonly concurrency?: number | undefined;
  readonly maxDuration?: string | undefined;
  readonly stateDir?: string | undefined;
  readonly detailedExitcode: boolean;
  readonly showCommands: boolean;
};

export type ApplyArguments = ConnectionArguments &
  PlanningArguments &
  CarryingOutArguments & { readonly plan?: string | undefined };

export type StatusArguments = ConnectionArguments &
  ResultArguments & {
    readonly stateDir?: string | undefined;
    readonly live: boolean;
  };

export type ShowArguments = ResultArguments & { readonly plan: string; readonly showCommands: boolean };

export type DeletedArguments = ConnectionArguments & {
  readonly location?: string | undefined;
  readonly format: string;
};

export type RecoverArguments = ConnectionArguments &
  CarryingOutArguments & {
    /** The run whose deletions are undone. */
    readonly run?: string | undefined;
    /** Names or patterns. */
    readonly item?: readonly string[] | undefined;
    readonly location?: string | undefined;
  };

export type ExplainArguments = {
  /** What is asked about; absent or empty: what comes through stdin. */
  readonly words?: readonly string[] | undefined;
  readonly list: boolean;
  readonly format: string;
};

export type EmulatorArguments = {
  readonly name?: string | undefined;
  readonly world?: string | undefined;
  readonly port: number;
  readonly speed?: number | undefined;
  readonly seed?: number | undefined;
  readonly save?: string | undefined;
};

export type DemoArguments = {
  readonly world: string;
  readonly speed?: number | undefined;
  readonly seed?: number | undefined;
};

export type CompletionArguments = { readonly shell?: string | undefined };
