// Errors of Azure in the shapes it sends them, and errors of the way there.

import { createHttpHeaders, createPipelineRequest, RestError, type PipelineResponse } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { asAzureError, errorFromResponse, parseBody } from "../../src/azure/errors.ts";
import { rehearse } from "../rehearsal.ts";

function response(status: number, body: string, headers: Record<string, string> = {}): PipelineResponse {
  const request = createPipelineRequest({ url: "https://management.azure.com/x" });
  return { request, status, headers: createHttpHeaders(headers), bodyAsText: body };
}

describe("the body of an error", () => {
  it.each([
    [
      "Azure Resource Manager and Recovery Services",
      '{"error":{"code":"C","message":"m","target":null,"details":null,"innerError":null}}',
    ],
    ["flat", '{"code":"C","message":"m"}'],
    ["capitalised", '{"Code":"C","Message":"m"}'],
    ["cross-region restore", '{"ErrorCode":"C","Message":{"Language":"en","Value":"m"}}'],
  ])("is read in the %s shape", (_name, body) => {
    expect(parseBody(body)).toEqual({ code: "C", message: "m" });
  });

  it("keeps Site Recovery's numeric codes", () => {
    expect(parseBody('{"error":{"code":28061,"message":"m"}}').code).toBe("28061");
  });

  it("is no message when it is a page of a proxy, and one when it is plain text", () => {
    expect(parseBody("<html>bad gateway</html>")).toEqual({});
    expect(parseBody("service unavailable")).toEqual({ message: "service unavailable" });
  });
});

describe("an answer that is no success", () => {
  it("carries status, code, message, correlation id and the seconds to wait", () => {
    const headers = { "x-ms-correlation-request-id": "corr", "retry-after": "17" };
    const error = errorFromResponse(response(429, '{"error":{"code":"Throttled","message":"two\\nlines"}}', headers));
    expect(error).toMatchObject({ status: 429, code: "Throttled", correlationId: "corr", retryAfterSeconds: 17 });
    expect(error.message).toBe("two lines");
  });

  it("is named by its status when the body says nothing", () => {
    expect(errorFromResponse(response(502, ""))).toMatchObject({ code: "Http502", status: 502 });
  });
});

describe("what the clients throw", () => {
  it("has status 0 when no answer came", () => {
    const error = new RestError("connect ECONNREFUSED", { code: "ECONNREFUSED" });
    expect(asAzureError(error)).toMatchObject({ status: 0, code: "ECONNREFUSED" });
  });

  it("keeps the code and message of the vault client, which has no body", () => {
    const error = new RestError("the text", { code: "ResourceNotFound", statusCode: 404, response: response(404, "") });
    expect(asAzureError(error)).toMatchObject({ status: 404, code: "ResourceNotFound", message: "the text" });
  });

  it("is a matter of credentials when the identity library threw it", () => {
    const error = Object.assign(new Error("no\ncredential"), { name: "CredentialUnavailableError" });
    expect(asAzureError(error)).toMatchObject({ status: 401, code: "NoCredential", message: "no credential" });
  });

  it("is thrown on when it is neither an answer, nor the network, nor a credential", () => {
    expect(() => asAzureError(new TypeError("x is not a function"))).toThrow(TypeError);
    expect(asAzureError(Object.assign(new Error("reset"), { code: "ECONNRESET" }))).toMatchObject({ status: 0 });
  });

  it("keeps Azure's own words where a list of the vault client is refused", async () => {
    const error = { code: "AuthorizationFailed", message: "The client 'x' does not have authorization" };
    const rehearsal = rehearse("small", {
      between: () => () => Promise.resolve(Response.json({ error }, { status: 403 })),
    });
    await expect(rehearsal.reader().deletedVaults("westeurope")).rejects.toMatchObject({ status: 403, ...error });
  });
});
