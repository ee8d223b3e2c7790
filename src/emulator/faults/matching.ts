// Which scripted fault a request meets: matching and counting. It must not carry a fault out.
import type { Answer } from "../answers.ts";
import { sameName } from "../names.ts";
import { fitsPattern } from "../wildcards.ts";
import type { Fault, WorldFault } from "./fault.ts";

export type Asked = {
  readonly method: string;
  readonly url: string;
  /** Decoded. */
  readonly segments: readonly string[];
  /** Decoded, `name=value` joined by `&`. */
  readonly query: string;
  readonly apiVersion: string;
  readonly now: number;
};

type ScriptedFault = { readonly script: WorldFault; seen: number };

export type Faults = {
  readonly scripted: readonly ScriptedFault[];
  /** The last answer to each URL a stale-list fault may hit; not saved with the world. */
  readonly answersBefore: Map<string, Answer>;
};

export function faultsFrom(faults: readonly WorldFault[] = []): Faults {
  return { scripted: faults.map((script) => ({ script, seen: script.seen ?? 0 })), answersBefore: new Map() };
}

/** With how often each was seen, from which it goes on counting; remembered answers are left out. */
export function savedFaults({ scripted }: Faults): readonly WorldFault[] {
  return scripted.map(({ script, seen }) => (seen === 0 ? script : { ...script, seen }));
}

/** Counts the request for every fault that fits it, and gives the first that is due. */
export function takeDue({ scripted }: Faults, asked: Asked): Fault | undefined {
  let due: Fault | undefined;
  for (const fault of scripted) {
    if (!fits(fault.script, asked)) continue;
    fault.seen += 1;
    if (due === undefined && isDue(fault)) due = fault.script.fault;
  }
  return due;
}

/** Keeps an answer that a stale-list fault may want to give again. */
export function rememberAnswer({ scripted, answersBefore }: Faults, asked: Asked, answer: Answer): void {
  const wanted = scripted.some(({ script }) => script.fault.kind === "stale-list" && fits(script, asked));
  if (wanted) answersBefore.set(asked.url, answer);
}

function isDue({ script, seen }: ScriptedFault): boolean {
  const { from = 1, times = 1 } = script;
  return seen >= from && (times === "always" || seen < from + times);
}

function fits({ match, fault }: WorldFault, asked: Asked): boolean {
  if (fault.kind === "stale-list" && asked.method !== "GET") return false;
  return (
    (match.method === undefined || sameName(match.method, asked.method)) &&
    (match.path === undefined || fitsPattern(match.path, `/${asked.segments.join("/")}`)) &&
    (match.query === undefined || asked.query.toLowerCase().includes(match.query.toLowerCase())) &&
    (match.apiVersion === undefined || sameName(match.apiVersion, asked.apiVersion))
  );
}
