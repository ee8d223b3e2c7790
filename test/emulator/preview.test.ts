// The preview of secure by default: one vault, two behaviours, by the api-version of each request.
import { expect, test } from "vitest";

import { at, bench, names, softDeleted, vault, vm, vmItem, world } from "./world-builder.ts";

const off = {
  properties: {
    securitySettings: { softDeleteSettings: { softDeleteState: "Disabled", enhancedSecurityState: "Disabled" } },
  },
};
const deletedVaults =
  "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults";

function preview(softDelete: string, apiVersion: string, ...parts: readonly ReturnType<typeof vm>[]) {
  return bench(world([vault({ regime: "preview", softDelete, parts })]), apiVersion);
}

test.each([
  ["2023-06-01", 202],
  ["2024-09-29", 202],
  ["2024-09-30-preview", 400],
  ["2025-02-01", 400],
])("api-version %s turns soft delete off with %i", async (apiVersion, status) => {
  expect((await preview("Enabled", apiVersion).send("PATCH", "~", off)).status).toBe(status);
  const config = { properties: { softDeleteFeatureState: "Disabled", enhancedSecurityState: "Disabled" } };
  const older = await preview("Enabled", apiVersion).send("PATCH", "~/backupconfig/vaultconfig", config);
  expect(older.status).toBe(status === 202 ? 200 : 400);
});

test.each(["2023-06-01", "2025-02-01"])("AlwaysON cannot be turned off with %s either", async (apiVersion) => {
  expect((await preview("AlwaysON", apiVersion).send("PATCH", "~", off)).status).toBe(400);
});

test("with soft delete off, older api-versions delete for good and newer ones keep", async () => {
  for (const [apiVersion, left] of [
    ["2023-06-01", 0],
    ["2025-02-01", 1],
  ] as const) {
    const { send, wait } = preview("Disabled", apiVersion, vm("vm1"));
    await send("DELETE", vmItem("vm1"));
    wait(111);
    expect(names((await send("GET", "~/backupProtectedItems")).body)).toHaveLength(left);
  }
});

test("older api-versions insist on an empty vault, newer ones accept soft-deleted contents", async () => {
  const gone = vm("vm1", softDeleted("now-1d"));
  const refused = await preview("Enabled", "2024-04-01", gone).send("DELETE", "~");
  expect(refused.status).toBe(400);
  expect(at(refused.body, "error.message")).toContain("soft delete state");
  expect((await preview("Enabled", "2025-02-01", gone).send("DELETE", "~")).status).toBe(202);
});

test.each([
  ["2021-06-01", 0],
  ["2024-04-01", 0],
  ["2025-08-01", 1],
])("a vault deleted with %s leaves %i deleted vaults", async (apiVersion, count) => {
  const { send, wait } = preview("Enabled", apiVersion);
  await send("DELETE", "~");
  wait(60);
  expect(names((await send("GET", deletedVaults)).body)).toHaveLength(count);
});
