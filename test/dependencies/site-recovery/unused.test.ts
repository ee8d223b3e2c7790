// When Site Recovery's lists are left out: only for a vault that counts nothing and holds no fabric, and never in doubt.

import { describe, expect, it } from "vitest";
import { kinds, registry } from "../../../src/dependencies/registry.ts";
import { discover } from "../../../src/discovery/discover.ts";
import { AzureError } from "../../../src/model/azure-error.ts";
import { replicationLists, type VaultReader } from "../../../src/model/ports.ts";
import { counting } from "../../discovery/counting-reader.ts";
import { virtualClock } from "../../virtual-clock.ts";
import { readerOf } from "../arm-answers.ts";
import { fabricAnswer, replicationReader } from "./arm-answers.ts";
import { fabric } from "./builders.ts";

const refuse =
  (status: number): (() => Promise<never>) =>
  async () =>
    Promise.reject(new AzureError({ status, code: "Refused", message: "no" }));

async function listsAsked(behind: VaultReader, seen: Parameters<typeof discover>[2] = []): Promise<readonly string[]> {
  const { reader, asked } = counting(behind);
  await discover(reader, virtualClock(), seen);
  return asked.filter((question) => question.startsWith("replication ")).map((question) => question.slice(12));
}

describe("the lists of Site Recovery", () => {
  it("are asked for by twelve kinds, each of which can be left out", () => {
    expect(kinds.filter((kind) => registry[kind].unusedWhen !== undefined)).toHaveLength(12);
  });

  it("are not asked for in a vault that counts nothing and has no fabric: two reads tell", async () => {
    expect(await listsAsked(readerOf())).toEqual(["fabrics"]);
  });

  it.each([
    { protectedItems: 1, recoveryPlans: 0, registeredServers: 0 },
    { protectedItems: 0, recoveryPlans: 1, registeredServers: 0 },
    { protectedItems: 0, recoveryPlans: 0, registeredServers: 1 },
  ])("are all asked for, each once, where something counts: %o", async (usage) => {
    const asked = await listsAsked(readerOf({ replicationUsage: async () => usage }));
    expect(asked.toSorted()).toEqual([...replicationLists].toSorted());
  });

  it("are all asked for where nothing counts but a fabric stands: its items were disabled by hand", async () => {
    const asked = await listsAsked(replicationReader({ fabrics: [fabricAnswer("east", "Azure")] }));
    expect(asked.toSorted()).toEqual([...replicationLists].toSorted());
  });

  it("are all asked for where the counts cannot be read", async () => {
    expect(await listsAsked(readerOf({ replicationUsage: refuse(403) }))).toHaveLength(replicationLists.length);
  });

  it("are all asked for where the fabrics cannot be read, and say why", async () => {
    const inventory = await discover(readerOf({ replication: refuse(500) }), virtualClock());
    const replication = inventory.gaps.filter((gap) => registry[gap.kind].unusedWhen !== undefined);
    expect(replication).toHaveLength(12);
    // Which machines locks could hold up is then not known either.
    expect(inventory.gaps.filter((gap) => !replication.includes(gap)).map((gap) => gap.kind)).toEqual(["lock"]);
  });

  it.each([
    ["that Site Recovery does not know", 400],
    ["whose fabrics the caller may not see", 403],
  ])("are left out of a vault %s and that counts nothing", async (_what, status) => {
    expect((await discover(readerOf({ replication: refuse(status) }), virtualClock())).gaps).toEqual([]);
  });

  it("are not left out for a refusal where something counts", async () => {
    const counts = { protectedItems: 1, recoveryPlans: 0, registeredServers: 0 };
    const reader = readerOf({ replication: refuse(403), replicationUsage: async () => counts });
    expect((await discover(reader, virtualClock())).gaps.length).toBeGreaterThan(0);
  });

  it("are all asked for when a plan has seen any of it: while it is removed, it comes to look unused", async () => {
    expect(await listsAsked(readerOf(), [fabric("east")])).toHaveLength(replicationLists.length);
  });

  it("are not skipped by a proof", async () => {
    const { reader, asked } = counting(readerOf());
    await registry["recovery-plan"].list(reader);
    expect(asked).toEqual(["replication recovery-plans"]);
  });
});
