// What a step sends to Azure, as a person could send it: plain requests that say the same as a write. Types only.

/** One request: the whole address with its api-version, and a body of JSON where it has one. */
export type PlainRequest = {
  readonly method: "GET" | "PUT" | "PATCH" | "POST" | "DELETE";
  readonly url: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * `unlock`: passes the vault's resource guard for the write that follows. `write`: the write itself. `instead`: sent only
 * where the write before it was refused. `check`: reads what tells whether the step is done; changes nothing.
 */
type RequestPart = "unlock" | "write" | "instead" | "check";

export type EquivalentRequest = PlainRequest & {
  readonly part: RequestPart;
  /** When it is sent, what a person must add to it, or what to look for in its answer. */
  readonly note?: string;
};
