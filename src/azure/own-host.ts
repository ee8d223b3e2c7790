// Where requests may go: next links, addresses of operations and redirects come from answers, and no token may follow them
// to anybody but the cloud's own host.

import type { PipelinePolicy, PipelineResponse } from "@azure/core-rest-pipeline";
import { AzureError } from "../model/azure-error.ts";

/** Whether the address is one of the cloud's own: its scheme, host and port, and nobody's name in it. */
export function isOwnAddress(address: string, endpoint: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.origin === originOf(endpoint) && url.username === "" && url.password === "";
}

/** Every request asks, and there is one endpoint. */
const origins = new Map<string, string>();

function originOf(endpoint: string): string {
  const known = origins.get(endpoint) ?? new URL(endpoint).origin;
  origins.set(endpoint, known);
  return known;
}

/** Refuses any request to a host that is not the cloud's. It must come first: a token is not even asked for. Throws AzureError. */
export function ownHostPolicy(endpoint: string): PipelinePolicy {
  return {
    name: "own-host",
    sendRequest: async (request, next) => {
      if (isOwnAddress(request.url, endpoint)) return next(request);
      throw new AzureError({
        status: 400,
        code: "ForeignHost",
        message: `an answer of Azure points to ${whereTo(request.url)}, which is not ${endpoint}: it is not followed`,
      });
    },
  };
}

/**
 * Refuses any redirect: Azure Resource Manager sends none, and what is sent elsewhere, be it on the same host, would be
 * something else than what was planned. Throws AzureError.
 */
export function noRedirectPolicy(): PipelinePolicy {
  return {
    name: "no-redirect",
    sendRequest: async (request, next) => {
      const response = await next(request);
      if (response.status >= 300 && response.status < 400) throw redirected(response);
      return response;
    },
  };
}

function redirected({ status, headers, request }: PipelineResponse): AzureError {
  const where = whereTo(headers.get("location") ?? "", request.url);
  return new AzureError({
    status,
    code: "Redirected",
    message: `Azure answered ${status} and points to ${where}: it is not followed`,
  });
}

/** Without what else stands in the address: it may be a secret. */
function whereTo(address: string, base?: string): string {
  if (!URL.canParse(address, base)) return "what is no address";
  const { protocol, username, password, host } = new URL(address, base);
  return `${protocol}//${username === "" && password === "" ? "" : "…@"}${host}`;
}
