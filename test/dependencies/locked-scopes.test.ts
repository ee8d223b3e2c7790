// What a lock on anything a teardown reaches holds up, and in which words that is said.

import { describe, expect, it } from "vitest";
import { effectOf, lockableIds } from "../../src/dependencies/locked-scopes.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Lock, Resource } from "../../src/model/resource.ts";
import { answer, onlyFor, readerOf, storageAccountAnswer, vaultAnswer, vaultPath } from "./arm-answers.ts";
import { endpoint, group, lock, only, storageAccount, vault } from "./builders.ts";
import { replicatedItem } from "./site-recovery/builders.ts";
import { stated } from "./stated.ts";

const subscription = armId(group.slice(0, group.indexOf("/resourceGroups/")));
const account: Resource = { ...storageAccount("st1"), sourceId: armId(`${group}/providers/x/accounts/st1`) };
const machine = replicatedItem("east", "vm-1", { sourceId: armId(`${group}/providers/x/virtualMachines/vm-1`) });
const at = (scope: string, more: Partial<Lock> = {}): Lock =>
  lock({ id: armId(`${scope}/providers/Microsoft.Authorization/locks/keep`), scope: armId(scope), ...more });

function reasonOf(of: Lock, others: readonly Resource[]): string {
  return only(stated(of, [vault(), ...others]).blockers).reason;
}

describe("what a lock refuses", () => {
  it.each([
    ["CanNotDelete", "written", true, "deletions", "documented: lock resources"],
    ["READONLY", "written", true, "every change", "documented: lock resources"],
    ["NotSpecified", "written", false, "nothing", "unverified: no report of such a lock"],
    ["Odd", "written", true, "every change", "unverified"],
    [
      "CanNotDelete",
      "touched",
      true,
      "what the service does there",
      "field report: azure-cli 24197, for machines; unverified for storage accounts",
    ],
    ["ReadOnly", "touched", true, "what the service does there", "unverified"],
    ["NotSpecified", "touched", false, "nothing", "unverified: no report of such a lock"],
    ["Odd", "touched", true, "every change", "unverified"],
  ] as const)("at the level %s where it is %s", (level, relation, holdsUp, refuses, evidence) => {
    expect(effectOf(level, relation)).toEqual({ holdsUp, refuses, evidence });
  });
});

describe("a lock holds up", () => {
  it("the vault, from its subscription on", () => {
    expect(reasonOf(at(subscription), [])).toBe(
      "the CanNotDelete lock keep on subscription 00000000-0000-0000-0000-000000000000 refuses deletions: it holds up vault rsv-test",
    );
  });

  it("the vault, from something inside it, and what else lies there is not asked for", () => {
    expect(reasonOf(at(`${vaultPath}/backupPolicies/p`), [])).toContain("it holds up vault rsv-test");
    expect(stated(at(`${endpoint("pe-1").id}/children/c`), [vault(), endpoint("pe-1")]).blockers).toBeUndefined();
  });

  it("an account and a machine that the service changes, each by its name", () => {
    expect(reasonOf(at(group), [account, machine])).toBe(
      "the CanNotDelete lock keep on resource group rg-test refuses deletions and what the service does there: it holds up vault rsv-test, storage account st1, replicated machine vm-1",
    );
  });

  it("what it is on, by the name of that", () => {
    expect(reasonOf(at(`${group}/providers/x/accounts/st1`), [account])).toContain("lock keep on storage account st1 ");
    expect(reasonOf(at(vaultPath), [account])).toContain("lock keep on vault rsv-test ");
  });

  it("what lies below it, where it is on something that nobody knows", () => {
    expect(reasonOf(at(`${group}/providers/x`), [account])).toContain("lock keep on <group>/providers/x refuses");
  });

  it("much, of which five are named and the others counted", () => {
    const endpoints = (count: number): readonly Resource[] =>
      Array.from({ length: count }, (_, index) => endpoint(`pe-${index}`)).map((each) => ({
        ...each,
        id: armId(`${group}/providers/x/endpoints/${each.name}`),
      }));
    expect(reasonOf(at(group), endpoints(4))).toMatch(/rsv-test(, private endpoint pe-\d){4}$/);
    expect(reasonOf(at(group), endpoints(6))).toMatch(/rsv-test(, private endpoint pe-\d){4}, 2 more$/);
  });

  it.each<[string, Resource]>([
    ["an account of which nobody says where it lies", storageAccount("st1")],
    ["a machine of which nobody says where it lies", replicatedItem("east", "vm-1")],
  ])("nothing through %s", (_what, resource) => {
    expect(reasonOf(at(group), [resource])).toMatch(/holds up vault rsv-test$/);
  });
});

describe("locks that cannot be read", () => {
  const refusal = { code: "AuthorizationFailed", message: "no" };

  it("block, and say what they may hold up", () => {
    expect(
      only(
        stated(at(group, { refusal }), [vault(), account, { ...endpoint("pe-1"), id: armId(`${group}/pe-1`) }])
          .blockers,
      ),
    ).toEqual({
      code: "locks-unreadable",
      subject: "<id>",
      reason:
        "the locks of resource group rg-test cannot be read, so nobody knows whether they hold up vault rsv-test, storage account st1, private endpoint pe-1: AuthorizationFailed: no",
      fix: "get the right to read them (Reader is enough), then plan again",
      who: "an owner of resource group rg-test",
    });
  });

  it("of endpoints alone can be left with them", () => {
    const scope = armId(endpoint("pe-1").id.replace("/privateEndpoints/pe-1", ""));
    expect(only(stated(at(scope, { refusal }), [vault(), endpoint("pe-1")]).blockers).fix).toBe(
      "get the right to read them (Reader is enough), or leave the endpoint with --keep private-endpoints",
    );
  });
});

describe("the ids whose locks can matter", () => {
  it("are none without the vault", async () => {
    expect(await lockableIds(readerOf({ vault: async () => undefined }))).toEqual([]);
  });

  it("are those of the vault, its endpoints, its accounts and the Azure machines it replicates, each once", async () => {
    const connection = (id?: string) => ({ id: "/c", properties: id === undefined ? {} : { privateEndpoint: { id } } });
    const item = (details: object) => answer("/item", { providerSpecificDetails: details });
    const ids = await lockableIds(
      readerOf({
        vault: async () =>
          vaultAnswer({
            privateEndpointConnections: [connection(endpoint("pe-1").id), connection(), connection("/odd")],
          }),
        containers: onlyFor("AzureStorage", storageAccountAnswer("st1"), storageAccountAnswer("st1"), answer("/bare")),
        replicationUsage: async () => ({ protectedItems: 1, recoveryPlans: 0, registeredServers: 0 }),
        replication: async () => [
          item({ instanceType: "A2A", fabricObjectId: `${subscription}/vm-1` }),
          item({ instanceType: "A2A" }),
          item({ instanceType: "InMageRcm", fabricObjectId: `${subscription}/vm-2` }),
          answer("/bare"),
        ],
      }),
    );
    expect(ids).toEqual([
      vaultPath,
      endpoint("pe-1").id,
      storageAccountAnswer("st1").properties["sourceResourceId"],
      `${subscription}/vm-1`,
    ]);
  });
});
