// Laws over faults nobody wrote down: every request is answered or loses its connection, and the world can be saved.
import fc from "fast-check";
import { expect, test } from "vitest";

import { createEmulator } from "../../../src/emulator/emulator.ts";
import { ConnectionLostError, NeverAnsweredError } from "../../../src/emulator/faults/unanswered.ts";
import type { Fault, WorldFault } from "../../../src/emulator/faults/fault.ts";
import { faultsShape } from "../../../src/emulator/faults/shape.ts";
import { mostSeconds } from "../../../src/emulator/world-shape.ts";
import type { Shape } from "../../../src/emulator/world-shape.ts";
import { parseWorld } from "../../../src/emulator/world.ts";
import type { World } from "../../../src/emulator/world.ts";
import { loadWorld } from "../../../src/emulator/worlds.ts";
import { subscription, sqlContainer, start, vaultId, vmItem, vault, vm, world } from "../world-builder.ts";
import { faultyWorld } from "./faulty.ts";

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("Succeeded", "<html>", "{", "a\r\nb"),
);
const headers = fc.dictionary(fc.oneof(fc.constantFrom("Retry-After", "content-type", "Location"), fc.string()), text);

const statusFault = fc.record(
  {
    kind: fc.constant("status" as const),
    status: fc.oneof(fc.integer({ min: 0, max: 700 }), fc.constantFrom(204, 205, 304, 401, 404, 409, 429, 500, 503)),
    code: fc.oneof(text, fc.constantFrom("CloudInternalError", "ResourceRequestsThrottled", "constructor")),
    message: text,
    retryAfter: fc.integer({ min: -1 }),
    headers,
    text,
    carriedOut: fc.boolean(),
  },
  { requiredKeys: ["kind", "status"] },
);

const anyFault: fc.Arbitrary<Fault> = fc.oneof(
  statusFault,
  fc.record({
    kind: fc.constantFrom("drop" as const, "no-answer" as const),
    when: fc.constantFrom("before" as const, "after" as const),
  }),
  fc.record({ kind: fc.constant("fails" as const), code: text, message: text }),
  fc.record({ kind: fc.constant("status-word" as const), from: text, to: text }),
  fc
    .constantFrom(
      "no-operation-headers" as const,
      "never-ends" as const,
      "expired-token" as const,
      "stale-list" as const,
      "silent-204" as const,
      "truncated" as const,
      "gone" as const,
      "repeated-page" as const,
      "lost-pages" as const,
    )
    .map((kind) => ({ kind })),
);

const scripted: fc.Arbitrary<WorldFault> = fc.record(
  {
    match: fc.record(
      {
        method: fc.constantFrom("GET", "DELETE", "post", "PATCH", "FETCH"),
        path: fc.oneof(fc.constantFrom("*", `${vaultId}*`, "*/operation*", "*replication*", "*/*/*"), text),
        query: fc.oneof(fc.constant("api-version"), text),
        apiVersion: fc.constantFrom("2025-08-01", "2016-06-01"),
      },
      { requiredKeys: [] },
    ),
    fault: anyFault,
    from: fc.integer({ min: 0, max: 3 }),
    times: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant("always" as const)),
    seen: fc.nat(2),
  },
  { requiredKeys: ["match", "fault"] },
);

const paths = [
  "~",
  "~/backupProtectedItems",
  "~/backupJobs",
  "~/replicationFabrics/f/remove",
  "~/operationStatus/x",
  vmItem("vm1"),
  sqlContainer("sql1"),
  "~/providers/Microsoft.Authorization/locks/l",
  `/subscriptions/${subscription}/providers/Microsoft.Network/locations/x/operations/y`,
  `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/b/backupInstances/i`,
  `/subscriptions/${subscription}/resourceGroups/rg-test`,
  "/",
  "/%zz",
  "/providers",
];

const request = fc.record({
  method: fc.constantFrom("GET", "DELETE", "POST", "PATCH", "PUT"),
  path: fc.constantFrom(...paths),
  wait: fc.integer({ min: 0, max: 120_000 }),
});

/** Of those a world may have and those it may not. */
const duration = fc.constantFrom(0, 0.5, 60, mostSeconds, mostSeconds + 1, 1e15, -1);
const times = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.record({ listLag: duration, latencies: fc.record({ deleteVault: duration, softDeleteVm: fc.array(duration) }) }),
);

function accepted(faults: readonly WorldFault[], durations: Partial<World>): World | undefined {
  try {
    return parseWorld(JSON.stringify({ ...faultyWorld(...faults), ...durations }), "generated");
  } catch {
    return undefined;
  }
}

test("a request is answered or loses its connection, and the world can be saved and read again", async () => {
  let used = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(scripted, { maxLength: 3 }),
      fc.array(request, { maxLength: 6 }),
      times,
      async (faults, asked, durations) => {
        const content = accepted(faults, durations);
        if (content === undefined) return;
        used += 1;
        let now = start;
        const emulator = createEmulator({ world: content, clock: { now: () => now } });
        for (const { method, path, wait } of asked) {
          now += wait;
          const url = `https://management.azure.com${path.replace("~", vaultId)}?api-version=2025-08-01`;
          const outcome: unknown = await emulator.handle(new Request(url, { method })).catch((error: unknown) => error);
          if (outcome instanceof Response) {
            await outcome.text();
            expect(emulator.requests().at(-1)).toMatchObject({ status: outcome.status });
          } else {
            const fault = outcome instanceof NeverAnsweredError ? "no-answer" : "drop";
            if (fault === "drop") expect(outcome).toBeInstanceOf(ConnectionLostError);
            expect(emulator.requests().at(-1)).toMatchObject({ status: 0, fault });
          }
        }
        const saved = parseWorld(JSON.stringify(emulator.world()), "saved");
        const loaded = createEmulator({ world: saved, clock: { now: () => now } });
        expect(loaded.world()).toEqual(saved);
      },
    ),
    { numRuns: 400 },
  );
  // three in ten of those generated are worlds, give or take
  expect(used).toBeGreaterThan(50);
});

test("operations altered by faults are like any other in a saved world", async () => {
  const fault = fc.constantFrom<Fault>({ kind: "never-ends" }, { kind: "fails", code: "X", message: "y" });
  await fc.assert(
    fc.asyncProperty(fault, fc.nat(400_000), fc.nat(400_000), async (kind, one, other) => {
      const faults = [{ match: {}, fault: kind, times: "always" as const }];
      let now = start;
      const clock = { now: () => now };
      const straight = createEmulator({ world: world([vault({ parts: [vm("vm1")] })], { faults }), clock });
      const url = `https://management.azure.com${vmItem("vm1").replace("~", vaultId)}?api-version=2025-08-01`;
      await straight.handle(new Request(url, { method: "DELETE" }));
      now += one;
      const reloaded = createEmulator({ world: parseWorld(JSON.stringify(straight.world()), "saved"), clock });
      now += other;
      expect(reloaded.world()).toEqual(parseWorld(JSON.stringify(straight.world()), "saved"));
    }),
    { numRuns: 30 },
  );
});

test("without a match that fits, faults change nothing", async () => {
  const fault: WorldFault = { match: { path: "/nowhere" }, fault: { kind: "drop", when: "before" }, times: "always" };
  for (const name of ["small", "failed-over"]) {
    const content = loadWorld(name);
    const clock = { now: () => start };
    const plain = createEmulator({ world: content, clock });
    const scriptedToo = createEmulator({ world: { ...content, faults: [fault] }, clock });
    for (const tail of ["", "/backupProtectedItems", "/backupJobs", "/replicationFabrics"]) {
      const url = `https://management.azure.com${content.vaults[0]!.id}${tail}?api-version=2025-08-01`;
      const answers = [plain, scriptedToo].map(async ({ handle }) => (await handle(new Request(url))).text());
      const [one, other] = await Promise.all(answers);
      expect(other).toBe(one);
    }
    expect(scriptedToo.world()).toEqual({ ...plain.world(), faults: [fault] });
  }
});

test("every kind of fault is generated here", () => {
  const generated = new Set(fc.sample(anyFault, 500).map(({ kind }) => kind));
  const shape = faultsShape as Extract<Shape, { kind: "list" }>;
  const { fault } = (shape.of as Extract<Shape, { kind: "object" }>).required;
  expect([...generated].toSorted()).toEqual(Object.keys((fault as Extract<Shape, { kind: "variants" }>).of).toSorted());
});
