// Error answers of each provider, against the members and headers of the recordings.
import { describe, expect, test } from "vitest";

import type { Fault } from "../../src/emulator/faults/fault.ts";
import type { Properties } from "../../src/emulator/json.ts";
import { fabric, itemPath, replicatingWorld } from "./replication-builder.ts";
import { at, bench, subscription, vaultId } from "./world-builder.ts";

const inGroup = `/subscriptions/${subscription}/resourceGroups/rg-test`;
const backupVault = `${inGroup}/providers/Microsoft.DataProtection/backupVaults/bv1`;
const paths = {
  vault: "~",
  job: "~/backupJobs/j1",
  replicatedItem: `~/${itemPath("east", "vm1")}`,
  instance: `${backupVault}/backupInstances/i1`,
  lock: "~/providers/Microsoft.Authorization/locks/l1",
  endpoint: `${inGroup}/providers/Microsoft.Network/privateEndpoints/pe1`,
} as const;
const everywhere = Object.keys(paths) as (keyof typeof paths)[];

async function answerOf(place: keyof typeof paths, fault: Fault, method = "GET") {
  const { send } = bench(replicatingWorld([fabric("east")], { faults: [{ match: {}, fault }] }));
  const answer = await send(method, paths[place]);
  const error = answer.body["error"] as Properties;
  return { ...answer, error, cause: answer.headers.get("x-ms-failure-cause") };
}

const status = (code: number, more: object = {}): Fault => ({ kind: "status", status: code, ...more });

describe("what Resource Manager's gateway says", () => {
  test.each(everywhere)("has the same two members for a %s", async (place) => {
    for (const [code, cause] of [
      [429, "gateway"],
      [502, "service"],
      [503, "gateway"],
      [504, "service"],
      [401, "gateway"],
      [403, "gateway"],
    ] as const) {
      const answer = await answerOf(place, status(code));
      expect([answer.status, Object.keys(answer.error), answer.cause]).toEqual([code, ["code", "message"], cause]);
    }
  });

  test.each([
    ["job", "GET", "Microsoft.RecoveryServices/vaults/backupJobs/read"],
    ["vault", "DELETE", "Microsoft.RecoveryServices/vaults/delete"],
    ["endpoint", "PUT", "Microsoft.Network/privateEndpoints/write"],
  ] as const)("to a throttled %s %s names the action and the seconds", async (place, method, action) => {
    const { error, headers } = await answerOf(place, status(429, { retryAfter: 17 }), method);
    expect(error).toEqual({
      code: "ResourceRequestsThrottled",
      message: `Number of requests for action '${action}' exceeded the limit of '150' for time interval '01:00:00'. Please try again after '17' seconds.`,
    });
    expect(headers.get("retry-after")).toBe("17");
  });

  test("to a throttled client has the recorded seconds in its text alone where the world gives none", async () => {
    const { error, headers } = await answerOf("job", status(429));
    expect(error["message"]).toMatch(/after '324' seconds\.$/u);
    expect(headers.has("retry-after")).toBe(false);
  });

  test.each([
    [502, "InvalidGatewayHost", "Host name resolution failed for 'Microsoft.Network'; cannot fulfill the request."],
    [
      504,
      "GatewayTimeout",
      "The gateway did not receive a response from 'Microsoft.Network' within the specified time period.",
    ],
  ])("with %i names the provider", async (code, name, message) => {
    expect((await answerOf("endpoint", status(code))).error).toEqual({ code: name, message });
  });

  test("with 503 has diagnostics", async () => {
    const { error } = await answerOf("job", status(503));
    expect(error["code"]).toBe("ServerTimeout");
    expect(error["message"]).toMatch(
      /^The request timed out\. Diagnostic information: timestamp '20260301T100000Z', subscription id '00000000-0000-0000-0000-000000000000', tracking id '([0-9a-f-]{36})', request correlation id '\1'\.$/u,
    );
  });
});

describe("a failure of the service itself", () => {
  test.each([
    ["job", "RestApiInternalError", "service"],
    ["vault", "InternalServerError", "gateway"],
    ["replicatedItem", "InternalServerError", "gateway"],
    ["instance", "CloudInternalError", "service"],
    ["lock", "InternalServerError", "gateway"],
    ["endpoint", "InternalServerError", "gateway"],
  ] as const)("is, for a %s, %s from the %s", async (place, code, cause) => {
    const answer = await answerOf(place, status(500));
    expect([answer.error["code"], answer.cause]).toEqual([code, cause]);
  });

  test("of Backup has two members, also by its other name", async () => {
    const { error } = await answerOf("job", status(500, { code: "CloudInternalError" }));
    expect(error).toEqual({
      code: "CloudInternalError",
      message:
        "Microsoft Azure Backup encountered an internal error. Wait for a few minutes and then try the operation again. If the issue persists, please contact Microsoft support.",
    });
  });
});

describe("a refusal", () => {
  const refusal = status(400, { code: "UserErrorTest", message: "No." });

  test("of Backup spells out three nulls and names no cause", async () => {
    const { error, cause } = await answerOf("job", refusal);
    const nulls = { target: null, details: null, innerError: null };
    expect([error, cause]).toEqual([{ code: "UserErrorTest", message: "No.", ...nulls }, null]);
  });

  test("of Site Recovery has details with causes, an action and ids", async () => {
    const { error, cause } = await answerOf("replicatedItem", refusal);
    expect(Object.keys(error)).toEqual(["code", "message", "details"]);
    const detail = ["code", "message", "possibleCauses", "recommendedAction", "clientRequestId", "activityId"];
    expect(Object.keys(at(error, "details.0") as Properties)).toEqual(detail);
    expect(cause).toBeNull();
  });

  test("of Data Protection has a user facing error beside the code", async () => {
    const { error, cause } = await answerOf("instance", refusal);
    expect(Object.keys(error)).toEqual(["additionalInfo", "code", "message", "target", "details"]);
    expect(at(error, "additionalInfo.0")).toMatchObject({ type: "UserFacingError", info: { message: "No." } });
    expect(Object.keys(at(error, "additionalInfo.0.info") as Properties).toSorted()).toEqual(
      "code details innerError isRetryable isUserError message properties recommendedAction target".split(" "),
    );
    expect(cause).toBeNull();
  });

  test.each(["lock", "endpoint"] as const)("about a %s has Resource Manager's two members", async (place) => {
    expect((await answerOf(place, refusal)).error).toEqual({ code: "UserErrorTest", message: "No." });
  });
});

describe("what is not there", () => {
  test.each([
    ["vault", "ResourceNotFound", "gateway", ["code", "message"]],
    ["endpoint", "ResourceNotFound", "gateway", ["code", "message"]],
    ["job", "ResourceNotFound", null, ["code", "message", "target", "details", "innerError"]],
    ["replicatedItem", "NotFound", null, ["code", "message", "details"]],
    ["instance", "UserErrorGenericResourceNotFound", null, ["code", "message", "target", "details"]],
  ] as const)("is, for a %s, %s", async (place, code, cause, members) => {
    for (const fault of [status(404), { kind: "gone" } as const]) {
      const answer = await answerOf(place, fault);
      expect([answer.status, answer.error["code"], answer.cause]).toEqual([404, code, cause]);
      expect(Object.keys(answer.error)).toEqual(members);
    }
  });

  test("is named in a header by Data Protection", async () => {
    const { headers } = await answerOf("instance", status(404));
    expect(headers.get("x-ms-error-code")).toBe("UserErrorGenericResourceNotFound");
  });

  test.each([
    [
      vaultId,
      "The Resource 'Microsoft.RecoveryServices/vaults/rsv-test' under resource group 'rg-test' was not found.",
    ],
    [
      `${vaultId}/operationStatus/x`,
      "The Resource 'Microsoft.RecoveryServices/vaults/rsv-test' under resource group 'rg-test' was not found.",
    ],
    [backupVault, "The Resource 'Microsoft.DataProtection/backupVaults/bv1' under resource group 'rg-test' was not"],
    [
      `/subscriptions/${subscription}/providers/Microsoft.Network/locations/x/operations/y`,
      "The Resource 'Microsoft.Network/locations/x/operations/y' under resource group '<null>' was not found.",
    ],
    [inGroup, "Resource group 'rg-test' could not be found."],
    [`/subscriptions/${subscription}`, `The subscription '${subscription}' could not be found.`],
  ])("at %s is said in Resource Manager's words", async (path, words) => {
    const { send } = bench(replicatingWorld([], { faults: [{ match: {}, fault: { kind: "gone" } }] }));
    const { status: code, body } = await send("GET", path);
    expect(code).toBe(404);
    expect(at(body, "error.message")).toContain(words);
  });
});

test.each([
  ["vault", 409, "RSVaultUpdateErrorConflictingOperationInProgress"],
  ["job", 409, "BMSUserErrorConflictingProtectionOperation"],
  ["replicatedItem", 409, "990016"],
  ["endpoint", 409, "AnotherOperationInProgress"],
  ["job", 400, "BMSUserErrorInvalidInput"],
  ["instance", 400, "DppPluginInvalidInputParameters"],
  ["endpoint", 400, "BadRequest"],
  ["endpoint", 418, "ImaTeapot"],
  ["endpoint", 599, "Status599"],
] as const)("without a code of its own a %s with %i answers %s", async (place, code, expected) => {
  const { error } = await answerOf(place, status(code));
  expect(error["code"]).toBe(expected);
  expect(error["message"]).not.toBe("");
});
