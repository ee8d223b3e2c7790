// What a vault leaves behind, for people: by sort, each thing once. In full below a plan, in few lines at the end of a run.

import { idKey, nameOf } from "../model/arm-id.ts";
import type { Plan, Remainder } from "../model/plan.ts";
import { planNames, type PlanNames } from "./plan-names.ts";
import { cut, day, indented, type Line } from "./words.ts";

/** `name`: the one people know the thing by. */
export type NamedRemainder = Remainder & { readonly name: string };

/** The plan's remainders, named as its inventory names them; others by the last part of their id. */
export function namedRemains({ remains, inventory }: Pick<Plan, "remains" | "inventory">): readonly NamedRemainder[] {
  const names = planNames({ inventory, steps: [] });
  return remains.map((left) => ({ ...left, name: names.ofSubject(left.subject) ?? nameOf(left.subject) }));
}

const namesShown = 3;

/** One line for each sort of remainder and day, in the order in which they first appear. */
export function remainsBySort(remains: readonly NamedRemainder[]): readonly string[] {
  const bySort = Map.groupBy(remains, (remainder) => `${remainder.what}${untilText([remainder])}`);
  return [...bySort].map(([sort, same]) => {
    const names = [...new Set(same.map(({ name }) => name))];
    const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : "";
    return `${sort}: ${names.slice(0, namesShown).join(", ")}${more}`;
  });
}

/** Many of one sort do not push out the others. */
const longestSort = 8;

/** A line for each sort, or a heading with a line for each thing where there are several; what is not in the vault by its address. */
export function remainsLines(remains: Plan["remains"], names: PlanNames): readonly Line[] {
  return [...Map.groupBy(remains, ({ what }) => what)].flatMap(([what, same]): readonly Line[] => {
    const subjects = [
      ...Map.groupBy(same, (remainder) => `${idKey(remainder.subject)} ${remainder.until ?? ""}`).values(),
    ];
    const [only] = subjects;
    if (only !== undefined && subjects.length === 1)
      return [{ text: `${what}${untilText(only)}: ${subjectText(only, names)}` }];
    const shown = cut(subjects, longestSort, (ofOne) => `${subjectText(ofOne, names)}${untilText(ofOne)}`);
    return [{ text: `${what} (${subjects.length})` }, ...shown.map((text) => ({ text, inner: true }) as const)];
  });
}

/** The same as text. */
export function remainsText(remains: Plan["remains"], names: PlanNames): readonly string[] {
  return indented(remainsLines(remains, names));
}

/** One thing, and everything it is left by. */
function subjectText(same: readonly Remainder[], names: PlanNames): string {
  const owners = [...new Set(same.flatMap((remainder) => remainder.of ?? []))];
  const id = same[0]?.subject ?? "";
  const subject = names.ofSubject(id) ?? id;
  return owners.length === 0 ? subject : `${subject}, of ${cut(owners, longestSort, (owner) => owner).join(", ")}`;
}

function untilText([first]: readonly Remainder[]): string {
  return first?.until === undefined ? "" : ` until ${day(first.until)}`;
}
