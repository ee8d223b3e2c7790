// A token that Azure no longer takes is asked for anew, once a request: a long run outlives its token, and clocks differ.

import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import type { AccessToken, TokenCredential } from "@azure/identity";

const header = "authorization";

/**
 * Sends a request that was answered 401 once more, if the credential gives another token now; that one then goes with
 * every later request for as long as it lasts, since the SDK's own cache still holds the refused one. What a refused
 * request asked for had no effect. Throws what the credential throws.
 */
export function tokenRenewalPolicy(credential: TokenCredential, scope: string): PipelinePolicy {
  const renewal = new Renewal(credential, scope);
  return {
    name: "token-renewal",
    sendRequest: async (request, next) => {
      renewal.apply(request);
      const refused = request.headers.get(header);
      const response = await next(request);
      if (refused === undefined || !isRefused(response)) return response;
      if (!(await renewal.renew(request, refused))) return response;
      return next(request);
    },
  };
}

function isRefused({ status }: PipelineResponse): boolean {
  return status === 401;
}

/** The token in use since one was refused, shared by all requests of a client. */
class Renewal {
  readonly #ask: () => Promise<AccessToken | null>;
  #current: AccessToken | undefined;
  #asking: Promise<AccessToken | null> | undefined;

  constructor(credential: TokenCredential, scope: string) {
    this.#ask = () => credential.getToken(scope);
  }

  /** The SDK's token gives way to the renewed one until that has run out. */
  apply(request: PipelineRequest): void {
    if (this.#current === undefined || !request.headers.has(header)) return;
    if (this.#current.expiresOnTimestamp <= Date.now()) this.#current = undefined;
    else request.headers.set(header, bearer(this.#current));
  }

  /** Puts another token on the request than the refused one; false where there is none. Requests refused together ask once. */
  async renew(request: PipelineRequest, refused: string): Promise<boolean> {
    if (this.#current === undefined || bearer(this.#current) === refused) {
      this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
      this.#current = (await this.#asking) ?? undefined;
    }
    if (this.#current === undefined || bearer(this.#current) === refused) return false;
    request.headers.set(header, bearer(this.#current));
    return true;
  }
}

function bearer({ token }: AccessToken): string {
  return `Bearer ${token}`;
}
