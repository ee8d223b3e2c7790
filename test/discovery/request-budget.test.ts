// What planning asks of Azure: few requests, each once, and none that waits for an answer it does not need.

import { describe, expect, it } from "vitest";
import { loadWorld, shippedWorlds } from "../../src/emulator/worlds.ts";
import { rehearse } from "../rehearsal.ts";
import { countingWaves } from "./waves.ts";

/** Without Site Recovery, and apart from further pages of a list. */
const budget = 27;

/** The vault and its lists; what those name; what only the second answers can tell to ask for. */
const mostWaves = 3;

const holdsReplication = async (world: string): Promise<boolean> => {
  const usage = await rehearse(world).reader().replicationUsage();
  return usage.protectedItems + usage.recoveryPlans + usage.registeredServers > 0;
};
const backupWorlds: string[] = [];
const withVault = shippedWorlds.filter((name) => loadWorld(name).vaults.length > 0);
for (const world of withVault) if (!(await holdsReplication(world))) backupWorlds.push(world);

/** The SDKs are loaded on first use: once before anything is counted. */
await rehearse("small").plan();

describe("planning a vault without Site Recovery", () => {
  it.each(backupWorlds)("takes at most 27 requests and a request for each further page: %s", async (world) => {
    const rehearsal = rehearse(world);
    await rehearsal.plan();
    const asked = rehearsal.emulator.requests().map(({ method, url }) => `${method} ${url}`.toLowerCase());
    expect(asked.filter((request) => !request.startsWith("get "))).toEqual([]);
    expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
    expect(asked.filter((request) => !request.includes("skiptoken")).length).toBeLessThanOrEqual(budget);
  });

  it.each(backupWorlds)("sends them side by side, in at most three waves: %s", async (world) => {
    const waves = countingWaves();
    const rehearsal = rehearse(world, { between: waves.between });
    await rehearsal.plan();
    const sizes = waves.sizes();
    const further = rehearsal.emulator.requests().filter(({ url }) => /skiptoken/i.test(url)).length;
    expect(sizes.length - further).toBeLessThanOrEqual(mostWaves);
    expect(sizes[0]).toBeGreaterThan(rehearsal.emulator.requests().length / 2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(rehearsal.emulator.requests().length);
  });

  it("takes as many for twice the items, and a deep look one more for each of them that goes", async () => {
    const asked = async (items: number, deep: boolean): Promise<readonly string[]> => {
      const rehearsal = rehearse(`large:${items}`);
      await rehearsal.plan({}, deep);
      return rehearsal.emulator.requests().map(({ url }) => url);
    };
    const [once, twice, deep] = await Promise.all([asked(40, false), asked(80, false), asked(40, true)]);
    expect(twice.length).toBe(once.length);
    const going = deep.filter((url) => url.includes("/recoveryPoints?"));
    expect(deep.length).toBe(once.length + going.length);
    expect(going.length).toBeGreaterThan(35);
  });

  it("asks again for nothing when the list of a group answers for endpoints and their helpers together", async () => {
    const rehearsal = rehearse("kitchen-sink");
    await rehearsal.plan();
    const endpoints = rehearsal.emulator.requests().filter(({ url }) => url.includes("/privateEndpoints"));
    expect(endpoints).toHaveLength(2);
  });
});
