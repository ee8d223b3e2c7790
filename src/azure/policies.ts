// What every request passes on its way, whichever client sent it: transport failures are tried again, refusals are kept.

import type { PipelinePolicy, PipelineRequest, PipelineResponse, SendRequest } from "@azure/core-rest-pipeline";
import { AzureError } from "../model/azure-error.ts";
import type { After } from "../model/ports.ts";
import { isRead } from "./request-action.ts";
import type { RequestBudget } from "./request-budget.ts";
import { retryAfterSeconds } from "./throttling.ts";
import { notSent } from "./token-bucket.ts";

export type TransportWait = { readonly seconds: number; readonly because: string };

export type TransportRetryOptions = {
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Ends the time that a request may take; absent: in real time, however fast the clock of the run is. */
  readonly after?: After;
  /** Aborted when the run stops: waits end, and nothing that was refused is sent again. */
  readonly signal?: AbortSignal;
  /** Told of every wait before it begins. */
  readonly onWait: (wait: TransportWait) => void;
  /** Holds requests back that Azure would refuse; shared by all that the same caller sends. Absent: none is held back. */
  readonly budget?: RequestBudget;
};

const maximumRetries = 5;

/** A longer wait than this is the caller's to make: a scheduled run can come back, a silent one looks hung. */
const longestTransportWaitSeconds = 300;

/**
 * Tries again what surely had no effect: any request answered 429, unless its sender looks at something before it sends
 * again, and reads that failed on the way. A write that failed on the way may have taken effect and goes back to the
 * engine, which looks at the target first. Nothing is sent once the run has stopped, whatever waited for it: throws AzureError.
 */
export function transportRetryPolicy(options: TransportRetryOptions): PipelinePolicy {
  return {
    name: "transport-retry",
    sendRequest: async (request, next) => {
      const isStopped = (): boolean => options.signal?.aborted === true;
      for (let attempt = 0; ; attempt++) {
        const admitted = await options.budget?.admit(request, options.signal);
        if (isStopped()) {
          admitted?.ended(undefined);
          throw notSent();
        }
        const { response, error } = await attemptOnce(request, next, options);
        const wait =
          isStopped() || attempt === maximumRetries ? undefined : waitBefore(request, response, error, attempt);
        const isThrottled = wait !== undefined && response?.status === 429;
        admitted?.ended(response, isThrottled ? wait.seconds : undefined);
        if (isThrottled && admitted?.handsBack === true) return response;
        if (wait !== undefined) {
          options.onWait(wait);
          await options.sleep(wait.seconds * 1000, options.signal);
          if (!isStopped()) continue;
        }
        if (response !== undefined) return response;
        throw error;
      }
    },
  };
}

/**
 * Refuses a page for people where Azure answers JSON, or nothing: something between here and Azure sent it, a proxy or a
 * sign-in of a network, and whether the request reached Azure nobody can tell.
 */
export function genuineAnswerPolicy(): PipelinePolicy {
  return {
    name: "genuine-answer",
    sendRequest: async (request, next) => {
      const response = await next(request);
      if (response.status >= 300 || !/^\s*</.test(response.bodyAsText ?? "")) return response;
      throw new AzureError({
        status: 0,
        code: "UnreadableAnswer",
        message: `${new URL(request.url).host} answered ${response.status} with a page of HTML or XML, not with JSON: a proxy or a network's sign-in may stand in between`,
      });
    },
  };
}

const refusals = new WeakMap<object, string>();

/** Keeps the text of refusals: the vault client's errors come without the body, and its lists without Azure's message. */
export function refusalTextPolicy(): PipelinePolicy {
  return {
    name: "refusal-text",
    sendRequest: async (request, next) => {
      const response = await next(request);
      if (response.status >= 400) refusals.set(request, response.bodyAsText ?? "");
      return response;
    },
  };
}

/** The body of the refusal that answered this request; undefined when none did. */
export function refusalText(request: object | undefined): string | undefined {
  return request === undefined ? undefined : refusals.get(request);
}

type Attempt = { readonly response?: PipelineResponse; readonly error?: unknown };

/** A request without an answer for so long has lost its connection: the slowest recorded answer took 27 s. */
const requestTimeoutMilliseconds = 100_000;

/** How long a request that is under way when the run stops may still take: an answer that is on its way is worth a moment. */
const graceMilliseconds = { read: 3000, write: 15_000 } as const;

async function attemptOnce(
  request: PipelineRequest,
  next: SendRequest,
  options: TransportRetryOptions,
): Promise<Attempt> {
  const limit = timeLimit(graceMilliseconds[isRead(request) ? "read" : "write"], options);
  request.abortSignal = limit.signal;
  try {
    return { response: await next(request) };
  } catch (error) {
    return { error };
  } finally {
    limit.dispose();
  }
}

type TimeLimit = { readonly signal: AbortSignal; readonly dispose: () => void };

/** Aborted when the request has taken too long, or `grace` milliseconds after the stop. The client's own timeout outlives a refused connection. */
function timeLimit(
  grace: number,
  { signal: stop, after = realTime }: Pick<TransportRetryOptions, "signal" | "after">,
): TimeLimit {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timers = [after(requestTimeoutMilliseconds, abort)];
  const hurry = (): void => void timers.push(after(grace, abort));
  if (stop?.aborted === true) hurry();
  stop?.addEventListener("abort", hurry, { once: true });
  return {
    signal: controller.signal,
    dispose: () => {
      for (const cancel of timers) cancel();
      stop?.removeEventListener("abort", hurry);
    },
  };
}

const realTime: After = (milliseconds, act) => {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
};

/** Undefined where the request is not tried again, or not after a wait of ours. */
function waitBefore(
  request: PipelineRequest,
  response: PipelineResponse | undefined,
  error: unknown,
  attempt: number,
): TransportWait | undefined {
  const wait = wantedWait(request, response, error, attempt);
  return wait !== undefined && wait.seconds <= longestTransportWaitSeconds ? wait : undefined;
}

function wantedWait(
  request: PipelineRequest,
  response: PipelineResponse | undefined,
  error: unknown,
  attempt: number,
): TransportWait | undefined {
  const backoff = 2 ** attempt;
  if (response === undefined) {
    const code = socketCode(error);
    return code !== undefined && isRead(request) ? { seconds: backoff, because: code } : undefined;
  }
  if (response.status === 429)
    return { seconds: retryAfterSeconds(response) ?? 10 * backoff, because: "Azure throttles this client (429)" };
  const transient = response.status === 408 || (response.status >= 500 && response.status !== 501);
  if (!transient || !isRead(request)) return undefined;
  return { seconds: retryAfterSeconds(response) ?? backoff, because: `Azure answered ${response.status}` };
}

const socketCodes = new Set(["ETIMEDOUT", "ESOCKETTIMEDOUT", "ECONNRESET", "EPIPE", "EAI_AGAIN", "REQUEST_SEND_ERROR"]);

function socketCode(error: unknown): string | undefined {
  if (error instanceof Error && error.name === "AbortError") return "no answer in time";
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  return code !== undefined && socketCodes.has(code) ? code : undefined;
}
