// Ids as parts of an address. It must not load an SDK.

import { AzureError } from "../model/azure-error.ts";

/** Each segment percent-encoded: names may hold anything. Throws AzureError for half a character, which has no code. */
export function encoded(id: string): string {
  if (!id.isWellFormed()) throw unusableName();
  return id.split("/").map(encodeURIComponent).join("/");
}

/** No address can be made of what Azure itself has named so. */
export function unusableName(cause?: unknown): AzureError {
  const message = "a name holds half a character, of which no address can be made: nothing was sent";
  return new AzureError({ status: 400, code: "UnusableName", message, cause });
}
