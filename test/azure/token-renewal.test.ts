// A token that Azure no longer takes: asked for anew once a request, shared, and never sent twice when it is still the same.

import {
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
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

describe("a renewed token", () => {
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
