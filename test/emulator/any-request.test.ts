// Laws over requests nobody would write: every one gets an answer in Azure's form, and none leaves the emulator unfit.
import fc from "fast-check";
import { expect, test } from "vitest";

import { createEmulator } from "../../src/emulator/emulator.ts";
import type { EmulatedRequest, Emulator } from "../../src/emulator/emulator.ts";
import { parseWorld } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { codeIn } from "./served.ts";
import { start } from "./world-builder.ts";

const origin = "https://management.azure.com";
const everything = loadWorld("kitchen-sink");
const [vault] = everything.vaults;
const vaultId = vault!.id;
const container = vault!.protectionContainers[0]!.name;
const item = `${vaultId}/backupFabrics/Azure/protectionContainers/${container}/protectedItems/${vault!.protectedItems[0]!.name}`;

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE") },
  { weight: 2, arbitrary: fc.constantFrom("TRACE", "CONNECT", "TRACK", "OPTIONS", "PROPFIND", "patch", "") },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
);

const segment = fc.oneof(
  fc.constantFrom(
    "..",
    ".",
    "",
    "%",
    "%00",
    "%zz",
    "%2f",
    "%0a",
    "__proto__",
    "constructor",
    "\u{1f4a5}",
    ";",
    "operationResults",
  ),
  fc.constantFrom("providers", "Microsoft.Authorization", "locks", "remove", "cancel", "unlockDelete", "backupJobs"),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const place = fc.constantFrom(
  "",
  "/subscriptions",
  "/providers/Microsoft.ResourceGraph/resources",
  vaultId,
  item,
  `${vaultId}/providers/Microsoft.Authorization/locks`,
);
const path = fc.tuple(place, fc.array(segment, { maxLength: 6 })).map(([base, more]) => [base, ...more].join("/"));

const query = fc.oneof(
  { weight: 4, arbitrary: fc.constant("api-version=2025-08-01") },
  { weight: 1, arbitrary: fc.constant("api-version=2016-06-01&$skipToken=bmV4dDox&$filter=__proto__ eq 'x'") },
  {
    weight: 1,
    arbitrary: fc.string({ unit: "binary", maxLength: 60 }).map((text) => `api-version=2025-08-01${text}&${text}`),
  },
  { weight: 1, arbitrary: fc.nat(4_000).map((count) => `api-version=2025-08-01&${"a=b&".repeat(count)}`) },
);

const body = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  {
    weight: 3,
    arbitrary: fc
      .jsonValue({ maxDepth: 5 })
      .map((value) => JSON.stringify({ properties: value, tags: value, identity: value })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        level: fc.oneof(fc.constantFrom("ReadOnly", "CanNotDelete", "NotSpecified"), fc.jsonValue()),
        softDeleteState: fc.oneof(fc.constantFrom("Disabled", "AlwaysON"), fc.jsonValue()),
        days: fc.oneof(fc.integer({ min: -1, max: 200 }), fc.jsonValue()),
        isRehydrate: fc.boolean(),
      })
      .map(({ level, softDeleteState, days, isRehydrate }) =>
        JSON.stringify({
          properties: {
            level,
            isRehydrate,
            softDeleteRetentionPeriodInDays: days,
            securitySettings: { softDeleteSettings: { softDeleteState, softDeleteRetentionPeriodInDays: days } },
          },
        }),
      ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.nat(100_000).map((depth) => `${"[".repeat(depth)}`) },
);

const request = fc.record({ method, path, query, body });
type Wild = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

function requestOf(wild: Wild): EmulatedRequest {
  return {
    method: wild.method,
    url: `${origin}${wild.path}?${wild.query}`,
    headers: { get: () => null },
    text: () => Promise.resolve(wild.body),
  };
}

async function holds(emulator: Emulator, wild: Wild): Promise<void> {
  const answer = await emulator.handle(requestOf(wild));
  expect(answer.status).toBeGreaterThanOrEqual(100);
  expect(answer.status).toBeLessThanOrEqual(599);
  expect(answer.status).not.toBe(500);
  if (answer.status >= 400) expect(codeIn(await answer.text())).not.toBe("");
}

test("every request gets an answer in Azure's form, and what stands afterwards can be saved and asked about", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), fc.nat(60 * 86_400), async (all, seconds) => {
      let now = start;
      const emulator = createEmulator({ world: everything, clock: { now: () => now } });
      for (const wild of all) await holds(emulator, wild);
      now += seconds * 1_000;
      const subscription = await emulator.handle(
        new Request(`${origin}${vaultId.split("/").slice(0, 3).join("/")}?api-version=2025-08-01`),
      );
      expect(subscription.status).toBe(200);
      parseWorld(JSON.stringify(emulator.world()), "saved");
    }),
    { numRuns: 300 },
  );
});

test("a url that is none is answered too", async () => {
  const emulator = createEmulator({ world: everything, clock: { now: () => start } });
  const answer = await emulator.handle({ ...requestOf({ method: "GET", path: "", query: "", body: "" }), url: "*" });
  expect([answer.status, codeIn(await answer.text())]).toEqual([400, "BadRequest"]);
});
