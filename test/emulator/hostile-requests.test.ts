// Whatever is sent to the port is answered as Azure would, or dropped, and the next ordinary request is served.
import { expect, test } from "vitest";

import { answerToBroken } from "../../src/emulator/broken-connections.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import type { ServedEmulator } from "./served.ts";
import { answersIn, codeIn, served } from "./served.ts";
import { start, subscription, vault, vaultId, vm, world } from "./world-builder.ts";

const query = "?api-version=2025-08-01";
const ordinary = `${vaultId}${query}`;
const host = "Host: 127.0.0.1\r\n";

const serve = (): Promise<ServedEmulator> => served(world([vault({ parts: [vm("vm1")] })]));

async function stillAnswers({ url }: ServedEmulator): Promise<void> {
  const answer = await fetch(`${url}${ordinary}`);
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as { readonly name: string }).name).toBe("rsv-test");
}

/** Sends the bytes alone on a connection, gives the answers, and sees the server live. */
async function answersTo(bytes: string | Uint8Array): Promise<readonly (readonly [number, string])[]> {
  const server = await serve();
  const answers = answersIn(await server.raw(bytes));
  for (const { status, headers } of answers.filter((answer) => answer.status >= 400)) {
    expect(headers.get("content-type"), String(status)).toBe("application/json; charset=utf-8");
    // Recovery Services' own refusals carry none (recorded)
    expect(headers.get("x-ms-failure-cause") ?? "gateway", String(status)).toMatch(/^(?:gateway|service)$/u);
    expect(headers.get("x-ms-request-id")).toMatch(/^[0-9a-f-]{36}$/u);
    expect(headers.get("date")).toBe("Sun, 01 Mar 2026 10:00:00 GMT");
  }
  await stillAnswers(server);
  return answers.map(({ status, code }) => [status, code]);
}

const asking = (method: string, target: string, more = ""): string =>
  `${method} ${target} HTTP/1.1\r\n${host}Connection: close\r\n${more}\r\n`;

test.each([
  ["TRACE", 405, "MethodNotAllowed"],
  ["OPTIONS", 405, "MethodNotAllowed"],
  ["PROPFIND", 405, "MethodNotAllowed"],
  ["MKCOL", 405, "MethodNotAllowed"],
  ["QUERY", 405, "MethodNotAllowed"],
  ["PURGE", 405, "MethodNotAllowed"],
  ["HEAD", 501, ""],
  ["POST", 501, "NotImplemented"],
  ["TRACK", 400, "BadRequest"],
  ["BREW", 400, "BadRequest"],
  ["get", 400, "BadRequest"],
  ["\u0001\u0002", 400, "BadRequest"],
])("the verb %j is answered %i %s", async (method, status, code) => {
  expect(await answersTo(asking(method, ordinary))).toEqual([[status, code]]);
});

test.each([
  ["another machine", "example.com:443", 405, "MethodNotAllowed"],
  ["a path", ordinary, 405, "MethodNotAllowed"],
])("a tunnel to %s is refused", async (_, target, status, code) => {
  expect(await answersTo(asking("CONNECT", target))).toEqual([[status, code]]);
});

test.each([
  ["a star", "*", 400, "BadRequest"],
  ["no slash", "subscriptions", 400, "BadRequest"],
  ["a port", ":80/x", 400, "BadRequest"],
  ["a user", "@example.com/x", 400, "BadRequest"],
  ["another scheme", "ftp://127.0.0.1/x", 400, "BadRequest"],
  ["a slash", "/", 400, "MissingApiVersionParameter"],
  ["two slashes", "//", 400, "MissingApiVersionParameter"],
  ["a question mark", "?", 400, "BadRequest"],
  ["a slash and a version", `/${query}`, 404, "InvalidResourceType"],
  ["two slashes and a name", `//example.com/${query}`, 404, "InvalidResourceType"],
  ["a bare %", `/%${query}`, 400, "BadRequest"],
  ["%zz", `/%zz${query}`, 400, "BadRequest"],
  ["%00", `/%00${query}`, 400, "BadRequest"],
  ["a line break", `/subscriptions/%0d%0aX-Injected:%201${query}`, 400, "BadRequest"],
  ["encoded parents", `/subscriptions/..%2f..${query}`, 404, "SubscriptionNotFound"],
  ["parents", `/subscriptions/${subscription}/../../../../etc/passwd${query}`, 404, "InvalidResourceType"],
  ["an encoded emoji", `/subscriptions/%F0%9F%92%A5${query}`, 404, "SubscriptionNotFound"],
  ["bytes that are no ASCII", "/subscriptions/\u00e9\u00ff?api-version=2025-08-01", 400, "BadRequest"],
  ["5,000 segments in a subscription", `/subscriptions/${"a/".repeat(5_000)}${query}`, 404, "SubscriptionNotFound"],
  ["5,000 segments", `/${"a/".repeat(5_000)}${query}`, 404, "InvalidResourceType"],
  ["20 kB", `/${"x".repeat(20_000)}${query}`, 414, "RequestUriTooLong"],
  ["70 kB", `/${"x".repeat(70_000)}${query}`, 431, "RequestHeaderFieldsTooLarge"],
  ["2,000 members in its query", `${ordinary}&${"a=b&".repeat(2_000)}`, 200, ""],
  ["prototype keys in its query", `${ordinary}&__proto__=1&constructor=2&toString=3`, 200, ""],
  [
    "a prototype key in its filter",
    `${vaultId}/backupJobs${query}&$filter=__proto__%20eq%20'x'`,
    400,
    "BMSUserErrorInvalidInput",
  ],
  [
    "prototype keys as names",
    `/subscriptions/__proto__/resourceGroups/constructor${query}`,
    404,
    "SubscriptionNotFound",
  ],
  ["the absolute form", `http://127.0.0.1:1${ordinary}`, 200, ""],
  ["the absolute form by name", `http://localhost${ordinary}`, 200, ""],
])("a target with %s", async (_, target, status, code) => {
  expect(await answersTo(asking("GET", target))).toEqual([[status, code]]);
});

const writing = (content: string | Uint8Array, headers = `Content-Length: ${Buffer.byteLength(content)}\r\n`): Buffer =>
  Buffer.concat([Buffer.from(asking("PATCH", ordinary, headers)), Buffer.from(content)]);

const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

test.each([
  ["no JSON", "{", 400],
  ["a list", "[]", 400],
  ["a text", '"x"', 400],
  ["a number beyond all", '{"tags":{"a":1e999}}', 202],
  ["invalid UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 400],
  ["a zero byte", "{\u0000}", 400],
  ["the key __proto__", '{"properties":{"__proto__":{"a":1}}}', 400],
  ["the key constructor", '{"tags":{"constructor":{"prototype":{"a":1}}}}', 400],
  ["64 levels", `{"tags":${deep(63)}}`, 202],
  ["65 levels", `{"tags":${deep(64)}}`, 400],
  ["100,000 levels", deep(100_000), 400],
  ["100,000 open lists", "[".repeat(100_000), 400],
  ["brackets in a text", JSON.stringify({ tags: { a: '["{\\'.repeat(100) } }), 202],
])("a content with %s", async (_, content, status) => {
  expect(await answersTo(writing(content))).toEqual([[status, status === 400 ? "InvalidRequestContent" : ""]]);
});

test("a content over 4 MiB gets its answer while it is still being sent, announced or in chunks", async () => {
  const content = "x".repeat(10 * 1024 * 1024);
  const refused = [[413, "RequestContentTooLarge"]];
  expect(await answersTo(writing(content))).toEqual(refused);
  const chunk = `${(64 * 1024).toString(16)}\r\n${"x".repeat(64 * 1024)}\r\n`;
  expect(await answersTo(writing(`${chunk.repeat(160)}0\r\n\r\n`, "Transfer-Encoding: chunked\r\n"))).toEqual(refused);
});

test("fetch reads the answer to a content over 4 MiB", async () => {
  const server = await serve();
  const answer = await fetch(`${server.url}${ordinary}`, { method: "PATCH", body: "x".repeat(10 * 1024 * 1024) });
  expect(answer.status).toBe(413);
  expect(codeIn(await answer.text())).toBe("RequestContentTooLarge");
  await stillAnswers(server);
});

test("a content of 4 MiB is taken, and kept out of the log", async () => {
  const server = await serve();
  const body = JSON.stringify({ tags: { a: "" } }).replace('""', `"${"x".repeat(4 * 1024 * 1024 - 17)}"`);
  expect(body).toHaveLength(4 * 1024 * 1024);
  expect((await fetch(`${server.url}${ordinary}`, { method: "PATCH", body })).status).toBe(202);
  const log = (await (await fetch(`${server.url}/_emulator/requests`)).json()) as readonly { readonly body: string }[];
  expect(log.map((record) => record.body)).toEqual(["4194304 characters"]);
});

test.each([
  ["4 MiB", 4 * 1024 * 1024, [202, ""]],
  ["two bytes more", 4 * 1024 * 1024 + 2, [413, "RequestContentTooLarge"]],
])(
  "a content of %s in letters of two bytes is answered alike on the port and in process",
  async (_, size, expected) => {
    const body = JSON.stringify({ tags: { a: "" } }).replace('""', `"x${"é".repeat((size - 18) / 2)}"`);
    expect(Buffer.byteLength(body)).toBe(size);
    const { url } = await serve();
    const emulator = createEmulator({ world: world([vault({})]), clock: { now: () => start } });
    const onPort = await fetch(`${url}${ordinary}`, { method: "PATCH", body });
    const inProcess = await emulator.handle(
      new Request(`https://management.azure.com${ordinary}`, { method: "PATCH", body }),
    );
    expect([onPort.status, codeIn(await onPort.text())]).toEqual(expected);
    expect([inProcess.status, codeIn(await inProcess.text())]).toEqual(expected);
  },
);

test.each([
  ["garbage", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 hello"],
  ["words", "hello world\r\n\r\n"],
  ["another protocol", "GET / RTSP/1.0\r\n\r\n"],
  ["a version from the future", `GET ${ordinary} HTTP/9.9\r\n${host}\r\n`],
  ["a header that is none", asking("GET", ordinary, "no header\r\n")],
  ["two lengths", writing("{}", "Content-Length: 2\r\nContent-Length: 3\r\n")],
  ["a length that is no number", writing("{}", "Content-Length: two\r\n")],
  ["a length and chunks", writing("0\r\n\r\n", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n")],
  ["chunks of no length", writing("zz\r\nxx\r\n", "Transfer-Encoding: chunked\r\n")],
  ["two hosts", asking("GET", ordinary, host)],
  ["no host", `GET ${ordinary} HTTP/1.1\r\nConnection: close\r\n\r\n`],
  ["no host in the old protocol", `GET ${ordinary} HTTP/1.0\r\n\r\n`],
])("%s is answered 400", async (_, bytes) => {
  expect(await answersTo(bytes)).toEqual([[400, "BadRequest"]]);
});

test("requests that carry too much or want too much are told so", async () => {
  const lines = Array.from({ length: 4_000 }, (_, index) => `X-Line-${index}: ${"x".repeat(8)}\r\n`).join("");
  expect(await answersTo(asking("GET", ordinary, lines))).toEqual([[431, "RequestHeaderFieldsTooLarge"]]);
  expect(await answersTo(asking("GET", ordinary, "X: y\r\n".repeat(900)))).toEqual([[200, ""]]);
  expect(await answersTo(asking("GET", ordinary, "Expect: the-impossible\r\n"))).toEqual([[417, "ExpectationFailed"]]);
  const extension = `2;${"x".repeat(20_000)}\r\n{}\r\n0\r\n\r\n`;
  expect(await answersTo(writing(extension, "Transfer-Encoding: chunked\r\n"))).toEqual([[400, "BadRequest"]]);
});

test("a request to upgrade is answered as one that does not ask for it", async () => {
  const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n";
  expect(await answersTo(`GET ${ordinary} HTTP/1.1\r\n${host}${upgrade}\r\n`)).toEqual([[200, ""]]);
});

test("a content with a GET is not looked at", async () => {
  expect(await answersTo(asking("GET", ordinary, "Content-Length: 5\r\n") + "{{{{{")).toEqual([[200, ""]]);
});

test("more than was announced is another request, answered after the first", async () => {
  const kept = `PATCH ${ordinary} HTTP/1.1\r\n${host}Content-Length: 2\r\n\r\n`;
  expect(await answersTo(`${kept}{}garbage garbage\r\n\r\n`)).toEqual([
    [202, ""],
    [400, "BadRequest"],
  ]);
});

test.each([
  ["nothing", ""],
  ["half a line", "GET /subscr"],
  ["half the headers", `GET ${ordinary} HTTP/1.1\r\nHost: 127.0`],
  ["half a content", `PATCH ${ordinary} HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\n{"tags":`],
  ["half a chunk", `PATCH ${ordinary} HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n64\r\n{"tags":`],
])("%s and then an end, a reset or silence harm nobody", async (_, bytes) => {
  const server = await serve();
  await server.raw(bytes);
  await stillAnswers(server);
  (await server.open(bytes)).resetAndDestroy();
  await stillAnswers(server);
  await server.open(bytes);
  await stillAnswers(server);
  expect(server.world().vaults[0]?.tags).toBeUndefined();
});

test.each([
  ["ECONNRESET", undefined],
  ["EPIPE", undefined],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408],
  ["HPE_HEADER_OVERFLOW", 431],
  ["HPE_CHUNK_EXTENSIONS_OVERFLOW", 400],
  ["HPE_INVALID_METHOD", 400],
  ["HPE_SOMETHING_NEW", 400],
])("a connection that fails with %s is answered %s", (code, status) => {
  expect(answerToBroken(code, "a reason")?.status).toBe(status);
});
