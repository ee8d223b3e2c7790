// The command line on a pseudo-terminal, and the screen that a terminal of this size shows of it. It must not test anything.

import type { IPty } from "@lydell/node-pty";
import type { Terminal as Screen } from "@xterm/headless";
import headless from "@xterm/headless";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { compiled, inherited, main } from "./command-line.ts";

export type Size = { readonly columns: number; readonly rows: number };

export type PseudoTerminal = {
  /** The rows that are seen now, without spaces at their ends. */
  readonly rows: () => readonly string[];
  /** The same with everything that was scrolled out of sight. */
  readonly allRows: () => readonly string[];
  /** Everything that was written, as it was. */
  readonly written: () => string;
  readonly isCursorShown: () => boolean;
  /** Resolves after something was written with which this holds; rejects when the process ends before that. */
  readonly until: (holds: () => boolean) => Promise<void>;
  readonly type: (text: string) => void;
  readonly resize: (size: Size) => void;
  /** Resolves with the exit code when everything has been drawn. */
  readonly ended: Promise<number>;
};

const module = await import("@lydell/node-pty").catch(() => undefined);

/** Why no pseudo-terminal can be opened here; undefined where one can. */
export const noTerminal: string | undefined =
  module === undefined ? `@lydell/node-pty has no binary for ${process.platform} ${process.arch}` : undefined;

/** Runs a command line on a terminal until it ends, or the test does. */
export function onTerminal(
  parameters: readonly string[],
  { columns, rows }: Size,
  environment: Readonly<Record<string, string>> = {},
): PseudoTerminal {
  if (module === undefined) throw new Error(noTerminal);
  const screen = new headless.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
  const env = { ...inherited(), TERM: "xterm-256color", NODE_COMPILE_CACHE: compiled, ...environment };
  const child = module.spawn(process.execPath, [main, ...parameters], {
    cols: columns,
    rows,
    cwd: temporaryFolder(),
    env,
  });
  const { ended, onDrawn, written } = drawn(child, screen);
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
    screen.dispose();
  });
  return {
    rows: () => rowsOf(screen, screen.buffer.active.baseY),
    allRows: () => rowsOf(screen, 0),
    written,
    isCursorShown: cursorOf(screen),
    until: async (holds) => {
      const seen = Promise.withResolvers<void>();
      onDrawn(() => settled(holds, seen));
      const code = await Promise.race([seen.promise, ended]);
      if (code !== undefined) throw new Error(`ended with ${code} before that:\n${rowsOf(screen, 0).join("\n")}`);
    },
    type: (text) => child.write(text),
    resize: (size) => {
      // As a terminal does it: its own rows first, then it tells the process.
      screen.resize(size.columns, size.rows);
      child.resize(size.columns, size.rows);
    },
    ended,
  };
}

type Listener = () => boolean;

/** Whether the condition holds now, or cannot be asked: then it is over as well. */
function settled(holds: () => boolean, { resolve, reject }: PromiseWithResolvers<void>): boolean {
  try {
    if (!holds()) return false;
    resolve();
  } catch (error) {
    reject(error);
  }
  return true;
}

/** Draws what the process writes, and tells of every piece that was drawn until the listener has had enough. */
function drawn(child: IPty, screen: Screen) {
  let text = "";
  const listeners = new Set<Listener>();
  const tell = (): void => {
    for (const listener of listeners) if (listener()) listeners.delete(listener);
  };
  child.onData((piece) => {
    text += piece;
    screen.write(piece, tell);
  });
  const ended = new Promise<number>((resolve) => {
    child.onExit(({ exitCode }) => screen.write("", () => resolve(exitCode)));
  });
  return { ended, written: () => text, onDrawn: (listener: Listener) => void (listener() || listeners.add(listener)) };
}

/** Follows the sequences that show and hide the cursor. */
function cursorOf({ parser }: Screen): () => boolean {
  let isShown = true;
  const follow = (final: string, shows: boolean): void => {
    parser.registerCsiHandler({ prefix: "?", final }, (modes) => {
      if (modes.includes(25)) isShown = shows;
      return false;
    });
  };
  follow("h", true);
  follow("l", false);
  return () => isShown;
}

function rowsOf({ buffer: { active } }: Screen, from: number): readonly string[] {
  const rows = Array.from({ length: active.length - from }, (_, at) => active.getLine(from + at));
  return rows.map((row) => row?.translateToString(true).trimEnd() ?? "");
}
