// Private endpoint connections of a vault and the endpoints themselves.
import { expect, test } from "vitest";

import type { WorldVault } from "../../src/emulator/world.ts";
import { at, bench, subscription, vault, vaultId, vm, vmItem, world } from "./world-builder.ts";

const other = "00000000-0000-0000-0000-000000000001";
const endpointId = (sub: string, name: string) =>
  `/subscriptions/${sub}/resourceGroups/rg-net/providers/Microsoft.Network/privateEndpoints/${name}`;
const connection = (id: string, name: string) => ({
  id: `${vaultId}/privateEndpointConnections/${name}`,
  name,
  properties: { privateEndpoint: { id }, privateLinkServiceConnectionState: { status: "Approved" } },
});
const one = endpointId(subscription, "pe1");
const two = endpointId(other, "pe2");
const content = world(
  [vault({ properties: { privateEndpointConnections: [connection(one, "c1"), connection(two, "c2")] } })],
  {
    subscriptions: [{ id: subscription }, { id: other }],
    privateEndpoints: [one, two].map((id) => ({ id, location: "westeurope", properties: {} })),
  },
);
const left = "properties.privateEndpointConnections.length";

test("a connection is deleted after a moment and its endpoint stays", async () => {
  const { send, wait, follow } = bench(content);
  expect((await send("GET", "~/privateEndpointConnections/C1")).body["name"]).toBe("c1");
  const accepted = await send("DELETE", "~/privateEndpointConnections/c1");
  expect(accepted.status).toBe(202);
  expect((await follow(accepted)).body).toEqual({ status: "InProgress" });
  wait(5);
  expect((await follow(accepted)).body).toEqual({ status: "Succeeded" });
  expect((await follow(accepted, "location")).status).toBe(204);
  expect((await send("DELETE", "~/privateEndpointConnections/c1")).status).toBe(204);
  expect((await send("GET", "~/privateEndpointConnections/c1")).status).toBe(404);
  expect(at((await send("GET", "~")).body, left)).toBe(1);
  expect((await send("GET", one)).status).toBe(200);
});

test("urls are signed by the provider they lead to, whatever the vault or the connection is called", async () => {
  const properties = { privateEndpointConnections: [connection(one, "c1")] };
  const named = (name: string): string => vaultId.replace(/[^/]+$/u, name);
  const signed = async (id: string, method: string, path: string): Promise<boolean> => {
    const held = JSON.parse(
      JSON.stringify(vault({ properties, parts: [vm("vm1")] })).replaceAll(vaultId, id),
    ) as WorldVault;
    const endpoints = { privateEndpoints: [{ id: one, location: "westeurope", properties: {} }] };
    const { send } = bench(world([held], endpoints), "2021-03-01");
    const accepted = await send(method, path.replace("~", id));
    expect(accepted.status).toBe(202);
    return accepted.headers.get("location")!.includes("&t=");
  };
  for (const name of ["rsv-test", "privateEndpoint-rsv", "privateEndpointConnections"]) {
    expect(await signed(named(name), "DELETE", vmItem("vm1"))).toBe(false);
    expect(await signed(named(name), "DELETE", "~/privateEndpointConnections/c1")).toBe(true);
  }
  expect(await signed(vaultId, "DELETE", one)).toBe(true);
});

test("deleting an endpoint in another subscription drops its connection", async () => {
  const { send, wait, follow } = bench(content);
  const accepted = await send("DELETE", two);
  expect(accepted.status).toBe(202);
  expect(accepted.headers.get("azure-asyncoperation")).toContain(
    `/subscriptions/${other}/providers/Microsoft.Network/locations/westeurope/operations/`,
  );
  expect((await follow(accepted)).body).toEqual({ status: "InProgress" });
  expect((await follow(accepted, "location")).status).toBe(202);
  wait(5);
  expect((await follow(accepted)).body).toEqual({ status: "Succeeded" });
  expect((await follow(accepted, "location")).status).toBe(204);
  const gone = await send("GET", two);
  expect(gone.status).toBe(404);
  expect(at(gone.body, "error.code")).toBe("ResourceNotFound");
  expect((await send("DELETE", two)).status).toBe(204);
  expect(at((await send("GET", "~")).body, "properties.privateEndpointConnections.0.name")).toBe("c1");
});
