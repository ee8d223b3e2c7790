// One request as the handlers see it, and the routes that lead to them. It must not know any particular operation.
import type { Answer } from "./answers.ts";
import type { Properties } from "./json.ts";
import type { State } from "./state.ts";

export type Call = {
  readonly method: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: ReadonlyMap<string, string>;
  readonly apiVersion: string;
  readonly path: string;
  readonly body: Properties | undefined;
  /** The caller's second token, where there is one: kept out of every answer and of the log. */
  readonly auxiliary: string | undefined;
  /** The id of a deleted Backup vault that is to come back, as the header x-ms-deleted-vault-id has it. */
  readonly deletedVault: string | undefined;
  /** What the client calls this request: x-ms-client-request-id. */
  readonly clientRequest: string | undefined;
  readonly now: number;
  readonly state: State;
};

export type Route = {
  readonly method: string;
  readonly path: string;
  readonly answer: (call: Call) => Answer;
};

export function parameter(call: Call, name: string): string {
  return call.parameters[name] ?? "";
}

/** `2023-04-01` and `2023-04-01-preview` are the same day. */
export function apiVersionAfter(call: Call, date: string): boolean {
  return call.apiVersion.slice(0, 10) > date;
}
