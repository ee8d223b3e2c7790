// The same world told in another order: its lists shuffled, and its answers held back so that others overtake them.

import { setImmediate } from "node:timers/promises";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.ts";
import { isObject, type Json, type Properties } from "../../src/emulator/json.ts";
import type { World } from "../../src/emulator/world.ts";
import type { VirtualClock } from "../virtual-clock.ts";

/** Numbers that are dealt one after another, over and over. */
type Deal = readonly number[];

/** Lists of things that stand beside each other; the order of all others means something. */
const unordered: ReadonlySet<string> = new Set([
  "protectionContainers",
  "protectedItems",
  "protectionIntents",
  "backupJobs",
  "backupPolicies",
  "backupEngines",
  "resourceGuardProxies",
  "privateEndpointConnections",
  "privateEndpoints",
  "fabrics",
  "migrationItems",
  "containerMappings",
  "networkMappings",
  "storageClassificationMappings",
  "vCenters",
  "recoveryServicesProviders",
  "policies",
  "recoveryPlans",
  "jobs",
  "appliances",
  "locks",
  "resources",
  "roleAssignments",
  "access",
]);

export function shuffledWorld(world: World, deal: Deal): World {
  let at = 0;
  const next = (): number => deal[at++ % deal.length] ?? 0;
  const shuffled = (value: Json, name: string): Json => {
    if (Array.isArray(value)) {
      const entries = (value as readonly Json[]).map((entry) => shuffled(entry, ""));
      return unordered.has(name) ? inOrderOf(entries, next) : entries;
    }
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([member, entry]) => [member, shuffled(entry, member)]));
  };
  return shuffled(world as unknown as Properties, "") as unknown as World;
}

function inOrderOf<T>(entries: readonly T[], number: () => number): readonly T[] {
  return entries
    .map((entry) => ({ entry, number: number() }))
    .toSorted((one, other) => one.number - other.number)
    .map(({ entry }) => entry);
}

/** Every answer waits for as many turns of the event loop as are dealt to it. */
export function overtaking(world: World, clock: VirtualClock, deal: Deal): Emulator {
  const emulator = createEmulator({ world, clock });
  let at = 0;
  return {
    ...emulator,
    answer: async (request) => {
      const answer = await emulator.answer(request);
      for (let turns = (deal[at++ % deal.length] ?? 0) % 5; turns > 0; turns--) await setImmediate();
      return answer;
    },
  };
}
