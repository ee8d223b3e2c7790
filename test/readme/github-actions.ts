// As much of GitHub Actions as the README's workflow uses: jobs, conditions, outputs, artifacts, caches, summaries.
// Anything else in the workflow is an error: it would not have been tried.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { temporaryFolder } from "../temporary-folder.ts";
import { keptFiles, type KeptFiles } from "./kept-files.ts";
import { runScript } from "./tools-on-path.ts";

type Step = {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | number>>;
};

type Job = {
  readonly needs?: string;
  readonly if?: string;
  readonly environment?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
};

type Workflow = {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
};

type JobRun = {
  readonly result: "success" | "failure" | "skipped";
  readonly summary: string;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The identities it signed in with. */
  readonly identities: readonly string[];
};

export type Actions = {
  readonly workflow: Workflow;
  readonly trigger: (event: string) => Promise<Readonly<Record<string, JobRun>>>;
};

type Context = Map<string, string>;

/** A repository with this workflow and these variables. `tools`: where the commands of its scripts are. */
export function actionsOf(text: string, vars: Readonly<Record<string, string>>, tools: string): Actions {
  const workflow = parse(text) as Workflow;
  const [artifacts, caches] = [keptFiles(), keptFiles()];
  let runId = 1000;
  return {
    workflow,
    trigger: async (event) => {
      if (!(event in workflow.on)) throw new Error(`the workflow does not run on ${event}`);
      const context: Context = new Map(Object.entries(vars).map(([name, value]) => [`vars.${name}`, value]));
      context.set("github.event_name", event).set("github.run_id", String(++runId)).set("github.run_attempt", "1");
      const runs: Record<string, JobRun> = {};
      for (const [name, job] of Object.entries(workflow.jobs)) {
        const isReady = job.needs === undefined || runs[job.needs]?.result === "success";
        runs[name] =
          isReady && holds(job.if, context, true)
            ? await runJob(workflow, job, new Map(context), { artifacts, caches, tools })
            : { result: "skipped", summary: "", log: "", outputs: {}, identities: [] };
        for (const [output, value] of Object.entries(runs[name].outputs))
          context.set(`needs.${name}.outputs.${output}`, value);
      }
      return runs;
    },
  };
}

type Around = { readonly artifacts: KeptFiles; readonly caches: KeptFiles; readonly tools: string };

async function runJob(workflow: Workflow, job: Job, context: Context, around: Around): Promise<JobRun> {
  const cwd = temporaryFolder();
  const identities: string[] = [];
  let [succeeds, log, summary] = [true, "", ""];
  for (const step of job.steps) {
    if (!holds(step.if, context, succeeds)) continue;
    if (step.run === undefined) useAction(step, cwd, context, { ...around, identities });
    else {
      const ended = await runStep(workflow, step, { cwd, context, tools: around.tools });
      succeeds &&= ended.code === 0;
      log += `${ended.stdout}${ended.stderr}`;
      summary += ended.summary;
    }
  }
  const outputs = Object.entries(job.outputs ?? {}).map(([name, value]) => [name, filled(value, context)] as const);
  return { result: succeeds ? "success" : "failure", summary, log, outputs: Object.fromEntries(outputs), identities };
}

async function runStep(
  workflow: Workflow,
  step: Step,
  { cwd, context, tools }: { readonly cwd: string; readonly context: Context; readonly tools: string },
) {
  const files = temporaryFolder();
  const [GITHUB_OUTPUT, GITHUB_STEP_SUMMARY] = [join(files, "output"), join(files, "summary")];
  for (const file of [GITHUB_OUTPUT, GITHUB_STEP_SUMMARY]) writeFileSync(file, "");
  const GITHUB_EVENT_NAME = context.get("github.event_name") ?? "";
  const env: Record<string, string> = {
    GITHUB_ACTIONS: "true",
    CI: "true",
    GITHUB_EVENT_NAME,
    GITHUB_OUTPUT,
    GITHUB_STEP_SUMMARY,
  };
  for (const [name, value] of Object.entries({ ...workflow.env, ...step.env })) env[name] = filled(value, context);
  const ended = await runScript(filled(step.run ?? "", context), { cwd, tools, env });
  for (const line of readFileSync(GITHUB_OUTPUT, "utf8").split("\n").filter(Boolean)) {
    const [name = "", ...value] = line.split("=");
    context.set(`steps.${step.id ?? ""}.outputs.${name}`, value.join("="));
  }
  return { ...ended, summary: readFileSync(GITHUB_STEP_SUMMARY, "utf8") };
}

function useAction(
  { uses = "", with: given = {} }: Step,
  cwd: string,
  context: Context,
  around: Around & { readonly identities: string[] },
): void {
  const input = (name: string): string => filled(String(given[name] ?? ""), context);
  const action = /^([\w-]+\/[\w/-]+)@v\d+$/.exec(uses)?.[1];
  switch (action) {
    case "actions/setup-node":
      return;
    case "azure/login":
      for (const name of ["client-id", "tenant-id", "subscription-id"])
        if (input(name) === "") throw new Error(`azure/login has no ${name}`);
      around.identities.push(input("client-id"));
      return;
    case "actions/upload-artifact":
      return around.artifacts.keep(input("name"), cwd, [input("path")]);
    case "actions/download-artifact":
      if (!around.artifacts.restore(input("name"), cwd)) throw new Error(`no artifact ${input("name")}`);
      return;
    case "actions/cache/save":
      return around.caches.keep(input("key"), cwd, input("path").split("\n"));
    case "actions/cache/restore":
      void (around.caches.restore(input("key"), cwd) || around.caches.restore(input("restore-keys"), cwd));
      return;
    case undefined:
    default:
      throw new Error(`the workflow uses ${uses}, which is not known here`);
  }
}

/** Fills every expression in a text: a name, or `condition && name || name`. */
function filled(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{ *([^}]+?) *\}\}/g, (_all, expression: string) => {
    const [, condition, then = "", otherwise = ""] = /^(.+) && (\S+) \|\| (\S+)$/.exec(expression) ?? [];
    if (condition === undefined) return context.get(expression) ?? "";
    return context.get(clauseHolds(condition, context) ? then : otherwise) ?? "";
  });
}

/** Clauses joined by `&&`: a comparison with a text, or `always()`. Without `always()` a failure before it ends a job. */
function holds(condition: string | undefined, context: Context, succeeds: boolean): boolean {
  const clauses = condition?.split(" && ") ?? [];
  return (succeeds || clauses.includes("always()")) && clauses.every((clause) => clauseHolds(clause, context));
}

function clauseHolds(clause: string, context: Context): boolean {
  if (clause === "always()") return true;
  const parts = /^([\w.-]+) (==|!=) '([^']*)'$/.exec(clause);
  if (parts === null) throw new Error(`a condition that is not known here: ${clause}`);
  const isSame = (context.get(parts[1] ?? "") ?? "") === parts[3];
  return parts[2] === "==" ? isSame : !isSame;
}
