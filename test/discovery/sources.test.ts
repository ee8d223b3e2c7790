// Whether sources still stand: in how few lists that is asked, and that nothing unlearnt reads as gone.

import { describe, expect, it } from "vitest";
import { findSources } from "../../src/discovery/sources.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { VaultReader } from "../../src/model/ports.ts";
import { answer, readerOf, vmItemAnswer } from "../dependencies/arm-answers.ts";
import { counting, type CountingReader } from "./counting-reader.ts";

const machines = "Microsoft.Compute/virtualMachines";
const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";

function machine(name: string): string {
  return `${subscription}/resourceGroups/rg-app/providers/${machines}/${name}`;
}

const everything = [{ actions: ["*"], notActions: [] }];

/** A vault with items of these machines, in a subscription that has those. */
function vaultOf(
  items: readonly string[],
  standing: readonly string[],
  more: Partial<VaultReader> = {},
): CountingReader {
  return counting(
    readerOf({
      protectedItems: async () => items.map((name) => vmItemAnswer(name)),
      resourcesOfType: async () => standing.map((name) => answer(machine(name))),
      grants: async () => everything,
      ...more,
    }),
  );
}

const refusal = (status: number, code: string) => async (): Promise<never> => {
  throw new AzureError({ status, code, message: "no" });
};

describe("a source", () => {
  it("exists where a list has it, in whatever spelling, and is gone where it has not", async () => {
    const { reader } = vaultOf(["vm-1", "vm-2"], ["VM-1", "vm-3"]);
    const sources = await findSources(reader, false);
    expect(sources(machine("vm-1"))).toEqual({ state: "exists" });
    expect(sources(machine("Vm-2"))).toEqual({ state: "gone" });
  });

  it("is not called gone where the caller may not read all of its type", async () => {
    const some = async () => [{ actions: ["Microsoft.Storage/*"], notActions: [] }];
    const sources = await findSources(vaultOf(["vm-1", "vm-2"], ["vm-1"], { grants: some }).reader, false);
    expect(sources(machine("vm-1"))).toEqual({ state: "exists" });
    const why = `you may not see every ${machines} of its subscription`;
    expect(sources(machine("vm-2"))).toEqual({ state: "unknown", why });
  });

  it.each([
    ["the list", { resourcesOfType: refusal(403, "AuthorizationFailed") }],
    ["the question what the caller may do", { grants: refusal(403, "AuthorizationFailed") }],
  ])("is not called gone where %s is refused: the code says why", async (_what, more) => {
    const sources = await findSources(vaultOf(["vm-1", "vm-2"], ["vm-1"], more).reader, false);
    expect(sources(machine("vm-2"))).toEqual({ state: "unknown", why: "AuthorizationFailed" });
  });

  it("is not called gone where its type may stand in no list at all", async () => {
    const thing = machine("thing").replace(machines, "Microsoft.Example/things");
    const items = async () => [vmItemAnswer("thing", { sourceResourceId: thing })];
    const listed = async () => [answer(thing)];
    const [without, within] = [vaultOf([], [], { protectedItems: items }), { resourcesOfType: listed }];
    const why = "this version does not know whether Azure lists every Microsoft.Example/things";
    expect((await findSources(without.reader, false))(thing)).toEqual({ state: "unknown", why });
    const { reader } = vaultOf([], [], { protectedItems: items, ...within });
    expect((await findSources(reader, false))(thing)).toEqual({ state: "exists" });
  });

  it("is unknown where the item names none, or none of a form that is listed", async () => {
    const sources = await findSources(vaultOf(["vm-1"], ["vm-1"]).reader, true);
    for (const id of [undefined, "vm-1"]) expect(sources(id)).toEqual({ state: "unknown", why: "Azure names none" });
  });

  it("of an instance is found by the same lists, soft-deleted or not", async () => {
    const instance = (name: string) => answer(name, { dataSourceInfo: { resourceID: machine(name) } });
    const reader = readerOf({
      backupInstances: async () => [instance("one")],
      deletedBackupInstances: async () => [instance("two")],
      resourcesOfType: async () => [answer(machine("two"))],
      grants: async () => everything,
    });
    const sources = await findSources(reader, false);
    expect([sources(machine("one")).state, sources(machine("two")).state]).toEqual(["gone", "exists"]);
  });
});

describe("the lists", () => {
  const many = Array.from({ length: 300 }, (_, index) => `vm-${index}`);

  it("are one for each type and subscription, however many items there are", async () => {
    const { reader, asked } = vaultOf(many, many);
    await findSources(reader, false);
    expect(asked.filter((question) => !/backupInstances|protectedItems/i.test(question))).toEqual([
      `resourcesOfType ${subscription} ${machines}`,
    ]);
  });

  it("of more than eight are asked only by a deep look", async () => {
    const from = (index: number) => machine("vm").replace(subscription, `/subscriptions/s${index}`);
    const items = async () =>
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => vmItemAnswer(`vm-${at}`, { sourceResourceId: from(at) }));
    const behind = { protectedItems: items, resourcesOfType: async () => [answer(from(1))] };
    const { reader, asked } = vaultOf([], [], behind);
    const [shallow, before] = [await findSources(reader, false), asked.length];
    expect(shallow(from(1))).toEqual({
      state: "unknown",
      why: "it takes 9 lists to know, which plan --deep asks",
    });
    const deep = await findSources(reader, true);
    expect([deep(from(1)).state, deep(from(2)).state]).toEqual(["exists", "gone"]);
    expect(asked.slice(before).filter((question) => question.startsWith("resourcesOfType"))).toHaveLength(9);
  });

  it("of the vault may be refused: nothing is asked, and nothing is known", async () => {
    const { reader, asked } = vaultOf([], [], { protectedItems: refusal(403, "AuthorizationFailed") });
    const sources = await findSources(reader, false);
    expect(sources(machine("vm-1")).state).toBe("unknown");
    expect(asked.some((question) => question.startsWith("resourcesOfType"))).toBe(false);
  });

  it("of another tenant are refused like any other", async () => {
    const more = { resourcesOfType: refusal(401, "InvalidAuthenticationTokenTenant") };
    const sources = await findSources(vaultOf(["vm-1"], [], more).reader, false);
    expect(sources(machine("vm-1"))).toEqual({ state: "unknown", why: "InvalidAuthenticationTokenTenant" });
  });

  it("are given up where the tool itself fails", async () => {
    const defect = async (): Promise<never> => {
      throw new TypeError("a defect");
    };
    for (const more of [{ resourcesOfType: defect }, { protectedItems: defect }])
      await expect(findSources(vaultOf(["vm-1"], [], more).reader, false)).rejects.toThrow("a defect");
  });
});
