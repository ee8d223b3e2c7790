// How a world ended, without what must differ between two runs that did the same. It must hide nothing else.

import type { World } from "../../src/emulator/world.ts";

/** As the emulator issues them, in lower case. */
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const date = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const duration = /("duration":)"PT[\dHMS.]+"/g;

/** In these lists an entry stands where it does because of when it came. */
const inOrderOfTime: ReadonlySet<string> = new Set(["operations", "backupJobs", "jobs", "deleteUnlocks"]);

/**
 * Makes of a world the text by which its end is compared. `origin`: the world as it began. Left out: moments and durations,
 * for a run that was cut takes longer; ids the emulator issued, and how often it was asked, for reads are repeated; the
 * order of lists that are kept in the order of events; and a second operation that is the same as a first, begun for a
 * write whose answer was lost.
 */
export function endsComparedTo(origin: World): (world: World) => string {
  const known = new Set(JSON.stringify(origin).match(guid));
  return (world) => {
    const { startsAt: _moment, issuedIds: _issued, requestCounters: _asked, ...rest } = world;
    const operations = (rest.operations ?? []).map(({ id: _id, ...operation }) => operation);
    const text = JSON.stringify({ ...rest, operations })
      .replaceAll(date, "(a time)")
      .replaceAll(duration, '$1"(a while)"')
      .replaceAll(guid, (id) => (known.has(id) ? id : "(an id)"));
    const members = JSON.parse(text, ordered) as Readonly<Record<string, unknown>>;
    return JSON.stringify(Object.entries(members).toSorted(byName), undefined, 1);
  };
}

function ordered(name: string, value: unknown): unknown {
  if (!Array.isArray(value) || !inOrderOfTime.has(name)) return value;
  const texts = value.map((entry) => JSON.stringify(entry)).toSorted();
  return name === "operations" ? [...new Set(texts)] : texts;
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
