// Locks over a recovery: only what makes its scope read-only stops it, and no recovery takes a lock away.

import { expect, it } from "vitest";
import { locks } from "../../../src/dependencies/locks.ts";
import { armId } from "../../../src/model/arm-id.ts";
import { lock, sqlServer, vault } from "../builders.ts";
import { recovering, wish } from "./wishes.ts";

const elsewhere = armId("/subscriptions/s2/resourceGroups/rg-vms");
const sourceId = armId(`${elsewhere}/providers/Microsoft.Compute/virtualMachines/sql-1`);

it("a read-only lock over the vault blocks, and says who takes it away and how", () => {
  const given = lock({ state: "ReadOnly" });
  const [blocker] = locks.recover?.(given, recovering([vault(), given], wish([]))).blockers ?? [];
  expect(blocker).toMatchObject({ code: "read-only-lock", subject: given.id });
  expect(blocker?.fix).toMatch(/^remove it for the time of the recovery: az lock delete --ids /);
});

it("the command that takes it away holds in a shell whatever the lock is called", () => {
  const given = lock({ state: "ReadOnly", id: armId(`${elsewhere}/providers/Microsoft.Authorization/locks/x;(y)`) });
  const [blocker] = locks.recover?.(given, recovering([vault(), given], wish([]))).blockers ?? [];
  expect(blocker?.fix).toContain("az lock delete --ids '/subscriptions/s2/");
  expect(blocker?.fix).toContain("/locks/x;(y)'; then");
});

it("a read-only lock over a machine blocks where that is registered again", () => {
  const host = { ...sqlServer("sql-1", "SoftDeleted"), sourceId };
  const given = lock({ state: "ReadOnly", scope: elsewhere });
  expect(locks.recover?.(given, recovering([host, given], wish([host]))).blockers).toHaveLength(1);
  expect(locks.recover?.(given, recovering([host, given], wish([])))).toEqual({});
});

it("a lock against deletion holds up nothing that returns", () => {
  const given = lock({ state: "CanNotDelete" });
  expect(locks.recover?.(given, recovering([vault(), given], wish([])))).toEqual({});
});
