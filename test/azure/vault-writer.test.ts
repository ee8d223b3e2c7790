// What the writer sends for each request, and how it reads what came back.

import { describe, expect, it } from "vitest";
import { createVaultWriter } from "../../src/azure/vault-writer.ts";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { armId } from "../../src/model/arm-id.ts";
import { rehearse, type Handle } from "../rehearsal.ts";

const operation = {
  address: "https://management.azure.com/subscriptions/s/providers/x/operationStatus/1?api-version=1",
};

async function check(status: number, body: unknown, address = operation.address) {
  const between = (): Handle => () =>
    Promise.resolve(body === undefined ? new Response(null, { status }) : Response.json(body, { status }));
  return rehearse("small", { between }).writer().check({ address });
}

describe("asking about an operation", () => {
  it.each([
    ["Succeeded", "succeeded"],
    ["Success", "succeeded"],
    ["CompletedWithWarnings", "succeeded"],
    ["InProgress", "running"],
    ["Inprogress", "running"],
    ["SomethingNew", "running"],
    ["Failed", "failed"],
    ["Cancelled", "failed"],
  ])("reads %s as %s", async (word, state) => {
    expect((await check(200, { status: word })).state).toBe(state);
  });

  it("carries the code and message of an operation that failed inside a 200", async () => {
    const body = { status: "Failed", error: { code: "Immutable", message: "no" } };
    expect(await check(200, body)).toEqual({ state: "failed", code: "Immutable", message: "no" });
  });

  it("reads results by their status alone", async () => {
    const address = operation.address.replace("operationStatus", "operationResults");
    expect((await check(202, {}, address)).state).toBe("running");
    expect((await check(204, undefined, address)).state).toBe("succeeded");
  });

  it("takes a 404 as a reason to look at the target", async () => {
    expect((await check(404, { error: { code: "ResourceNotFound", message: "x" } })).state).toBe("gone");
  });
});

const refusingVaultApi =
  (handle: Handle): Handle =>
  (sent) =>
    sent.method === "PATCH" && !sent.url.includes("backupconfig")
      ? Promise.resolve(Response.json({ error: { code: "BadRequest", message: "use the other one" } }, { status: 400 }))
      : handle(sent);

/** A classic vault whose soft delete was once set through the vault's own API. */
function setByVaultApi(): World {
  const world = loadWorld("classic");
  return { ...world, vaults: world.vaults.map((vault) => ({ ...vault, softDeleteSetByVaultApi: true })) };
}

describe("turning soft delete off", () => {
  const request = (vault: string) =>
    ({
      write: "set-soft-delete",
      vault: armId(vault),
      softDeleteState: "Disabled",
      hybridState: "Enabled",
      retentionDays: 14,
    }) as const;

  it("asks the vault's own API first, with both fields", async () => {
    const rehearsal = rehearse("classic");
    await rehearsal.writer("purge").send(request(rehearsal.vault.id));
    const [patch] = rehearsal.emulator.requests().filter((sent) => sent.method === "PATCH");
    expect(patch?.body).toMatchObject({
      properties: {
        securitySettings: { softDeleteSettings: { softDeleteState: "Disabled", enhancedSecurityState: "Enabled" } },
      },
    });
  });

  it("turns to the older backup configuration when the vault's API does not take it", async () => {
    const rehearsal = rehearse("classic", {
      between: (handle) => (sent) =>
        sent.method === "PATCH" && !sent.url.includes("backupconfig")
          ? Promise.resolve(
              Response.json({ error: { code: "BadRequest", message: "use the other one" } }, { status: 400 }),
            )
          : handle(sent),
    });
    const accepted = await rehearsal.writer("purge").send(request(rehearsal.vault.id));
    expect(accepted.status).toBe(200);
    expect(rehearsal.writes()).toEqual([expect.stringContaining("/backupconfig/vaultconfig")]);
  });

  it("keeps the retention as it is, on either way", async () => {
    for (const sendsBack of [false, true]) {
      const rehearsal = rehearse("classic", sendsBack ? { between: refusingVaultApi } : {});
      await rehearsal.writer("purge").send({ ...request(rehearsal.vault.id), retentionDays: 21 });
      await rehearsal.clock.sleep(120_000);
      const config = await rehearsal.reader().vaultConfig();
      expect(config?.properties).toMatchObject({
        softDeleteFeatureState: "Disabled",
        softDeleteRetentionPeriodInDays: sendsBack ? 14 : 21,
      });
    }
  });

  it("gives the first refusal when the older configuration only sends back to the vault's API", async () => {
    const rehearsal = rehearse(setByVaultApi(), { between: refusingVaultApi });
    await expect(rehearsal.writer("purge").send(request(rehearsal.vault.id))).rejects.toMatchObject({
      code: "BadRequest",
      message: "use the other one",
    });
    expect(rehearsal.writes()).toEqual([expect.stringContaining("/backupconfig/vaultconfig")]);
  });

  it("is taken by the vault's API where the older configuration would refuse it", async () => {
    const rehearsal = rehearse(setByVaultApi());
    expect((await rehearsal.writer("purge").send(request(rehearsal.vault.id))).status).toBe(202);
    expect(rehearsal.writes()).toEqual([expect.not.stringContaining("backupconfig")]);
  });

  it("leaves out what nobody could read, on either way", async () => {
    const rehearsal = rehearse("classic", {
      between: (handle) => (sent) =>
        sent.method === "PATCH" && !sent.url.includes("backupconfig")
          ? Promise.resolve(Response.json({ error: { code: "BadRequest", message: "no" } }, { status: 400 }))
          : handle(sent),
    });
    await rehearsal.writer("purge").send({ ...request(rehearsal.vault.id), hybridState: "Unknown" });
    const [patch] = rehearsal.emulator.requests().filter((sent) => sent.method === "PATCH");
    expect(patch?.body).toEqual({ properties: { softDeleteFeatureState: "Disabled" } });
  });

  it("does not ask a second time when the first answer was a definite no", async () => {
    const rehearsal = rehearse("always-on");
    await expect(rehearsal.writer("purge").send(request(rehearsal.vault.id))).rejects.toMatchObject({
      code: "BMSUserErrorDisablingSoftDeleteStateNotAllowed",
    });
    expect(rehearsal.writes()).toHaveLength(1);
  });
});

describe("an accepted write", () => {
  it("carries its correlation id as far as it may be told: without a secret, and not endlessly", async () => {
    const headers = {
      "x-ms-correlation-request-id": `${"x ".repeat(1000)} Bearer PLANTEDqf7Zx2mWb93K ${"x ".repeat(9000)}`,
    };
    const between = (): Handle => () => Promise.resolve(new Response(null, { status: 202, headers }));
    const rehearsal = rehearse("small", { between });
    const { correlationId } = await rehearsal.writer().send({ write: "delete-vault", vault: rehearsal.vault.id });
    expect(correlationId).toContain("[removed]");
    expect(correlationId).not.toContain("PLANTED");
    expect(correlationId?.length).toBeLessThan(4100);
  });
});

describe("a vault that refuses to be deleted", () => {
  it("rejects with Azure's code and text, once", async () => {
    const rehearsal = rehearse("small");
    const writer = createVaultWriter(rehearsal.clients(), rehearsal.scope);
    await expect(writer.send({ write: "delete-vault", vault: rehearsal.vault.id })).rejects.toMatchObject({
      status: 400,
      code: "ServiceResourceNotEmptyWithContainerDetails",
      message: expect.stringContaining("existing resources within the vault"),
    });
    expect(rehearsal.writes()).toHaveLength(1);
  });
});
