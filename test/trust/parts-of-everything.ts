// Worlds cut out of the one that has everything: some of its containers, items, servers, fabrics and locks, and what goes with them.

import fc from "fast-check";
import { isObject, list, text, type Properties } from "../../src/emulator/json.ts";
import type { WorldReplication, WorldReplicationObject } from "../../src/emulator/site-recovery/world-replication.ts";
import type { Regime, World, WorldVault } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";

const everything = loadWorld("kitchen-sink");
const [whole] = everything.vaults;

type Setting = "Enabled" | "Disabled" | "AlwaysON";
export type Settings = {
  readonly regime: Regime;
  readonly softDelete: Setting;
  readonly immutability: "Disabled" | "Unlocked";
};

export type Part = Settings & {
  /** Numbers from 0 to 99 that are dealt to the entries of the lists, over and over: an entry whose number is low stays. */
  readonly deal: readonly number[];
  /** So many entries of a hundred stay. */
  readonly share: number;
};

/** Secure by default, soft delete is always on. */
export const settings: fc.Arbitrary<Settings> = fc
  .record({
    regime: fc.constantFrom<Regime>("classic", "preview", "secure-by-default"),
    softDelete: fc.constantFrom<Setting>("Enabled", "Disabled", "Enabled", "AlwaysON"),
    immutability: fc.constantFrom("Disabled", "Disabled", "Unlocked"),
  })
  .map((given) => (given.regime === "secure-by-default" ? { ...given, softDelete: "AlwaysON" } : given));

export const parts: fc.Arbitrary<Part> = fc
  .record({
    settings,
    deal: fc.array(fc.nat(99), { minLength: 19, maxLength: 19 }),
    share: fc.constantFrom(2, 4, 6, 10),
  })
  .map(({ settings: of, ...dealt }) => ({ ...of, ...dealt }));

export function securityOf({ softDelete, immutability }: Settings): Properties {
  return {
    softDeleteSettings: {
      softDeleteState: softDelete,
      enhancedSecurityState: softDelete,
      softDeleteRetentionPeriodInDays: 14,
    },
    immutabilitySettings: { state: immutability },
  };
}

type Thin = <T>(entries: readonly T[]) => readonly T[];

export function partOfEverything(part: Part): World {
  if (whole === undefined) throw new Error("the world that has everything has no vault");
  let at = 0;
  const thin: Thin = (entries) => entries.filter(() => (part.deal[at++ % part.deal.length] ?? 0) < part.share);
  const { privateEndpointConnections, ...properties } = whole.properties;
  const connections = thin(
    list({ privateEndpointConnections: privateEndpointConnections ?? [] }, "privateEndpointConnections"),
  );
  const backupEngines = thin(whole.backupEngines);
  const isGone = (server: string): boolean =>
    /^(DPM|AzureBackupServer)Container;/u.test(server) &&
    !backupEngines.some(({ name }) => server.toLowerCase().endsWith(`;${name.toLowerCase()}`));
  const protectionContainers = thin(whole.protectionContainers).filter(({ name }) => !isGone(name));
  const known = new Set(protectionContainers.map(({ name }) => name.toLowerCase()));
  const protectedItems = whole.protectedItems.filter(({ container }) => known.has(container.toLowerCase()));
  const vault: WorldVault = {
    ...whole,
    regime: part.regime,
    properties: { ...properties, privateEndpointConnections: connections, securitySettings: securityOf(part) },
    protectionContainers,
    protectedItems: part.share < 20 ? protectedItems : thin(protectedItems),
    protectionIntents: thin(whole.protectionIntents),
    backupJobs: thin(whole.backupJobs),
    backupEngines,
    resourceGuardProxies: thin(whole.resourceGuardProxies),
    replication: thinned(whole.replication ?? {}, thin),
  };
  return { ...everything, vaults: [vault], locks: thin(everything.locks ?? []) };
}

/** Some fabrics with what stands in them, less some of what nothing refers to; nothing leads to a fabric that is not there. */
function thinned(replication: WorldReplication, thin: Thin): WorldReplication {
  const fabrics = thin(replication.fabrics ?? []);
  const gone = (replication.fabrics ?? []).filter((fabric) => !fabrics.includes(fabric)).map(({ path }) => path);
  const within = <T extends WorldReplicationObject>(entries: readonly T[] = []): readonly T[] =>
    entries.filter((entry) => !gone.some((path) => `${entry.path}/${JSON.stringify(entry)}`.includes(path)));
  const standing = {
    protectionContainers: within(replication.protectionContainers),
    protectedItems: thin(within(replication.protectedItems)),
    migrationItems: thin(within(replication.migrationItems)),
  };
  const mappings = within(replication.containerMappings);
  const paths = [...fabrics, ...Object.values(standing).flat()].map(({ path }) => path);
  return {
    fabrics,
    ...standing,
    containerMappings: mappings,
    networkMappings: within(replication.networkMappings),
    storageClassificationMappings: within(replication.storageClassificationMappings),
    vCenters: thin(within(replication.vCenters)),
    recoveryServicesProviders: within(replication.recoveryServicesProviders),
    policies: (replication.policies ?? []).filter(({ path }) => JSON.stringify(mappings).includes(path)),
    recoveryPlans: within(replication.recoveryPlans).filter((plan) => plannedAmong(plan, paths)),
    jobs: (replication.jobs ?? []).filter(({ about = "" }) => paths.includes(about)),
  };
}

/** Whether every item a recovery plan names is among those that stand. */
function plannedAmong({ properties }: WorldReplicationObject, paths: readonly string[]): boolean {
  const items = list(properties, "groups")
    .filter(isObject)
    .flatMap((group) => list(group, "replicationProtectedItems").filter(isObject));
  return items.every((item) => paths.some((path) => text(item, "id").toLowerCase().endsWith(path.toLowerCase())));
}
