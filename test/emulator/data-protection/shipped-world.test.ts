// The shipped world of Backup vaults can be torn down, in the order each vault asks for.
import { expect, test } from "vitest";

import { loadWorld } from "../../../src/emulator/worlds.ts";
import { bench, names } from "../world-builder.ts";
import type { Bench } from "../world-builder.ts";

const group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-backup-weu";
const vaults = `${group}/providers/Microsoft.DataProtection/backupVaults`;
const deleted = `/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.DataProtection/locations/westeurope/deletedVaults`;

async function deleteAll({ send, wait }: Bench, list: string): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const name of names((await send("GET", list)).body))
    statuses.push((await send("DELETE", `${list}/${name}`)).status);
  wait(120);
  return [...new Set(statuses)];
}

test("the one that is secure by default goes once its instances are soft-deleted", async () => {
  const vault = bench(loadWorld("backup-vault"), "2026-03-01");
  const id = `${vaults}/bv-secure-weu`;
  expect((await vault.send("DELETE", id)).status).toBe(400);
  expect(await deleteAll(vault, `${id}/backupInstances`)).toEqual([202]);
  // all but the operational backup of blobs, and two from before
  expect(names((await vault.send("GET", `${id}/deletedBackupInstances`)).body)).toHaveLength(10);
  expect((await vault.send("DELETE", id)).status).toBe(202);
  vault.wait(1);
  expect(names((await vault.send("GET", deleted)).body)).toHaveLength(1);
});

test("the classic one goes for good: lock, soft delete off, undelete, instances, policies, vault", async () => {
  const vault = bench(loadWorld("backup-vault"), "2026-03-01");
  const id = `${vaults}/bv-classic-weu`;
  expect((await vault.send("DELETE", id)).status).toBe(409);
  await vault.send("DELETE", `${id}/providers/Microsoft.Authorization/locks/keep`);
  await vault.send("PATCH", id, { properties: { securitySettings: { softDeleteSettings: { state: "Off" } } } });
  vault.wait(1);
  for (const name of names((await vault.send("GET", `${id}/deletedBackupInstances`)).body))
    expect((await vault.send("POST", `${id}/deletedBackupInstances/${name}/undelete`)).status).toBe(200);
  expect(await deleteAll(vault, `${id}/backupInstances`)).toEqual([202]);
  expect(await deleteAll(vault, `${id}/backupPolicies`)).toEqual([200]);
  expect((await vault.send("DELETE", id)).status).toBe(202);
  vault.wait(1);
  expect((await vault.send("GET", id)).status).toBe(404);
  expect(names((await vault.send("GET", deleted)).body)).toEqual([]);
});
