// The answers the emulator gives, before they become HTTP responses. It must not read or change the world.
import type { Json, Properties } from "./json.ts";

export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** A body as it is, which need not be JSON; instead of `body`. */
  readonly text?: string;
};

export const origin = "https://management.azure.com";

/** What every body of Azure is sent as. */
export const jsonType = "application/json; charset=utf-8";

export function found(body: Json): Answer {
  return { status: 200, body };
}

export const noContent: Answer = { status: 204 };

/** Recorded for vaults and Backup (jsassets__recording_vaults_delete_test, net2016): 60 s. */
export function accepted(urls: { readonly status?: string; readonly result?: string }, body?: Properties): Answer {
  const headers = {
    ...(urls.status === undefined ? {} : { "Azure-AsyncOperation": urls.status }),
    ...(urls.result === undefined ? {} : { Location: urls.result }),
    "Retry-After": "60",
  };
  return body === undefined ? { status: 202, headers } : { status: 202, headers, body };
}
