// Endpoints that Backup made beside one, endpoints that lead elsewhere too, and the DNS names that stay behind.

import { describe, expect, it } from "vitest";
import { privateEndpoints } from "../../src/dependencies/private-endpoints.ts";
import { armId } from "../../src/model/arm-id.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { ArmResource, VaultReader } from "../../src/model/ports.ts";
import type { PrivateEndpoint } from "../../src/model/resource.ts";
import { stepKey } from "../../src/model/step.ts";
import { answer, connectionMember, endpointPath, readerOf, respelled, vaultAnswer, vaultPath } from "./arm-answers.ts";
import { connection, contextOf, draftOf, endpoint, only } from "./builders.ts";

const storage = "/subscriptions/s-9/resourceGroups/pod/providers/Microsoft.Storage/storageAccounts/podecs1";
const otherVault = vaultPath.replace("rsv-test", "rsv-other");

function endpointAnswer(name: string, ...targets: readonly string[]): ArmResource {
  const links = targets.map((privateLinkServiceId) => ({ properties: { privateLinkServiceId } }));
  return answer(endpointPath(name), { provisioningState: "Succeeded", privateLinkServiceConnections: links });
}

/** A vault with one connection to `pe-1`, and what stands in that endpoint's group. */
function readerWith(beside: readonly ArmResource[], more: Partial<VaultReader> = {}): VaultReader {
  return readerOf({
    vault: async () => vaultAnswer({ privateEndpointConnections: [connectionMember("pe-1", endpointPath("pe-1"))] }),
    privateEndpoint: async () => endpointAnswer("pe-1", vaultPath),
    privateEndpoints: async () => beside,
    ...more,
  });
}

const refused = (status: number) => async (): Promise<never> =>
  Promise.reject(new AzureError({ status, code: "AuthorizationFailed", message: "no right to list" }));

const helpersOf = async (...beside: readonly ArmResource[]): Promise<readonly string[]> =>
  (await privateEndpoints.list(readerWith(beside))).filter((found) => found.helperOf).map((found) => found.name);

describe("the endpoint behind a connection", () => {
  it("is read from the list of its group, in one request for all that stand there", async () => {
    const listed = await privateEndpoints.list(
      readerWith([endpointAnswer("PE-1", vaultPath)], { privateEndpoint: refused(500) }),
    );
    expect(only(listed)).toMatchObject({ name: "PE-1", state: "Succeeded", connections: [connection("pe-1").id] });
  });
});

describe("endpoints that Backup made beside one", () => {
  it("are found by their names in the endpoint's own group, and belong to it", async () => {
    const beside = [endpointAnswer("pe-1_ecs-a_blob", storage), endpointAnswer("PE-1_ecs-a_queue", storage)];
    const found = await privateEndpoints.list(readerWith(beside));
    expect(found.map(({ name, helperOf }) => [name, helperOf])).toEqual([
      ["pe-1", undefined],
      ["pe-1_ecs-a_blob", endpointPath("pe-1")],
      ["PE-1_ecs-a_queue", endpointPath("pe-1")],
    ]);
  });

  it.each(["pe-1_ecs-a_table", "pe-1-blob", "pe-2_ecs-a_blob", "pe-1", "xpe-1_ecs-a_blob"])(
    "are not what another name says: %s",
    async (name) => {
      expect(await helpersOf(endpointAnswer(name, storage))).toEqual([]);
    },
  );

  it("lead to storage accounts: one that leads to anything else is somebody's own", async () => {
    expect(await helpersOf(endpointAnswer("pe-1_ecs-a_blob", storage, otherVault))).toEqual([]);
  });

  it("belong to the endpoint whose name is nearest, even where that one is of another vault", async () => {
    expect(
      await helpersOf(endpointAnswer("pe-1_ecs9", otherVault), endpointAnswer("pe-1_ecs9_ecs-a_blob", storage)),
    ).toEqual([]);
  });

  it("are still found when the endpoint itself is gone", async () => {
    const reader = readerWith([endpointAnswer("pe-1_ecs-a_blob", storage)], { privateEndpoint: async () => undefined });
    const found = only(await privateEndpoints.list(reader));
    const draft = draftOf(privateEndpoints.contribute(found, contextOf([found])), "delete-private-endpoint");
    expect(draft.after).toEqual([stepKey("delete-private-endpoint-connection", connection("pe-1").id)]);
  });

  const helper: PrivateEndpoint = {
    ...endpoint("pe-1_ecs-a_blob"),
    connections: [connection("pe-1").id],
    helperOf: respelled(endpointPath("pe-1")),
  };

  it("go after the endpoint they belong to", () => {
    const owner = endpoint("pe-1");
    const draft = draftOf(privateEndpoints.contribute(helper, contextOf([owner, helper])), "delete-private-endpoint");
    expect(draft.after).toContain(stepKey("delete-private-endpoint", owner.id));
    expect(draft.reason).toContain("Backup made it for");
  });

  it.each([
    ["is kept as asked", {}, true],
    ["leads to other things too", { alsoLeadsTo: [armId(otherVault)] }, false],
    ["cannot be read", { refusal: { code: "AuthorizationFailed", message: "no" } }, false],
  ])("stay, and are said to remain, where their endpoint %s", (_why, more, keepPrivateEndpoints) => {
    const owner = { ...endpoint("pe-1"), ...more };
    const contribution = privateEndpoints.contribute(helper, contextOf([owner, helper], { keepPrivateEndpoints }));
    expect(contribution.steps).toBeUndefined();
    expect(contribution.note).toContain(keepPrivateEndpoints ? "kept" : "stays");
    expect(only(contribution.remains).subject).toBe(helper.id);
  });

  it("that nobody may list are only warned of: the endpoint itself still goes", async () => {
    const found = only(await privateEndpoints.list(readerWith([], { privateEndpoints: refused(403) })));
    const contribution = privateEndpoints.contribute(found, contextOf([found]));
    expect(contribution.steps).toHaveLength(1);
    expect(contribution.blockers).toBeUndefined();
    expect(only(contribution.warnings)).toContain("AuthorizationFailed: no right to list");
    expect(only(contribution.warnings)).toContain("pe-1_ecs…_blob");
    expect(privateEndpoints.contribute(found, contextOf([found], { keepPrivateEndpoints: true })).warnings).toBe(
      undefined,
    );
  });

  it("whose list fails for another reason are not taken for absent", async () => {
    await expect(privateEndpoints.list(readerWith([], { privateEndpoints: refused(503) }))).rejects.toThrow("no right");
  });
});

describe("an endpoint that leads to something else too", () => {
  it("is not deleted: only its connection to the vault goes, and the plan says what remains", async () => {
    const reader = readerWith([], { privateEndpoint: async () => endpointAnswer("pe-1", vaultPath, otherVault) });
    const found = only(await privateEndpoints.list(reader));
    const contribution = privateEndpoints.contribute(found, contextOf([found]));
    expect(found.alsoLeadsTo).toEqual([otherVault]);
    expect(contribution.steps).toBeUndefined();
    expect(contribution.note).toContain("rsv-other");
    expect(only(contribution.remains)).toEqual({ what: "private endpoint", subject: found.id });
  });

  it("is told by the id, however it is spelled, and by connections that wait for approval as well", async () => {
    const manual = answer(endpointPath("pe-1"), {
      manualPrivateLinkServiceConnections: [{ properties: { privateLinkServiceId: respelled(vaultPath) } }],
    });
    const found = only(await privateEndpoints.list(readerWith([], { privateEndpoint: async () => manual })));
    expect(found.alsoLeadsTo).toBeUndefined();
  });
});

describe("the names an endpoint answers for", () => {
  it("remain in people's DNS zones when it is deleted", async () => {
    const customDnsConfigs = [{ fqdn: "a.privatelink.we.backup.windowsazure.com" }, { fqdn: "b" }, {}];
    const named = answer(endpointPath("pe-1"), { customDnsConfigs });
    const found = only(await privateEndpoints.list(readerWith([], { privateEndpoint: async () => named })));
    const remainder = only(privateEndpoints.contribute(found, contextOf([found])).remains);
    expect(remainder).toMatchObject({ what: "DNS records that people made in privatelink zones", of: "pe-1" });
    expect(remainder.subject).toBe("a.privatelink.we.backup.windowsazure.com, b");
  });

  it("are not spoken of when it answers for none", () => {
    const found = endpoint("pe-1");
    expect(privateEndpoints.contribute(found, contextOf([found])).remains).toEqual([]);
  });
});
