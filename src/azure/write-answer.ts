// What a client reports of a write before it does anything else with it: the first answer, with its status and headers.

import { AzureError } from "../model/azure-error.ts";
import type { WriteRequest } from "../model/write-request.ts";

export type OfWrite<W extends WriteRequest["write"]> = Extract<WriteRequest, { readonly write: W }>;

/** What the clients hand to `onResponse`: both generations have a status and headers to ask by name. */
export type RawAnswer = {
  readonly status: number | string;
  readonly headers: { get: (name: string) => string | undefined };
};
export type OnResponse = (answer: RawAnswer) => void;

/** Keeps the first answer of a call: the SDK's own pollers report theirs through the same callback. */
export function captured(): { readonly onResponse: OnResponse; readonly first: () => RawAnswer } {
  let first: RawAnswer | undefined;
  return {
    onResponse: (answer) => void (first ??= answer),
    first: () => {
      if (first === undefined)
        throw new AzureError({ status: 0, code: "NoAnswer", message: "the client reported no answer for a write" });
      return first;
    },
  };
}
