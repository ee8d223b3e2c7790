// Turns a stretch of a recording into a sequence of facts. It must not keep an answer's body or an operation's id.
import type { Exchange, Json } from "../exchange.ts";
import { isList, isObject, member, operationIdOf, textOf } from "../exchange.ts";
import { addBody, noKeyPaths } from "../key-paths.ts";
import { formOfUrl } from "../observed.ts";
import { shapeOf } from "../shape.ts";
import type { chosen } from "./chosen.ts";
import type { Sequence, State, Step } from "./sequence.ts";

type Chosen = (typeof chosen)[number];

const operationHeaders: readonly string[] = ["azure-asyncoperation", "location"];
const stateMembers: readonly (readonly string[])[] = [
  ["error", "code"],
  ["status"],
  ["properties", "status"],
  ["properties", "operation"],
  ["properties", "protectionState"],
  ["properties", "currentProtectionState"],
  ["properties", "isScheduledForDeferredDelete"],
  ["properties", "registrationStatus"],
  ["properties", "softDeleteFeatureState"],
  ["properties", "provisioningState"],
];

export function distilSequence(choice: Chosen, recording: readonly Exchange[]): Sequence {
  const stretch = recording.filter(({ seq }) => seq >= choice.from && seq <= choice.to);
  const startsAt = stretch.find(({ at }) => at !== undefined)?.at ?? 0;
  const ids = idsOf(stretch);
  let latest = startsAt;
  const steps = stretch.map((exchange): Step => {
    // two clocks of Azure may be a second apart; time does not run back
    latest = Math.max(latest, exchange.at ?? latest);
    return stepOf(exchange, (latest - startsAt) / 1_000, ids);
  });
  const { name, recording: from, world, latencies } = choice;
  return { name, recording: from, world, latencies, startsAt: new Date(startsAt).toISOString(), steps };
}

function stepOf(exchange: Exchange, after: number, ids: ReadonlyMap<string, string>): Step {
  const { seq, method, requestBody, status, body } = exchange;
  const paths = noKeyPaths();
  addBody(paths, body, "");
  return {
    seq,
    after,
    method,
    url: withPlaceholders(unsigned(exchange.url), ids),
    ...(requestBody === null ? {} : { sends: requestBody }),
    status,
    headers: headersOf(exchange),
    shape: shapeOf(paths, () => 0),
    states: statesOf(body),
  };
}

/** Operation headers and the form of their urls, without the signature: Azure began to sign in the course of August 2023. */
export function headersOf({ headers }: Exchange): Step["headers"] {
  return Object.fromEntries(
    operationHeaders.flatMap((name) => {
      const form = formOfUrl(unsigned(headers.get(name) ?? ""));
      return form === undefined ? [] : [[name, form]];
    }),
  );
}

export function statesOf(body: Json): readonly State[] {
  const value = isObject(body) ? body["value"] : undefined;
  return (isList(value) ? value : [body]).filter(isObject).map((entry) =>
    Object.fromEntries(
      stateMembers.flatMap((names) => {
        const state = member(entry, ...names);
        return state === undefined ? [] : [[names.join("."), state]];
      }),
    ),
  );
}

/** The signature of an url is answered with or without. */
function unsigned(url: string): string {
  return url.replaceAll(/[&?](?:t|c|s|h)=[^&]*/gu, "");
}

/** Ids that answers gave, and what stands for them. */
function idsOf(stretch: readonly Exchange[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const exchange of stretch) {
    const operation = operationIdOf(exchange);
    if (operation !== undefined && !ids.has(operation)) ids.set(operation, `{operation:${exchange.seq}}`);
    const job = jobIdOf(exchange);
    if (job !== undefined && !ids.has(job)) ids.set(job, `{job:${exchange.seq}}`);
  }
  return ids;
}

export function jobIdOf({ body }: Exchange): string | undefined {
  return textOf(member(body, "properties", "jobId")) || undefined;
}

function withPlaceholders(url: string, ids: ReadonlyMap<string, string>): string {
  return [...ids].reduce((text, [id, placeholder]) => text.replaceAll(id, placeholder), url);
}
