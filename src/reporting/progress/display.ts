// What a display of a run is to those who feed it, and what it needs from them. Types only.

import type { RecordedEvent } from "../../model/event.ts";
import type { Clock } from "../../model/ports.ts";
import type { TerminalText } from "../terminal-text.ts";

export type ProgressSink = {
  readonly write: (text: TerminalText) => void;
  /** The terminal that `write` writes to, where it is one to draw on. */
  readonly terminal?: NodeJS.WriteStream | undefined;
};

export type Progress = {
  readonly show: (event: RecordedEvent) => void;
  /** A line that is no event of the run. */
  readonly say: (line: string) => void;
  /** A wait that no event of the run tells of. */
  readonly waiting: (seconds: number, because: string) => void;
  readonly end: () => void;
};

export type RunTiming = {
  /** By which the events of the run are dated. */
  readonly clock: Pick<Clock, "now">;
  /** How many times as fast as real time it runs. */
  readonly speed: number;
  /** How many steps may be under way; absent: as many as can. */
  readonly concurrency?: number | undefined;
};
