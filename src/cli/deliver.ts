// Brings a report to whoever waits for it: stdout, the files that were named, the build server. Decides nothing of what it says.

import { codeOf } from "../model/system-error.ts";
import type { AnswerReport, Report } from "../reporting/report.ts";
import type { Delivery, ReportFile } from "./delivery.ts";
import { planHasSteps } from "./exit-codes.ts";
import { rendered } from "./rendering.ts";
import { command, printPieces, say, showPieces } from "./streams.ts";
import { writeWhole } from "./whole-file.ts";

/** Prints the report and tells it elsewhere. Returns the exit code of the command, which is no success where that failed. */
export async function deliver(report: Report, delivery: Delivery, exitCode: number): Promise<number> {
  await printReport(report, delivery);
  return tellElsewhere(report, delivery, exitCode);
}

/** Brings an answer to who waits for it. Returns its exit code. */
export function answer(delivery: Delivery, said: AnswerReport): Promise<number> {
  return deliver(said, delivery, said.answer.exitCode);
}

/** Prints the report in the format asked for: an answer for people that is no success goes to stderr. */
export async function printReport(report: Report, { format }: Pick<Delivery, "format">): Promise<void> {
  const pieces = await rendered(report, format);
  if (format === "text" && report.about === "answer" && report.answer.exitCode !== 0) return showPieces(pieces);
  return printPieces(pieces);
}

/**
 * Writes the report files and tells the build server. Returns the exit code of the command, which is no success where a
 * file could not be written.
 */
export async function tellElsewhere(report: Report, delivery: Delivery, exitCode: number): Promise<number> {
  if (delivery.tellsBuildServer) await tellBuildServer(report);
  let isAllWritten = true;
  for (const file of delivery.files) {
    const refused = await writeReport(report, file);
    isAllWritten &&= refused === undefined;
    say(
      refused === undefined
        ? `report written to ${file.path}`
        : `cannot write the report to ${file.path} (${refused}): name another place with --report`,
    );
  }
  return isAllWritten || (exitCode !== 0 && exitCode !== planHasSteps) ? exitCode : 1;
}

/** Adds the Markdown to the summary of the job, and marks what somebody must act on. Nothing where no server is known. */
async function tellBuildServer(report: Report): Promise<void> {
  const { addToJobSummary, detectBuildServer } = await import("./build-server.ts");
  const server = detectBuildServer(process.env);
  if (server === undefined) return;
  const [{ annotations }, { markdownReport }] = await Promise.all([
    import("../reporting/build-server/annotations.ts"),
    import("../reporting/markdown/report.ts"),
  ]);
  command(...annotations(report, server));
  const summary = addToJobSummary(server, process.env, markdownReport(report));
  if (summary.command !== undefined) command(summary.command);
  if (summary.warning !== undefined) say(summary.warning);
}

/** An error that ends a command has no report: the build server is told of it all the same. */
export async function tellOfError(reason: string): Promise<void> {
  const { detectBuildServer } = await import("./build-server.ts");
  const server = detectBuildServer(process.env);
  if (server === undefined) return;
  const { annotations } = await import("../reporting/build-server/annotations.ts");
  command(...annotations({ about: "answer", answer: { exitCode: 1, reason } }, server));
}

/** Why it could not be written; undefined when it was. */
async function writeReport(report: Report, { path, format }: ReportFile): Promise<string | undefined> {
  const pieces = await rendered(report, format);
  try {
    writeWhole(path, pieces);
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}
