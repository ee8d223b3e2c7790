// What a request fails with when its connection is lost. It must not say whether the request took effect: nobody can tell.

/** Has the code and the text of a real one, as Node gives them. */
export class ConnectionLostError extends Error {
  override readonly name = "ConnectionLostError";
  readonly code = "ECONNRESET";

  constructor() {
    super("socket hang up");
  }
}
