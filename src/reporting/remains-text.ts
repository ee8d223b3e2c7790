// What is there after a plan, for people: a line per sort, or a heading with names below it where there are several.

import { idKey } from "../model/arm-id.ts";
import type { Plan, Remainder } from "../model/plan.ts";
import type { PlanNames } from "./plan-names.ts";
import { clean, cut, day } from "./words.ts";

/** Many of one sort do not push out the others. */
const longestSort = 8;

export function remainsText(remains: Plan["remains"], names: PlanNames): readonly string[] {
  return [...Map.groupBy(remains, ({ what }) => what)].flatMap(([what, same]) => {
    const subjects = [
      ...Map.groupBy(same, (remainder) => `${idKey(remainder.subject)} ${remainder.until ?? ""}`).values(),
    ];
    const lines = subjects.map((ofOne) => subjectText(ofOne, names));
    const [only] = subjects;
    if (only !== undefined && subjects.length === 1) return [`${clean(what)}${untilText(only)}: ${lines.join("")}`];
    return [
      `${clean(what)} (${lines.length})`,
      ...cut(
        lines.map((line, at) => `${line}${untilText(subjects[at] ?? [])}`),
        longestSort,
      ).map((line) => `  ${line}`),
    ];
  });
}

/** One thing, and everything it is left by. */
function subjectText(same: readonly Remainder[], names: PlanNames): string {
  const owners = [...new Set(same.flatMap((remainder) => remainder.of ?? []))];
  const subject = names.ofSubject(same[0]?.subject ?? "");
  return owners.length === 0 ? subject : `${subject}, of ${cut(owners.map(clean), longestSort).join(", ")}`;
}

function untilText([first]: readonly Remainder[]): string {
  return first?.until === undefined ? "" : ` until ${day(first.until)}`;
}
