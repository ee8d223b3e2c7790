// Entries and times of a world's document while it is looked through for problems. It must not know which entries there are.
import type { Json, Properties } from "./json.ts";
import { isTime } from "./world-times.ts";

/** What is wrong with the time of this member, in words. */
export function timeProblem(value: Json | undefined, member: string): string | undefined {
  if (typeof value === "string" && isTime(value)) return undefined;
  return `'${member}' is ${JSON.stringify(value) ?? "missing"}; use a date or one like "now-3d"`;
}

/** The entries of a list that may be absent. */
export function entries(from: Properties, name: string): readonly Properties[] {
  return (from[name] ?? []) as readonly Properties[];
}
