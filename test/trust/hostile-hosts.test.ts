// Addresses that answers give: followed on the cloud's own host alone, so that no token is ever sent elsewhere. Every request
// is seen as it leaves, with its tokens.

import { createHttpHeaders, type HttpClient, type PipelineResponse } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { operationOf } from "../../src/azure/operation-address.ts";
import { isOwnAddress } from "../../src/azure/own-host.ts";
import { armId } from "../../src/model/arm-id.ts";
import { consents } from "../../src/model/step.ts";
import { rehearse, type Rehearsal } from "../rehearsal.ts";

const own = "https://management.azure.com";

/** Addresses that are not the cloud's own, however much some of them look like it. */
const foreign = [
  "https://evil.example/x",
  "http://management.azure.com/x",
  "ftp://management.azure.com/x",
  "https://management.azure.com@evil.example/x",
  "https://management.azure.com:443@evil.example/x",
  "https://somebody:secret@management.azure.com/x",
  "https://management.azure.com:8443/x",
  "https://management.azure.com./x",
  "https://management.azure.com.evil.example/x",
  "https://evil.example/management.azure.com",
  "https://evil.example#@management.azure.com/",
  "https://evil.example?@management.azure.com/",
  String.raw`https://evil.example\@management.azure.com/x`,
  String.raw`https:\\evil.example\x`,
  "https:evil.example/x",
  "https:///evil.example/x",
  "//evil.example/x",
  String.raw`\\evil.example\x`,
  "/\\evil.example/x",
  "https://m\u0430nagement.azure.com/x",
  "https://management\u3002azure.com.evil.example/x",
  "https://management.azure.com\u3002evil.example/x",
  "https://management.azure.com\t.evil.example/x",
  " https://evil.example/x",
  "https://127.0.0.1/x",
  "https://[::1]/x",
  "https://169.254.169.254/metadata",
  "javascript:alert(1)",
  "data:application/json,{}",
  "https://",
  "nonsense",
];

/** The same host, whatever it looks like. */
const ownSpellings = [
  `${own}/x`,
  `${own}:443/x`,
  "HTTPS://MANAGEMENT.AZURE.COM/x",
  String.raw`https://management.azure.com\@evil.example/x`,
  `${own}/@evil.example`,
];

describe("an address from an answer", () => {
  it("is the cloud's own by scheme, host and port, with nobody's name in it", () => {
    expect(ownSpellings.filter((address) => !isOwnAddress(address, own))).toEqual([]);
    expect(foreign.filter((address) => isOwnAddress(address, own))).toEqual([]);
  });

  it("of an operation is none where it leads elsewhere, and is kept where it does not", () => {
    const request = { write: "delete-vault", vault: armId("/subscriptions/s") } as const;
    const inAnswer = foreign.map(
      (location) => [location, operationOf(request, { location }, own, "x")?.address] as const,
    );
    // A path alone is one of the same host, and what has the same scheme and no slashes is a path alone.
    expect(inAnswer.filter(([, address]) => address !== undefined)).toEqual([
      ["https:evil.example/x", `${own}/evil.example/x`],
      ["nonsense", `${own}/nonsense`],
    ]);
    for (const location of ownSpellings)
      expect(operationOf(request, { location }, own, "x")?.signedAddress).toMatch(
        /^https:\/\/management\.azure\.com\//,
      );
  });
});

type Sent = { readonly method: string; readonly url: string; readonly tokens: readonly string[] };

/** A world whose answers are changed on their way; what left for it, with its tokens. */
function watched(
  world: string,
  change: (answer: PipelineResponse, nth: number) => Partial<PipelineResponse> | undefined,
) {
  const sent: Sent[] = [];
  let planted = 0;
  const onTheWire = (inner: HttpClient): HttpClient => ({
    sendRequest: async (request) => {
      const { method, url, headers } = request;
      const tokens = ["authorization", "x-ms-authorization-auxiliary"].filter((name) => headers.has(name));
      sent.push({ method, url, tokens });
      const answer = await inner.sendRequest(request);
      const changed = change(answer, planted);
      if (changed === undefined) return answer;
      planted += 1;
      return { ...answer, ...changed };
    },
  });
  const rehearsal: Rehearsal = rehearse(world, { onTheWire, guardTenant: "guard-tenant" });
  return { rehearsal, sent, planted: () => planted };
}

/** Fails when anything left for anywhere but the cloud's own host. */
function expectOwn(sent: readonly Sent[], planted: number, atLeast: number): void {
  expect(planted).toBeGreaterThanOrEqual(atLeast);
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter(({ url }) => !url.startsWith(`${own}/`) || new URL(url).host !== "management.azure.com")).toEqual(
    [],
  );
  expect(sent.every(({ tokens }) => tokens.includes("authorization"))).toBe(true);
}

const pick = (nth: number): string => foreign[nth % foreign.length]!;

function withHeaders(answer: PipelineResponse, headers: Readonly<Record<string, string>>): PipelineResponse["headers"] {
  // A header has one line and no letters beyond ASCII: the client would not have let others through.
  const plain = Object.entries(headers).map(([name, value]) => [name, value.replaceAll(/[^ -~]/g, "")]);
  return createHttpHeaders({ ...answer.headers.toJSON(), ...Object.fromEntries(plain) });
}

describe("a next link", () => {
  it("that leads elsewhere is not followed: its list counts as one that could not be read", async () => {
    const { rehearsal, sent, planted } = watched("kitchen-sink", ({ request, bodyAsText }, nth) => {
      const body = JSON.parse(bodyAsText ?? "null") as { readonly value?: unknown };
      if (request.method !== "GET" || !Array.isArray(body?.value)) return undefined;
      return { bodyAsText: JSON.stringify({ ...body, nextLink: pick(nth) }) };
    });
    const plan = await rehearsal.plan();
    expectOwn(sent, planted(), 25);
    const gaps = plan.blockers.filter(({ code }) => code === "listing-failed");
    expect(gaps.length).toBeGreaterThan(10);
    // What is a path alone is asked for on the own host, which does not know it.
    expect(gaps.filter(({ reason }) => !/ForeignHost|MissingApiVersionParameter/.test(reason))).toEqual([]);
    expect(plan.expectedOutcome.kind).toBe("blocked");
  });
});

describe("an operation's address", () => {
  it.each([
    ["Azure-AsyncOperation", ["azure-asyncoperation"]],
    ["Location", ["location"]],
    ["both", ["azure-asyncoperation", "location"]],
  ])("that leads elsewhere is not asked, in %s: the run looks at the vault itself, and ends", async (_what, names) => {
    const { rehearsal, sent, planted } = watched("small", (answer, nth) => {
      if (answer.request.method === "GET" || answer.status !== 202) return undefined;
      const headers = Object.fromEntries(names.map((name, at) => [name, pick(nth + at)]));
      for (const name of ["azure-asyncoperation", "location"]) answer.headers.delete(name);
      return { headers: withHeaders(answer, headers) };
    });
    const plan = await rehearsal.plan();
    const { result, events } = await rehearsal.run(plan);
    expectOwn(sent, planted(), 5);
    expect(result.exitCode).toBe(0);
    expect(JSON.stringify(events)).not.toContain("evil");
  });
});

describe("a redirect", () => {
  const statuses = [301, 302, 303, 307, 308, 300];
  const sameHost = `${own}/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/other`;

  it("of a read is not followed, neither elsewhere nor on the same host", async () => {
    const { rehearsal, sent, planted } = watched("small", (answer, nth) => ({
      status: statuses[nth % statuses.length]!,
      headers: withHeaders(answer, { location: nth % 2 === 0 ? sameHost : pick(nth) }),
      bodyAsText: "",
    }));
    const plan = await rehearsal.plan().catch((error: Error) => error);
    expectOwn(sent, planted(), 10);
    expect(sent.filter(({ url }) => url.includes("/other"))).toEqual([]);
    if (plan instanceof Error) expect(plan.message).toContain("it is not followed");
    else expect(plan.blockers.length).toBeGreaterThan(0);
  });

  it.each(["guarded", "locked"])(
    "of a write is a refusal: nothing is sent after it or counts as done (%s)",
    async (world) => {
      const { rehearsal, sent, planted } = watched(world, (answer, nth) => {
        if (answer.request.method === "GET") return undefined;
        return {
          status: statuses[nth % statuses.length]!,
          headers: withHeaders(answer, { location: nth % 2 === 0 ? sameHost : pick(nth) }),
          bodyAsText: "",
        };
      });
      const { result, events } = await rehearsal.run(await rehearsal.plan({ consents }));
      expectOwn(sent, planted(), 1);
      expect(sent.filter(({ url }) => url.includes("/other"))).toEqual([]);
      expect(result.exitCode).not.toBe(0);
      expect(events.filter(({ type }) => type === "step-failed").length).toBeGreaterThan(0);
      expect(events.filter(({ type }) => type === "step-accepted")).toEqual([]);
    },
  );
});

describe("the token for the tenant of a resource guard", () => {
  it("goes with guarded writes alone, and to the cloud's own host", async () => {
    const { rehearsal, sent } = watched("guarded", () => undefined);
    await rehearsal.run(await rehearsal.plan());
    const second = sent.filter(({ tokens }) => tokens.includes("x-ms-authorization-auxiliary"));
    expect(second.length).toBeGreaterThan(0);
    expect(second.filter(({ method }) => method === "GET")).toEqual([]);
    expectOwn(sent, 0, 0);
  });
});

describe("a challenge", () => {
  it("is answered with no token for anybody it names", async () => {
    const { rehearsal, sent, planted } = watched("small", (answer) => ({
      status: 401,
      headers: withHeaders(answer, {
        "www-authenticate":
          'Bearer authorization_uri="https://evil.example/", resource="https://evil.example/", error="x"',
      }),
      bodyAsText: "",
    }));
    await expect(rehearsal.plan()).rejects.toMatchObject({ status: 401 });
    expectOwn(sent, planted(), 1);
  });
});

describe("a name of which no address can be made", () => {
  it("is a refusal before anything is sent, whichever client would have sent it", async () => {
    const { rehearsal, sent } = watched("small", () => undefined);
    const half = armId(`${rehearsal.vault.id}/backupFabrics/Azure/protectionContainers/a\uD800/protectedItems/b\uDC00`);
    const endpoint = armId("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/\uD800");
    const reader = rehearsal.reader();
    const refused = { code: "UnusableName", status: 400 };
    await expect(reader.recoveryPoints(half)).rejects.toMatchObject(refused);
    await expect((async () => reader.privateEndpoint(endpoint))()).rejects.toMatchObject(refused);
    const writer = rehearsal.writer();
    await expect(writer.send({ write: "delete-protected-item", item: half })).rejects.toMatchObject(refused);
    await expect(writer.send({ write: "delete-private-endpoint", endpoint })).rejects.toMatchObject(refused);
    expect(sent).toEqual([]);
  });
});
