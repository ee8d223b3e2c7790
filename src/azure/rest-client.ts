// Requests to a provider that has no SDK package, Microsoft.DataProtection: through the REST client the SDK's own are made
// of, on the pipeline of all other requests. It must not judge an answer.

import type { Client, HttpResponse, RequestParameters } from "@azure-rest/core-client";
import type { HttpClient, HttpMethods, Pipeline, PipelineResponse } from "@azure/core-rest-pipeline";
import { hasCode } from "../model/system-error.ts";
import { restSdk } from "./sdk.ts";

/** One request. The url is absolute; the body is JSON. Throws what the pipeline throws, and nothing for an answer. */
export type Send = (
  method: HttpMethods,
  url: string,
  body?: object,
  headers?: Readonly<Record<string, string>>,
) => Promise<PipelineResponse>;

/** Loads the client with the first request. */
export function restSender(endpoint: string, pipeline: Pipeline, httpClient: HttpClient): Send {
  let client: Client | undefined;
  return async (method, url, body, headers = {}) => {
    client ??= restSdk().getClient(endpoint, { pipeline, httpClient });
    let answer: PipelineResponse | undefined;
    const parameters: RequestParameters = {
      headers: { ...headers },
      ...(body === undefined ? {} : { body, contentType: "application/json" }),
      onResponse: (response) => void (answer = response),
    };
    try {
      await operation(client, method, url, parameters);
    } catch (error) {
      // Whoever asked says what an answer without readable JSON means.
      if (!hasCode(error, "PARSE_ERROR")) throw error;
    }
    if (answer === undefined) throw new Error(`the client reported no answer for ${method}`);
    return answer;
  };
}

function operation(
  client: Client,
  method: HttpMethods,
  url: string,
  parameters: RequestParameters,
): PromiseLike<HttpResponse> {
  const at = client.pathUnchecked(url);
  switch (method) {
    case "GET":
      return at.get(parameters);
    case "POST":
      return at.post(parameters);
    case "PUT":
      return at.put(parameters);
    case "PATCH":
      return at.patch(parameters);
    case "DELETE":
      return at.delete(parameters);
    case "HEAD":
      return at.head(parameters);
    case "OPTIONS":
      return at.options(parameters);
    case "TRACE":
      return at.trace(parameters);
    default:
      return method satisfies never;
  }
}
