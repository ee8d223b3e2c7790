// What runs are called: sorted by name, the runs of a vault stand in the order in which they were begun. It reads no clock.

import { randomBytes } from "node:crypto";

const second = 1000;

/** After it the year has five digits, and no longer sorts. */
const lastSecond = Date.UTC(9999, 11, 31, 23, 59, 59);

/**
 * A name that sorts after all those stored: the time of birth, or the second after the latest of them, which a clock that was
 * ahead may have named. The rest keeps apart what two processes name at once. What this tool does not call a run is passed
 * over.
 */
export function nextRunName(now: Date, stored: Iterable<string>): string {
  let birth = now.getTime();
  for (const name of stored) {
    const latest = timeIn(name);
    if (latest < lastSecond) birth = Math.max(birth, latest + second);
  }
  const time = new Date(birth).toISOString().replaceAll(/[-:]/g, "").slice(0, 15);
  return `${time}Z-${randomBytes(3).toString("hex")}`;
}

const shape = /^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)-[0-9a-f]{6}$/;

/** In epoch milliseconds; NaN where the name has none. */
function timeIn(name: string): number {
  return shape.test(name) ? Date.parse(name.replace(shape, "$1-$2-$3:$4:$5")) : Number.NaN;
}
