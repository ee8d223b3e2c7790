// Replays a recorded sequence request by request against the world it began in, at the recorded times, and tells every
// difference. It must not skip a step or excuse one.
import { loadWorld } from "../../../src/emulator/worlds.ts";
import type { Client } from "../client.ts";
import { clientOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import { operationIdOf } from "../exchange.ts";
import { addBody, noKeyPaths } from "../key-paths.ts";
import { pathsOf, shapeOf } from "../shape.ts";
import { diskInTwoVaults } from "./disk-in-two-vaults.ts";
import { headersOf, jobIdOf, statesOf } from "./distil-sequence.ts";
import type { Sequence, Step } from "./sequence.ts";

type Difference = { readonly seq: number; readonly url: string; readonly what: string };
export type Replay = {
  readonly name: string;
  readonly exchanges: readonly Exchange[];
  readonly differences: readonly Difference[];
};

export async function replay(sequence: Sequence): Promise<Replay> {
  const { world, latencies, steps, startsAt } = sequence;
  const stands = world === diskInTwoVaults.name ? diskInTwoVaults : loadWorld(world);
  const client = clientOf({ ...stands, latencies }, "", sequence.name, Date.parse(startsAt));
  const ids = new Map<string, string>();
  const differences: Difference[] = [];
  let elapsed = 0;
  for (const step of steps) {
    client.wait(step.after - elapsed);
    elapsed = step.after;
    const answer = await repeat(client, step, ids);
    keepIds(step, answer, ids);
    const found = differencesOf(step, answer);
    differences.push(...found.map((what) => ({ seq: step.seq, url: `${step.method} ${answer.url}`, what })));
  }
  return { name: sequence.name, exchanges: client.exchanges, differences };
}

function repeat(client: Client, step: Step, ids: ReadonlyMap<string, string>): Promise<Exchange> {
  const url = [...ids].reduce((text, [placeholder, id]) => text.replaceAll(placeholder, id), step.url);
  return client.send(step.method, url, step.sends);
}

function keepIds({ seq }: Step, answer: Exchange, ids: Map<string, string>): void {
  const operation = operationIdOf(answer);
  if (operation !== undefined) ids.set(`{operation:${seq}}`, operation);
  const job = jobIdOf(answer);
  if (job !== undefined) ids.set(`{job:${seq}}`, job);
}

function differencesOf(step: Step, answer: Exchange): readonly string[] {
  return [...statusDifference(step, answer), ...headerDifferences(step, answer), ...bodyDifferences(step, answer)];
}

function statusDifference({ status }: Step, answer: Exchange): readonly string[] {
  return answer.status === status ? [] : [`status ${answer.status}, recorded ${status}`];
}

function headerDifferences(step: Step, answer: Exchange): readonly string[] {
  const given = headersOf(answer);
  const names = new Set([...Object.keys(step.headers), ...Object.keys(given)]);
  return [...names]
    .filter((name) => given[name] !== step.headers[name])
    .map((name) => `header ${name}: ${given[name] ?? "none"}, recorded ${step.headers[name] ?? "none"}`);
}

function bodyDifferences(step: Step, answer: Exchange): readonly string[] {
  const states = JSON.stringify(statesOf(answer.body));
  const recorded = JSON.stringify(step.states);
  const paths = noKeyPaths();
  addBody(paths, answer.body, "");
  const shown = pathsOf(shapeOf(paths, () => 0));
  const missing = [...pathsOf(step.shape)].flatMap(([path, { types, always }]) => {
    const here = shown.get(path);
    if (here === undefined) return always ? [`${path} is missing`] : [];
    return here.types.every((type) => types.includes(type))
      ? []
      : [`${path} is ${here.types.join()}, recorded ${types.join()}`];
  });
  return [...(states === recorded ? [] : [`says ${states}, recorded ${recorded}`]), ...missing];
}
