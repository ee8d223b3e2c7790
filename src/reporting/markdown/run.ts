// A run as sections of Markdown: for those who read what a pipeline did, and go on from there.

import { runCountsText, continueText } from "../outcome-words.ts";
import { afterwardsText, byHandText } from "../recovery-text.ts";
import { remainsBySort } from "../remains.ts";
import type { RunDocument } from "../run-document.ts";
import type { StepReport } from "../step-report.ts";
import { counted, duration } from "../words.ts";
import { code, commandBlock, markdown, prose, type Markdown } from "./escape.ts";
import { folding, item, listSection, subitem } from "./lists.ts";
import type { Section } from "./sections.ts";

/** Of what the run is, how long it took, what became of its steps, and how it goes on. */
export function runFacts(run: RunDocument): Markdown {
  const { vault, startedAt, lastEventAt, counts, waits = [] } = run;
  const lines = [
    item(markdown`vault: ${code(vault.id)}`),
    item(markdown`run: ${code(run.run)} of plan ${code(run.plan)}`),
    ...(startedAt === undefined || lastEventAt === undefined ? [] : [item(timesOf(startedAt, lastEventAt))]),
    ...(counts === undefined ? [] : [item(markdown`steps: ${prose(runCountsText(counts))}`)]),
    ...(waits.length === 0
      ? []
      : [item(markdown`Azure throttled or did not answer: ${prose(counted(waits.length, "request"))} sent again`)]),
    ...(run.reason === undefined ? [] : [item(markdown`reason: ${prose(run.reason)}`)]),
    ...(run.resumable === true ? [item(markdown`continue: ${prose(continueText(run))}`)] : []),
    ...wayBack(run),
  ];
  return lines.join("\n") as Markdown;
}

function timesOf(from: string, to: string): Markdown {
  return markdown`from ${code(from)} to ${code(to)}: ${prose(duration(Date.parse(to) - Date.parse(from)))}`;
}

/** The command is whole or not there: it stands above all that can be cut. */
function wayBack({ recover }: RunDocument): readonly Markdown[] {
  if (recover === undefined) return [];
  const { command, until, firstPurge, rehearsed } = recover;
  const end = until === undefined ? prose("until a time Azure does not say") : markdown`until ${code(until)}`;
  const sooner = firstPurge === undefined ? "" : markdown`; parts of it are purged from ${code(firstPurge)} on`;
  const only =
    rehearsed === undefined
      ? ""
      : markdown`
\n\nRehearsed: this emulator ended with its process, and its vault with it.
        `;
  return [
    `\nWhat it soft-deleted comes back with this, ${end}${sooner}:\n\n${commandBlock(command)}${only}` as Markdown,
  ];
}

/** In the order in which they are read; the rank says which get room first. */
export function runSections(run: RunDocument): readonly Section[] {
  const { outcome, remains = [], recovery, notPutBack = [], steps } = run;
  // Journals of earlier versions do not know the second list.
  const notShown: readonly string[] = outcome?.notShown ?? [];
  return [
    failuresSection(steps),
    listSection({ title: "taken away and not put back: do it by hand", lines: notPutBack }, 0, { folded: false }),
    listSection({ title: "proved", lines: outcome?.evidence ?? [] }, 3),
    listSection({ title: "could not be shown", lines: notShown }, 2),
    listSection({ title: "remains", lines: remainsBySort(remains) }, 4),
    ...(outcome?.kind === "recovered" ? [listSection({ title: "afterwards", lines: afterwardsText(run) }, 5)] : []),
    ...(recovery === undefined
      ? []
      : [listSection({ title: "not brought back", lines: byHandText(recovery.byHand) }, 4)]),
    stepsSection(steps),
  ];
}

/** A person's move first, then what can be tried again, then what takes time. Never folded. */
function failuresSection(steps: readonly StepReport[]): Section {
  const failed = steps.filter(({ state }) => state === "failed");
  const entries = ["blocked", "failed", "waiting", undefined].flatMap((wanted) =>
    failed.filter(({ disposition }) => disposition === wanted).map((step) => () => failureOf(step)),
  );
  return { title: "not done", entries, count: entries.length, rank: 1 };
}

function failureOf(step: StepReport): Markdown {
  const { disposition = "failed", id, name, code: named = "", message = "", remedy = "", until, correlationId } = step;
  return [
    item(markdown`**${prose(disposition)}** ${code(id)} ${code(name)}: ${code(named)}: ${prose(message)}`),
    subitem(markdown`to do: ${prose(remedy)}`),
    ...(until === undefined ? [] : [subitem(markdown`not before: ${code(until)}`)]),
    ...(correlationId === undefined ? [] : [subitem(markdown`correlation id: ${code(correlationId)}`)]),
  ].join("\n") as Markdown;
}

function stepsSection(steps: readonly StepReport[]): Section {
  const entries = [...Map.groupBy(steps, ({ action }) => action)].flatMap(([action, same]) => [
    () => item(markdown`**${prose(action)}** (${same.length})`),
    ...same.map((step) => () => subitem(stepLine(step))),
  ]);
  return { title: "steps", entries, rank: 6, ...folding(entries), count: steps.length };
}

function stepLine(step: StepReport): Markdown {
  const { id, name, state, startedAt, at, retries = [] } = step;
  const took =
    startedAt === undefined || at === undefined || state !== "verified"
      ? ""
      : ` in ${prose(duration(Date.parse(at) - Date.parse(startedAt)))}`;
  const again = retries.length === 0 ? "" : `, ${prose(counted(retries.length, "retry", "retries"))}`;
  return `${code(id)} ${code(name)}: ${stateOf(step)}${took}${again}` as Markdown;
}

function stateOf({ state, evidence, because, code: named = "" }: StepReport): Markdown {
  switch (state) {
    case "pending":
      return prose("not begun");
    case "intended":
      return prose("begun; what became of it is not known");
    case "accepted":
      return prose("accepted by Azure; not yet proved");
    case "verified":
      return evidence === undefined ? prose("verified") : markdown`verified: ${prose(evidence)}`;
    case "failed":
      return markdown`**failed** ${code(named)}`;
    case "skipped":
      return because === undefined ? prose("skipped") : markdown`skipped because of ${code(because)}`;
    default:
      return state satisfies never;
  }
}
