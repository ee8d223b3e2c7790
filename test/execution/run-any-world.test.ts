// Laws over worlds nobody wrote down: whatever part of everything stands in a vault, in any regime, strategy and with any consents.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { worldProblem } from "../../src/emulator/world-validation.ts";
import type { Json } from "../../src/emulator/json.ts";
import type { Regime, World, WorldVault } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { consents, type Consent } from "../../src/model/step.ts";
import type { Plan, Strategy } from "../../src/model/plan.ts";
import { renderPlan } from "../../src/planning/plan-document.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { rehearse, type Rehearsal } from "../rehearsal.ts";
import { killedAfter } from "./killed-run.ts";

const everything = loadWorld("kitchen-sink");

type Case = {
  /** Which entry of every list stays: true for those that do, over and over. */
  readonly stays: readonly boolean[];
  readonly regime: Regime;
  readonly softDelete: "Enabled" | "Disabled";
  readonly strategy: Strategy;
  readonly consents: readonly Consent[];
  readonly keepPrivateEndpoints: boolean;
  /** After how many events the process is killed; the run is then continued. */
  readonly killedAfter: number;
};

const cases: fc.Arbitrary<Case> = fc.record({
  stays: fc.array(fc.boolean(), { minLength: 7, maxLength: 23 }),
  regime: fc.constantFrom<Regime>("classic", "preview", "secure-by-default"),
  softDelete: fc.constantFrom("Enabled", "Disabled"),
  strategy: fc.constantFrom<Strategy>("soft", "purge"),
  consents: fc.oneof(fc.constant(consents), fc.subarray([...consents])),
  keepPrivateEndpoints: fc.boolean(),
  killedAfter: fc.nat(200),
});

/** A part of the world that has one of everything; items keep their containers, servers their items. */
function partOf({ stays, regime, softDelete }: Case): World {
  let at = 0;
  const thin = <T>(list: readonly T[]): readonly T[] => list.filter(() => stays[at++ % stays.length]);
  const vault = everything.vaults[0]!;
  const { privateEndpointConnections: connections, ...properties } = vault.properties;
  const state = regime === "secure-by-default" ? "AlwaysON" : softDelete;
  const softDeleteSettings = {
    softDeleteState: state,
    enhancedSecurityState: state,
    softDeleteRetentionPeriodInDays: 14,
  };
  const backupEngines = thin(vault.backupEngines);
  const orphan = (name: string): boolean =>
    /^(DPM|AzureBackupServer)Container;/.test(name) &&
    !backupEngines.some((engine) => name.toLowerCase().endsWith(`;${engine.name.toLowerCase()}`));
  const part: WorldVault = {
    ...vault,
    regime,
    properties: {
      ...properties,
      privateEndpointConnections: thin(connections as readonly Json[]),
      securitySettings: { softDeleteSettings, immutabilitySettings: { state: stays[0] ? "Unlocked" : "Disabled" } },
    },
    protectionContainers: vault.protectionContainers.filter(({ name }) => !orphan(name)),
    protectedItems: thin(vault.protectedItems).filter(({ container }) => !orphan(container)),
    protectionIntents: thin(vault.protectionIntents),
    backupJobs: thin(vault.backupJobs),
    backupEngines,
    resourceGuardProxies: thin(vault.resourceGuardProxies),
    ...(vault.replication === undefined ? {} : { replication: leavesOf(vault.replication, thin) }),
  };
  return { ...everything, vaults: [part], locks: thin(everything.locks ?? []) };
}

type Replication = NonNullable<WorldVault["replication"]>;

/** What nothing else refers to may be missing; the rest of the tree stands. */
function leavesOf(replication: Replication, thin: <T>(list: readonly T[]) => readonly T[]): Replication {
  return {
    ...replication,
    protectedItems: thin(replication.protectedItems ?? []),
    migrationItems: thin(replication.migrationItems ?? []),
    recoveryPlans: thin(replication.recoveryPlans ?? []),
    networkMappings: thin(replication.networkMappings ?? []),
    vCenters: thin(replication.vCenters ?? []),
    jobs: [],
  };
}

function locksOf(world: World, vault: string): readonly string[] {
  const ofPeople = (world.locks ?? []).filter(({ id }) => !id.endsWith("AzureBackupProtectionLock"));
  return ofPeople.map(({ id }) => id.toLowerCase()).filter((id) => !id.startsWith(vault.toLowerCase()));
}

/** The exit codes a plan without blockers may end with: a classic vault waits for what a soft plan leaves in it. */
function fitting({ regime, strategy }: Case): readonly number[] {
  return regime === "classic" && strategy === "soft" ? [0, 3, 4] : [0];
}

async function endsWell(rehearsal: Rehearsal, plan: Plan, wanted: Case): Promise<void> {
  const past = await killedAfter(rehearsal, plan, wanted.killedAfter);
  const vaultIsGone = past.length > 0 && rehearsal.emulator.world().vaults.length === 0;
  const { result } = await rehearsal.run(plan, { past, vaultIsGone });
  expect(fitting(wanted)).toContain(result.exitCode);
  expect(rehearsal.emulator.world().vaults).toHaveLength(result.exitCode === 0 ? 0 : 1);
  const vault = rehearsal.vault.id;
  expect(locksOf(rehearsal.emulator.world(), vault)).toEqual(locksOf(partOf(wanted), vault));
  const targets = new Set(plan.steps.map((step) => step.target.toLowerCase()));
  const written = rehearsal.writes().map((write) => write.slice(write.indexOf(" ") + 1).toLowerCase());
  expect(written.filter((path) => !path.startsWith(vault.toLowerCase()) && !targets.has(path))).toEqual([]);
}

describe("whatever of everything stands in a vault", () => {
  it("a plan is one that can be saved, and without blockers it ends, cut and continued, with every lock back", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (wanted) => {
        const world = partOf(wanted);
        expect(worldProblem(world as unknown as Json)).toBeUndefined();
        const rehearsal = rehearse(world);
        const plan = await rehearsal.plan(wanted);
        expect(openPlan(renderPlan(plan), "plan.json")).toEqual(plan);
        if (plan.blockers.length > 0) expect(plan.expectedOutcome.kind).toBe("blocked");
        else await endsWell(rehearsal, plan, wanted);
      }),
      { numRuns: 40 },
    );
  });
});
