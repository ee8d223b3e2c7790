// A small Azure Resource Manager over a world and a clock: requests in, responses out, and a log of both.
// It must not use timers or a clock of its own, and never logs headers.
import { refusedByAccess } from "./access.ts";
import type { Answer } from "./answers.ts";
import {
  armError,
  invalidApiVersion,
  missingApiVersion,
  notImplemented,
  subscriptionNotFound,
  unknownPath,
} from "./arm-errors.ts";
import { createBudget } from "./budget.ts";
import { withExtensions } from "./extension-routes.ts";
import { newGuid } from "./guids.ts";
import type { Json, Properties } from "./json.ts";
import { isObject } from "./json.ts";
import { lockRefusal } from "./locks.ts";
import { sameName } from "./names.ts";
import type { Router } from "./router.ts";
import { createRouter, pathSegments } from "./router.ts";
import { refusedByTenant } from "./resource-guards.ts";
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
  readonly status: number;
  readonly body?: unknown;
};
export type Emulator = {
  readonly handle: (request: Request) => Promise<Response>;
  readonly world: () => World;
  readonly requests: () => readonly RequestRecord[];
};

type Received = {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
  readonly auxiliary: string | undefined;
  readonly now: number;
};

export function createEmulator(options: { readonly world: World; readonly clock: EmulatorClock }): Emulator {
  // whole milliseconds, as worlds are saved
  const now = (): number => Math.floor(options.clock.now());
  const state = stateFrom(resolveTimes(options.world, now()), now());
  const router = withExtensions(createRouter(routes), extensionRoutes);
  const budget = createBudget();
  const log: RequestRecord[] = [];
  return {
    handle: async (request) => {
      const body = await readBody(request);
      const received: Received = {
        method: request.method.toUpperCase(),
        url: new URL(request.url),
        body,
        auxiliary: request.headers.get("x-ms-authorization-auxiliary") ?? undefined,
        now: now(),
      };
      const answer = answerTo(state, router, received);
      log.push(recordOf(log.length + 1, received, answer));
      const headers = { ...commonHeaders(state, request, received.now), ...budget(received.method, received.now) };
      return toResponse(answer, headers);
    },
    world: () => {
      const moment = now();
      settle(state, moment);
      return worldFrom(state, moment);
    },
    requests: () => log,
  };
}

const unreadable = Symbol("unreadable");

async function readBody(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return unreadable;
  }
}

function answerTo(state: State, router: Router, received: Received): Answer {
  settle(state, received.now);
  const { method, url, body } = received;
  const segments = pathSegments(url.pathname);
  if (segments === undefined) return armError(400, "BadRequest", `The path '${url.pathname}' cannot be decoded.`);
  const query = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const apiVersion = apiVersionOf(query);
  if (apiVersion === "") return missingApiVersion();
  if (!/^\d{4}-\d{2}-\d{2}/u.test(apiVersion)) return invalidApiVersion(apiVersion);
  const [scope, subscription = ""] = segments;
  const path = `/${segments.join("/")}`;
  if (scope?.toLowerCase() !== "subscriptions") return unknownPath(path);
  const known = state.document.subscriptions.some(({ id }) => sameName(id, subscription));
  if (!known) return subscriptionNotFound(subscription);
  const refused = refusedByTenant(state, subscription) ?? refusedByAccess(state, method, segments);
  if (refused !== undefined) return refused;
  const match = router(method, segments);
  // a 404 to a write would read as "already gone"
  if (match.kind === "unknown" && method === "GET") return unknownPath(path);
  if (match.kind !== "found") return notImplemented(method, path);
  if (body !== undefined && !isObject(body)) {
    return armError(400, "InvalidRequestContent", "The request content was invalid and could not be deserialized.");
  }
  const locked = lockRefusal(state, method, path);
  if (locked !== undefined) return locked;
  const { parameters, route } = match;
  const { now, auxiliary } = received;
  return route.answer({ method, parameters, query, apiVersion, path, body, auxiliary, now, state });
}

/** Recorded: one result url carries its api-version inside another value, `fabricName=Azure?api-version=2024-04-01`. */
function apiVersionOf(query: ReadonlyMap<string, string>): string {
  const inside = /\?api-version=(.+)$/iu.exec(query.get("fabricname") ?? "");
  return query.get("api-version") ?? inside?.[1] ?? "";
}

function recordOf(seq: number, { method, url, body, now }: Received, answer: Answer): RequestRecord {
  const record = { seq, at: new Date(now).toISOString(), method, url: url.href, status: answer.status };
  return body === undefined || body === unreadable ? record : { ...record, body };
}

function commonHeaders(state: State, request: Request, now: number): Readonly<Record<string, string>> {
  return {
    "x-ms-request-id": newGuid(state),
    "x-ms-correlation-request-id": request.headers.get("x-ms-correlation-request-id") ?? newGuid(state),
    Date: new Date(now).toUTCString(),
    "Cache-Control": "no-cache",
  };
}

function toResponse(answer: Answer, common: Readonly<Record<string, string>>): Response {
  const { status, body } = answer;
  const contentType: Properties = body === undefined ? {} : { "Content-Type": "application/json; charset=utf-8" };
  const headers = { ...common, ...answer.headers, ...(contentType as Record<string, string>) };
  return new Response(body === undefined ? null : JSON.stringify(body satisfies Json), { status, headers });
}
