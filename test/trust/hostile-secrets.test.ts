// Secrets: one planted in every answer, wherever an answer can hold one, is in no file and on no stream afterwards; and files
// are for their owner only.

import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printReport } from "../../src/cli/deliver.ts";
import { saveWorld } from "../../src/cli/save-world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { Plan } from "../../src/model/plan.ts";
import { withoutSecrets } from "../../src/model/secrets.ts";
import { consents } from "../../src/model/step.ts";
import { commandLineHere, printedBy, type Ended } from "../cli/command-line.ts";
import { rehearse } from "../rehearsal.ts";
import { carriedOut } from "./carried-out.ts";

const secret = "PLANTEDqf7Zx2mWb93K";

/** Every way in which a message gives a secret away. */
const tellingWays: readonly string[] = [
  `see https://store.blob.core.windows.net/c?sv=2024-01-01&sig=${secret}%2B%3D&se=2030`,
  `GET /subscriptions/s/operations/o?api-version=2025-02-01&t=${secret}&c=${secret}&s=${secret}&h=${secret} failed`,
  `the token sig=${secret} has expired`,
  `Authorization: Bearer ${secret}.x-y_z~1+2/3=`,
  `authorization: basic ${secret}==`,
  `the token eyJhbGciOi${secret}.eyJzdWIiOi${secret}.${secret} was refused`,
  `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${secret}==;EndpointSuffix=core.windows.net`,
  `Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=${secret}=`,
  `SharedAccessSignature sr=x&sig=${secret}&se=1`,
  `{"accessToken":"${secret}","refresh_token" : "a ${secret}"}`,
  `client_secret=${secret}&grant_type=x and client-assertion`,
  `Password = '${secret} ${secret}'; pwd=${secret}`,
  `ftp://user:${secret}@host/path`,
  `api-key: ${secret}`,
];

/** Members that hold secrets in answers of Azure. */
const secretMembers = Object.fromEntries(
  ["key", "secret", "accessToken", "sasToken", "connectionString", "primaryKey", "password", "certificate"].map(
    (name) => [name, `${secret}-${name}`],
  ),
);

function planted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(planted);
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([name, entry]) => [name, name === "tags" ? entry : planted(entry)]);
  return { ...secretMembers, ...Object.fromEntries(inner) };
}

/** The answer with a secret wherever it can hold one; some are refusals, which repeat what they were sent. */
function withSecrets(answer: PipelineResponse, request: PipelineRequest, refuse: boolean): PipelineResponse {
  const headers = answer.headers.toJSON();
  for (const name of ["azure-asyncoperation", "location"]) {
    const address = headers[name];
    if (address !== undefined)
      headers[name] =
        `${address.replace(/(api-version=[^&]*)/, `$1;t=${secret}`)}${address.includes("?") ? "&" : "?"}t=${secret}&c=${secret}&s=${secret}&h=${secret}&sig=${secret}`;
  }
  headers["x-ms-correlation-request-id"] = `Bearer ${secret}`;
  for (const name of ["authorization", "set-cookie", "x-ms-token", "www-authenticate"])
    headers[name] = `Bearer ${secret}`;
  const said = { headers: createHttpHeaders(headers) };
  const tokens = [request.headers.get("authorization"), request.headers.get("x-ms-authorization-auxiliary")];
  const message = `it is busy: ${[...tokens, ...tellingWays].join(" | ")}`;
  const error = { code: "AnotherOperationInProgress", message, details: [{ message }] };
  if (refuse) return { ...answer, ...said, status: 409, bodyAsText: JSON.stringify({ error: planted(error) }) };
  if (answer.bodyAsText?.startsWith("{") !== true) return { ...answer, ...said };
  const body = JSON.parse(answer.bodyAsText, (name, value: unknown) =>
    name === "message" ? message : value,
  ) as object;
  return { ...answer, ...said, bodyAsText: JSON.stringify(planted(body)) };
}

const folder = mkdtempSync(join(tmpdir(), "vault-teardown-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The modes of the files that are there while a write is sent, and of all others afterwards. */
function modesIn(state: string): ReadonlyMap<string, string> {
  const entries = readdirSync(state, { recursive: true, encoding: "utf8" });
  return new Map(["", ...entries].map((name) => [name, (statSync(join(state, name)).mode & 0o777).toString(8)]));
}

describe("a secret in every answer", () => {
  const state = join(folder, "state");
  const printed: string[] = [];
  let plan: Plan;
  let ran: Pick<Ended, "code" | "stdout" | "stderr">;
  let during: ReadonlyMap<string, string> = new Map();
  let refused = 0;

  beforeAll(async () => {
    let writes = 0;
    const onTheWire = (inner: HttpClient): HttpClient => ({
      sendRequest: async (request) => {
        const isWrite = request.method !== "GET";
        if (isWrite) during = during.size === 0 ? modesIn(state) : during;
        // Every seventh write is not carried out, but refused as if another operation were under way.
        const refuse = isWrite && (writes += 1) % 7 === 0;
        if (!refuse) return withSecrets(await inner.sendRequest(request), request, false);
        refused += 1;
        return withSecrets({ request, status: 409, headers: createHttpHeaders() }, request, true);
      },
    });
    const rehearsal = rehearse("kitchen-sink", { onTheWire, guardTenant: secret });
    const mask = process.umask(0);
    try {
      plan = await rehearsal.plan({ consents });
      for (const format of ["text", "json"] as const)
        printed.push(...Object.values(await printedBy(() => printReport({ about: "plan", plan }, { format }))));
      ran = await carriedOut(rehearsal, plan, state);
      printed.push(ran.stdout, ran.stderr);
    } finally {
      process.umask(mask);
    }
    for (const format of ["text", "json", "ndjson"]) {
      const { stdout, stderr } = await commandLineHere(["status", "--state-dir", state, "--format", format]);
      printed.push(stdout, stderr);
    }
  });

  it("is met by a run that is told of refusals", () => {
    expect(ran.code, ran.stderr.slice(-2000)).toBe(0);
    expect(refused).toBeGreaterThan(5);
    expect(ran.stdout).toContain("Authorization: Bearer [removed]");
    expect(ran.stdout).toContain('"operation":"https://management.azure.com/');
  });

  it("is on no stream", () => {
    expect(printed.join("").length).toBeGreaterThan(100_000);
    expect(printed.filter((text) => text.includes("PLANTED"))).toEqual([]);
  });

  it("is in no file", () => {
    const files = readdirSync(state, { recursive: true, encoding: "utf8" }).filter((name) => /\.\w+$/.test(name));
    expect(files.length).toBeGreaterThan(1);
    expect(files.filter((name) => readFileSync(join(state, name), "utf8").includes("PLANTED"))).toEqual([]);
  });

  it("could be read by nobody else: plan, journal and lock are for their owner only, whatever the mask", () => {
    const modes = new Map([...during, ...modesIn(state)]);
    const names = [...modes.keys()].map((name) => name.replace(/^.*\//, ""));
    expect(names).toEqual(expect.arrayContaining(["", "plan.json", "journal.ndjson", "lock.json"]));
    const wrong = [...modes].filter(([name, mode]) => mode !== (/\.(json|ndjson)$/.test(name) ? "600" : "700"));
    expect(wrong).toEqual([]);
  });
});

describe("a file that a person names", () => {
  it.each([
    ["plan", async (file: string) => void (await commandLineHere(["plan", "--emulator", "small", "--out", file]))],
    ["world", async (file: string) => saveWorld(file, loadWorld("small"))],
  ])("for a %s is for its owner only, also where others could read what was there", async (_what, write) => {
    const mask = process.umask(0);
    try {
      for (const before of [undefined, "old"]) {
        const file = join(folder, `${_what}-${String(before)}.json`);
        if (before !== undefined) {
          writeFileSync(file, before);
          chmodSync(file, 0o666);
        }
        await write(file);
        expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
        expect(readFileSync(file, "utf8")).toContain("formatVersion");
      }
      expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    } finally {
      process.umask(mask);
    }
  });
});

describe("what Azure says", () => {
  it.each(tellingWays)("holds no secret when it is told: %#", (text) => {
    expect(text).toContain(secret);
    const error = new AzureError({ status: 400, code: text, message: text, correlationId: text });
    expect([error.message, error.code, error.correlationId, error.stack].join(" ")).not.toContain("PLANTED");
  });

  it.each([
    "The vault's secret is safe; the password policy, a signature and key vaults are named in many messages.",
    "Please see https://go.microsoft.com/fwlink/?LinkId=808088. The api-version query parameter (?api-version=) is required.",
    "GET https://management.azure.com/subscriptions/s/x?api-version=2025-02-01 was refused (Bearer token is missing, Basic authentication too).",
    "Item 'VM;iaasvmcontainerv2;rg;vm-design=1' of owner a@contoso.example in https://contoso.example/a@b is busy: retry=3.",
  ])("keeps what is no secret: %#", (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it("is cut off where it is a dump, and quickly so whatever it repeats", () => {
    for (const part of ["?a=b&", "://", "sig = ", "eyJ", "Bearer ", '"password": "', "a".repeat(99), "?".repeat(50)]) {
      const { message } = new AzureError({ status: 400, code: "x", message: part.repeat(200_000) });
      expect(message.length).toBeLessThan(5000);
    }
  });
});
