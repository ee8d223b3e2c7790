// How much work a plan is: twice the vault, twice the work. Counted, not timed.

import { describe, expect, it } from "vitest";
import { discover } from "../../src/discovery/discover.ts";
import type { PlanOptions } from "../../src/model/plan.ts";
import type { Resource } from "../../src/model/resource.ts";
import { planTeardown } from "../../src/planning/plan-teardown.ts";
import { rehearse } from "../rehearsal.ts";

/** How often planning looks at a member of a resource. */
async function looksAt(items: number, options: PlanOptions): Promise<number> {
  const rehearsal = rehearse(`large:${items}`);
  const inventory = await discover(rehearsal.reader(), rehearsal.clock);
  let looks = 0;
  const watch = { get: (of: Resource, name: string) => ((looks += 1), Reflect.get(of, name) as unknown) };
  const resources = inventory.resources.map((resource) => new Proxy(resource, watch));
  planTeardown({
    inventory: { ...inventory, resources },
    vault: rehearsal.vault,
    options,
    blockers: [],
    tool: "a test",
    now: rehearsal.clock.now(),
  });
  return looks;
}

describe("planning a vault of twice as many items", () => {
  it.each(["soft", "purge"] as const)(
    "looks at resources about twice as often, with the strategy %s",
    async (strategy) => {
      const options = { strategy, consents: [], keepPrivateEndpoints: false };
      const [once, twice] = [await looksAt(400, options), await looksAt(800, options)];
      expect(once).toBeGreaterThan(400);
      expect(twice / once).toBeLessThan(2.2);
    },
  );
});
