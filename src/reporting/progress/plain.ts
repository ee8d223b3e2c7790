// The display where there is no terminal to draw on: lines that stay, and a sign of life when nothing happens for long.

import { terminalText } from "../terminal-text.ts";
import type { Board } from "./board.ts";
import type { Progress, ProgressSink, RunTiming } from "./display.ts";
import { eventLines, manySteps, waitText } from "./event-lines.ts";
import { pictureLine } from "./picture-text.ts";

/** Silence of a minute makes some build servers end a job: it is broken after half of that. Real time. */
const heartbeatMilliseconds = 30_000;

/** Where steps are too many to be told one by one, a line comes whenever another such share of them has ended. */
const shareTold = 0.05;

/** Opens the display; it ends with `end`. */
export function plainProgress(board: Board, sink: ProgressSink, { clock }: Pick<RunTiming, "clock">): Progress {
  const lines = eventLines(board, false);
  let lastWritten = Date.now();
  const say = (line: string): void => {
    lastWritten = Date.now();
    sink.write(terminalText([line]));
  };
  const sayPicture = (): void => say(pictureLine(board.picture(clock.now())));
  const shareEnded = (): number => {
    const { ended, total } = board.ended();
    return total > manySteps ? Math.floor(ended / total / shareTold) : 0;
  };
  let told = shareEnded();
  const heartbeat = setInterval(() => {
    if (Date.now() - lastWritten >= heartbeatMilliseconds) sayPicture();
  }, heartbeatMilliseconds / 2);
  heartbeat.unref();
  return {
    show: (event) => {
      board.take(event);
      const line = lines(event);
      if (line !== undefined) say(line);
      const share = shareEnded();
      if (share > told) sayPicture();
      told = share;
    },
    say,
    waiting: (seconds, because) => say(waitText(seconds, because)),
    end: () => clearInterval(heartbeat),
  };
}
