// Recoveries of large vaults: what planning one takes grows with what is in it, and no faster.

import { expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { ProtectedItem } from "../../src/model/resource.ts";
import { planRecovery } from "../../src/planning/plan-recovery.ts";
import { database, now, softDeleted, sqlServer, vault } from "../dependencies/builders.ts";
import { wish } from "../dependencies/recovery/wishes.ts";

it("an item is looked at a few times, however many there are beside it", () => {
  const machines = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines";
  const servers = Array.from({ length: 30 }, (_, index) => ({
    ...sqlServer(`sql-${index}`, "SoftDeleted"),
    sourceId: armId(`${machines}/sql-${index}`),
  }));
  let looks = 0;
  const items = Array.from({ length: 300 }, (_, index): ProtectedItem => {
    const { container, ...rest } = database(`sql-${index % 30}`, `db-${index}`, softDeleted);
    return {
      ...rest,
      get container() {
        looks++;
        return container;
      },
    };
  });
  const { steps } = planRecovery({
    inventory: { discoveredAt: new Date(now).toISOString(), resources: [vault(), ...servers, ...items], gaps: [] },
    vault: { id: vault().id, name: "rsv-test", kind: "recovery-services", location: "westeurope", cloud: "public" },
    recovery: wish([...servers, ...items]),
    blockers: [],
    tool: "vault-teardown/0.0.0",
    now,
  });
  expect(steps).toHaveLength(331);
  expect(looks / items.length).toBeLessThan(12);
});
