// What is known of a write whoever sends it: the method it goes by, and what a client reports of it before it does
// anything else with it, the first answer with its status and headers.

import { AzureError } from "../model/azure-error.ts";
import { asAzureError } from "./errors.ts";
import type { WriteRequest } from "../model/write-request.ts";
import type { Verb } from "./request-action.ts";

export type OfWrite<W extends WriteRequest["write"]> = Extract<WriteRequest, { readonly write: W }>;

const verbs: { readonly [W in WriteRequest["write"]]: Verb } = {
  "delete-protected-item": "delete",
  "undelete-protected-item": "write",
  "unregister-container": "delete",
  "delete-protection-intent": "delete",
  "set-soft-delete": "write",
  "set-immutability": "write",
  "unregister-server": "delete",
  "cancel-backup-job": "write",
  "remove-lock": "delete",
  "restore-lock": "write",
  "disable-replication": "write",
  "clean-test-failover": "write",
  "remove-replication-object": "write",
  "purge-replication-object": "delete",
  "delete-replication-object": "delete",
  "cancel-replication-job": "write",
  "delete-private-endpoint-connection": "delete",
  "delete-private-endpoint": "delete",
  "delete-backup-instance": "delete",
  "undelete-backup-instance": "write",
  "delete-backup-vault-policy": "delete",
  "set-backup-vault-security": "write",
  "delete-vault": "delete",
  "undelete-vault": "write",
  "register-container": "write",
};

/** By which of Azure's counters the write is counted. */
export function verbOfWrite({ write }: WriteRequest): Verb {
  return verbs[write];
}

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

/**
 * Makes a client's call. Its complaint about an answer of success that it did not expect, or cannot read, is none: Azure
 * has taken the write, and what became of it is looked for. Throws AzureError for a refusal.
 */
export async function taken(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    const known = asAzureError(error);
    if (known.status < 200 || known.status >= 300) throw known;
  }
}
