// The display on a terminal: ora, with the picture of the run below what was said. It knows how the picture lies on the
// terminal, also when that changes its size, and nothing of what is drawn.

import ora from "ora";
import { terminalText } from "../terminal-text.ts";
import type { Board } from "./board.ts";
import { cutToColumns, rowsOf } from "./columns.ts";
import type { Progress, ProgressSink, RunTiming } from "./display.ts";
import { eventLines, manySteps } from "./event-lines.ts";
import { linesFor, pictureLines } from "./picture-text.ts";

/** How soon an event is seen in the picture, and how often a countdown goes on; real time. Of many steps no event matters. */
const drawMilliseconds = 250;
const countdownMilliseconds = 1000;

/** Fewer turns a second than ora's own: it writes the whole picture with each. */
const turnMilliseconds = 160;

/** The turning sign and the space behind it. */
const signColumns = 2;

type Drawing = { readonly board: Board; readonly terminal: NodeJS.WriteStream; readonly timing: RunTiming };

/** Opens the display; it ends with `end`. */
export function spinnerProgress(drawing: Drawing, sink: ProgressSink): Progress {
  const { board, timing } = drawing;
  const lines = eventLines(board, true);
  const pane = openPane(drawing);
  let drawnAt = Date.now();
  let isBehind = false;
  const isMany = board.ended().total > manySteps;
  const tick = setInterval(() => {
    if ((isMany || !isBehind) && Date.now() - drawnAt < countdownMilliseconds) return;
    [drawnAt, isBehind] = [Date.now(), false];
    pane.draw();
  }, drawMilliseconds);
  tick.unref();
  // Ora clears the picture before what is written to its stream, and draws it again below.
  const say = (line: string): void => sink.write(terminalText([line]));
  return {
    show: (event) => {
      board.take(event);
      isBehind = true;
      const line = lines(event);
      if (line === undefined) return;
      // What is said must not stand above a picture of before.
      if (!isMany) pane.draw();
      say(line);
    },
    say,
    waiting: (seconds, because) => {
      board.wait({ until: timing.clock.now() + seconds * 1000, because });
      isBehind = true;
    },
    end: () => {
      clearInterval(tick);
      pane.close();
    },
  };
}

type Pane = { readonly draw: () => void; readonly close: () => void };

/** The rows of the terminal that hold the picture, and follow its size. */
function openPane(drawing: Drawing): Pane {
  const { terminal } = drawing;
  // Not ora's own judgement of colour: that goes by stdout, and does not know NO_COLOR.
  const color = terminal.hasColors() ? "cyan" : false;
  const spinner = ora({ stream: terminal, color, discardStdin: false, isEnabled: true, interval: turnMilliseconds });
  let drawn = textOf(drawing);
  const resized = (): void => {
    const extra = rowsMore(drawn, terminal.columns);
    spinner.stop();
    if (extra > 0) wipeAbove(terminal, extra);
    drawn = textOf(drawing);
    if (terminal.columns > 0) spinner.start(drawn);
  };
  terminal.on("resize", resized);
  spinner.start(drawn);
  return {
    draw: () => {
      const text = textOf(drawing);
      if (text === drawn || !spinner.isSpinning) return;
      drawn = text;
      spinner.text = text;
      // At once: what is drawn must be known when the terminal changes its size.
      spinner.render();
    },
    close: () => {
      terminal.off("resize", resized);
      spinner.stop();
    },
  };
}

/**
 * What ora is given: lines that leave the last column free, and an empty one below them in which the cursor stands. What
 * a person types, or a terminal echoes of Ctrl-C, then breaks no line.
 */
function textOf({ board, terminal: { columns, rows }, timing }: Drawing): string {
  const lines = pictureLines(board.picture(timing.clock.now()), linesFor(rows));
  const widths = Math.max(1, columns - 1);
  return `${lines.map((line, at) => cutToColumns(line, at === 0 ? widths - signColumns : widths)).join("\n")}\n`;
}

/**
 * By how many rows what was drawn grew when the terminal became this narrow: it goes on with a line in the next row then,
 * and ora, which clears as many rows as it wrote, would leave the first ones standing.
 */
function rowsMore(drawn: string, columns: number): number {
  if (!(columns > 0)) return 0;
  const rows = drawn.split("\n").map((line, at) => rowsOf(at === 0 ? `* ${line}` : line, columns));
  return rows.reduce((sum, count) => sum + count - 1, 0);
}

function wipeAbove(terminal: NodeJS.WriteStream, rows: number): void {
  terminal.moveCursor(0, -rows);
  terminal.cursorTo(0);
  terminal.clearScreenDown();
}
