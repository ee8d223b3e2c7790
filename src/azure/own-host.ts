// Where requests may go: next links, addresses of operations and redirects come from answers, and no token may follow them
// to anybody but the cloud's own host.

import type { PipelinePolicy, PipelineResponse } from "@azure/core-rest-pipeline";
import { AzureError } from "../model/azure-error.ts";

/** Whether the address is one of the cloud's own: its scheme, host and port, and nobody's name in it. */
export function isOwnAddress(address: string, endpoint: string): boolean {
  const url = new URL(address);
  return url.origin === new URL(endpoint).origin && url.username === "" && url.password === "";
}

/**
 * Refuses any request to a host that is not the cloud's, and any redirect: Azure Resource Manager sends none, and what is
 * sent elsewhere on the same host would be something else than what was planned. Throws AzureError.
 */
export function ownHostPolicy(endpoint: string): PipelinePolicy {
  return {
    name: "own-host",
    sendRequest: async (request, next) => {
      if (!isOwnAddress(request.url, endpoint)) throw foreignHost(new URL(request.url).host, new URL(endpoint).host);
      const response = await next(request);
      if (response.status >= 300 && response.status < 400) throw redirected(response);
      return response;
    },
  };
}

function foreignHost(host: string, own: string): AzureError {
  return new AzureError({
    status: 400,
    code: "ForeignHost",
    message: `an answer of Azure points to ${host}, which is not ${own}: it is not followed`,
  });
}

function redirected({ status, headers, request }: PipelineResponse): AzureError {
  const location = headers.get("location") ?? "";
  const where = URL.canParse(location, request.url) ? new URL(location, request.url).host : "nowhere";
  return new AzureError({
    status,
    code: "Redirected",
    message: `Azure answered ${status} and points to ${where}: it is not followed`,
  });
}
