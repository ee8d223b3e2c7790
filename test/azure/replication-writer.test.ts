// What is sent to Site Recovery for each write: the path, the verb, and a body only where one is known to be wanted.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";
import { rehearse, type Handle } from "../rehearsal.ts";

type Sent = { readonly method: string; readonly path: string; readonly body: string; readonly version: string | null };

async function sent(make: (fabric: string) => WriteRequest): Promise<Sent> {
  const seen: Request[] = [];
  const between = (): Handle => async (request) => {
    seen.push(request.clone());
    return new Response(null, { status: 204 });
  };
  const rehearsal = rehearse("small", { between });
  const vault = rehearsal.vault.id.replace("/subscriptions/", "/Subscriptions/");
  await rehearsal.writer().send(make(`${vault}/replicationFabrics/east`));
  const [request] = seen;
  if (request === undefined) throw new Error("nothing was sent");
  const url = new URL(request.url);
  return {
    method: request.method,
    path: url.pathname.slice(url.pathname.indexOf("/replication")),
    body: await request.text(),
    version: url.searchParams.get("api-version"),
  };
}

const container = "replicationProtectionContainers/c";
const item = `${container}/replicationProtectedItems/i`;
const mapping = `${container}/replicationProtectionContainerMappings/m`;

describe("a write to Site Recovery", () => {
  it.each([
    ["A2A", "A2A_selfcreated_scenarios, seq 182"],
    ["HyperVReplicaAzure", "H2A_B2A_selfcreated_scenarios, seq 72"],
    ["InMageRcm", "V2A_RCMInMage_scenarios, seq 195"],
  ])("disables %s as recorded: %s", async (provider) => {
    const write = await sent((fabric) => ({
      write: "disable-replication",
      item: armId(`${fabric}/${item}`),
      provider,
    }));
    expect(write).toEqual({
      method: "POST",
      path: `/replicationFabrics/east/${item}/remove`,
      body: JSON.stringify({ properties: {} }),
      version: "2023-06-01",
    });
  });

  it("removes a mapping within Azure with its type, and another with an empty body", async () => {
    const remove = (provider?: string) =>
      sent((fabric) => ({
        write: "remove-replication-object",
        target: armId(`${fabric}/${mapping}`),
        ...(provider === undefined ? {} : { provider }),
      }));
    expect(JSON.parse((await remove("A2A")).body)).toEqual({
      properties: { providerSpecificInput: { instanceType: "A2A" } },
    });
    expect(JSON.parse((await remove()).body)).toEqual({ properties: {} });
  });

  it.each([
    ["a container", `/${container}`],
    ["a server", "/replicationRecoveryServicesProviders/p"],
    ["a fabric", ""],
  ])("removes %s without a body, as recorded for containers and fabrics", async (_what, below) => {
    const write = await sent((fabric) => ({
      write: "remove-replication-object",
      target: armId(`${fabric}${below}`),
    }));
    expect(write).toMatchObject({ method: "POST", path: `/replicationFabrics/east${below}/remove`, body: "" });
  });

  it.each(["purge-replication-object", "delete-replication-object"] as const)("%s is a plain DELETE", async (write) => {
    expect(await sent((fabric) => ({ write, target: armId(`${fabric}/${item}`) }))).toMatchObject({
      method: "DELETE",
      path: `/replicationFabrics/east/${item}`,
      body: "",
    });
  });

  it("cleans a test failover with a remark", async () => {
    const write = await sent((fabric) => ({ write: "clean-test-failover", item: armId(`${fabric}/${item}`) }));
    expect(write.path).toMatch(/\/testFailoverCleanup$/);
    expect(JSON.parse(write.body)).toEqual({ properties: { comments: expect.any(String) } });
  });
});
