// What a request fails with when no answer comes back. It must not say whether the request took effect: nobody can tell.

/** Has the code and the text of a real one, as Node gives them. */
export class ConnectionLostError extends Error {
  override readonly name = "ConnectionLostError";
  readonly code = "ECONNRESET";

  constructor() {
    super("socket hang up");
  }
}

/** Nothing ever comes back on a connection that stands: whoever asked would wait until giving up. */
export class NeverAnsweredError extends Error {
  override readonly name = "NeverAnsweredError";
  readonly code = "NEVER_ANSWERED";

  constructor() {
    super("no answer");
  }
}
