// Changing a vault's settings: the vault's own PATCH and the older backupconfig.
import { expect, test } from "vitest";

import { at, bench, vault, world } from "./world-builder.ts";

const softDelete = (state: string) => ({
  properties: { securitySettings: { softDeleteSettings: { softDeleteState: state, enhancedSecurityState: state } } },
});
const immutability = (state: string) => ({ properties: { securitySettings: { immutabilitySettings: { state } } } });
const refusedText =
  "Disabling soft delete or enhanced security state is not allowed for this vault. Please contact Microsoft Support if this is not expected.";

test("a change of the vault takes effect when its operation is done", async () => {
  const { send, wait, follow } = bench(world([vault({ regime: "classic" })]));
  const accepted = await send("PATCH", "~", softDelete("Disabled"));
  expect(accepted.status).toBe(202);
  const id = /operationStatus\/([^?]+)/u.exec(accepted.headers.get("azure-asyncoperation") ?? "")?.[1] ?? "";
  expect(Buffer.from(id, "base64").toString()).toMatch(/^4095;/u);
  const path = "properties.securitySettings.softDeleteSettings.softDeleteState";
  expect(at((await send("GET", "~")).body, path)).toBe("Enabled");
  expect((await follow(accepted, "location")).status).toBe(202);
  wait(61);
  expect(Object.keys((await follow(accepted)).body)).toEqual(["id", "name", "status"]);
  expect(at((await follow(accepted, "location")).body, path)).toBe("Disabled");
  expect(at((await send("GET", "~")).body, path)).toBe("Disabled");
});

test("a second change while one runs is refused", async () => {
  const { send } = bench(world([vault({ regime: "classic" })]));
  await send("PATCH", "~", { tags: { a: "b" } });
  const answer = await send("PATCH", "~", { tags: { a: "c" } });
  expect(answer.status).toBe(409);
  expect(at(answer.body, "error.code")).toBe("RSVaultUpdateErrorConflictingOperationInProgress");
});

test.each([
  ["a secure-by-default vault", vault({ softDelete: "Enabled" })],
  ["a vault set to AlwaysON", vault({ regime: "classic", softDelete: "AlwaysON" })],
])("%s does not let soft delete be switched off by either api", async (_, content) => {
  const { send } = bench(world([content]));
  for (const answer of [
    await send("PATCH", "~", softDelete("Disabled")),
    await send("PATCH", "~/backupconfig/vaultconfig", { properties: { softDeleteFeatureState: "Disabled" } }),
    await send("PATCH", "~/backupconfig/vaultconfig", { properties: { enhancedSecurityState: "Disabled" } }),
  ]) {
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      error: {
        code: "BMSUserErrorDisablingSoftDeleteStateNotAllowed",
        message: refusedText,
        target: null,
        details: null,
        innerError: null,
      },
    });
  }
});

test.each([13, 181, -1, 14.5, "30", null, 1e300])("a retention of %j days is refused by either api", async (days) => {
  const { send } = bench(world([vault()]));
  const softDeleteSettings = { softDeleteRetentionPeriodInDays: days };
  for (const answer of [
    await send("PATCH", "~", { properties: { securitySettings: { softDeleteSettings } } }),
    await send("PATCH", "~/backupconfig/vaultconfig", { properties: softDeleteSettings }),
  ]) {
    expect(answer.status).toBe(400);
    expect(at(answer.body, "error.code")).toBe("BMSUserErrorInvalidInput");
  }
});

test("the older api echoes what it changed", async () => {
  const { send } = bench(world([vault({ regime: "classic" })]));
  const properties = { enhancedSecurityState: "Disabled", softDeleteFeatureState: "Disabled" };
  const answer = await send("PATCH", "~/backupconfig/vaultconfig", { properties });
  expect(answer.status).toBe(200);
  expect(answer.body["properties"]).toEqual({
    ...properties,
    softDeleteRetentionPeriodInDays: 14,
    isSoftDeleteFeatureStateEditable: true,
  });
  expect((await send("GET", "~/backupconfig/vaultconfig")).body).toEqual(answer.body);
});

test("after a change through the vault api the older api refuses writes", async () => {
  const { send, wait } = bench(world([vault({ regime: "classic" })]));
  await send("PATCH", "~", softDelete("AlwaysOn"));
  wait(61);
  const settings = at((await send("GET", "~")).body, "properties.securitySettings.softDeleteSettings");
  expect(settings).toMatchObject({ softDeleteState: "AlwaysON" });
  const answer = await send("PATCH", "~/backupconfig/vaultconfig", {
    properties: { softDeleteRetentionPeriodInDays: 30 },
  });
  expect(answer.status).toBe(400);
  expect(at(answer.body, "error.code")).toBe("BMSUserErrorSoftDeleteUseVaultApi");
});

test("unlocked immutability can be disabled, locked immutability cannot be changed", async () => {
  const unlocked = bench(world([vault({ immutability: "Unlocked" })]));
  expect((await unlocked.send("PATCH", "~", immutability("Disabled"))).status).toBe(202);
  const locked = bench(world([vault({ immutability: "Locked" })]));
  const answer = await locked.send("PATCH", "~", immutability("Unlocked"));
  expect(answer.status).toBe(400);
  expect(at(answer.body, "error.code")).toBe("UserErrorUnsupportedVaultImmutabilityStateChange");
  expect((await locked.send("PATCH", "~", immutability("Locked"))).status).toBe(202);
});

test("creating a vault is not supported and says so", async () => {
  const { send } = bench(world([vault()]));
  const answer = await send("PUT", "~", { location: "westeurope" });
  expect(answer.status).toBe(501);
  expect(at(answer.body, "error.code")).toBe("NotImplemented");
});
