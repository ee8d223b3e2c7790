// What answers say of time: taken as far as anybody can have meant it.

import { createHttpHeaders, createPipelineRequest, type PipelineResponse } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { retryAfterSeconds, serviceTime } from "../../src/azure/throttling.ts";

const year = 366 * 86_400;

function answer(headers: Record<string, string>, bodyAsText = ""): PipelineResponse {
  const request = createPipelineRequest({ url: "https://management.azure.com/x" });
  return { request, status: 429, headers: createHttpHeaders(headers), bodyAsText };
}

describe("the seconds to wait", () => {
  it.each([
    ["9000000000000", year],
    ["1e300", year],
    ["-7", 0],
    ["12", 12],
  ])("are a year at most: %s is %i", (header, seconds) => {
    expect(retryAfterSeconds(answer({ "retry-after": header }))).toBe(seconds);
  });

  it("are a year at most in the text too, and for a date", () => {
    expect(retryAfterSeconds(answer({}, "Please try again after '999999999999999' seconds."))).toBe(year);
    const date = "Sat, 21 Nov 2026 08:00:00 GMT";
    expect(retryAfterSeconds(answer({ "retry-after": "Sat, 21 Nov 2071 08:00:00 GMT", date }))).toBe(year);
    expect(retryAfterSeconds(answer({ "retry-after": "Sat, 21 Nov 2026 08:00:09 GMT", date }))).toBe(9);
  });

  it("are not known from a date that nobody meant, and counted from this machine's time where the answer's is such", () => {
    expect(retryAfterSeconds(answer({ "retry-after": "Sat, 21 Nov 20000 08:00:00 GMT" }))).toBeUndefined();
    const soon = new Date(Date.now() - 1000).toUTCString();
    expect(retryAfterSeconds(answer({ "retry-after": soon, date: "Fri, 01 Jan 1971 00:00:00 GMT" }))).toBe(0);
  });
});

describe("a time of the service", () => {
  it.each([[undefined], [""], ["soon"], ["Fri, 01 Jan 1971 00:00:00 GMT"], ["Sat, 21 Nov 20000 08:00:00 GMT"]])(
    "is none that is no date, or of no year that anybody means: %s",
    (text) => expect(serviceTime(text)).toBeUndefined(),
  );

  it("is one from 1990 to 9999", () => {
    expect(serviceTime("Sat, 21 Nov 2026 08:00:00 GMT")).toBe(Date.parse("2026-11-21T08:00:00Z"));
    expect(serviceTime("9999-12-31T23:59:59Z")).toBe(Date.parse("9999-12-31T23:59:59Z"));
  });
});
