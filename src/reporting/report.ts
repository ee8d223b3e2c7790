// Whatever a command has to tell, as one closed union: each format renders each of them.

import type { RecordedEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Answer } from "./answer.ts";
import type { TerminalText } from "./terminal-text.ts";
import type { RunDocument } from "./run-document.ts";

/** What each step of a plan sends, as commands of the Azure CLI; made when it is asked for. */
type PlanCommands = {
  readonly text: () => TerminalText;
  /** A document of its own: a plan's id is the hash of the plan's document. */
  readonly document: () => object;
};

/** `commands`: where they were asked for. */
export type PlanReport = { readonly about: "plan"; readonly plan: Plan; readonly commands?: PlanCommands };

export type RunReport = {
  readonly about: "run";
  readonly plan: Plan;
  readonly run: RunDocument;
  /** Every event as it is stored; read anew each time it is asked for. */
  readonly events: () => Iterable<RecordedEvent>;
  /** Of a command that carried out several plans one after the other: those that have ended before this one. */
  readonly before?: readonly Omit<RunReport, "before">[];
};

/** Nothing was carried out. */
export type AnswerReport = {
  readonly about: "answer";
  readonly answer: Answer;
  /** The one it is about, where there is one. */
  readonly plan?: Plan;
  /** It is the plan's own blockers that stand in the way, and the answer's are the same. */
  readonly isPlanBlocked?: true;
};

export type Report = PlanReport | RunReport | AnswerReport;
