// What changes by itself does so in the order of its times, whenever somebody looks.
import fc from "fast-check";
import { expect, test } from "vitest";

import type { Due } from "../../src/emulator/due-times.ts";
import { createDueTimes } from "../../src/emulator/due-times.ts";
import { at, bench, sqlIntent, sqlItem, sqlServer, textAt, vault, world } from "./world-builder.ts";

const kinds = ["operation", "backup-job", "purge", "replication-job"] as const;
const due = (kind: (typeof kinds)[number]): Due => ({ kind }) as Due;

test("they are taken by time, then by kind, then as they came", () => {
  const added = fc.record({ at: fc.integer({ min: 0, max: 5 }), kind: fc.constantFrom(...kinds) });
  fc.assert(
    fc.property(fc.array(added, { maxLength: 60 }), fc.integer({ min: 0, max: 5 }), (all, now) => {
      const times = createDueTimes();
      const entries = all.map(({ at: time, kind }) => ({ at: time, due: due(kind) }));
      for (const entry of entries) times.add(entry.at, entry.due);
      const expected = entries
        .filter((entry) => entry.at <= now)
        .toSorted((one, other) => one.at - other.at || kinds.indexOf(one.due.kind) - kinds.indexOf(other.due.kind));
      for (const entry of expected) expect(times.take(now)?.due).toBe(entry.due);
      expect(times.take(now)).toBeUndefined();
    }),
  );
});

/** A deleted database that an intent protects again, half a month later. */
async function afterHalfAMonth(looksMeanwhile: boolean): Promise<readonly unknown[]> {
  const server = sqlServer("sql1", { a: {} });
  const { send, wait } = bench(world([vault({ parts: [server], more: { protectionIntents: [sqlIntent("sql1")] } })]));
  await send("DELETE", sqlItem("sql1", "a"));
  for (let day = 0; day < 15; day += 1) {
    wait(86_400);
    if (looksMeanwhile) await send("GET", "~");
  }
  const item = await send("GET", sqlItem("sql1", "a"));
  const jobs = await send("GET", "~/backupJobs");
  return [at(item.body, "properties.protectionState"), textAt(jobs.body, "value.0.properties.endTime")];
}

test.each([true, false])("half a month ends in the same way, looked at meanwhile or not (%s)", async (looks) => {
  expect(await afterHalfAMonth(looks)).toEqual(["IRPending", "2026-03-01T10:00:32Z"]);
});
