// A running world that is saved and loaded goes on as if nothing had happened, whenever that is and whatever goes on in it.
import fc from "fast-check";
import { expect, test } from "vitest";

import { createEmulator } from "../../src/emulator/emulator.ts";
import type { Emulator } from "../../src/emulator/emulator.ts";
import type { Json, Properties } from "../../src/emulator/json.ts";
import { kinds, replicationKinds } from "../../src/emulator/site-recovery/kinds.ts";
import { mostSeconds } from "../../src/emulator/world-shape.ts";
import type { Regime, World, WorldVault } from "../../src/emulator/world.ts";
import { parseWorld } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { bare, fabric, fabricPath, networkPath, replicatingWorld } from "./replication-builder.ts";
import { start, vaultId } from "./world-builder.ts";

const origin = "https://management.azure.com";
const everything = loadWorld("kitchen-sink");
const [full] = everything.vaults;
const base = full!.id;
const apiVersions = ["2025-08-01", "2024-04-01", "2023-04-01", "2016-06-01"];

type Wanted = { readonly method: string; readonly path: string; readonly body?: Json };

/** A part of the world that has one of everything: items keep their containers, the rest of Site Recovery its tree. */
function partOf(stays: readonly boolean[], regime: Regime, softDelete: string): World {
  let at = 0;
  const thin = <Entry>(list: readonly Entry[] = []): readonly Entry[] => list.filter(() => stays[at++ % stays.length]);
  const softDeleteSettings = {
    softDeleteState: softDelete,
    enhancedSecurityState: softDelete,
    softDeleteRetentionPeriodInDays: 14,
  };
  const securitySettings = { softDeleteSettings, immutabilitySettings: { state: stays[0] ? "Unlocked" : "Disabled" } };
  const vault: WorldVault = {
    ...full!,
    regime,
    properties: { ...full!.properties, securitySettings },
    protectedItems: thin(full!.protectedItems),
    protectionIntents: thin(full!.protectionIntents),
    backupJobs: thin(full!.backupJobs),
    resourceGuardProxies: stays[1] ? full!.resourceGuardProxies : [],
    ...(full!.replication === undefined
      ? {}
      : { replication: { ...full!.replication, jobs: thin(full!.replication.jobs), recoveryPlans: [] } }),
  };
  return {
    ...everything,
    vaults: [vault],
    locks: stays[2] ? thin(everything.locks) : [],
    listsDeletedVaults: true,
    deletedVaults: [deletedVault],
    ...(stays[2] ? { seed: 7 } : {}),
    ...(stays[3] ? { listLag: 90, latencies: { deleteVault: [30, 5], forgetVault: [90], updateVault: 12 } } : {}),
    ...(stays[4] ? { faults } : {}),
    ...(stays[4] && stays[3] ? { listLag: mostSeconds, latencies: { deleteVault: mostSeconds, reprotect: 0 } } : {}),
  };
}

const oldId = `${base}-old`;
const oldName = "rg-backup-neu_11111111-2222-4333-8444-555555555555";
const contents = JSON.parse(JSON.stringify({ ...full!, replication: {} }).replaceAll(base, oldId)) as WorldVault;
const deletedVault: World["deletedVaults"][number] = {
  name: oldName,
  location: full!.location,
  properties: { vaultId: oldId, vaultDeletionTime: "2026-02-27T10:00:00Z", purgeAt: "2026-03-13T10:00:00Z" },
  contents,
};
const deletedVaults = `${base.split("/").slice(0, 3).join("/")}/providers/Microsoft.RecoveryServices/locations/${full!.location}/deletedVaults`;

const faults: NonNullable<World["faults"]> = [
  { match: { method: "DELETE", path: "*/protectedItems/*" }, from: 2, fault: { kind: "never-ends" } },
  { match: { method: "DELETE" }, from: 4, fault: { kind: "fails", code: "Failed", message: "it failed" } },
  { match: { method: "PATCH" }, fault: { kind: "status", status: 503, carriedOut: true } },
  { match: { method: "GET", path: "*/operation*" }, from: 3, times: 2, fault: { kind: "status", status: 500 } },
];

/** Everything a teardown may send to this vault, in no order. */
function requestsOn(vault: WorldVault): readonly Wanted[] {
  const fabric = `${base}/backupFabrics/Azure`;
  const replicated = replicationKinds.flatMap((kind) =>
    (vault.replication?.[kind] ?? []).map(({ path }) => ({ kind, path })),
  );
  return [
    ...vault.protectedItems.flatMap(({ container, name }): readonly Wanted[] => {
      const path = `${fabric}/protectionContainers/${container}/protectedItems/${name}`;
      const undelete = { properties: { isRehydrate: true, protectionState: "ProtectionStopped", policyId: "" } };
      return [
        { method: "DELETE", path },
        { method: "DELETE", path },
        { method: "PUT", path, body: undelete },
      ];
    }),
    ...vault.protectionContainers.map(({ name }) => ({
      method: "DELETE",
      path: `${fabric}/protectionContainers/${name}`,
    })),
    ...vault.protectionIntents.map(({ name }) => ({
      method: "DELETE",
      path: `${fabric}/backupProtectionIntent/${name}`,
    })),
    ...serversOf(vault).map((name) => ({ method: "DELETE", path: `${base}/registeredIdentities/${name}` })),
    ...vault.backupJobs.map(({ name }) => ({ method: "POST", path: `${base}/backupJobs/${name}/cancel` })),
    ...replicated.flatMap(({ kind, path }) => [
      ...kinds[kind].verbs.map((verb) =>
        verb === "remove"
          ? { method: "POST", path: `${base}/${path}/remove` }
          : { method: "DELETE", path: `${base}/${path}` },
      ),
      ...(kind === "jobs" ? [{ method: "POST", path: `${base}/${path}/cancel` }] : []),
      ...(kind === "protectedItems" ? [{ method: "POST", path: `${base}/${path}/testFailoverCleanup` }] : []),
    ]),
    ...everything.privateEndpoints.map(({ id }) => ({ method: "DELETE", path: id })),
    ...(everything.locks ?? []).flatMap(({ id }) => [
      { method: "DELETE", path: id },
      { method: "PUT", path: id, body: { properties: { level: "CanNotDelete", notes: "now" } } },
    ]),
    { method: "PATCH", path: base, body: { tags: { when: "now-3d", left: "now" } } },
    { method: "PATCH", path: base, body: setting({ immutabilitySettings: { state: "Disabled" } }) },
    { method: "PATCH", path: base, body: setting({ softDeleteSettings: { softDeleteState: "Disabled" } }) },
    {
      method: "PATCH",
      path: `${base}/backupconfig/vaultconfig`,
      body: { properties: { softDeleteFeatureState: "Disabled", softDeleteRetentionPeriodInDays: 30 } },
    },
    ...vault.backupPolicies.map(({ name }) => ({ method: "DELETE", path: `${base}/backupPolicies/${name}` })),
    {
      method: "POST",
      path: `${deletedVaults}/${oldName}/undelete`,
      body: { properties: { recoveryResourceGroupId: base.split("/").slice(0, 5).join("/") } },
    },
    { method: "DELETE", path: oldId },
    { method: "DELETE", path: base },
    { method: "DELETE", path: base },
  ];
}

/** MARS, DPM and MABS servers. */
function serversOf({ backupEngines, protectionContainers }: WorldVault): readonly string[] {
  const machines = protectionContainers.filter(({ properties }) => properties["backupManagementType"] === "MAB");
  return [...backupEngines, ...machines].map(({ name }) => name);
}

const setting = (securitySettings: Properties): Json => ({ properties: { securitySettings } });

const lists: readonly Wanted[] = [
  "",
  "backupProtectedItems",
  "backupProtectionContainers",
  "backupDeletedProtectionContainers",
  "backupProtectionIntents",
  "backupEngines",
  "backupJobs",
  "replicationUsages",
  "backupconfig/vaultconfig",
  ...replicationKinds.map((kind) => kinds[kind].list),
]
  .map((list) => ({ method: "GET", path: list === "" ? base : `${base}/${list}` }))
  .concat([
    { method: "GET", path: `${base.split("/").slice(0, 3).join("/")}/resources` },
    { method: "GET", path: `${base.split("/providers/")[0]!}/providers/Microsoft.Authorization/locks` },
    { method: "GET", path: deletedVaults },
    { method: "GET", path: oldId },
    { method: "GET", path: `${oldId}/backupProtectedItems` },
  ]);

/** Seconds that pass after a request: none, a poll's, an operation's, half a month. */
const pauses = [0, 0, 1, 12, 30, 61, 111, 300, 86_400, 15 * 86_400];

type Step = { readonly pick: number; readonly apiVersion: string; readonly pause: number; readonly polls: boolean };

const step: fc.Arbitrary<Step> = fc.record({
  pick: fc.nat(),
  apiVersion: fc.constantFrom(...apiVersions),
  pause: fc.constantFrom(...pauses),
  polls: fc.boolean(),
});

const cases = fc.record({
  stays: fc.array(fc.boolean(), { minLength: 5, maxLength: 17 }),
  regime: fc.constantFrom<Regime>("classic", "preview", "secure-by-default"),
  softDelete: fc.constantFrom("Enabled", "Disabled", "AlwaysON"),
  steps: fc.array(step, { minLength: 2, maxLength: 40 }),
  savedAfter: fc.nat(40),
});

async function ask(emulator: Emulator, url: string, { method, body }: Wanted) {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await emulator.handle(new Request(url, { method, ...content }));
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}

/** One emulator, and from a moment on a second one that was loaded from what the first one saved. */
function pair(content: World) {
  let now = start;
  const clock = { now: () => now };
  const first = createEmulator({ world: content, clock });
  let loaded: Emulator | undefined;
  return {
    first,
    wait: (seconds: number): void => void (now += seconds * 1_000 + 7.3),
    save: (): void => {
      loaded = createEmulator({ world: parseWorld(JSON.stringify(first.world()), "saved"), clock });
    },
    send: async (url: string, wanted: Wanted) => {
      const answer = await ask(first, url, wanted);
      if (loaded !== undefined) expect(await ask(loaded, url, wanted), `${wanted.method} ${url}`).toEqual(answer);
      return answer;
    },
    worlds: () => [first.world(), loaded?.world()],
  };
}

test("a job on what was removed with its parent can be saved", async () => {
  const mapping = bare("networkMappings", networkPath("site", "nm"));
  const emulators = pair(replicatingWorld([fabric("site", "HyperVSite"), mapping]));
  const remove = (path: string) =>
    emulators.send(`${origin}${vaultId}/${path}?api-version=2025-08-01`, { method: "DELETE", path });
  expect((await remove(fabricPath("site"))).status).toBe(202);
  emulators.wait(1);
  expect((await remove(networkPath("site", "nm"))).status).toBe(202);
  emulators.wait(1);
  emulators.save();
  for (const list of lists) await emulators.send(`${origin}${list.path}?api-version=2025-08-01`, list);
});

test("both answer everything alike from then on, ids, counters and operations included", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ stays, regime, softDelete, steps, savedAfter }) => {
      const content = partOf(stays, regime, softDelete);
      const candidates = requestsOn(content.vaults[0]!);
      const emulators = pair(content);
      const operations: string[] = [];
      for (const [index, { pick, apiVersion, pause, polls }] of steps.entries()) {
        if (index === savedAfter % steps.length) emulators.save();
        const poll = polls ? operations.at(pick % Math.max(1, operations.length)) : undefined;
        const wanted = poll === undefined ? candidates[pick % candidates.length]! : { method: "GET", path: "" };
        const { headers } = await emulators.send(poll ?? `${origin}${wanted.path}?api-version=${apiVersion}`, wanted);
        for (const name of ["azure-asyncoperation", "location"])
          if (headers[name] !== undefined) operations.push(headers[name]);
        emulators.wait(pause);
      }
      for (const list of lists) await emulators.send(`${origin}${list.path}?api-version=2025-08-01`, list);
      const [one, other] = emulators.worlds();
      expect(other).toEqual(one);
    }),
    { numRuns: 60 },
  );
});
