// The lists that are read without the SDK clients: asked for, answered and refused as those clients would have it.

import { describe, expect, it } from "vitest";
import type { Clients } from "../../src/azure/clients.ts";
import { containerMembers, itemMembers, type ArmResource, type VaultReader } from "../../src/model/ports.ts";
import { loadWorld, shippedWorlds } from "../../src/emulator/worlds.ts";
import type { Scope } from "../../src/model/arm-id.ts";
import { rehearse, type Rehearsal } from "../rehearsal.ts";

type List = {
  readonly name: string;
  readonly members: readonly string[] | undefined;
  readonly read: (reader: VaultReader) => Promise<readonly ArmResource[]>;
  readonly bySdk: (clients: Clients, scope: Scope) => Promise<AsyncIterable<object>>;
};

const filter = "backupManagementType eq 'AzureWorkload'";

const lists: readonly List[] = [
  {
    name: "backup items",
    members: itemMembers,
    read: (reader) => reader.protectedItems(),
    bySdk: async (clients, { subscriptionId, resourceGroup, name }) =>
      (await clients.backup(subscriptionId)).backupProtectedItems.list(name, resourceGroup),
  },
  {
    name: "containers",
    members: containerMembers,
    read: (reader) => reader.containers("AzureWorkload"),
    bySdk: async (clients, { subscriptionId, resourceGroup, name }) =>
      (await clients.backup(subscriptionId)).backupProtectionContainers.list(name, resourceGroup, { filter }),
  },
  {
    name: "soft-deleted containers",
    members: containerMembers,
    read: (reader) => reader.softDeletedContainers("AzureWorkload"),
    bySdk: async (clients, { subscriptionId, resourceGroup, name }) =>
      (await clients.backup(subscriptionId)).deletedProtectionContainers.list(resourceGroup, name, { filter }),
  },
  {
    name: "replicated items",
    members: undefined,
    read: (reader) => reader.replication("protected-items"),
    bySdk: async (clients, { subscriptionId, resourceGroup, name }) =>
      (await clients.replication(subscriptionId)).replicationProtectedItems.list(name, resourceGroup),
  },
  {
    name: "fabrics",
    members: undefined,
    read: (reader) => reader.replication("fabrics"),
    bySdk: async (clients, { subscriptionId, resourceGroup, name }) =>
      (await clients.replication(subscriptionId)).replicationFabrics.list(name, resourceGroup),
  },
];

const worlds = shippedWorlds.filter((name) => loadWorld(name).vaults.length > 0);

/** What the SDK client makes of the list, cut to what is kept of it. */
async function listedBySdk({ bySdk, members }: List, { clients, scope }: Rehearsal): Promise<readonly object[]> {
  const found: object[] = [];
  for await (const model of await bySdk(clients(), scope)) {
    const { id, name, properties } = JSON.parse(JSON.stringify(model)) as ArmResource;
    const kept = Object.entries(properties).filter(([member]) => members?.includes(member) ?? true);
    found.push({ id, name, properties: Object.fromEntries(kept.map(spelled)) });
  }
  return found;
}

/** Of an item of a type that it does not know, the SDK leaves this one as Azure spelled it. */
function spelled([member, value]: readonly [string, unknown]): readonly [string, unknown] {
  return [member, member === "lastBackupTime" ? new Date(String(value)).toISOString() : value];
}

const addresses = ({ emulator }: Rehearsal): readonly string[] =>
  emulator.requests().map(({ method, url }) => `${method} ${url}`);

describe.each(lists)("the list of $name", (list) => {
  it.each(worlds)("asks and tells what the SDK client does: %s", async (world) => {
    const [ours, theirs] = [rehearse(world), rehearse(world)];
    const told = (await list.read(ours.reader())).map(({ id, name, properties }) => ({ id, name, properties }));
    const wanted = await listedBySdk(list, theirs);
    if (list.members === undefined)
      expect(told.map(({ id }) => id)).toEqual(wanted.map((entry) => "id" in entry && entry.id));
    else expect(told).toEqual(wanted);
    expect(addresses(ours)).toEqual(addresses(theirs));
  });

  it("is asked for as JSON, for this vault alone, on the api-version of the run", async () => {
    const seen: Request[] = [];
    const rehearsal = rehearse("small", {
      between: (handle) => async (request) => (seen.push(request), handle(request)),
    });
    await list.read(rehearsal.reader("purge"));
    const [request] = seen;
    expect(request?.headers.get("accept")).toBe("application/json");
    expect(request?.url).toContain(`${rehearsal.vault.id}/`);
    expect(request?.url).toContain("api-version=2023-06-01");
  });

  it("is refused in Azure's own words", async () => {
    const error = { code: "AuthorizationFailed", message: "The client 'x' does not have authorization" };
    const rehearsal = rehearse("small", { between: () => async () => Response.json({ error }, { status: 403 }) });
    await expect(list.read(rehearsal.reader())).rejects.toMatchObject({ name: "AzureError", status: 403, ...error });
  });

  it("is not empty when the answer cannot be read", async () => {
    const rehearsal = rehearse("small", { between: () => async () => new Response("<html>") });
    await expect(list.read(rehearsal.reader())).rejects.toMatchObject({ code: "UnreadableAnswer" });
  });
});

describe("a list of several pages", () => {
  it("is read to its end", async () => {
    const rehearsal = rehearse({ ...loadWorld("large:50"), pageSize: 20 });
    expect(await rehearsal.reader().protectedItems()).toHaveLength(50);
    expect(addresses(rehearsal)).toHaveLength(3);
  });

  it("is no list at all when one of them is refused", async () => {
    const between = (handle: (request: Request) => Promise<Response>) => async (request: Request) =>
      request.url.includes("skiptoken") ? Response.json({}, { status: 403 }) : handle(request);
    const rehearsal = rehearse({ ...loadWorld("large:50"), pageSize: 20 }, { between });
    await expect(rehearsal.reader().protectedItems()).rejects.toMatchObject({ status: 403 });
  });
});

describe("a date of a backup item", () => {
  it("is spelled as the SDK spells it, whatever more Azure says of the second; what is no date stays", async () => {
    const properties = { lastRecoveryPoint: "2026-11-20T01:02:03.1234567Z", lastBackupTime: "never", other: "dropped" };
    const value = [{ id: "/i", name: "i", properties }];
    const rehearsal = rehearse("small", { between: () => async () => Response.json({ value }) });
    const [item] = await rehearsal.reader().protectedItems();
    expect(item?.properties).toEqual({ lastRecoveryPoint: "2026-11-20T01:02:03.123Z", lastBackupTime: "never" });
  });
});
