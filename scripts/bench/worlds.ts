// The worlds the bench tears down: n items each, in vaults of both regimes and in Site Recovery. The same scenario, size and
// seed always make the same world. It must not override how long anything takes.

import { largeWorld } from "../../src/emulator/large-world.ts";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Strategy } from "../../src/model/plan.ts";
import { siteRecoveryWorld } from "./site-recovery-world.ts";

export const scenarios = ["mixed-soft", "mixed-purge", "site-recovery"] as const;
export type Scenario = (typeof scenarios)[number];

/** How a scenario is called where people read it. */
export const titles: Readonly<Record<Scenario, string>> = {
  "mixed-soft": "backup items, secure by default",
  "mixed-purge": "backup items, classic, purged",
  "site-recovery": "replicated machines",
};

export const strategies: Readonly<Record<Scenario, Strategy>> = {
  "mixed-soft": "soft",
  "mixed-purge": "purge",
  "site-recovery": "soft",
};

/** Three databases to a server and about six shares to a storage account; each of these containers is a request more. */
const shape = { servers: [3], accounts: [6, 5, 7, 6] };

/**
 * A world of so many items that refuses requests beyond Azure's counters. With a `seed`, how long each operation takes is
 * drawn from what is recorded; without one, each takes its recorded median.
 */
export function benchWorld(scenario: Scenario, items: number, seed?: number): World {
  const world = { ...built(scenario, items), throttles: true };
  return seed === undefined ? world : { ...world, seed };
}

function built(scenario: Scenario, items: number): World {
  switch (scenario) {
    case "mixed-soft":
      return mixed(items);
    case "mixed-purge":
      return classic(mixed(items));
    case "site-recovery":
      return siteRecoveryWorld(items);
    default:
      return scenario satisfies never;
  }
}

/** Virtual machines, databases and file shares in a vault that is secure by default. */
function mixed(items: number): World {
  return largeWorld(items, loadWorld("small"), shape);
}

/** The same items in a vault of the classic regime, whose soft delete is on and can be turned off. */
function classic(world: World): World {
  const [model] = loadWorld("classic").vaults;
  if (model === undefined) throw new Error("the world 'classic' has no vault; the bench takes its settings from it");
  const vaults = world.vaults.map((vault) => ({ ...vault, regime: model.regime, properties: model.properties }));
  return { ...world, vaults };
}
