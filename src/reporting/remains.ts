// What a vault leaves behind, in few lines: one for each sort, with the names of some. The JSON forms have every entry in full.

import { idKey, nameOf } from "../model/arm-id.ts";
import type { Plan, Remainder } from "../model/plan.ts";
import { clean, day } from "./words.ts";

/** `name`: the one people know the thing by. */
export type NamedRemainder = Remainder & { readonly name: string };

/** The plan's remainders, named as its inventory names them; others by the last part of their id. */
export function namedRemains({ remains, inventory }: Pick<Plan, "remains" | "inventory">): readonly NamedRemainder[] {
  const names = new Map(inventory.map((entry) => [idKey(entry.id), entry.name]));
  return remains.map((left) => ({ ...left, name: names.get(idKey(left.subject)) ?? nameOf(left.subject) }));
}

const namesShown = 3;

/** One line for each sort of remainder and day, in the order in which they first appear. */
export function remainsBySort(remains: readonly NamedRemainder[]): readonly string[] {
  const bySort = Map.groupBy(remains, ({ what, until }) =>
    until === undefined ? what : `${what} until ${day(until)}`,
  );
  return [...bySort].map(([sort, same]) => {
    const names = same.slice(0, namesShown).map(({ name }) => clean(name));
    const more = same.length > namesShown ? ` and ${same.length - namesShown} more` : "";
    return `${clean(sort)}: ${names.join(", ")}${more}`;
  });
}
