// A recorded sequence as facts: which request came when, and what was told by its answer. It must not hold an answer's body.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Json } from "../exchange.ts";
import type { Shape } from "../shape.ts";

/** What a body says of the state of things, member by member; of a list one entry each. */
export type State = { readonly [member: string]: Json };

export type Step = {
  /** The exchange of the recording. */
  readonly seq: number;
  /** Seconds after the first step. */
  readonly after: number;
  readonly method: string;
  /**
   * As the client wrote it. `{operation:12}` and `{job:15}` stand for the id that the answer to exchange 12, or 15, gave.
   */
  readonly url: string;
  readonly sends?: Json;
  readonly status: number;
  /** Operation headers, with the form of their urls. */
  readonly headers: { readonly [name: string]: string };
  readonly shape: Shape;
  readonly states: readonly State[];
};

export type Sequence = {
  readonly name: string;
  readonly recording: string;
  /** The world, most of them shipped, that stands where the recording stood before the first step. */
  readonly world: string;
  /** Seconds that operations took, in their order, by the emulator's names. */
  readonly latencies: { readonly [operation: string]: readonly number[] };
  readonly startsAt: string;
  readonly steps: readonly Step[];
};

const sequencesFile: string = fileURLToPath(new URL("./recorded-sequences.json", import.meta.url));

export function readSequences(): readonly Sequence[] {
  return JSON.parse(readFileSync(sequencesFile, "utf8")) as readonly Sequence[];
}

export function writeSequences(sequences: readonly Sequence[]): void {
  const text = sequences.map(({ steps, ...rest }) => {
    const head = JSON.stringify(rest).slice(0, -1);
    return `${head},"steps":[\n${steps.map((step) => JSON.stringify(step)).join(",\n")}\n]}`;
  });
  writeFileSync(sequencesFile, `[\n${text.join(",\n")}\n]\n`);
}
