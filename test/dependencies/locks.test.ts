// Locks: which are read and which matter, what they hold up, and how their removal and return are proved.

import { describe, expect, it } from "vitest";
import { locks } from "../../src/dependencies/locks.ts";
import { armId } from "../../src/model/arm-id.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { ArmResource, VaultReader } from "../../src/model/ports.ts";
import type { Lock, Resource } from "../../src/model/resource.ts";
import type { Step } from "../../src/model/step.ts";
import {
  answer,
  connectionMember,
  endpointPath,
  onlyFor,
  readerOf,
  respelled,
  storageAccountAnswer,
  vaultAnswer,
  vaultPath,
} from "./arm-answers.ts";
import { contextOf, draftOf, endpoint, only, stepOn, storageAccount, vault } from "./builders.ts";

const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
const group = `${subscription}/resourceGroups/rg-test`;
const account = `${subscription}/resourceGroups/rg-files/providers/Microsoft.Storage/storageAccounts/st1`;
const theirs = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-hub";
const theirEndpoint = `${theirs}/providers/Microsoft.Network/privateEndpoints/pe-hub`;

function lockAnswer(scope: string, name: string, properties: Readonly<Record<string, unknown>> = {}): ArmResource {
  return answer(`${scope}/providers/Microsoft.Authorization/locks/${name}`, { level: "CanNotDelete", ...properties });
}

function lock(scope: string, more: Partial<Lock> = {}): Lock {
  const id = armId(`${scope}/providers/Microsoft.Authorization/locks/keep`);
  return { kind: "lock", id, name: "keep", state: "CanNotDelete", scope: armId(scope), ofBackup: false, ...more };
}

/** Answers the locks of each scope it knows, and refuses or lacks the others as told. */
function locksBy(answers: Readonly<Record<string, readonly ArmResource[] | AzureError>>): Partial<VaultReader> {
  return {
    locks: async (scope) => {
      const found = answers[scope] ?? [];
      if (found instanceof AzureError) throw found;
      return found;
    },
  };
}

const refused = new AzureError({ status: 403, code: "AuthorizationFailed", message: "no right to read locks" });
const withEndpoint = (id: string): Partial<VaultReader> => ({
  vault: async () => vaultAnswer({ privateEndpointConnections: [connectionMember("pe", id)] }),
});

describe("listing locks", () => {
  it("asks each subscription once and keeps what is at, above or inside what a teardown reaches", async () => {
    const asked: string[] = [];
    const mine = [
      lockAnswer(subscription, "sub"),
      lockAnswer(group.toUpperCase(), "group"),
      lockAnswer(vaultPath, "vault"),
      lockAnswer(`${vaultPath}/backupPolicies/p`, "policy"),
      lockAnswer(account, "account"),
      lockAnswer(`${account}/blobServices/default`, "below-the-account"),
      lockAnswer(`${subscription}/resourceGroups/rg-other`, "other"),
      lockAnswer(`${group}-2`, "alike"),
    ];
    const found = await locks.list(
      readerOf({
        ...withEndpoint(theirEndpoint),
        containers: onlyFor("AzureStorage", storageAccountAnswer("st1")),
        locks: async (scope) => {
          asked.push(scope);
          return scope === subscription ? mine : [lockAnswer(theirs, "hub")];
        },
      }),
    );
    expect(asked.toSorted()).toEqual([subscription, "/subscriptions/11111111-1111-1111-1111-111111111111"]);
    expect(found.map((each) => each.name)).toEqual(["sub", "group", "vault", "policy", "account", "hub"]);
  });

  it("reads level, scope, notes and owners", async () => {
    const owners = [{ applicationId: "app-1" }];
    const found = await locks.list(
      readerOf(locksBy({ [subscription]: [lockAnswer(group, "keep", { level: "ReadOnly", notes: "why", owners })] })),
    );
    expect(found).toEqual([lock(group, { state: "ReadOnly", notes: "why", owners: ["app-1"] })]);
  });

  it("knows Backup's own lock by its name on a storage account, and nowhere else", async () => {
    const name = "azurebackupprotectionlock";
    const found = await locks.list(
      readerOf({
        containers: onlyFor("AzureStorage", storageAccountAnswer("st1")),
        ...locksBy({ [subscription]: [lockAnswer(account, name), lockAnswer(vaultPath, name)] }),
      }),
    );
    expect(found.map((each) => each.ofBackup)).toEqual([true, false]);
  });

  it("asks the resource groups concerned where the subscription refuses", async () => {
    const found = await locks.list(
      readerOf(locksBy({ [subscription]: refused, [group]: [lockAnswer(vaultPath, "vault")] })),
    );
    expect(only(found).name).toBe("vault");
  });

  it("throws where the vault's own group refuses too, and where Azure does not answer", async () => {
    await expect(locks.list(readerOf(locksBy({ [subscription]: refused, [group]: refused })))).rejects.toBe(refused);
    const down = new AzureError({ status: 503, code: "ServiceUnavailable", message: "down" });
    await expect(locks.list(readerOf(locksBy({ [subscription]: down })))).rejects.toBe(down);
  });

  it("says of a group of other people that it refuses", async () => {
    const hub = theirs.split("/resourceGroups/")[0] ?? "";
    const found = await locks.list(
      readerOf({ ...withEndpoint(theirEndpoint), ...locksBy({ [hub]: refused, [theirs]: refused }) }),
    );
    expect(only(found)).toMatchObject({ state: "unreadable", scope: theirs, refusal: { code: "AuthorizationFailed" } });
  });

  it("says so where Azure does not know their subscription, and tells it as one lock of the group", async () => {
    const hub = theirs.split("/resourceGroups/")[0] ?? "";
    const unknown = new AzureError({ status: 404, code: "SubscriptionNotFound", message: "no such subscription" });
    const reader = readerOf({ ...withEndpoint(theirEndpoint), ...locksBy({ [hub]: unknown, [theirs]: unknown }) });
    expect(await locks.list(reader)).toEqual([
      {
        kind: "lock",
        id: `${theirs}/providers/Microsoft.Authorization/locks`,
        name: "locks",
        state: "unreadable",
        scope: theirs,
        ofBackup: false,
        refusal: { code: "SubscriptionNotFound", message: "no such subscription" },
      },
    ]);
  });

  it("are none of a vault that is gone", async () => {
    expect(
      await locks.list(readerOf({ vault: async () => undefined, locks: async () => [lockAnswer(group, "keep")] })),
    ).toEqual([]);
  });

  it("finds none in a group that is gone", async () => {
    const gone = new AzureError({ status: 404, code: "ResourceGroupNotFound", message: "gone" });
    const hub = theirs.split("/resourceGroups/")[0] ?? "";
    const reader = readerOf({ ...withEndpoint(theirEndpoint), ...locksBy({ [hub]: refused, [theirs]: gone }) });
    expect(await locks.list(reader)).toEqual([]);
  });

  it("asks about replicated machines only where the vault replicates anything", async () => {
    const machine = `${subscription}/resourceGroups/rg-app/providers/Microsoft.Compute/virtualMachines/vm1`;
    const details = { instanceType: "A2A", fabricObjectId: machine };
    const lists: string[] = [];
    const reader = (protectedItems: number) =>
      readerOf({
        replicationUsage: async () => ({ protectedItems, recoveryPlans: 0, registeredServers: 0 }),
        replication: async (list) => {
          lists.push(list);
          if (list === "fabrics") return [];
          return [answer(`${vaultPath}/replicationFabrics/f/x/y`, { providerSpecificDetails: details })];
        },
        ...locksBy({ [subscription]: [lockAnswer(`${subscription}/resourceGroups/rg-app`, "app")] }),
      });
    expect(await locks.list(reader(0))).toEqual([]);
    expect(lists).not.toContain("protected-items");
    expect(only(await locks.list(reader(1))).name).toBe("app");
    expect(lists).toContain("protected-items");
  });
});

const consents = ["remove-locks"] as const;
const registered: Resource = { ...storageAccount("st1"), sourceId: armId(account) };

describe("a lock of people", () => {
  it("blocks without consent, and says what it holds up and who set it", () => {
    const locked = lock(group, { notes: "ask Kim", owners: ["app-1"] });
    const blocker = only(locks.contribute(locked, contextOf([vault(), locked])).blockers);
    expect(blocker).toMatchObject({ code: "locked", subject: locked.id });
    expect(blocker.reason).toContain("holds up vault rsv-test");
    expect(blocker.fix).toContain("--allow remove-locks");
    expect(blocker.who).toContain("app-1");
    expect(blocker.who).toContain("ask Kim");
  });

  it("is removed with consent and put back as it was", () => {
    const locked = lock(group, { state: "ReadOnly", notes: "ask Kim", owners: ["app-1"] });
    const contribution = locks.contribute(locked, contextOf([vault(), locked], { consents }));
    const remove = draftOf(contribution, "remove-lock");
    const restore = draftOf(contribution, "restore-lock");
    expect(remove).toMatchObject({ holds: group, consent: "remove-locks", request: { write: "remove-lock" } });
    expect(remove.weakens).toContain("resource group rg-test");
    expect(restore.undoes).toBe(`remove-lock ${locked.id.toLowerCase()}`);
    expect(restore.request).toEqual({
      write: "restore-lock",
      lock: locked.id,
      level: "ReadOnly",
      notes: "ask Kim",
      owners: ["app-1"],
    });
    expect(restore.byHand).toContain("az lock create --name 'keep' --lock-type 'ReadOnly' --resource-group 'rg-test'");
    expect(remove.permissions).toEqual(["Microsoft.Authorization/locks/delete"]);
    expect(restore.permissions).toEqual(["Microsoft.Authorization/locks/write"]);
  });

  it("of a level nobody knows blocks also with consent: it could not be put back", () => {
    const odd = lock(group, { state: "Sealed" });
    const contribution = locks.contribute(odd, contextOf([vault(), odd], { consents }));
    expect(only(contribution.blockers).fix).not.toContain("--allow");
    expect(contribution.steps).toBeUndefined();
  });

  it.each<[string, Lock, Resource, boolean]>([
    ["the endpoint that goes", lock(endpointPath("pe-1")), endpoint("pe-1"), true],
    ["an unreadable endpoint", lock(endpointPath("pe-1")), { ...endpoint("pe-1"), refusal: refused }, false],
    ["a registered storage account", lock(account), registered, true],
    ["a soft-deleted storage account", lock(account), { ...registered, state: "SoftDeleted" } as Resource, false],
    ["something else", lock(`${subscription}/resourceGroups/rg-other`), registered, false],
    ["nothing, for it is not specified", lock(group, { state: "NotSpecified" }), registered, false],
  ])("on %s holds something up or does not", (_what, locked, resource, holdsUp) => {
    const contribution = locks.contribute(locked, contextOf([vault(), resource, locked]));
    expect(contribution.blockers !== undefined).toBe(holdsUp);
    expect(contribution.note === undefined).toBe(holdsUp);
  });

  it("on an endpoint that is kept holds nothing up", () => {
    const locked = lock(endpointPath("pe-1"));
    const context = contextOf([vault(), endpoint("pe-1"), locked], { keepPrivateEndpoints: true, consents });
    expect(locks.contribute(locked, context).steps).toBeUndefined();
  });

  it("on an endpoint that stays, because it leads elsewhere too, holds nothing up, nor on what Backup made for it", () => {
    const shared = { ...endpoint("pe-1"), alsoLeadsTo: [armId(`${vaultPath}-other`)] };
    const helper = { ...endpoint("pe-1_ecs-1_blob"), helperOf: shared.id };
    for (const { id } of [shared, helper]) {
      const locked = lock(id);
      const context = contextOf([vault(), shared, helper, locked], { consents });
      expect(locks.contribute(locked, context).steps).toBeUndefined();
    }
  });

  it("that cannot be read blocks where the plan writes", () => {
    const unreadable = lock(`${subscription}/resourceGroups/rg-net`, {
      state: "unreadable",
      refusal: { code: "AuthorizationFailed", message: "no right" },
    });
    const context = contextOf([vault(), endpoint("pe-1"), unreadable], { consents });
    expect(only(locks.contribute(unreadable, context).blockers)).toMatchObject({
      code: "locks-unreadable",
      fix: expect.stringContaining("--keep private-endpoints") as unknown,
    });
    expect(locks.contribute(unreadable, contextOf([vault(), unreadable])).blockers).toBeUndefined();
  });
});

it("Backup's own lock is left to the service, with consent too", () => {
  const own = lock(account, { ofBackup: true });
  const contribution = locks.contribute(own, contextOf([vault(), registered, own], { consents }));
  expect(Object.keys(contribution)).toEqual(["note", "remains"]);
  expect(contribution.note).toContain("left to the service");
  expect(only(contribution.remains).what).toContain("before the account is deleted");
});

describe("proofs", () => {
  const kept = lock(group);
  const removal = stepOn(kept, "remove-lock");
  const request = { write: "restore-lock", lock: kept.id, level: "CanNotDelete" } as const;
  const restoration: Step = { ...stepOn(kept, "restore-lock"), request };
  const verdict = (step: Step, found: readonly Lock[]): string => locks.prove(step, found, "soft").verdict;

  it("a removal by the lock's absence, a return by its presence with its level", () => {
    const listed = [{ ...kept, id: respelled(kept.id) }];
    expect(verdict(removal, [])).toBe("proved");
    expect(verdict(removal, listed)).toBe("not-yet");
    expect(verdict(restoration, [])).toBe("not-yet");
    expect(verdict(restoration, listed)).toBe("proved");
    const strict: Step = { ...restoration, request: { ...request, level: "ReadOnly" } };
    expect(verdict(strict, listed)).toBe("not-yet");
    expect(verdict(restoration, [{ ...kept, state: "ReadOnly" }])).toBe("proved");
  });

  it("are read at the lock's own scope", async () => {
    const reader = readerOf(locksBy({ [group]: [lockAnswer(group, "keep"), lockAnswer(vaultPath, "keep")] }));
    expect((await locks.look?.(reader, kept.id))?.map((each) => each.id)).toEqual([kept.id]);
  });

  it("are not taken from a lock that is not listed while what it locked still stands", async () => {
    for (const scope of [vaultPath, `${vaultPath}/backupPolicies/p`, endpointPath("pe-1"), group]) {
      const reader = readerOf({ privateEndpoint: async () => answer(endpointPath("pe-1")) });
      expect(await locks.look?.(reader, lock(scope).id)).toEqual([]);
    }
  });

  it("do not ask about an endpoint for a lock below it, nor about the vault for a lock elsewhere", async () => {
    const reader = readerOf({ vault: async () => undefined, privateEndpoint: async () => undefined });
    expect(await locks.look?.(reader, lock(`${endpointPath("pe-1")}/children/c`).id)).toEqual([]);
    expect(await locks.look?.(reader, lock(account).id)).toEqual([]);
  });

  it.each(["ResourceNotFound", "ResourceGroupNotFound"])("hold where Azure says %s of the scope", async (code) => {
    const gone = new AzureError({ status: 404, code, message: "gone" });
    expect(await locks.look?.(readerOf(locksBy({ [group]: gone })), kept.id)).toEqual([
      { ...kept, state: "ScopeGone", ofBackup: false },
    ]);
  });

  it.each([
    [404, "SubscriptionNotFound"],
    [404, "ParentResourceNotFound"],
    [404, "ResourceNotFoundYet"],
    [500, "ResourceNotFound"],
  ])("are not taken from %i %s", async (status, code) => {
    const error = new AzureError({ status, code, message: "odd" });
    await expect(locks.look?.(readerOf(locksBy({ [group]: error })), kept.id)).rejects.toBe(error);
  });

  it("are not taken from an error that is not Azure's", async () => {
    const odd = Object.assign(new Error("odd"), { status: 404, code: "ResourceNotFound" });
    await expect(locks.look?.(readerOf({ locks: () => Promise.reject(odd) }), kept.id)).rejects.toBe(odd);
  });

  it.each<[string, string, Partial<VaultReader>]>([
    ["the vault", vaultPath, { vault: async () => undefined }],
    ["something in the vault", `${vaultPath}/backupPolicies/p`, { vault: async () => undefined }],
    ["an endpoint", endpointPath("pe-1"), { privateEndpoint: async () => undefined }],
  ])("hold where %s is gone, and the lock with it", async (_what, scope, answers) => {
    const gone = lock(scope);
    const found = (await locks.look?.(readerOf(answers), gone.id)) ?? [];
    expect(verdict({ ...stepOn(gone, "restore-lock"), request: { ...request, lock: gone.id } }, found)).toBe("proved");
    expect(verdict(stepOn(gone, "remove-lock"), found)).toBe("proved");
  });
});
