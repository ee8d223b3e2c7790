// As much of Azure Pipelines as the README's pipeline uses: stages, conditions, output variables, artifacts, summaries.
// Anything else in the pipeline is an error: it would not have been tried.

import { mkdirSync, readFileSync } from "node:fs";
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

type Pipeline = { readonly variables: Readonly<Record<string, string>>; readonly stages: readonly Stage[] };

type StageRun = {
  readonly result: "success" | "failure" | "skipped";
  readonly summary: string;
  readonly log: string;
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
  const artifacts = keptFiles();
  return {
    pipeline,
    trigger: async (reason) => {
      const context: Context = new Map([["variables['Build.Reason']", reason]]);
      const macros: Context = new Map(Object.entries({ ...pipeline.variables, ...variables }));
      const runs: Record<string, StageRun> = {};
      for (const stage of pipeline.stages) {
        const needed = [stage.dependsOn ?? []].flat();
        const succeeded = needed.every((name) => runs[name]?.result === "success");
        const runsNow = value(stage.condition, new Map(context).set("succeeded()", String(succeeded))) === "true";
        runs[stage.stage] = runsNow
          ? await runStage(stage, context, new Map(macros), { artifacts, tools })
          : { result: "skipped", summary: "", log: "" };
      }
      return runs;
    },
  };
}

type Around = { readonly artifacts: KeptFiles; readonly tools: string };

async function runStage(stage: Stage, context: Context, macros: Context, around: Around): Promise<StageRun> {
  const cwd = temporaryFolder();
  macros.set("Pipeline.Workspace", join(cwd, "workspace"));
  for (const [name, text] of Object.entries(stage.variables ?? {}))
    macros.set(name, context.get(/^\$\[ *(.+?) *\]$/.exec(text)?.[1] ?? "") ?? "");
  const [job] = stage.jobs;
  let [succeeds, log, summary] = [true, "", ""];
  for (const step of job.steps ?? job.strategy?.runOnce.deploy.steps ?? []) {
    if (!succeeds && step.condition !== "always()") continue;
    if (step.task !== "AzureCLI@2") succeeds = act(step, cwd, macros, around) && succeeds;
    else {
      const ended = await runAzureCli(step, cwd, macros, around);
      succeeds &&= ended.code === 0;
      log += ended.log;
      summary += summariesIn(ended.log);
      for (const [name, set] of variablesIn(ended.log)) {
        context.set(`stageDependencies.${stage.stage}.${job.job ?? ""}.outputs['${step.name ?? ""}.${name}']`, set);
        context.set(`dependencies.${stage.stage}.outputs['${job.job ?? ""}.${step.name ?? ""}.${name}']`, set);
      }
    }
  }
  return { result: succeeds ? "success" : "failure", summary, log };
}

async function runAzureCli({ inputs = {} }: Step, cwd: string, macros: Context, { tools }: Around) {
  if (inputs["azureSubscription"] !== "$(connection)" || inputs["scriptLocation"] !== "inlineScript")
    throw new Error("AzureCLI@2 without its service connection or an inline script");
  const env = { TF_BUILD: "True", CI: "true", AGENT_TEMPDIRECTORY: temporaryFolder() };
  const ended = await runScript(filled(inputs["inlineScript"] ?? "", macros), { cwd, tools, env });
  return { code: ended.code, log: `${ended.stdout}${ended.stderr}` };
}

/** What is no script. Returns false where it fails the stage. */
function act(step: Step, cwd: string, macros: Context, { artifacts }: Around): boolean {
  const { inputs = {}, artifact = "" } = step;
  if (step.checkout === "none" || step.task === "UseNode@1") return true;
  if (step.publish !== undefined) artifacts.keep(artifact, cwd, [step.publish]);
  else if (step.download === "current")
    return laid(artifacts, artifact, join(macros.get("Pipeline.Workspace") ?? "", artifact));
  else if (step.task === "DownloadPipelineArtifact@2") {
    // An artifact that is a folder is laid with its content.
    const found = laid(artifacts, inputs["artifactName"] ?? "", cwd);
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
