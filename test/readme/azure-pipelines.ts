// As much of Azure Pipelines as the README's pipeline uses: stages, conditions, output variables, artifacts, summaries.
// Anything else in the pipeline is an error: it would not have been tried.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { temporaryFolder } from "../temporary-folder.ts";
import { keptFiles, type KeptFiles } from "./kept-files.ts";
import { runScript } from "./tools-on-path.ts";

type Step = {
  readonly checkout?: string;
  readonly task?: string;
  readonly name?: string;
  readonly publish?: string;
  readonly download?: string;
  readonly artifact?: string;
  readonly condition?: string;
  readonly continueOnError?: boolean;
  readonly inputs?: Readonly<Record<string, string>>;
};

type Job = {
  readonly job?: string;
  readonly deployment?: string;
  readonly environment?: string;
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly runOnce: { readonly deploy: { readonly steps: readonly Step[] } } };
};

type Stage = {
  readonly stage: string;
  readonly dependsOn?: string | readonly string[];
  readonly condition: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly jobs: readonly [Job];
};

type Pipeline = {
  /** Some under a condition: `${{ if eq(…) }}:` and `${{ else }}:` */
  readonly variables: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly stages: readonly Stage[];
};

type StageRun = {
  readonly result: "success" | "failure" | "skipped";
  readonly summary: string;
  readonly log: string;
  /** The service connections it used. */
  readonly connections: readonly string[];
};

export type Pipelines = {
  readonly pipeline: Pipeline;
  readonly trigger: (reason: "PullRequest" | "Manual" | "Schedule") => Promise<Readonly<Record<string, StageRun>>>;
};

/** Names as conditions and expressions have them: `variables['Build.Reason']`. */
type Context = Map<string, string>;

/** A project with this pipeline; `variables` take the place of its own. */
export function pipelinesOf(text: string, variables: Readonly<Record<string, string>>, tools: string): Pipelines {
  const pipeline = parse(text) as Pipeline;
  const around: Around = { artifacts: keptFiles(), tags: new Map(), tools };
  let run = 100;
  return {
    pipeline,
    trigger: async (reason) => {
      const context: Context = new Map([["variables['Build.Reason']", reason]]);
      const macros: Context = new Map([...variablesOf(pipeline, context), ...Object.entries(variables)]);
      macros.set("Build.Reason", reason).set("Build.BuildId", String(++run));
      const runs: Record<string, StageRun> = {};
      for (const stage of pipeline.stages) {
        const needed = [stage.dependsOn ?? []].flat();
        const succeeded = needed.every((name) => runs[name]?.result === "success");
        const runsNow = value(stage.condition, new Map(context).set("succeeded()", String(succeeded))) === "true";
        runs[stage.stage] = runsNow
          ? await runStage(stage, context, new Map(macros), around)
          : { result: "skipped", summary: "", log: "", connections: [] };
      }
      return runs;
    },
  };
}

/** `tags`: of each run. Artifacts are kept under the number of their run and their name. */
type Around = {
  readonly artifacts: KeptFiles;
  readonly tags: Map<string, string>;
  readonly tools: string;
};

function variablesOf({ variables }: Pipeline, context: Context): readonly (readonly [string, string])[] {
  let met = false;
  return Object.entries(variables).flatMap(([name, given]) => {
    if (typeof given === "string") return [[name, given] as const];
    const condition = /^\$\{\{ (?:if (.*)|else) \}\}$/.exec(name);
    if (condition === null) throw new Error(`variables under what is not known here: ${name}`);
    met = condition[1] === undefined ? !met : value(condition[1], context) === "true";
    return met ? Object.entries(given) : [];
  });
}

async function runStage(stage: Stage, context: Context, macros: Context, around: Around): Promise<StageRun> {
  const cwd = temporaryFolder();
  macros.set("Pipeline.Workspace", join(cwd, "workspace"));
  for (const [name, text] of Object.entries(stage.variables ?? {}))
    macros.set(name, context.get(/^\$\[ *(.+?) *\]$/.exec(text)?.[1] ?? "") ?? "");
  const [job] = stage.jobs;
  const connections: string[] = [];
  let [succeeds, log, summary] = [true, "", ""];
  for (const step of job.steps ?? job.strategy?.runOnce.deploy.steps ?? []) {
    if (!isDue(step, context, succeeds)) continue;
    if (step.task !== "AzureCLI@2") succeeds = act(step, cwd, macros, around) && succeeds;
    else {
      connections.push(filled(step.inputs?.["azureSubscription"] ?? "", macros));
      const ended = await runAzureCli(step, cwd, macros, around);
      succeeds &&= ended.code === 0;
      log += ended.log;
      summary += summariesIn(ended.log);
      for (const [, tag = ""] of ended.log.matchAll(/^##vso\[build\.addbuildtag\](\w+)$/gm))
        around.tags.set(macros.get("Build.BuildId") ?? "", tag);
      for (const [, name = "", set = ""] of ended.log.matchAll(/^##vso\[task\.setvariable variable=(\w+)\](.*)$/gm))
        context.set(`variables['${name}']`, set);
      for (const [name, set] of variablesIn(ended.log)) {
        context.set(`variables['${step.name ?? ""}.${name}']`, set);
        context.set(`stageDependencies.${stage.stage}.${job.job ?? ""}.outputs['${step.name ?? ""}.${name}']`, set);
        context.set(`dependencies.${stage.stage}.outputs['${job.job ?? ""}.${step.name ?? ""}.${name}']`, set);
      }
    }
  }
  return { result: succeeds ? "success" : "failure", summary, log, connections };
}

/** A condition of a step's own takes the place of `succeeded()`. */
function isDue({ condition }: Step, context: Context, succeeds: boolean): boolean {
  return condition === undefined ? succeeds : value(condition, new Map(context).set("always()", "true")) === "true";
}

async function runAzureCli({ inputs = {} }: Step, cwd: string, macros: Context, { tools }: Around) {
  if (inputs["azureSubscription"] !== "$(connection)" || inputs["scriptLocation"] !== "inlineScript")
    throw new Error("AzureCLI@2 without its service connection or an inline script");
  const env = { TF_BUILD: "True", CI: "true", AGENT_TEMPDIRECTORY: temporaryFolder() };
  const ended = await runScript(filled(inputs["inlineScript"] ?? "", macros), { cwd, tools, env });
  return { code: ended.code, log: `${ended.stdout}${ended.stderr}` };
}

/** What is no script. Returns false where it fails the stage. */
function act(step: Step, cwd: string, macros: Context, { artifacts, tags }: Around): boolean {
  const { inputs = {}, artifact = "" } = step;
  const run = macros.get("Build.BuildId") ?? "";
  if (step.checkout === "none" || step.task === "UseNode@1") return true;
  if (step.publish !== undefined) {
    artifacts.keep(`${run}/${artifact}`, cwd, [step.publish]);
    return existsSync(join(cwd, step.publish));
  } else if (step.download === "current")
    return laid(artifacts, `${run}/${artifact}`, join(macros.get("Pipeline.Workspace") ?? "", artifact));
  else if (step.task === "DownloadPipelineArtifact@2") {
    // That of the newest run alone is looked for, whether it has one or not. One that is a folder is laid with its content.
    const { tags: tag, artifactName = "" } = inputs;
    const earlier = tag === undefined ? Number(run) - 1 : [...tags].findLast((of) => of[1] === tag)?.[0];
    const found = laid(artifacts, `${earlier}/${artifactName}`, cwd);
    return found || step.continueOnError === true;
  } else if (step.task === "PublishTestResults@2") readFileSync(join(cwd, inputs["testResultsFiles"] ?? ""), "utf8");
  else throw new Error(`the pipeline has a step that is not known here: ${JSON.stringify(step)}`);
  return true;
}

function laid(artifacts: KeptFiles, name: string, to: string): boolean {
  mkdirSync(to, { recursive: true });
  return artifacts.restore(name, to);
}

function filled(text: string, macros: Context): string {
  return text.replaceAll(/\$\(([\w.]+)\)/g, (all, name: string) => macros.get(name) ?? all);
}

function variablesIn(log: string): readonly (readonly [string, string])[] {
  const found = log.matchAll(/^##vso\[task\.setvariable variable=(\w+);isOutput=true\](.*)$/gm);
  return [...found].map(([, name = "", set = ""]) => [name, set] as const);
}

function summariesIn(log: string): string {
  const found = log.matchAll(/^##vso\[task\.uploadsummary\](.*)$/gm);
  return [...found].map(([, path = ""]) => readFileSync(path, "utf8")).join("\n");
}

/** A condition: eq, ne and `and` over texts in quotes and names of the context. */
function value(expression: string, context: Context): string {
  const call = /^(eq|ne|and)\((.*)\)$/.exec(expression);
  if (call === null) return /^'(.*)'$/.exec(expression)?.[1] ?? context.get(expression) ?? "";
  const values = argumentsOf(call[2] ?? "").map((argument) => value(argument, context));
  if (call[1] === "and") return String(values.every((one) => one === "true"));
  return String((values[0] === values[1]) === (call[1] === "eq"));
}

/** Parts at the commas outside brackets. */
function argumentsOf(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "(" || character === "[") depth += 1;
    if (character === ")" || character === "]") depth -= 1;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}
