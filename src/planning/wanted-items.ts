// Which of a vault's soft-deleted things the names or patterns of a person mean. Pure.

import { isUnregistered } from "../dependencies/containers.ts";
import { nameOf, type ArmId } from "../model/arm-id.ts";
import { isBackupData, isRegistrable, type Resource } from "../model/resource.ts";

export type Wanted = {
  readonly wanted: readonly ArmId[];
  /** Patterns that mean nothing of it. */
  readonly unmatched: readonly string[];
  /** Everything that could be meant, by name. */
  readonly known: readonly string[];
  /** Names of what was meant and is past its purge date. */
  readonly purged: readonly string[];
  /** Patterns that mean nothing but what is past its purge date. */
  readonly spent: readonly string[];
};

/**
 * `patterns`: names, or with `*` and `?` patterns of them, or ids; absent: everything, with the containers that are not registered.
 * What is asked for by name brings its container along. `now`: epoch milliseconds.
 */
export function wantedOf(resources: readonly Resource[], patterns: readonly string[] | undefined, now: number): Wanted {
  const items = resources.filter((resource) => isBackupData(resource) && resource.softDeleted);
  const tests = patterns?.map((pattern) => ({ pattern, fits: testOf(pattern) }));
  const meant = items.filter(meaningOf(patterns));
  const isPurged = (resource: Resource): boolean =>
    "purgeAt" in resource && resource.purgeAt !== undefined && Date.parse(resource.purgeAt) <= now;
  const isSpent = (of: readonly Resource[]): boolean => of.length > 0 && of.every(isPurged);
  const containers =
    patterns === undefined ? resources.filter((resource) => isRegistrable(resource) && isUnregistered(resource)) : [];
  return {
    wanted: [...meant.filter((item) => !isPurged(item)), ...containers].map(({ id }) => id),
    unmatched: (tests ?? []).filter(({ fits }) => !items.some(fits)).map(({ pattern }) => pattern),
    known: [...new Set(items.map(({ name }) => name))],
    purged: meant.filter(isPurged).map(({ name }) => name),
    spent: (tests ?? []).filter(({ fits }) => isSpent(items.filter(fits))).map(({ pattern }) => pattern),
  };
}

/** Names of what the pattern means and what is not soft-deleted. */
export function activeAmong(resources: readonly Resource[], pattern: string): readonly string[] {
  const fits = testOf(pattern);
  return resources
    .filter((resource) => isBackupData(resource) && !resource.softDeleted && fits(resource))
    .map(({ name }) => name);
}

/** Whether one of the patterns means what has this id and name; without patterns everything is meant. */
export function meaningOf(patterns: readonly string[] | undefined): (named: Named) => boolean {
  const tests = patterns?.map(testOf);
  return (named) => tests?.some((fits) => fits(named)) ?? true;
}

type Named = Pick<Resource, "id" | "name">;

/** What a person's name, pattern or id means. Names in Azure are equal without regard to case. */
export function testOf(pattern: string): (named: Named) => boolean {
  const source = pattern
    .replaceAll(/[$()+.[\\\]^{|}]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const whole = new RegExp(`^${source}$`, "isu");
  const isId = pattern.includes("/");
  return ({ id, name }) => (isId ? whole.test(id) : whole.test(name) || whole.test(nameOf(id)));
}
