// A token that Azure no longer takes is asked for anew, once a request: a long run outlives its token, and clocks differ.

import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import type { AccessToken, TokenCredential } from "@azure/identity";
import { notSent } from "./token-bucket.ts";

const header = "authorization";

/**
 * Sends a request that was answered 401 once more, if the credential gives another token now; that one then takes the
 * place of the refused one for as long as it lasts, since the SDK's own cache still holds that. What a refused request
 * asked for had no effect. An answer that asks for claims is left to the SDK, which gets a token with them. Throws what the
 * credential throws, and AzureError when the run stopped (`signal`) while it was asked.
 */
export function tokenRenewalPolicy(credential: TokenCredential, scope: string, signal?: AbortSignal): PipelinePolicy {
  const renewal = new Renewal(credential, scope);
  return {
    name: "token-renewal",
    sendRequest: async (request, next) => {
      renewal.apply(request);
      const refused = request.headers.get(header);
      const response = await next(request);
      if (refused === undefined || !isRefused(response)) return response;
      if (!(await renewal.renew(request, refused))) return response;
      if (signal?.aborted === true) throw notSent();
      return next(request);
    },
  };
}

function isRefused({ status, headers }: PipelineResponse): boolean {
  const challenge = headers.get("www-authenticate") ?? "";
  const asksForClaims = challenge.includes("claims=") && challenge.includes("insufficient_claims");
  return status === 401 && !asksForClaims;
}

/** The token in use since one was refused, shared by all requests of a client. */
class Renewal {
  readonly #credential: TokenCredential;
  readonly #scope: string;
  /** As headers. */
  readonly #refused = new Set<string>();
  #current: AccessToken | undefined;
  #asking: Promise<AccessToken | undefined> | undefined;

  constructor(credential: TokenCredential, scope: string) {
    this.#credential = credential;
    this.#scope = scope;
  }

  /** A refused token gives way to the renewed one until that has run out; any other is the SDK's own, and newer. */
  apply(request: PipelineRequest): void {
    const given = request.headers.get(header);
    if (this.#current === undefined || given === undefined || !this.#refused.has(given)) return;
    if (this.#current.expiresOnTimestamp <= Date.now()) this.#current = undefined;
    else request.headers.set(header, bearer(this.#current));
  }

  /** Puts another token on the request than the refused one; false where there is none. Requests refused together ask once. */
  async renew(request: PipelineRequest, refused: string): Promise<boolean> {
    this.#refused.add(refused);
    if (this.#current !== undefined && bearer(this.#current) === refused) this.#current = undefined;
    if (this.#current === undefined) {
      this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
      this.#current = await this.#asking;
    }
    if (this.#current === undefined) return false;
    request.headers.set(header, bearer(this.#current));
    return true;
  }

  /**
   * A token that was not refused. First as the SDK asks: one that Azure can revoke at once. The identity library may still
   * keep the refused one of those, but keeps the other sort apart.
   */
  async #ask(): Promise<AccessToken | undefined> {
    for (const enableCae of [true, false]) {
      const token = await this.#credential.getToken(this.#scope, { enableCae });
      if (token !== null && !this.#refused.has(bearer(token))) return token;
    }
    return undefined;
  }
}

function bearer({ token }: AccessToken): string {
  return `Bearer ${token}`;
}
