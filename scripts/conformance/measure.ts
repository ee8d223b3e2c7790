// Drives the emulator through every scenario and holds its answers against the observed facts. It must not tell anybody.
import { scenariosStartAt } from "./client.ts";
import type { Comparison } from "./compare.ts";
import { compare, formsBeyond } from "./compare.ts";
import type { Duration } from "./durations.ts";
import { durationsOf } from "./durations.ts";
import type { Exchange } from "./exchange.ts";
import { member, textOf } from "./exchange.ts";
import type { Fact, Facts } from "./facts.ts";
import { factsFrom, readFacts } from "./facts.ts";
import { formKey, observe } from "./observed.ts";
import { runScenarios } from "./scenarios/all.ts";
import type { Replay } from "./sequences/replay.ts";

export type Measured = {
  readonly facts: Facts;
  readonly forms: readonly Comparison[];
  /** Of the forms answered, how many only because a world scripts the failure. */
  readonly scripted: number;
  readonly unrecorded: readonly Fact[];
  readonly replays: readonly Replay[];
  /** What the emulator's own operations took, told as the recorded ones are. */
  readonly durations: readonly Duration[];
  readonly exchanges: number;
};

export async function measure(): Promise<Measured> {
  const facts = readFacts();
  const { exchanges, scripted, replays } = await runScenarios();
  const unaided = [...exchanges, ...replays.flatMap((replay) => replay.exchanges)];
  const own = factsFrom(observe(unaided)).facts;
  const added = formsBeyond(own, factsFrom(observe(scripted)).facts);
  const answers = [...own, ...added];
  const forms = compare(facts.facts, answers);
  const addedKeys = new Set(added.map(formKey));
  return {
    facts,
    forms,
    scripted: forms.filter(({ fact, answered }) => answered && addedKeys.has(formKey(fact))).length,
    unrecorded: formsBeyond(facts.facts, answers),
    replays,
    durations: durationsOf(exchanges.filter((exchange) => !isOfEarlierJob(exchange))),
    exchanges: unaided.length + scripted.length,
  };
}

/** Jobs that stood in a world from the start tell what its author wrote, not what the emulator takes. */
function isOfEarlierJob({ body }: Exchange): boolean {
  return Date.parse(textOf(member(body, "properties", "startTime"))) < scenariosStartAt;
}
