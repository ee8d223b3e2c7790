// Groups of a plan's steps, as places in the plan, and the arrows between them. It knows no step, and draws nothing.

/** For each place those that come before it, all of lower number. */
export type Links = readonly (readonly number[])[];

type Group = readonly number[];

/** From a group to one that comes after it, as their numbers. */
type Edge = readonly [from: number, to: number];

/** For each place the length of the longest way to it. */
export function levelsOf(links: Links): readonly number[] {
  const levels: number[] = [];
  for (const before of links) levels.push(before.reduce((most, place) => Math.max(most, (levels[place] ?? 0) + 1), 0));
  return levels;
}

/**
 * The groups, of which those that lie on a way in a circle are cut by level: within a level nothing waits, and every arrow
 * leads to a higher one.
 */
export function brokenUp(groups: readonly Group[], links: Links, levels: readonly number[]): readonly Group[] {
  const edges = edgesBetween(groups, links);
  const downstream = leftOver(groups.length, edges);
  const circling = leftOver(
    groups.length,
    edges.map(([from, to]) => [to, from]),
  );
  return groups.flatMap((group, index) =>
    downstream.has(index) && circling.has(index)
      ? [...Map.groupBy(group, (place) => levels[place] ?? 0).values()]
      : [group],
  );
}

/** Neighbouring levels together, as at most so many groups: a chain. */
export function bandsOf(levels: readonly number[], most: number): readonly Group[] {
  const height = levels.reduce((highest, level) => Math.max(highest, level + 1), 0);
  const depth = Math.max(1, Math.ceil(height / most));
  const places = levels.map((_, place) => place);
  const bands = Map.groupBy(places, (place) => Math.floor((levels[place] ?? 0) / depth));
  return [...bands].toSorted(([one], [other]) => one - other).map(([, band]) => band);
}

/** Each pair of groups once, of which a step of the second waits for one of the first. */
export function edgesBetween(groups: readonly Group[], links: Links): readonly Edge[] {
  const groupOf = new Int32Array(links.length);
  for (const [index, group] of groups.entries()) for (const place of group) groupOf[place] = index;
  return groups.flatMap((group, to) => {
    const from = new Set(group.flatMap((place) => (links[place] ?? []).map((before) => groupOf[before] ?? to)));
    from.delete(to);
    return [...from].toSorted((one, other) => one - other).map((before): Edge => [before, to]);
  });
}

/**
 * The groups, each after those it waits for; of those that wait for equally much the one first whose first step comes first in
 * the plan. Without those on a way in a circle, and what comes after them.
 */
export function inOrder(groups: readonly Group[], links: Links): readonly Group[] {
  const byFirst = groups.toSorted(([one = 0], [other = 0]) => one - other);
  return peeled(byFirst.length, edgesBetween(byFirst, links)).flatMap((index) => {
    const group = byFirst[index];
    return group === undefined ? [] : [group];
  });
}

/** Without the edges that say what longer ways say already. Every edge leads from a lower number to a higher one. */
export function withoutDetours(count: number, edges: readonly Edge[]): readonly Edge[] {
  const words = Math.ceil(count / 32);
  // Where this would cost more than it clears up, the drawing has lost its reader before.
  if (edges.length * words > 20_000_000) return edges;
  const ancestors: Uint32Array[] = Array.from({ length: count }, () => new Uint32Array(words));
  const incoming = Map.groupBy(edges, ([, to]) => to);
  return ancestors.flatMap((above, to) =>
    (incoming.get(to) ?? [])
      .toSorted(([one], [other]) => other - one)
      .filter(([from]) => {
        if (((above[from >>> 5] ?? 0) >>> (from & 31)) & 1) return false;
        above[from >>> 5] = (above[from >>> 5] ?? 0) | (1 << (from & 31));
        for (const [word, bits] of (ancestors[from] ?? []).entries()) above[word] = (above[word] ?? 0) | bits;
        return true;
      })
      .toReversed(),
  );
}

/** Numbers in rounds: each round those whose predecessors all stand in earlier ones. What is on a way in a circle never comes. */
function peeled(count: number, edges: readonly Edge[]): readonly number[] {
  const waiting = new Int32Array(count);
  for (const [, to] of edges) waiting[to] = (waiting[to] ?? 0) + 1;
  const outgoing = Map.groupBy(edges, ([from]) => from);
  const order: number[] = [];
  let round = [...waiting.keys()].filter((index) => waiting[index] === 0);
  while (round.length > 0) {
    order.push(...round);
    const next: number[] = [];
    for (const [, to] of round.flatMap((index) => outgoing.get(index) ?? [])) {
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) next.push(to);
    }
    round = next.toSorted((one, other) => one - other);
  }
  return order;
}

function leftOver(count: number, edges: readonly Edge[]): ReadonlySet<number> {
  const left = new Set(Array.from({ length: count }, (_, index) => index));
  for (const index of peeled(count, edges)) left.delete(index);
  return left;
}
