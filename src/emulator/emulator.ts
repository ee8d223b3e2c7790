// A small Azure Resource Manager over a world and a clock: requests in, responses out, and a log of both.
// It must not use timers or a clock of its own, and never logs headers.
import type { Answer } from "./answers.ts";
import { jsonType } from "./answers.ts";
import {
  armError,
  emulatorFailure,
  invalidApiVersion,
  missingApiVersion,
  notImplemented,
  throttled,
  unknownPath,
} from "./arm-errors.ts";
import type { Charge } from "./budget.ts";
import { createBudget } from "./budget.ts";
import { withExtensions } from "./extension-routes.ts";
import type { Outcome } from "./faults/applying.ts";
import { answerUnderFaults } from "./faults/applying.ts";
import { ConnectionLostError, NeverAnsweredError } from "./faults/unanswered.ts";
import type { Asked } from "./faults/matching.ts";
import { contentTooLarge, invalidContent, invalidUrl, isTooLarge } from "./gateway.ts";
import { readContent, refusedAtGateway, unreadable } from "./gateway.ts";
import { newGuid } from "./guids.ts";
import type { Json } from "./json.ts";
import { isObject } from "./json.ts";
import { lockRefusal } from "./locks.ts";
import { refusedByScope } from "./request-scope.ts";
import { createRouter, pathSegments } from "./router.ts";
import { extensionRoutes, routes } from "./routes.ts";
import { worldFrom } from "./saved-world.ts";
import { settle } from "./settle.ts";
import type { State } from "./state.ts";
import { stateFrom } from "./state.ts";
import { resolveTimes } from "./world.ts";
import type { World } from "./world.ts";

export type EmulatorClock = { readonly now: () => number };
export type RequestRecord = {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly url: string;
  /** 0 where none came back. */
  readonly status: number;
  readonly body?: unknown;
  /** The kind of the fault that hit the request. */
  readonly fault?: string;
};
/** What is read of a request: a `Request` is one, and so is what a `Request` refuses to be, as TRACE. */
export type EmulatedRequest = {
  readonly method: string;
  readonly url: string;
  /** Asked for names in lower case. */
  readonly headers: { readonly get: (name: string) => string | null | undefined };
  readonly text: () => Promise<string>;
};
/** What a `Response` is made of. */
type EmulatedResponse = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: () => Promise<string>;
};
export type Emulator = {
  /**
   * Rejects with a ConnectionLostError where a fault of the world drops the connection, and at once with a
   * NeverAnsweredError where it leaves the request without an answer.
   */
  readonly answer: (request: EmulatedRequest) => Promise<EmulatedResponse>;
  /** The same as a `Response`, of which the first makes Node load its whole HTTP client. */
  readonly handle: (request: EmulatedRequest) => Promise<Response>;
  /** An answer to what never became a request, with the headers every answer carries; it is not logged. */
  readonly refuse: (answer: Answer) => Response;
  readonly world: () => World;
  readonly requests: () => readonly RequestRecord[];
};

type Received = {
  readonly method: string;
  readonly url: URL;
  /** Undefined where the path cannot be decoded. */
  readonly segments: readonly string[] | undefined;
  /** Names in lower case. */
  readonly query: ReadonlyMap<string, string>;
  readonly content: string;
  readonly body: ReturnType<typeof readContent>;
  readonly auxiliary: string | undefined;
  readonly deletedVault: string | undefined;
  readonly clientRequest: string | undefined;
  readonly now: number;
};

const router = withExtensions(createRouter(routes), extensionRoutes);

export function createEmulator(options: { readonly world: World; readonly clock: EmulatorClock }): Emulator {
  // whole milliseconds, as worlds are saved
  const now = (): number => Math.floor(options.clock.now());
  const world = resolveTimes(options.world, now());
  const state = stateFrom(world, now());
  const budget = createBudget(world.requestCounters);
  const log: RequestRecord[] = [];
  const refuse = (answer: Answer): Written => written(answer, commonHeaders(state, undefined, now()));
  const respond = (received: Received, correlation: string | undefined): Written => {
    const charge = budget.take(received.method, received.segments ?? [], received.now);
    const outcome = throttledOutcome(state, received, charge) ?? outcomeOf(state, received);
    keep(log, received, outcome);
    if (outcome.answer === undefined)
      throw outcome.fault === "no-answer" ? new NeverAnsweredError() : new ConnectionLostError();
    return written(outcome.answer, { ...commonHeaders(state, correlation, received.now), ...charge.headers });
  };
  const answerTo = async (request: EmulatedRequest): Promise<Written> => {
    const content = await request.text();
    if (!URL.canParse(request.url)) return refuse(invalidUrl());
    const correlation = request.headers.get("x-ms-correlation-request-id") ?? undefined;
    return respond(receivedFrom(request, content, now()), correlation);
  };
  return {
    answer: async (request) => {
      const { status, headers, content } = await answerTo(request);
      return { status, headers, text: async () => content ?? "" };
    },
    handle: async (request) => toResponse(await answerTo(request)),
    world: () => {
      const moment = now();
      settle(state, moment);
      const requestCounters = budget.saved();
      return { ...worldFrom(state, moment), ...(requestCounters.length === 0 ? {} : { requestCounters }) };
    },
    refuse: (answer) => toResponse(refuse(answer)),
    requests: () => log,
  };
}

function receivedFrom({ method, url, headers }: EmulatedRequest, content: string, now: number): Received {
  const address = new URL(url);
  return {
    method: method.toUpperCase(),
    url: address,
    segments: pathSegments(address.pathname),
    query: queryOf(address),
    content,
    body: readContent(content),
    auxiliary: headers.get("x-ms-authorization-auxiliary") ?? undefined,
    deletedVault: headers.get("x-ms-deleted-vault-id") ?? undefined,
    clientRequest: headers.get("x-ms-client-request-id") ?? undefined,
    now,
  };
}

/** Before anything else is looked at, faults too. */
function throttledOutcome({ document }: State, received: Received, { empty }: Charge): Outcome | undefined {
  if (document.throttles !== true || empty === undefined) return undefined;
  return { answer: throttled(empty.kind, received.segments ?? [], empty.seconds) };
}

/** A mistake of the emulator's own is an answer too: whoever asked has to see it, and others have to be answered. */
function outcomeOf(state: State, received: Received): Outcome {
  try {
    settle(state, received.now);
    return answerUnderFaults(state, askedOf(received), () => answered(state, received));
  } catch (cause) {
    return { answer: emulatorFailure(cause) };
  }
}

/** What faults go by. A path that cannot be decoded is taken as it is. */
function askedOf({ method, url, segments, query, now }: Received): Asked {
  return {
    method,
    url: url.href,
    segments: segments ?? url.pathname.split("/").filter((segment) => segment !== ""),
    query: [...url.searchParams].map(([name, value]) => `${name}=${value}`).join("&"),
    apiVersion: apiVersionOf(query),
    now,
  };
}

function queryOf(url: URL): ReadonlyMap<string, string> {
  return new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
}

function answered(state: State, received: Received): Answer {
  const { method, url, segments, query, content, body } = received;
  const unfit = isTooLarge(content) ? contentTooLarge() : refusedAtGateway(method, url);
  if (unfit !== undefined) return unfit;
  if (segments === undefined) return armError(400, "BadRequest", `The path '${url.pathname}' cannot be decoded.`);
  const apiVersion = apiVersionOf(query);
  if (apiVersion === "") return missingApiVersion();
  if (!/^\d{4}-\d{2}-\d{2}/u.test(apiVersion)) return invalidApiVersion(apiVersion);
  const path = `/${segments.join("/")}`;
  const refused = refusedByScope(state, method, segments);
  if (refused !== undefined) return refused;
  const match = router(method, segments);
  // a 404 to a write would read as "already gone"
  if (match.kind === "unknown" && method === "GET") return unknownPath(path);
  if (match.kind !== "found") return notImplemented(method, path);
  if (body !== undefined && !isObject(body)) return invalidContent();
  const locked = lockRefusal(state, method, path);
  if (locked !== undefined) return locked;
  const { parameters, route } = match;
  const { now, auxiliary, deletedVault, clientRequest } = received;
  return route.answer({
    method,
    parameters,
    query,
    apiVersion,
    path,
    body,
    auxiliary,
    deletedVault,
    clientRequest,
    now,
    state,
  });
}

/** Recorded: one result url carries its api-version inside another value, `fabricName=Azure?api-version=2024-04-01`. */
function apiVersionOf(query: ReadonlyMap<string, string>): string {
  const inside = /\?api-version=(.+)$/iu.exec(query.get("fabricname") ?? "");
  return query.get("api-version") ?? inside?.[1] ?? "";
}

/** Longer contents are not kept in the log, nor are requests longer ago than so many others. */
const longestLoggedContent = 64 * 1024;
const longestLog = 100_000;

function keep(log: RequestRecord[], received: Received, outcome: Outcome): void {
  log.push(recordOf((log.at(-1)?.seq ?? 0) + 1, received, outcome));
  if (log.length > longestLog) log.splice(0, longestLog / 10);
}

function recordOf(seq: number, received: Received, { answer, fault }: Outcome): RequestRecord {
  const { method, url, content, body, now } = received;
  const hit = fault === undefined ? {} : { fault };
  const record = { seq, at: new Date(now).toISOString(), method, url: url.href, status: answer?.status ?? 0, ...hit };
  if (body === undefined || body === unreadable) return record;
  return { ...record, body: content.length > longestLoggedContent ? `${content.length} characters` : body };
}

function commonHeaders(state: State, correlation: string | undefined, now: number): Readonly<Record<string, string>> {
  return {
    "x-ms-request-id": newGuid(state),
    "x-ms-correlation-request-id": correlation ?? newGuid(state),
    Date: new Date(now).toUTCString(),
    "Cache-Control": "no-cache",
  };
}

/** An answer as it is sent: headers by lower-case name, and null where it has no content. */
type Written = {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly content: string | null;
};

function written(answer: Answer, common: Readonly<Record<string, string>>): Written {
  const { status, body, text } = answer;
  const content = text === undefined ? jsonOf(body) : asDecoded(text);
  const headers = new Map<string, string>();
  const set = (name: string, value: string): void => void headers.set(name.toLowerCase(), value.trim());
  for (const [name, value] of Object.entries(common)) set(name, value);
  if (content !== null) set("Content-Type", contentType(text));
  for (const [name, value] of Object.entries(answer.headers ?? {})) set(name, inHeader(value));
  return { status, headers, content };
}

function jsonOf(body: Json | undefined): string | null {
  return body === undefined ? null : JSON.stringify(body);
}

/** A text as it is after its way as UTF-8. */
function asDecoded(text: string): string {
  return text.toWellFormed().replace(/^\u{FEFF}/u, "");
}

function toResponse({ status, headers, content }: Written): Response {
  return new Response(content, { status, headers: [...headers] });
}

function contentType(text: string | undefined): string {
  if (text === undefined || /^\s*[[{]/u.test(text)) return jsonType;
  return /^\s*</u.test(text) ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
}

/** A url may name what no header can hold. */
function inHeader(value: string): string {
  return value.toWellFormed().replaceAll(/[^ -~]/gu, (character) => encodeURIComponent(character));
}
