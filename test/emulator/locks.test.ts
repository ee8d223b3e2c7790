// Management locks of the emulator: what is listed where, what they refuse, and the one Backup takes away itself.
import { describe, expect, test } from "vitest";

import { lockOver } from "../../src/emulator/locks.ts";
import { stateFrom } from "../../src/emulator/state.ts";
import type { World, WorldLock } from "../../src/emulator/world.ts";
import type { Bench } from "./world-builder.ts";
import {
  at,
  bench,
  names,
  shareItem,
  start,
  storageAccount,
  storageContainer,
  subscription,
  textAt,
} from "./world-builder.ts";
import { vault, vaultId, vm, vmItem, world } from "./world-builder.ts";

const subscriptionId = `/subscriptions/${subscription}`;
const groupId = `${subscriptionId}/resourceGroups/rg-test`;
const account = `${groupId}/providers/Microsoft.Storage/storageAccounts/st1`;
const backupsOwn = "AzureBackupProtectionLock";

function lockId(scope: string, name: string): string {
  return `${scope}/providers/Microsoft.Authorization/locks/${name}`;
}

function lock(scope: string, name: string, level = "CanNotDelete"): WorldLock {
  return { id: lockId(scope, name), properties: { level, notes: `why ${name}` } };
}

/** A vault with a machine and a registered storage account of one share. */
function lockedWorld(...locks: readonly WorldLock[]): World {
  const registered = storageAccount("st1", ["share"]);
  const container = {
    ...registered.container,
    properties: { ...registered.container.properties, sourceResourceId: account },
  };
  return world([vault({ parts: [vm("vm1"), { ...registered, container }] })], { locks });
}

async function listed({ send }: Bench, scope: string): Promise<readonly string[]> {
  const { status, body } = await send("GET", `${scope}/providers/Microsoft.Authorization/locks`);
  expect(status).toBe(200);
  return names(body);
}

describe("the list of locks at a scope", () => {
  const all = lockedWorld(
    lock(subscriptionId, "sub"),
    lock(groupId, "group"),
    lock(vaultId, "vault"),
    lock(`${vaultId}/backupPolicies/DefaultPolicy`, "policy"),
    lock(account, "account"),
  );

  test.each([
    ["a subscription", subscriptionId, ["sub", "group", "vault", "policy", "account"]],
    ["a resource group, in any casing", groupId.toUpperCase(), ["sub", "group", "vault", "policy", "account"]],
    ["a vault", vaultId, ["sub", "group", "vault", "policy"]],
    ["a resource inside another one", `${vaultId}/backupPolicies/DefaultPolicy`, ["sub", "group", "vault", "policy"]],
    ["a resource it does not model", account, ["sub", "group", "account"]],
  ])("names those at, above and below %s", async (_what, scope, expected) => {
    expect(await listed(bench(all), scope)).toEqual(expected);
  });

  test("is a 404 where the group or the vault is not there", async () => {
    const { send } = bench(all);
    const locks = "providers/Microsoft.Authorization/locks";
    expect((await send("GET", `${subscriptionId}/resourceGroups/none/${locks}`)).status).toBe(404);
    expect((await send("GET", `${vaultId}2/${locks}`)).status).toBe(404);
  });
});

describe("one lock", () => {
  test("is read, replaced, removed, and set anew", async () => {
    const { send, emulator } = bench(lockedWorld(lock(groupId, "group")));
    const id = lockId(groupId, "group");
    expect(textAt((await send("GET", id)).body, "properties.level")).toBe("CanNotDelete");
    expect((await send("PUT", id, { properties: { level: "ReadOnly" } })).status).toBe(200);
    expect((await send("DELETE", id)).status).toBe(200);
    expect((await send("GET", id)).status).toBe(404);
    expect((await send("DELETE", id)).status).toBe(204);
    const notes = "why";
    expect((await send("PUT", id, { properties: { level: "CanNotDelete", notes } })).status).toBe(201);
    expect(emulator.world().locks).toEqual([{ id, properties: { level: "CanNotDelete", notes } }]);
  });

  test.each(["a%2Fb", "a:b", "a%3Fb", "a%3Cb", "a%C2%85b", "x".repeat(261)])(
    "of a name with what no name may have is refused (%#)",
    async (name) => {
      const { send } = bench(world([vault()]));
      const path = `~/providers/Microsoft.Authorization/locks/${name}`;
      const answer = await send("PUT", path, { properties: { level: "ReadOnly" } });
      expect(answer.status).toBe(400);
      expect(at(answer.body, "error.code")).toBe("InvalidResourceName");
    },
  );

  test("of another level is refused", async () => {
    const { send } = bench(lockedWorld());
    const answer = await send("PUT", lockId(groupId, "group"), { properties: { level: "Delete" } });
    expect(answer.status).toBe(400);
  });
});

describe("a locked scope", () => {
  test.each([
    ["the vault", vaultId],
    ["its resource group", groupId],
    ["its subscription", subscriptionId],
  ])("refuses deletions under %s, in ARM's words", async (_what, scope) => {
    const { send } = bench(lockedWorld(lock(scope, "keep")));
    const answer = await send("DELETE", vmItem("vm1"));
    expect(answer.status).toBe(409);
    expect(textAt(answer.body, "error.code")).toBe("ScopeLocked");
    expect(textAt(answer.body, "error.message")).toMatch(
      /^The scope '.*' cannot perform delete operation because following scope\(s\) are locked: '.*'\. Please remove the lock and try again\.$/u,
    );
    expect(textAt(answer.body, "error.message")).toContain(`'${scope}'`);
  });

  test("with CanNotDelete lets changes pass, with ReadOnly it does not", async () => {
    const patch = { tags: { a: "b" } };
    const deletable = bench(lockedWorld(lock(groupId, "keep")));
    expect((await deletable.send("PATCH", vaultId, patch)).status).toBeLessThan(300);
    const frozen = bench(lockedWorld(lock(groupId, "keep", "ReadOnly")));
    const answer = await frozen.send("PATCH", vaultId, patch);
    expect(answer.status).toBe(409);
    expect(textAt(answer.body, "error.message")).toContain("cannot perform write operation");
    expect((await frozen.send("GET", vaultId)).status).toBe(200);
  });

  test("is not a neighbour whose name begins alike", async () => {
    const { send } = bench(lockedWorld(lock(`${subscriptionId}/resourceGroups/rg-te`, "keep")));
    expect((await send("DELETE", vmItem("vm1"))).status).toBe(202);
  });

  test("below a target holds up its deletion", async () => {
    const { send } = bench(lockedWorld(lock(`${vaultId}/backupPolicies/DefaultPolicy`, "keep")));
    expect((await send("DELETE", vmItem("vm1"))).status).toBe(202);
    expect((await send("DELETE", vaultId)).status).toBe(409);
  });

  test("is open again when its lock is removed, also under another one", async () => {
    const { send } = bench(lockedWorld(lock(subscriptionId, "outer", "ReadOnly"), lock(groupId, "inner")));
    expect((await send("DELETE", lockId(groupId, "inner"))).status).toBe(200);
    expect((await send("DELETE", lockId(subscriptionId, "outer"))).status).toBe(200);
    expect((await send("DELETE", vmItem("vm1"))).status).toBe(202);
  });
});

describe("the lock on a registered storage account", () => {
  const unregister = async (client: Bench): Promise<number> => {
    await client.send("DELETE", shareItem("st1", "share"));
    client.wait(21);
    return (await client.send("DELETE", storageContainer("st1"))).status;
  };

  test("that Backup set lets it be unregistered, and goes a little later", async () => {
    const client = bench(lockedWorld(lock(account, backupsOwn)));
    expect(await unregister(client)).toBe(202);
    client.wait(25);
    expect(await listed(client, account)).toEqual([backupsOwn]);
    client.wait(15);
    expect(await listed(client, account)).toEqual([]);
  });

  test.each(["CanNotDelete", "ReadOnly"])("that people set refuses it: %s", async (level) => {
    const client = bench(lockedWorld(lock(account, "keep", level), lock(account, backupsOwn)));
    expect(await unregister(client)).toBe(409);
    await client.send("DELETE", lockId(account, "keep"));
    expect((await client.send("DELETE", storageContainer("st1"))).status).toBe(202);
  });
});

test("a lock of a level that refuses nothing is not over anything", () => {
  const state = stateFrom(lockedWorld(lock(account, "nothing", "NotSpecified"), lock(groupId, "group")), start);
  expect(lockOver(state, account)?.id).toBe(lockId(groupId, "group"));
});

test("the lock over an id is the one people set, never Backup's own", () => {
  const state = stateFrom(lockedWorld(lock(account, backupsOwn)), start);
  expect(lockOver(state, account)).toBeUndefined();
  const group = stateFrom(lockedWorld(lock(account, backupsOwn), lock(groupId, "group")), start);
  expect(lockOver(group, account.toLowerCase())?.id).toBe(lockId(groupId, "group"));
});
