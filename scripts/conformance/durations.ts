// How long operations took, from the answer that accepted one to the poll that told its end, and how long jobs ran.
// It must not smooth or guess: an operation whose end was not recorded has no duration.
import { quantile } from "../quantile.ts";
import type { Exchange } from "./exchange.ts";
import { isObject, member, operationIdOf, textOf } from "./exchange.ts";
import { kindOf, kindOfBody } from "./kinds.ts";
import { operationOf } from "./operations.ts";

/** Seconds. `polls` is what polls told; `job` is what a job says of itself, to a ten-millionth. */
export type Duration = {
  readonly operation: string;
  readonly kind: string;
  readonly by: "polls" | "job";
  readonly count: number;
  readonly minimum: number;
  readonly median: number;
  readonly p90: number;
  readonly maximum: number;
  readonly endings: { readonly [ending: string]: number };
};

type Sample = {
  readonly operation: string;
  readonly kind: string;
  readonly by: "polls" | "job";
  readonly seconds: number;
  readonly ending: string;
};

export function durationsOf(exchanges: readonly Exchange[]): readonly Duration[] {
  const bySource = Map.groupBy(exchanges, ({ source }) => source);
  const samples = [...bySource.values()].flatMap((run) => [...polled(run), ...jobs(run)]);
  const groups = Map.groupBy(samples, ({ operation, kind, by }) => [operation, kind, by].join(" | "));
  return [...groups].toSorted(([one], [other]) => one.localeCompare(other, "en")).map(([, group]) => summary(group));
}

function summary(group: readonly Sample[]): Duration {
  const [first] = group;
  if (first === undefined) throw new Error("a group of durations is empty; it cannot be summed up");
  const seconds = group.map((sample) => sample.seconds);
  const at = (share: number): number => quantile(seconds, share);
  const endings = Map.groupBy(group, ({ ending }) => ending);
  return {
    operation: first.operation,
    kind: first.kind,
    by: first.by,
    count: group.length,
    minimum: at(0),
    median: at(0.5),
    p90: at(0.9),
    maximum: at(1),
    endings: Object.fromEntries(
      [...endings]
        .toSorted(([one], [other]) => one.localeCompare(other, "en"))
        .map(([ending, of]) => [ending, of.length]),
    ),
  };
}

function polled(run: readonly Exchange[]): readonly Sample[] {
  return run.flatMap((accepted, index) => {
    const id = operationIdOf(accepted);
    if (id === undefined || accepted.at === undefined || accepted.method === "GET") return [];
    const end = run
      .slice(index + 1)
      .find((poll) => poll.method === "GET" && poll.url.includes(id) && ending(poll) !== "");
    if (end?.at === undefined) return [];
    const operation = operationOf(accepted.method, accepted.url);
    const seconds = (end.at - accepted.at) / 1_000;
    return [{ operation, kind: kindOf(accepted, operation), by: "polls" as const, seconds, ending: ending(end) }];
  });
}

/** The empty text while it runs. */
function ending({ status, body }: Exchange): string {
  if (status === 204 || status === 404) return `HTTP ${status}`;
  if (status !== 200) return "";
  const word = textOf(member(body, "status"));
  return /^(inprogress|running|notstarted)$/iu.test(word) ? "" : word || "HTTP 200";
}

const clock = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/u;

function jobs(run: readonly Exchange[]): readonly Sample[] {
  const ended = new Map<string, Sample>();
  for (const exchange of run) {
    if (operationOf(exchange.method, exchange.url) !== "GET vaults/{}/backupJobs/{}" || !isObject(exchange.body))
      continue;
    const properties = member(exchange.body, "properties");
    const [match, hours, minutes, seconds] = clock.exec(textOf(member(properties, "duration"))) ?? [];
    const state = textOf(member(properties, "status"));
    if (match === undefined || !/^(Completed|Failed|Cancelled)/u.test(state)) continue;
    ended.set(textOf(member(exchange.body, "name")), {
      operation: "job",
      kind: kindOfBody(exchange.body),
      by: "job",
      seconds: Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0),
      ending: state,
    });
  }
  return [...ended.values()];
}
