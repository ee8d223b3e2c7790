// How requests travel: to Azure as the SDK does it, or to an emulator in process or on a loopback port. The clients notice no difference.

import type { HttpClient, PipelineRequest, PipelineResponse, RestError } from "@azure/core-rest-pipeline";
import { hasCode } from "../model/system-error.ts";
import { core } from "./sdk.ts";

/** A request as it is handed over in this process. No `Request`: the first one makes Node load its whole HTTP client. */
export type HandedRequest = {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: () => Promise<string>;
};

/** The answer to it; a `Response` is one too. */
export type HandedResponse = {
  readonly status: number;
  readonly headers: Iterable<readonly [string, string]>;
  readonly text: () => Promise<string>;
};

/** Hands every request to a function in this process; no socket is opened. One that rejects with NEVER_ANSWERED is waited for in vain. */
export function inProcessTransport(handle: (request: HandedRequest) => Promise<HandedResponse>): HttpClient {
  return {
    sendRequest: async (request: PipelineRequest): Promise<PipelineResponse> => {
      const { method, url, body } = request;
      const headers = new Map(Object.entries(request.headers.toJSON()));
      headers.delete("authorization");
      const text = typeof body === "string" ? body : "";
      const response = await handle({ method, url, headers, text: async () => text }).catch(async (error: unknown) => {
        if (hasCode(error, "NEVER_ANSWERED")) await givenUp(request);
        throw asConnectionLost(error, request) ?? error;
      });
      return {
        request,
        status: response.status,
        headers: core.createHttpHeaders(Object.fromEntries(response.headers)),
        bodyAsText: await response.text(),
      };
    },
  };
}

/** A lost connection as the SDK's own client reports it: with the code of the socket, for its retry policies go by that. */
function asConnectionLost(error: unknown, request: PipelineRequest): RestError | undefined {
  if (!hasCode(error, "ECONNRESET")) return undefined;
  return new core.RestError(error.message, { code: "ECONNRESET", request });
}

/** Rejects when whoever asked no longer waits, as the SDK's own client does; never before. */
function givenUp({ abortSignal }: PipelineRequest): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(Object.assign(new Error("the request was aborted"), { name: "AbortError" }));
    if (abortSignal?.aborted === true) abort();
    abortSignal?.addEventListener("abort", abort);
  });
}

/** Sends every request to a loopback origin instead of the cloud's, without the token: there is nobody to show it to. */
export function loopbackTransport(origin: string): HttpClient {
  const inner = core.createDefaultHttpClient();
  return {
    sendRequest: async (request: PipelineRequest): Promise<PipelineResponse> => {
      const canonical = request.url;
      const authorization = request.headers.get("authorization");
      request.url = rewriteOrigin(canonical, origin);
      request.allowInsecureConnection = true;
      // Chosen for the cloud's address, a proxy would be asked for an address on this machine.
      delete request.agent;
      delete request.proxySettings;
      request.headers.delete("authorization");
      try {
        return await inner.sendRequest(request);
      } finally {
        request.url = canonical;
        if (authorization !== undefined) request.headers.set("authorization", authorization);
      }
    },
  };
}

function rewriteOrigin(url: string, origin: string): string {
  const { pathname, search } = new URL(url);
  return `${origin}${pathname}${search}`;
}
