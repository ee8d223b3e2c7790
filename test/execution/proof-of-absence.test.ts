// Three readings that the vault is gone: each shown, each still showing it, and each refused.

import { describe, expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { World } from "../../src/emulator/world.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { runText } from "../../src/reporting/run-text.ts";
import { rehearse, type Handle, type RehearsalOptions } from "../rehearsal.ts";

const isGroupList = (request: Request): boolean => /\/resourceGroups\/[^/]+\/resources\?/.test(request.url);
const isDeletedVaults = (request: Request): boolean => request.url.includes("/deletedVaults");
const refusal = (status: number, code: string): Promise<Response> =>
  Promise.resolve(Response.json({ error: { code, message: "as the test wants it" } }, { status }));

const instead =
  (matches: (request: Request) => boolean, answer: () => Promise<Response>) =>
  (handle: Handle): Handle =>
  (request) =>
    matches(request) ? answer() : handle(request);

async function torn(world: string | World, options: RehearsalOptions = {}) {
  const rehearsal = rehearse(world, options);
  const plan = await rehearsal.plan();
  return { rehearsal, plan, ...(await rehearsal.run(plan)) };
}

const lagging: World = { ...loadWorld("always-on"), listsDeletedVaults: true };

describe("the proof of absence", () => {
  it("is three readings: the address, the list of the group, the deleted vaults with the purge date", async () => {
    const { result, plan } = await torn("always-on");
    expect(result.exitCode).toBe(0);
    expect(result.outcome).toMatchObject({ kind: "soft-deleted", until: expect.stringMatching(/^2026-12-05/) });
    expect(result.outcome?.evidence).toEqual([
      "GET of the vault answers 404",
      expect.stringMatching(/^the resource list of .*\/resourceGroups\/[^/]+ no longer has it$/),
      `deleted vaults of ${plan.vault.location} name it, purged at ${result.outcome?.until}`,
    ]);
    expect(result.outcome?.notShown).toEqual([]);
  });

  it("of a vault without data is not a purge date that had passed when it was deleted (as recorded)", async () => {
    const world = loadWorld("always-on");
    const vaults = world.vaults.map((vault) => ({ ...vault, protectedItems: [], protectionContainers: [] }));
    const { result, plan } = await torn({ ...world, vaults });
    expect(plan.expectedOutcome.kind).toBe("absent");
    expect(result.outcome).toMatchObject({ kind: "absent", notShown: [] });
    expect(result.outcome).not.toHaveProperty("until");
    expect(result.outcome?.evidence.at(-1)).toContain("nothing to recover");
  });

  it("of a purge is that no deleted vault names it", async () => {
    const rehearsal = rehearse("classic");
    const { result } = await rehearsal.run(await rehearsal.plan({ strategy: "purge" }));
    expect(result.outcome).toMatchObject({ kind: "purged", notShown: [] });
    expect(result.outcome?.evidence.at(-1)).toMatch(/^deleted vaults of .* do not name it$/);
  });
});

describe("the address", () => {
  it("that still answers is no proof: the run fails and says so", async () => {
    let isGone = false;
    const vault = JSON.stringify({ id: "/v", name: "v", properties: {} });
    const { result, events } = await torn("always-on", {
      between: (handle) => async (request) => {
        const response = await handle(request);
        const isVault = request.method === "GET" && /\/vaults\/[^/?]+\?/.test(request.url);
        if (!isVault || response.status !== 404) return response;
        // The deletion's own proof sees it gone, the proof of absence sees it again.
        if (!isGone) return ((isGone = true), response);
        return new Response(vault, { headers: { "content-type": "application/json" } });
      },
    });
    expect(result.exitCode).toBe(5);
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({ code: "VaultStillThere" });
    expect(result.outcome).toBeUndefined();
  });
});

describe("the list of the group", () => {
  it("that lags behind is waited for", async () => {
    const { result, rehearsal } = await torn(lagging);
    expect(result).toMatchObject({ exitCode: 0, outcome: { notShown: [] } });
    const lists = rehearsal.emulator.requests().filter(({ url }) => /resourceGroups\/[^/]+\/resources\?/.test(url));
    expect(lists.length).toBeGreaterThan(3);
  });

  it("that goes on showing it ends the run waiting, and the same command only looks again", async () => {
    let isStuck = true;
    const { vaults } = lagging;
    const rehearsal = rehearse("always-on", {
      between: (handle) => (request) =>
        isStuck && isGroupList(request)
          ? Promise.resolve(Response.json({ value: [{ id: vaults[0]?.id.toUpperCase(), name: "v" }] }))
          : handle(request),
    });
    const plan = await rehearsal.plan();
    const { result, events } = await rehearsal.run(plan);
    expect(result).toMatchObject({ exitCode: 4, resumable: true });
    expect(Date.parse(result.resumeAfter ?? "")).toBeGreaterThan(rehearsal.clock.now());
    expect(result.outcome).toBeUndefined();
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({
      step: "prove-absence-1",
      disposition: "waiting",
      code: "VaultStillListed",
    });
    isStuck = false;
    const before = rehearsal.writes().length;
    const continued = await rehearsal.run(plan, { past: events, vaultIsGone: true });
    expect(continued.result).toMatchObject({ exitCode: 0, outcome: { kind: "soft-deleted" } });
    expect(rehearsal.writes()).toHaveLength(before);
  });

  it("that nobody may read is said, and the vault is gone all the same", async () => {
    const between = instead(isGroupList, () => refusal(403, "AuthorizationFailed"));
    const { result, plan, events } = await torn("always-on", { between });
    expect(result).toMatchObject({ exitCode: 0, outcome: { kind: "soft-deleted" } });
    expect(result.outcome?.notShown).toEqual([
      expect.stringMatching(/^the resource list of .*: AuthorizationFailed: as the test wants it$/),
    ]);
    expect(runText(runDocument("r-1", plan, events))).toMatch(/\nnot shown the resource list of .*AuthorizationFailed/);
    expect(
      events.find((event) => "step" in event && event.type === "step-verified" && /not shown:/.test(event.evidence)),
    ).toBeDefined();
  });

  it("of a group that is gone itself shows it as well", async () => {
    const between = instead(isGroupList, () => refusal(404, "ResourceGroupNotFound"));
    const { result } = await torn("always-on", { between });
    expect(result.outcome?.evidence).toContainEqual(expect.stringMatching(/^its resource group .* is gone$/));
  });
});

describe("deleted vaults", () => {
  it("that nobody may list leave the purge date open, and that is said", async () => {
    const between = instead(isDeletedVaults, () => refusal(403, "AuthorizationFailed"));
    const { result, plan } = await torn("always-on", { between });
    expect(result).toMatchObject({ exitCode: 0, outcome: { kind: "absent" } });
    expect(result.outcome?.notShown).toEqual([
      `deleted vaults of ${plan.vault.location}: AuthorizationFailed: as the test wants it`,
    ]);
  });

  it("that do not name it where they should leave open until when it is recoverable", async () => {
    const between = instead(isDeletedVaults, () => Promise.resolve(Response.json({ value: [] })));
    const { result, plan } = await torn("always-on", { between });
    expect(result).toMatchObject({ exitCode: 0, outcome: { kind: "absent" } });
    expect(result.outcome?.notShown).toEqual([
      `until when it is recoverable: deleted vaults of ${plan.vault.location} do not name it`,
    ]);
  });
});
