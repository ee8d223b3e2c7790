// The question of what deleted vaults held, against an Azure that answers page by page, or not wholly.

import { expect, it } from "vitest";
import type { Clients } from "../../src/azure/clients.ts";
import { itemsOfDeletedVaults } from "../../src/azure/resource-graph.ts";
import { subscription, vault, world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";

type Question = {
  readonly subscriptions: readonly string[];
  readonly query: string;
  readonly options: Readonly<Record<string, unknown>>;
};
type Asked = { readonly method: string; readonly url: string; readonly question: Question };

/** Clients whose Azure gives what `page` makes of the number of the question. */
function clientsGiving(page: (index: number) => object): {
  readonly clients: Clients;
  readonly asked: readonly Asked[];
} {
  const asked: Asked[] = [];
  const between = () => async (request: Request) => {
    const { method, url } = request;
    asked.push({ method, url, question: (await request.json()) as Question });
    return Response.json(page(asked.length - 1));
  };
  return { clients: rehearse(world([vault()]), { between }).clients(), asked };
}

const row = (index: number): object => ({ id: `/item-${index}`, name: `item-${index}`, properties: { index } });

it("every page is asked for with the token of the one before, and the same question", async () => {
  const { clients, asked } = clientsGiving((index) => ({
    data: [row(index), row(index + 1), null, { name: "nameless" }],
    resultTruncated: "false",
    ...(index < 2 ? { $skipToken: `token-${index}` } : {}),
  }));
  const found = await itemsOfDeletedVaults(clients, subscription);
  expect(found.map(({ id }) => id)).toEqual(["/item-0", "/item-1", "/item-2", "/item-3"]);
  expect(new Set(asked.map(({ method, url }) => `${method} ${url}`))).toEqual(
    new Set(["POST https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01"]),
  );
  expect(new Set(asked.map(({ question: { query, subscriptions } }) => `${subscriptions.join()} ${query}`)).size).toBe(
    1,
  );
  expect(asked.map(({ question }) => question.options["$skipToken"])).toEqual([undefined, "token-0", "token-1"]);
  expect(asked[0]?.question).toEqual({
    subscriptions: [subscription],
    query:
      "recoveryservicesresources | where type =~ 'microsoft.recoveryservices/locations/deletedvaults/backupfabrics/protectioncontainers/protecteditems' | project id, name, properties",
    options: { resultFormat: "objectArray", $top: 1000 },
  });
});

it("the name of one deleted vault cannot end the text it stands in", async () => {
  const { clients, asked } = clientsGiving(() => ({ data: [] }));
  await itemsOfDeletedVaults(clients, subscription, String.raw`rg"_\1`);
  expect(asked[0]?.question.query).toContain(String.raw`| where tostring(id) contains "rg\"_\\1" |`);
});

it.each<readonly [string, (index: number) => object, string, number]>([
  ["is cut without a token", () => ({ data: [row(1)], resultTruncated: "true" }), "IncompleteList", 1],
  ["has no rows at all", () => ({ count: 0 }), "IncompleteList", 1],
  ["goes on for ever", (index) => ({ data: [row(index)], $skipToken: "more" }), "IncompleteList", 100],
  ["goes round in a circle", () => ({ data: [row(1)], $skipToken: "more" }), "EndlessList", 22],
])("a list that %s is refused, and not taken for the whole", async (_, page, code, questions) => {
  const { clients, asked } = clientsGiving(page);
  await expect(itemsOfDeletedVaults(clients, subscription)).rejects.toMatchObject({ code });
  expect(asked).toHaveLength(questions);
});
