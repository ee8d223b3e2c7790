// A token that Azure no longer takes: asked for anew once a request, shared, and never sent twice when it is still the same.

import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import type { GetTokenOptions } from "@azure/identity";
import { describe, expect, it } from "vitest";
import { tokenRenewalPolicy } from "../../src/azure/token-renewal.ts";

type Renewed = { readonly token: string; readonly lasts?: number } | Error | null;

/** An Azure that takes these tokens alone, and a credential that gives `renewed` one after the other. */
function signedIn(taken: readonly string[], ...renewed: readonly Renewed[]) {
  const sent: (string | undefined)[] = [];
  let asked = 0;
  const getToken = async () => {
    const next = renewed[asked++] ?? null;
    if (next instanceof Error) throw next;
    return next === null ? null : { token: next.token, expiresOnTimestamp: Date.now() + (next.lasts ?? 3_600_000) };
  };
  const policy = tokenRenewalPolicy({ getToken }, "scope");
  const next = async (request: PipelineRequest): Promise<PipelineResponse> => {
    const token = request.headers.get("authorization")?.replace("Bearer ", "");
    sent.push(token);
    const status = taken.includes(token ?? "") ? 200 : 401;
    return { request, status, headers: createHttpHeaders() };
  };
  const send = async (token: string | undefined): Promise<number> => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const request = createPipelineRequest({
      url: "https://management.azure.com/",
      headers: createHttpHeaders(headers),
    });
    return (await policy.sendRequest(request, next)).status;
  };
  return { send, sent, asked: () => asked };
}

describe("a token that is refused", () => {
  it("is renewed, and the request is sent once more with the new one", async () => {
    const { send, sent } = signedIn(["new"], { token: "new" });
    expect(await send("old")).toBe(200);
    expect(sent).toEqual(["old", "new"]);
  });

  it("gives way to the new one in every later request, without asking again", async () => {
    const { send, sent, asked } = signedIn(["new"], { token: "new" });
    await send("old");
    expect(await send("old")).toBe(200);
    expect(sent).toEqual(["old", "new", "new"]);
    expect(asked()).toBe(1);
  });

  it("is asked for once by requests that are refused together", async () => {
    const { send, asked } = signedIn(["new"], { token: "new" }, { token: "newer" });
    expect(await Promise.all([send("old"), send("old"), send("old")])).toEqual([200, 200, 200]);
    expect(asked()).toBe(1);
  });

  it("comes through as 401 when the new one is refused too, after one more request", async () => {
    const { send, sent } = signedIn([], { token: "new" }, { token: "newer" });
    expect(await send("old")).toBe(401);
    expect(sent).toEqual(["old", "new"]);
  });

  it.each([[null], [{ token: "old" }]])("is not sent again when there is no other: %j", async (renewed) => {
    const { send, sent } = signedIn([], renewed);
    expect(await send("old")).toBe(401);
    expect(sent).toEqual(["old"]);
  });

  it("gives way to one of the other sort where the identity library still keeps it", async () => {
    const { send, sent, asked } = signedIn(["plain"], { token: "old" }, { token: "plain" });
    expect(await send("old")).toBe(200);
    expect(sent).toEqual(["old", "plain"]);
    expect(asked()).toBe(2);
  });

  it("is renewed again when the new one is refused later", async () => {
    const taken = ["new"];
    const { send, sent } = signedIn(taken, { token: "new" }, { token: "newer" });
    await send("old");
    taken.splice(0, 1, "newer");
    expect(await send("old")).toBe(200);
    expect(sent).toEqual(["old", "new", "new", "newer"]);
  });

  it("says why where the credential gives none", async () => {
    const { send } = signedIn([], new Error("run az login"));
    await expect(send("old")).rejects.toThrow("run az login");
  });
});

describe("an answer that asks for claims", () => {
  const claims = Buffer.from('{"access_token":{"nbf":{"essential":true}}}').toString("base64");

  /** A pipeline as the clients have it, before an Azure that takes these tokens alone and asks others for claims. */
  async function answered(taken: readonly string[], asksForClaims: (token: string) => boolean) {
    const [sent, asked]: [string[], object[]] = [[], []];
    const credential = {
      getToken: async (_scopes: unknown, options: GetTokenOptions = {}) => {
        asked.push({ claims: options.claims !== undefined, enableCae: options.enableCae });
        const token = options.claims === undefined ? `T${asked.length}` : `T${asked.length}-claims`;
        return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    };
    const pipeline = createEmptyPipeline();
    pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: "scope" }));
    pipeline.addPolicy(tokenRenewalPolicy(credential, "scope"), { afterPhase: "Sign" });
    const client: HttpClient = {
      sendRequest: async (request) => {
        const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
        sent.push(token);
        const challenge = `Bearer realm="", error="insufficient_claims", claims="${claims}"`;
        const headers = createHttpHeaders(asksForClaims(token) ? { "www-authenticate": challenge } : {});
        return { request, status: taken.includes(token) ? 200 : 401, headers };
      },
    };
    const send = async () =>
      pipeline.sendRequest(client, createPipelineRequest({ url: "https://management.azure.com/" }));
    return { statuses: [(await send()).status, (await send()).status], sent, asked };
  }

  it("gets the token that the SDK fetches with them, and later requests keep that one", async () => {
    const { statuses, sent, asked } = await answered(["T2-claims"], () => true);
    expect(statuses).toEqual([200, 200]);
    expect(sent).toEqual(["T1", "T2-claims", "T2-claims"]);
    expect(asked).toEqual([
      { claims: false, enableCae: true },
      { claims: true, enableCae: true },
    ]);
  });

  it("gets it also where a token was renewed before", async () => {
    const { statuses, sent } = await answered(["T3-claims"], (token) => token === "T2");
    expect(statuses).toEqual([200, 200]);
    expect(sent).toEqual(["T1", "T2", "T3-claims", "T3-claims"]);
  });
});

describe("a renewed token", () => {
  it("is not put in the place of one that was not refused: the SDK has got another by itself", async () => {
    const { send, sent } = signedIn(["new", "own"], { token: "new" });
    await send("old");
    expect(await send("own")).toBe(200);
    expect(sent).toEqual(["old", "new", "own"]);
  });

  it("is sent with nothing once the run has stopped", async () => {
    const stop = new AbortController();
    const getToken = async () => (stop.abort(), { token: "new", expiresOnTimestamp: Date.now() + 3_600_000 });
    const request = createPipelineRequest({
      url: "https://management.azure.com/",
      headers: createHttpHeaders({ authorization: "Bearer old" }),
    });
    let sent = 0;
    const ended = tokenRenewalPolicy({ getToken }, "scope", stop.signal).sendRequest(request, async () => {
      sent += 1;
      return { request, status: 401, headers: createHttpHeaders() };
    });
    await expect(ended).rejects.toMatchObject({ status: 429, code: "NotSent" });
    expect(sent).toBe(1);
  });

  it("is no longer used once it has run out: the SDK has its own by then", async () => {
    const { send, sent } = signedIn(["new", "fresh"], { token: "new", lasts: 0 });
    await send("old");
    expect(await send("fresh")).toBe(200);
    expect(sent).toEqual(["old", "new", "fresh"]);
  });

  it("is not put on a request that carries none", async () => {
    const { send, sent } = signedIn(["new"], { token: "new" });
    await send("old");
    expect(await send(undefined)).toBe(401);
    expect(sent).toEqual(["old", "new", undefined]);
  });
});
