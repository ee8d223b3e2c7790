// The live display: ora on a terminal, plain lines with a heartbeat elsewhere. Draws events; never asks, never decides.

import type { Ora } from "ora";
import type { RecordedEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Step } from "../model/step.ts";
import { planNames, type PlanNames } from "./plan-names.ts";
import { terminalLine, terminalText, type TerminalText } from "./terminal-text.ts";
import { counted, duration } from "./words.ts";

export type ProgressSink = {
  readonly isTerminal: boolean;
  readonly write: (text: TerminalText) => void;
};

export type Progress = {
  readonly show: (event: RecordedEvent) => void;
  /** A line that is no event of the run. */
  readonly say: (line: string) => void;
  /** A wait that no step event tells of: throttling, a service that does not answer. */
  readonly waiting: (seconds: number, because: string) => void;
  readonly end: () => void;
};

/** Silence longer than this makes build servers end a job. */
const heartbeatMilliseconds = 30_000;

/** Opens the display for a run of this plan. On a terminal it loads ora. */
export async function openProgress(plan: Plan, sink: ProgressSink): Promise<Progress> {
  const board = new Board(plan);
  if (!sink.isTerminal) return plainProgress(board, sink);
  const { default: ora } = await import("ora");
  const spinner = ora({ text: terminalLine(board.line()), stream: process.stderr, discardStdin: false });
  return spinnerProgress(board, sink, spinner.start());
}

function plainProgress(board: Board, sink: ProgressSink): Progress {
  let lastWritten = Date.now();
  const say = (line: string): void => {
    lastWritten = Date.now();
    sink.write(terminalText([line]));
  };
  const heartbeat = setInterval(() => {
    if (Date.now() - lastWritten >= heartbeatMilliseconds) say(board.line());
  }, heartbeatMilliseconds / 2);
  heartbeat.unref();
  return {
    show: (event) => {
      board.take(event);
      const line = board.describe(event);
      if (line !== undefined) say(line);
    },
    say,
    waiting: (seconds, because) => say(waitText(seconds, because)),
    end: () => clearInterval(heartbeat),
  };
}

function spinnerProgress(board: Board, sink: ProgressSink, spinner: Ora): Progress {
  const say = (line: string): void => {
    spinner.clear();
    sink.write(terminalText([line]));
    spinner.render();
  };
  return {
    show: (event) => {
      board.take(event);
      const line = event.type === "step-intended" || event.type === "step-accepted" ? undefined : board.describe(event);
      if (line !== undefined) say(line);
      spinner.text = terminalLine(board.line());
    },
    say,
    waiting: (seconds, because) => say(waitText(seconds, because)),
    end: () => void spinner.stop(),
  };
}

function waitText(seconds: number, because: string): string {
  return `waiting ${duration(seconds * 1000)}: ${because}`;
}

/** What is done, what runs since when. */
class Board {
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #names: PlanNames;
  readonly #running = new Map<string, number>();
  readonly #done = new Set<string>();
  /** Steps an earlier run verified; their ids are not told again. */
  #doneBefore = 0;

  constructor(plan: Plan) {
    this.#steps = new Map(plan.steps.map((step) => [step.id, step]));
    this.#names = planNames(plan);
  }

  take(event: RecordedEvent): void {
    if (event.type === "run-resumed") this.#doneBefore = event.verified;
    if (!("step" in event)) return;
    if (event.type === "step-intended" && !this.#running.has(event.step)) this.#running.set(event.step, Date.now());
    if (event.type !== "step-verified" && event.type !== "step-failed" && event.type !== "step-skipped") return;
    this.#running.delete(event.step);
    this.#done.add(event.step);
  }

  /** One line on where the run stands. */
  line(): string {
    const names = [...this.#running].map(([id, since]) => `${this.#label(id)} (${duration(Date.now() - since)})`);
    const shown = names.slice(0, 3).join(", ");
    const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
    const doing = names.length === 0 ? "" : `: ${shown}${more}`;
    const done = Math.min(this.#doneBefore + this.#done.size, this.#steps.size);
    return `${done} of ${counted(this.#steps.size, "step")}${doing}`;
  }

  /** The event as a line, with the name of its step. */
  describe(event: RecordedEvent): string | undefined {
    switch (event.type) {
      case "run-started":
        return `run ${event.run} begins: ${counted(event.steps, "step")}`;
      case "run-resumed":
        return `run ${event.run} continues: ${event.verified} verified, ${event.inDoubt} to look at first`;
      case "step-intended":
        return `${this.#label(event.step)}: writing`;
      case "step-accepted":
        return `${this.#label(event.step)}: accepted (${event.status}), waiting for it`;
      case "step-retried":
        return `${this.#label(event.step)}: again in ${duration(event.delaySeconds * 1000)}: ${event.because}`;
      case "request-retried":
        return waitText(event.delaySeconds, event.because);
      case "step-verified":
        return `${this.#label(event.step)}: verified: ${event.evidence}`;
      case "step-failed":
        return `${this.#label(event.step)}: ${event.disposition}: ${event.code}: ${event.message}`;
      case "step-skipped":
        return `${this.#label(event.step)}: skipped, because ${this.#label(event.because)} failed`;
      case "run-ended":
        return undefined;
      default:
        return event satisfies never;
    }
  }

  #label(id: string): string {
    const step = this.#steps.get(id);
    return step === undefined ? id : `${step.action} ${this.#names.ofStep(step)}`;
  }
}
