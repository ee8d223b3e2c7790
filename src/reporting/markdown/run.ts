// A run as sections of Markdown: for those who read what a pipeline did, and go on from there.

import type { Plan } from "../../model/plan.ts";
import { runCountsText, continueText } from "../outcome-words.ts";
import { planNames } from "../plan-names.ts";
import { afterwardsText } from "../recovery-text.ts";
import { remainsBySort } from "../remains.ts";
import type { RunDocument } from "../run-document.ts";
import type { StepReport } from "../step-report.ts";
import { counted, duration } from "../words.ts";
import { workedMilliseconds, workText } from "../work-time.ts";
import { code, commandBlock, longestCommand, markup, prose, type Markdown } from "./escape.ts";
import { explainItem, folding, item, listSection, subitem, textSection } from "./lists.ts";
import { byHandSection } from "./plan.ts";
import type { Section } from "./sections.ts";

/** Of what the run is, how long it took, what became of its steps, and how it goes on. */
export function runFacts(run: RunDocument): Markdown {
  const { vault, counts, waits = [] } = run;
  const lines = [
    item(markup`vault: ${code(vault.id)}`),
    item(markup`run: ${code(run.run)} of plan ${code(run.plan)}`),
    ...timesOf(run),
    ...(counts === undefined ? [] : [item(markup`steps: ${prose(runCountsText(counts))}`)]),
    ...(waits.length === 0
      ? []
      : [item(markup`Azure throttled or did not answer: ${prose(counted(waits.length, "request"))} sent again`)]),
    ...(run.reason === undefined ? [] : [item(markup`reason: ${prose(run.reason)}`)]),
    ...(run.resumable === true ? [item(markup`continue: ${prose(continueText(run))}`)] : []),
    ...wayBack(run),
  ];
  return lines.join("\n") as Markdown;
}

function timesOf(run: RunDocument): readonly Markdown[] {
  const { startedAt: from, lastEventAt: to } = run;
  if (from === undefined || to === undefined) return [];
  return [item(markup`from ${code(from)} to ${code(to)}: ${prose(workText(run).join("; "))}`)];
}

/** The command is whole or not there: it stands above all that can be cut. */
function wayBack({ recover }: RunDocument): readonly Markdown[] {
  if (recover === undefined) return [];
  const { command, until, firstPurge, rehearsed } = recover;
  const end = until === undefined ? prose("until a time Azure does not say") : markup`until ${code(until)}`;
  const sooner = firstPurge === undefined ? "" : markup`; parts of it are purged from ${code(firstPurge)} on`;
  const only =
    rehearsed === undefined
      ? ""
      : `\n\n${prose("Rehearsed: this emulator ended with its process, and its vault with it.")}`;
  return [
    `\nWhat it soft-deleted comes back with this, ${end}${sooner}:\n\n${commandBlock(command)}${only}` as Markdown,
  ];
}

type NameOf = (step: StepReport) => string;

/** By the names of its plan, which tell apart what shares its own. */
function namesFrom(plan: Plan | undefined): NameOf {
  if (plan === undefined) return ({ name }) => name;
  const names = planNames(plan);
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  return ({ id, name }) => {
    const step = byId.get(id);
    return step === undefined ? name : names.ofStep(step);
  };
}

/** In the order in which they are read; the rank says which get room first. */
export function runSections(run: RunDocument, plan?: Plan): readonly Section[] {
  const nameOf = namesFrom(plan);
  const { outcome, remains = [], recovery, notPutBack = [], steps } = run;
  // Journals of earlier versions do not know the second list.
  const notShown: readonly string[] = outcome?.notShown ?? [];
  return [
    failuresSection(steps, nameOf),
    owedSection(notPutBack),
    listSection({ title: "proved", lines: outcome?.evidence ?? [] }, 3),
    listSection({ title: "could not be shown", lines: notShown }, 2),
    listSection({ title: "remains", lines: remainsBySort(remains) }, 4),
    ...(outcome?.kind === "recovered" ? [textSection({ title: "afterwards", lines: afterwardsText(run) }, 5)] : []),
    ...(recovery === undefined ? [] : [byHandSection(recovery)]),
    stepsSection(run, nameOf),
  ];
}

/** Each with its command, whole: never folded, and before everything else. */
export function owedSection(notPutBack: readonly string[]): Section {
  const entries = notPutBack.map((line) => () => item(prose(line, longestCommand)));
  return { title: "taken away and not put back: do it by hand", entries, count: entries.length, rank: 0 };
}

/** A person's move first, then what can be tried again, then what takes time. Never folded. */
function failuresSection(steps: readonly StepReport[], nameOf: NameOf): Section {
  const failed = steps.filter(({ state }) => state === "failed");
  const entries = ["blocked", "failed", "waiting", undefined].flatMap((wanted) =>
    failed.filter(({ disposition }) => disposition === wanted).map((step) => () => failureOf(step, nameOf(step))),
  );
  return { title: "not done", entries, count: entries.length, rank: 1 };
}

function failureOf(step: StepReport, name: string): Markdown {
  const { disposition = "failed", id, code: named = "", message = "", remedy = "", until, correlationId } = step;
  return [
    item(markup`**${prose(disposition)}** ${code(id)} ${code(name)}: ${code(named)}: ${prose(message)}`),
    subitem(markup`to do: ${prose(remedy)}`),
    ...explainItem(named),
    ...(until === undefined ? [] : [subitem(markup`not before: ${code(until)}`)]),
    ...(correlationId === undefined ? [] : [subitem(markup`correlation id: ${code(correlationId)}`)]),
  ].join("\n") as Markdown;
}

function stepsSection({ steps, stops }: RunDocument, nameOf: NameOf): Section {
  const entries = [...Map.groupBy(steps, ({ action }) => action)].flatMap(([action, same]) => [
    () => item(markup`**${prose(action)}** (${same.length})`),
    ...same.map((step) => () => subitem(stepLine(step, nameOf(step), stops))),
  ]);
  return { title: "steps", entries, rank: 6, ...folding(entries), count: steps.length };
}

function stepLine(step: StepReport, name: string, stops: RunDocument["stops"]): Markdown {
  const { id, state, startedAt, at, retries = [] } = step;
  const took =
    startedAt === undefined || at === undefined || state !== "verified"
      ? ""
      : ` in ${duration(workedMilliseconds(startedAt, at, stops))}`;
  const again = retries.length === 0 ? "" : `, after ${counted(retries.length, "retry", "retries")}`;
  const [word, why] = stateOf(step);
  const what = markup`${code(id)} ${code(name)}: ${prose(`${word}${took}${again}`)}`;
  return why === undefined ? what : markup`${what}: ${why}`;
}

/** What became of it, and what is known about that. */
function stateOf({ state, evidence, because, code: named }: StepReport): readonly [string, Markdown?] {
  switch (state) {
    case "pending":
      return ["not begun"];
    case "intended":
      return ["begun; what became of it is not known"];
    case "accepted":
      return ["accepted by Azure; not yet proved"];
    case "verified":
      return evidence === undefined ? ["verified"] : ["verified", prose(evidence)];
    case "failed":
      return named === undefined ? ["failed"] : ["failed", code(named)];
    case "skipped":
      return because === undefined ? ["skipped"] : ["skipped", markup`because of ${code(because)}`];
    default:
      return state satisfies never;
  }
}
