// Requests through the REST client: they leave as they were given, and whatever came back is handed over as it is.

import { createEmptyPipeline, type HttpMethods } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { restSender, type Send } from "../../src/azure/rest-client.ts";
import { inProcessTransport } from "../../src/azure/transport.ts";

const address =
  "https://management.azure.com/subscriptions/s/providers/Microsoft.DataProtection/locations/l/operationStatus/a;b==?api-version=1&s=x%2By";

type Bench = { readonly send: Send; readonly asked: readonly unknown[] };

function bench(answer: () => Response): Bench {
  const asked: unknown[] = [];
  const transport = inProcessTransport(async (request) => {
    const type = request.headers.get("content-type");
    asked.push([request.method, request.url, await request.text(), type, request.headers.get("x-of-test")]);
    return answer();
  });
  return { send: restSender("https://management.azure.com", createEmptyPipeline(), transport), asked };
}

const methods: readonly HttpMethods[] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"];

describe("a request", () => {
  it.each(methods)("%s keeps its address, body and headers", async (method) => {
    const { send, asked } = bench(() => new Response(null, { status: 202, headers: { "retry-after": "7" } }));
    const answer = await send(method, address, { a: 1 }, { "x-of-test": "yes" });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([202, "7"]);
    expect(asked).toEqual([[method, address, '{"a":1}', "application/json", "yes"]]);
  });

  it("without a body has none, and no type of one", async () => {
    const { send, asked } = bench(() => Response.json({ value: [] }));
    expect((await send("GET", address)).bodyAsText).toBe('{"value":[]}');
    expect(asked).toEqual([["GET", address, "", undefined, undefined]]);
  });
});

describe("an answer", () => {
  it.each([
    [200, "application/json", '{"value":['],
    [200, "text/html", "<html>sign in</html>"],
    [404, "application/json", '{"error":{"code":"NotFound"}}'],
    [500, "text/plain", "broken"],
  ])("of %i, %s is handed over as it came: %s", async (status, type, body) => {
    const { send } = bench(() => new Response(body, { status, headers: { "content-type": type } }));
    expect(await send("GET", address)).toMatchObject({ status, bodyAsText: body });
  });

  it("that never came is thrown as the transport throws it", async () => {
    const { send } = bench(() => {
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    });
    await expect(send("GET", address)).rejects.toMatchObject({ code: "ECONNRESET" });
  });
});
