// Carries several takers of one lock out side by side in every order of their file operations, on files in memory.

import { givingBack, type InTheWay, type LockFiles, type Taking } from "../../src/journal/lock-taking.ts";

const lockPath = "lock.json";

export type Race = {
  readonly takers: number;
  /** How many of them may die, each between any two of its operations. */
  readonly deaths: number;
  /** How many of them give the lock back once they have it. */
  readonly returns: number;
  /** Who holds the lock at the start; one that nobody here is, is gone. */
  readonly stale?: string;
  readonly take: (path: string, text: string) => Taking<InTheWay | undefined>;
};

export type Found = {
  readonly states: number;
  readonly mostHolders: number;
  /** Endings in which nobody ever held the lock although nobody died. */
  readonly endingsWithoutHolder: number;
  /** The files that are left where nobody died, each once. */
  readonly leftFiles: readonly string[];
};

type Phase = "taking" | "holding" | "giving-back" | "ended" | "dead";

type Taker = {
  readonly text: string;
  phase: Phase;
  steps: Taking<unknown>;
  readonly answers: unknown[];
  hasHeld: boolean;
};

type Move = { readonly taker: number; readonly dies: boolean };

/** Every state that can be reached. */
export function everyOrder(race: Race): Found {
  const seen = new Set<string>();
  const left = new Set<string>();
  let [mostHolders, endingsWithoutHolder] = [0, 0];
  const explore = (moves: readonly Move[]): void => {
    const { takers, files, key } = replay(race, moves);
    if (seen.has(key)) return;
    seen.add(key);
    mostHolders = Math.max(mostHolders, takers.filter(({ phase }) => phase === "holding").length);
    const next = possibleMoves(race, takers, moves);
    for (const move of next) explore([...moves, move]);
    if (next.some(({ dies }) => !dies) || moves.some(({ dies }) => dies)) return;
    if (!takers.some(({ hasHeld }) => hasHeld)) endingsWithoutHolder += 1;
    for (const path of files.keys()) left.add(path);
  };
  explore([]);
  return { states: seen.size, mostHolders, endingsWithoutHolder, leftFiles: [...left] };
}

function possibleMoves(race: Race, takers: readonly Taker[], moves: readonly Move[]): readonly Move[] {
  const mayDie = moves.filter(({ dies }) => dies).length < race.deaths;
  // Takers differ in their names alone: they begin in the order of those.
  const begun = new Set(moves.map(({ taker }) => taker)).size;
  const mayReturn = takers.filter(({ phase, hasHeld }) => hasHeld && phase !== "holding").length < race.returns;
  return takers.flatMap(({ phase }, taker) => {
    if (phase === "ended" || phase === "dead" || taker > begun) return [];
    const goesOn = phase !== "holding" || mayReturn;
    return [...(goesOn ? [{ taker, dies: false }] : []), ...(mayDie ? [{ taker, dies: true }] : [])];
  });
}

function replay(race: Race, moves: readonly Move[]) {
  const files = new Map<string, string>(race.stale === undefined ? [] : [[lockPath, race.stale]]);
  const takers = Array.from({ length: race.takers }, (_, index): Taker => {
    const text = `taker ${index}`;
    return { text, phase: "taking", steps: race.take(lockPath, text), answers: [], hasHeld: false };
  });
  const disk = filesIn(files, (text) => takers.find((taker) => taker.text === text)?.phase ?? "dead");
  for (const { taker, dies } of moves) {
    if (dies) Object.assign(takers[taker]!, { phase: "dead", answers: [] });
    else proceed(takers[taker]!, disk);
  }
  const names = [...files.keys()].toSorted();
  const key = JSON.stringify([
    names.map((name) => [name, files.get(name)]),
    takers.map(({ phase, answers }) => [phase, answers]),
  ]);
  return { takers, files, key };
}

/** One operation, or the decision to give the lock back. */
function proceed(taker: Taker, files: LockFiles): void {
  if (taker.phase === "holding") {
    taker.phase = "giving-back";
    taker.steps = givingBack(lockPath, taker.text);
  }
  const next = taker.steps.next(taker.answers.at(-1));
  if (next.done !== true) return void taker.answers.push(next.value(files));
  // What it was told on the way decides nothing any more.
  taker.answers.length = 0;
  const holds = taker.phase === "taking" && next.value === undefined;
  taker.phase = holds ? "holding" : "ended";
  taker.hasHeld ||= holds;
}

function filesIn(files: Map<string, string>, phaseOf: (text: string) => Phase): LockFiles {
  return {
    create: (path, text) => !files.has(path) && files.set(path, text).has(path),
    read: (path) => files.get(path),
    replace: (from, to) => {
      files.set(to, files.get(from)!);
      files.delete(from);
    },
    remove: (path) => void files.delete(path),
    isGone: (_path, text) => phaseOf(text) === "dead",
  };
}
