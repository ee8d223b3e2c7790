// The build server this process runs on, and the summary that it shows beside the step. It prints nothing, and what it cannot
// write ends no command.

import { randomUUID } from "node:crypto";
import { appendFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { codeOf } from "../model/system-error.ts";
import { uploadSummaryCommand, type BuildServer, type BuildServerCommand } from "../reporting/build-server/commands.ts";
import type { DocumentText } from "../reporting/document-text.ts";

/** What of the environment the servers set. */
type Environment = {
  readonly GITHUB_ACTIONS?: string | undefined;
  readonly GITHUB_STEP_SUMMARY?: string | undefined;
  readonly TF_BUILD?: string | undefined;
  readonly AGENT_TEMPDIRECTORY?: string | undefined;
};

/** Told by what each server sets in every job: GITHUB_ACTIONS=true, TF_BUILD=True. */
export function detectBuildServer(env: Environment): BuildServer | undefined {
  if (env.GITHUB_ACTIONS === "true") return "github";
  return env.TF_BUILD?.toLowerCase() === "true" ? "azure-pipelines" : undefined;
}

/** GitHub drops the whole summary of a step that has more bytes. */
const githubLimit = 1024 * 1024;

/** What the caller prints: a command to the server, or one line that says why there is no summary. */
export type SummaryWritten = { readonly command?: BuildServerCommand; readonly warning?: string };

/** Puts the document beside the step, after what the step has there already. */
export function addToJobSummary(server: BuildServer, env: Environment, markdown: DocumentText): SummaryWritten {
  return server === "github" ? appendForGithub(env.GITHUB_STEP_SUMMARY, markdown) : fileForAzure(env, markdown);
}

function appendForGithub(file: string | undefined, markdown: DocumentText): SummaryWritten {
  if (file === undefined || file === "") return notWritten("GITHUB_STEP_SUMMARY is not set");
  try {
    const before = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const text = before === 0 ? markdown : `\n${markdown}`;
    if (before + Buffer.byteLength(text) > githubLimit)
      return notWritten("the summaries of this step would be longer than the 1 MiB that GitHub shows");
    appendFileSync(file, text);
    return {};
  } catch (error) {
    return notWritten(`${file}: ${codeOf(error)}`);
  }
}

/** The agent reads the file once the command was printed, and empties its own folder after the job: it is kept here. */
function fileForAzure({ AGENT_TEMPDIRECTORY: folder }: Environment, markdown: DocumentText): SummaryWritten {
  const isAgents = folder !== undefined && folder !== "";
  const file = resolve(isAgents ? folder : tmpdir(), `vault-teardown-${randomUUID()}.md`);
  try {
    // An agent outside of the container of this job reads it too; a folder that all users share is another matter.
    writeFileSync(file, markdown, { mode: isAgents ? 0o644 : 0o600, flag: "wx" });
    return { command: uploadSummaryCommand(file) };
  } catch (error) {
    return notWritten(`${file}: ${codeOf(error)}`);
  }
}

function notWritten(why: string): SummaryWritten {
  return { warning: `the job summary was not written (${why}); --report <file>.md writes the same document` };
}
