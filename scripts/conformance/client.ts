// A plain client of the emulator that notes every exchange, on a clock that it moves itself.
// It must not know what any request is for.
import { createEmulator } from "../../src/emulator/emulator.ts";
import type { Emulator } from "../../src/emulator/emulator.ts";
import type { World } from "../../src/emulator/world.ts";
import type { Exchange, Json, Properties } from "./exchange.ts";
import { isList, isObject, member, textOf } from "./exchange.ts";

export type Client = {
  readonly emulator: Emulator;
  readonly apiVersion: string;
  readonly exchanges: readonly Exchange[];
  /** Moves the clock on, in seconds. */
  readonly wait: (seconds: number) => void;
  /** `target` is a full url, or a path to which the api-version is added. */
  readonly send: (method: string, target: string, body?: Json) => Promise<Exchange>;
  /** The entries of all pages. */
  readonly list: (path: string) => Promise<readonly Properties[]>;
  /** Polls the url of a header every `seconds` until it no longer says that work goes on; undefined without the header. */
  readonly follow: (
    accepted: Exchange,
    header: "azure-asyncoperation" | "location",
    seconds: number,
  ) => Promise<Exchange | undefined>;
};

const origin = "https://management.azure.com";
/** Milliseconds; replays begin when their recording did. */
export const scenariosStartAt: number = Date.parse("2026-03-01T10:00:00Z");
/** Recorded operations end sooner by far; one that does not is a defect of the scenario. */
const mostPolls = 400;

export function clientOf(world: World, apiVersion: string, source: string, start: number = scenariosStartAt): Client {
  let now = start;
  const exchanges: Exchange[] = [];
  const emulator = createEmulator({ world, clock: { now: () => now } });
  const wait: Client["wait"] = (seconds) => {
    now += seconds * 1_000;
  };
  const send: Client["send"] = async (method, target, body) => {
    const url = target.startsWith("https:") ? target : `${origin}${withVersion(target, apiVersion)}`;
    const options = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await emulator.handle(new Request(url, options));
    const sent = { source, seq: exchanges.length, method, url, requestBody: body ?? null, at: now };
    const exchange = await noted(response, sent);
    exchanges.push(exchange);
    return exchange;
  };
  return { emulator, apiVersion, exchanges, wait, send, list: listing(send), follow: following(send, wait) };
}

function listing(send: Client["send"]): Client["list"] {
  return async (path) => {
    const entries: Properties[] = [];
    for (let next: string | undefined = path; next !== undefined;) {
      const { body } = await send("GET", next);
      const value = member(body, "value");
      if (isList(value)) entries.push(...value.filter(isObject));
      next = textOf(member(body, "nextLink")) || undefined;
    }
    return entries;
  };
}

function following(send: Client["send"], wait: Client["wait"]): Client["follow"] {
  return async (accepted, header, seconds) => {
    const url = accepted.headers.get(header);
    if (url === undefined) return undefined;
    for (let polls = 0; polls < mostPolls; polls++) {
      const poll = await send("GET", url);
      if (!goesOn(poll)) return poll;
      wait(seconds);
    }
    throw new Error(`'${url}' still goes on after ${mostPolls} polls; correct the scenario`);
  };
}

function withVersion(path: string, apiVersion: string): string {
  return path.includes("api-version=") ? path : `${path}${path.includes("?") ? "&" : "?"}api-version=${apiVersion}`;
}

function goesOn({ status, body }: Exchange): boolean {
  return status === 202 || (status === 200 && /^(InProgress|NotStarted)$/iu.test(textOf(member(body, "status"))));
}

type Sent = Pick<Exchange, "source" | "seq" | "method" | "url" | "requestBody" | "at">;

async function noted(response: Response, sent: Sent): Promise<Exchange> {
  const text = await response.text();
  const headers = new Map([...response.headers].map(([name, value]) => [name.toLowerCase(), value]));
  const body = text === "" ? null : parsed(text);
  return { ...sent, status: response.status, headers, transcribed: false, body };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
