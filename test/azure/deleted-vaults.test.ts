// The reads of a whole subscription, against an Azure that answers page by page.

import { expect, it } from "vitest";
import { deletedVaultsOf, subscriptionLocations } from "../../src/azure/deleted-vaults.ts";
import type { Clients } from "../../src/azure/clients.ts";
import { vault, world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";

const subscription = "00000000-0000-0000-0000-000000000000";

/** Clients whose Azure gives these pages, whatever is asked, and what was asked. */
function clientsGiving(pages: readonly object[]): { readonly clients: Clients; readonly asked: readonly string[] } {
  const asked: string[] = [];
  const between = () => async (request: Request) => {
    asked.push(request.url);
    return Response.json(pages[asked.length - 1]);
  };
  return { clients: rehearse(world([vault()]), { between }).clients(), asked };
}

it("groups of locations are no locations, and each is named once, over all pages", async () => {
  const region = (name: string, regionType: string) => ({ name, metadata: { regionType } });
  const { clients, asked } = clientsGiving([
    {
      value: [region("westeurope", "Physical"), region("europe", "Logical")],
      nextLink: "https://management.azure.com/next",
    },
    { value: [region("westeurope", "Physical"), { id: "/subscriptions/s/locations/uksouth" }, null] },
  ]);
  expect(await subscriptionLocations(clients, subscription)).toEqual(["westeurope", "uksouth"]);
  expect(asked[0]).toBe(`https://management.azure.com/subscriptions/${subscription}/locations?api-version=2022-12-01`);
});

it.each([
  ["recovery-services", "Microsoft.RecoveryServices", "2026-07-01"],
  ["backup", "Microsoft.DataProtection", "2026-03-01"],
] as const)(
  "deleted vaults of kind %s are asked of %s with the api-version of reads",
  async (kind, provider, version) => {
    const { clients, asked } = clientsGiving([{ value: [{ id: "/x", name: "g_1", properties: { vaultId: "/v" } }] }]);
    const found = await deletedVaultsOf(clients, kind, subscription, "uk south");
    expect(found.map(({ name, properties }) => [name, properties["vaultId"]])).toEqual([["g_1", "/v"]]);
    expect(asked).toEqual([
      `https://management.azure.com/subscriptions/${subscription}/providers/${provider}/locations/uk%20south/deletedVaults?api-version=${version}`,
    ]);
  },
);
