// Faults that change what is answered: statuses, lost tokens, stale, empty and cut answers, other words.
import { describe, expect, test } from "vitest";

import type { Fault } from "../../../src/emulator/faults/fault.ts";
import { at, bench, names, textAt, vaultId, vmItem } from "../world-builder.ts";
import { faulty, faultyWorld, hit, raw } from "./faulty.ts";

const itemDelete = { method: "DELETE", path: "*/protectedItems/*" } as const;
const stopped = "properties.protectionState";

describe("a status", () => {
  test("is answered instead, and nothing takes effect", async () => {
    const { send, wait } = faulty(hit(itemDelete, { kind: "status", status: 503 }));
    expect((await send("DELETE", vmItem("vm1"))).status).toBe(503);
    wait(3_600);
    expect(at((await send("GET", vmItem("vm1"))).body, stopped)).toBe("Protected");
  });

  test("can follow the effect, as when the answer of a gateway is too late", async () => {
    const { send, wait } = faulty(hit(itemDelete, { kind: "status", status: 504, carriedOut: true }));
    expect(await send("DELETE", vmItem("vm1"))).toMatchObject({
      status: 504,
      body: { error: { code: "GatewayTimeout" } },
    });
    wait(12);
    expect(at((await send("GET", vmItem("vm1"))).body, stopped)).toBe("ProtectionStopped");
  });

  test("has the code, the text, the wait and the headers the world gives it", async () => {
    const headers = { "X-MS-Failure-Cause": "nobody", "x-extra": "1" };
    const { send } = faulty(
      hit({}, { kind: "status", status: 409, code: "Busy", message: "Not now.", retryAfter: 17, headers }),
    );
    const answer = await send("GET", "~/backupJobs");
    expect(answer).toMatchObject({ status: 409, body: { error: { code: "Busy", message: "Not now." } } });
    expect(answer.headers.get("retry-after")).toBe("17");
    expect(answer.headers.get("x-ms-failure-cause")).toBe("nobody");
    expect(answer.headers.get("x-extra")).toBe("1");
    expect(answer.headers.get("x-ms-request-id")).not.toBeNull();
  });

  test.each([
    ["<html>Bad gateway</html>", "text/html; charset=utf-8"],
    ['{"Message":"later"}', "application/json; charset=utf-8"],
    ["upstream connect error", "text/plain; charset=utf-8"],
  ])("has the raw body %s", async (text, type) => {
    const { response, text: body } = await raw(faulty(hit({}, { kind: "status", status: 502, text })), vaultId);
    expect([response.status, response.headers.get("content-type"), body]).toEqual([502, type, text]);
  });

  test("has no body at all where its text is empty", async () => {
    const { response, text } = await raw(faulty(hit({}, { kind: "status", status: 500, text: "" })), vaultId);
    expect([response.status, response.headers.get("content-type"), text]).toEqual([500, null, ""]);
  });

  test.each([200, 204, 205, 302, 304, 307])("of %i is answered without a body", async (status) => {
    const { response, text } = await raw(faulty(hit({}, { kind: "status", status })), vaultId);
    expect([response.status, text]).toEqual([status, ""]);
  });
});

test("an expired token is a 401 of Resource Manager, with a challenge, and nothing takes effect", async () => {
  const { send, wait } = faulty(hit(itemDelete, { kind: "expired-token" }));
  const answer = await send("DELETE", vmItem("vm1"));
  expect(answer.status).toBe(401);
  expect(answer.body).toEqual({
    error: {
      code: "ExpiredAuthenticationToken",
      message:
        "The access token expiry UTC time '3/1/2026 9:59:59 AM' is earlier than current UTC time '3/1/2026 10:00:00 AM'.",
    },
  });
  expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer authorization_uri=".+", error="invalid_token", /u);
  wait(3_600);
  expect(at((await send("GET", vmItem("vm1"))).body, stopped)).toBe("Protected");
});

describe("a stale list", () => {
  const items = { path: "*/backupProtectedItems" } as const;

  test("answers what the same URL answered the time before", async () => {
    const { send, wait } = faulty(hit(items, { kind: "stale-list" }, { from: 2, times: 2 }));
    const before = await send("GET", "~/backupProtectedItems");
    await send("DELETE", vmItem("vm1"));
    wait(60);
    expect((await send("GET", "~/backupProtectedItems")).body).toEqual(before.body);
    expect((await send("GET", "~/backupProtectedItems")).body).toEqual(before.body);
    const now = await send("GET", "~/backupProtectedItems");
    expect(names(now.body)).toEqual(names(before.body));
    expect(now.body).not.toEqual(before.body);
  });

  test("answers as it is now where the URL was not asked before, and another URL is no help", async () => {
    const { send } = faulty(hit(items, { kind: "stale-list" }, { from: 2 }));
    await send("GET", "~/backupProtectedItems?$filter=backupManagementType%20eq%20%27AzureWorkload%27");
    expect(names((await send("GET", "~/backupProtectedItems")).body)).toHaveLength(2);
  });

  test("hits GET alone", async () => {
    const { send } = faulty(hit({ path: "*/protectedItems/*" }, { kind: "stale-list" }));
    expect((await send("DELETE", vmItem("vm1"))).status).toBe(202);
  });
});

test("a silent 204 says so and does nothing", async () => {
  const { send, wait } = faulty(hit(itemDelete, { kind: "silent-204" }));
  const answer = await send("DELETE", vmItem("vm1"));
  expect([answer.status, answer.body]).toEqual([204, {}]);
  wait(3_600);
  expect(at((await send("GET", vmItem("vm1"))).body, stopped)).toBe("Protected");
});

describe("a cut answer", () => {
  test("ends in the middle of its body, whose length it gives", async () => {
    const made = faulty(hit({ path: "*/backupProtectedItems" }, { kind: "truncated" }));
    const { response, text } = await raw(made, `${vaultId}/backupProtectedItems`);
    const whole = await raw(made, `${vaultId}/backupProtectedItems`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(response.headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
    expect(text).toBe(whole.text.slice(0, Math.floor(whole.text.length / 2)));
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  test("follows the effect; without a body there is nothing to cut", async () => {
    const made = faulty(hit(itemDelete, { kind: "truncated" }));
    expect(await made.send("DELETE", vmItem("vm1"))).toMatchObject({ status: 202, body: {} });
    made.wait(12);
    expect(at((await made.send("GET", vmItem("vm1"))).body, stopped)).toBe("ProtectionStopped");
  });
});

test("a status reads as another word where it reads as the one named", async () => {
  const fault = { kind: "status-word", from: "Succeeded", to: "Success" } as const;
  const { send, wait, follow } = faulty(hit({ path: "*/backupOperations/*" }, fault, { times: "always" }));
  const accepted = await send("DELETE", vmItem("vm1"));
  expect((await follow(accepted)).body["status"]).toBe("InProgress");
  wait(12);
  const ended = (await follow(accepted)).body;
  expect(ended["status"]).toBe("Success");
  expect(at(ended, "properties.jobId")).toBeDefined();
});

test("an operation's address that is gone answers a 404 of the path's own kind, and the operation goes on", async () => {
  const { send, wait, follow } = faulty(hit({ path: "*/backupOperations/*" }, { kind: "gone" }));
  const accepted = await send("DELETE", vmItem("vm1"));
  const answer = await follow(accepted);
  expect(answer).toMatchObject({ status: 404, body: { error: { code: "ResourceNotFound", target: null } } });
  wait(12);
  expect((await follow(accepted)).body["status"]).toBe("Succeeded");
});

describe("a list in pages", () => {
  const items = { path: "*/backupProtectedItems" } as const;
  const paged = (fault: Fault) => bench({ ...faultyWorld(hit(items, fault)), pageSize: 1 });

  test("comes again where its page links to itself, and goes on when asked once more", async () => {
    const { send } = paged({ kind: "repeated-page" });
    const first = await send("GET", "~/backupProtectedItems");
    const linked = new URL(textAt(first.body, "nextLink"));
    expect(`${linked.pathname}${linked.search}`).toContain("backupProtectedItems?api-version=");
    const again = await send("GET", `${linked.pathname}${linked.search}`);
    expect(names(again.body)).toEqual(names(first.body));
    expect(textAt(again.body, "nextLink")).not.toBe(textAt(first.body, "nextLink"));
  });

  test("ends early where the link to its next page is lost", async () => {
    const { send } = paged({ kind: "lost-pages" });
    expect((await send("GET", "~/backupProtectedItems")).body).not.toHaveProperty("nextLink");
    expect((await send("GET", "~/backupProtectedItems")).body).toHaveProperty("nextLink");
  });

  test.each(["repeated-page", "lost-pages"] as const)("is as ever where there is no next page: %s", async (kind) => {
    const { send } = faulty(hit(items, { kind }));
    expect(await send("GET", "~/backupProtectedItems")).toMatchObject({ status: 200 });
    expect((await send("GET", "~/backupProtectedItems")).body).not.toHaveProperty("nextLink");
  });
});
