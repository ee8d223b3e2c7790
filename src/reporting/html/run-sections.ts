// What a page tells of a run beside its timeline: how it stands, what failed, what was proved, how it is continued and undone. The words are the text form's.

import { explainCommand } from "../../explanations/explain-command.ts";
import { workText } from "../work-time.ts";
import { afterwardsText } from "../recovery-text.ts";
import { remainsBySort } from "../remains.ts";
import type { RunDocument } from "../run-document.ts";
import { continueText, runHeadline } from "../outcome-words.ts";
import { countsText } from "../run-text.ts";
import type { StepReport } from "../step-report.ts";
import { counted, day } from "../words.ts";
import { markup, nothing, type Html } from "./html-text.ts";
import { clock } from "./item-rows.ts";
import { labelled, outline } from "./outline.ts";
import { command, inTwo, list, section, verdict, type Tone, noSection, type Section } from "./parts.ts";
import { stateSigns, stepStates } from "./states.ts";

export function runTitle({ recovery }: RunDocument): string {
  return recovery === undefined ? "Run of a teardown" : "Run of a recovery";
}

export function runVerdict(run: RunDocument): Html {
  const [word, rest] = inTwo(runHeadline(run));
  const counts = Map.groupBy(run.steps, ({ state }) => state);
  return markup`${verdict(toneOf(run), word, rest)}
    ${run.reason === undefined ? nothing : markup`<p class="lead">${run.reason}</p>`}
    <ul class="figures">
      ${stepStates.toReversed().flatMap((state) => {
        const many = counts.get(state)?.length;
        return many === undefined
          ? []
          : [markup`<li class="state ${state}"><strong>${many}</strong> ${stateSigns[state]} ${state}</li>`];
      })}
    </ul>`;
}

function toneOf({ ended, outcome, exitCode }: RunDocument): Tone {
  if (!ended || exitCode === 4) return "wait";
  if (outcome === undefined) return "bad";
  return exitCode === 0 ? "good" : "wait";
}

export function runFacts(run: RunDocument): Section {
  const { startedAt, lastEventAt, plan, exitCode, vault } = run;
  const took =
    startedAt === undefined || lastEventAt === undefined
      ? []
      : [`from      ${clock(startedAt)}`, `until     ${clock(lastEventAt)}, ${workText(run).join("; ")}`];
  const lines = [
    `vault     ${vault.id}`,
    `run       ${run.run}`,
    `plan      ${plan}`,
    ...took,
    ...countsText(run),
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
  ];
  return section("run", "The run", labelled(lines));
}

export function failuresSection({ steps }: RunDocument): Section {
  const failed = steps.filter(({ state }) => state === "failed");
  if (failed.length === 0) return noSection;
  return section(
    "failures",
    counted(failed.length, "failed step"),
    markup`<ol class="cards">
      ${failed.map(failureCard)}
    </ol>`,
    "urgent",
  );
}

function failureCard(step: StepReport): Html {
  const { id, name, disposition = "failed", code, message, remedy, correlationId, until, at } = step;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["to do", remedy],
    ["not before", until],
    ["code", code],
    ["explain", code === undefined ? undefined : explainCommand(code)],
    ["correlation", correlationId],
    ["when", at === undefined ? undefined : clock(at)],
  ];
  return markup`<li class="card">
    <h3><code>${id}</code> ${name}: ${disposition}</h3>
    <p>${message}</p>
    <dl class="facts">
      ${facts.map(([term, text]) =>
        text === undefined
          ? nothing
          : markup`<div>
              <dt>${term}</dt>
              <dd>${text}</dd>
            </div>`,
      )}
    </dl>
  </li>`;
}

/** What is still open, and how it goes on. */
export function openSection(run: RunDocument): Section {
  const left = run.notPutBack ?? [];
  const lines = [
    ...left.map((line) => `not put back: ${line}`),
    ...(run.resumable === true || !run.ended ? [continueText(run)] : []),
  ];
  return section("open", "What is open, and how it goes on", list(lines), left.length === 0 ? "" : "urgent");
}

export function proofSection({ outcome }: RunDocument): Section {
  if (outcome === undefined) return noSection;
  // Journals of earlier versions do not know the second list.
  const notShown: readonly string[] = (outcome.notShown as readonly string[] | undefined) ?? [];
  return section(
    "proof",
    "What was proved",
    markup`${list(outcome.evidence)}${
      notShown.length === 0
        ? nothing
        : markup`<h3>Not shown</h3>
            ${list(notShown)}`
    }`,
  );
}

export function undoSection({ recover, recovery }: RunDocument): Section {
  if (recovery !== undefined) return noSection;
  if (recover === undefined)
    return section(
      "undo",
      "How to undo it",
      markup`<p>This run is not known to have soft-deleted anything that a recovery could bring back.</p>`,
    );
  const { command: line, until, firstPurge, rehearsed } = recover;
  const sooner = firstPurge === undefined ? "" : `; parts of it are purged from ${day(firstPurge)} on`;
  const rehearsal = "Rehearsed: this emulator ended with its process, and its vault with it.";
  const told = [`Works until ${until ?? "a time Azure does not say"}${sooner}.`, ...(rehearsed ? [rehearsal] : [])];
  return section("undo", "How to undo it", markup`${command(line)}<p>${told.join(" ")}</p>`);
}

/** What the vault has left behind, or how what a recovery brought back is protected again. */
export function runRemainsSection(run: RunDocument): Section {
  if (run.recovery === undefined) return section("remains", "What remains", outline(remainsBySort(run.remains ?? [])));
  return section("afterwards", "Afterwards", list(run.outcome?.kind === "recovered" ? afterwardsText(run) : []));
}
