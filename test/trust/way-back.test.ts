// The law of the way back: what a soft teardown took away and Azure kept stands again after `recover --run`, wherever either was
// cut short, and what does not is named.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NoWay } from "../../src/cli/recovery-wish.ts";
import type { WorldBackupInstance, WorldBackupVault } from "../../src/emulator/data-protection/world-backup-vault.ts";
import type { WorldFault } from "../../src/emulator/faults/fault.ts";
import type { World, WorldContainer, WorldVault } from "../../src/emulator/world.ts";
import type { Plan } from "../../src/model/plan.ts";
import { consents } from "../../src/model/step.ts";
import { renderPlan } from "../../src/planning/plan-document.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { backupVault, disk } from "../emulator/data-protection/backup-vault-builder.ts";
import { subscription, world } from "../emulator/world-builder.ts";
import { killedAfter } from "../execution/killed-run.ts";
import { rehearse, type Rehearsal } from "../rehearsal.ts";
import { wayBack } from "../way-back.ts";
import { anyFault } from "./any-fault.ts";
import { grown, grownWorld } from "./grown-worlds.ts";

const seed = 20261122;
/** Six of a hundred cases: a tale has two runs. */
const cases = Math.ceil(Number(process.env["VAULT_TEARDOWN_CASES"] ?? 1000) * 0.06);

/** Azure names the resource behind every container that somebody registered. */
function withSource(container: WorldContainer): WorldContainer {
  const name = container.name.slice(container.name.lastIndexOf(";") + 1);
  const type = container.name.startsWith("StorageContainer")
    ? "Microsoft.Storage/storageAccounts"
    : "Microsoft.Compute/virtualMachines";
  const sourceResourceId = `/subscriptions/${subscription}/resourceGroups/rg-test/providers/${type}/${name}`;
  return { ...container, properties: { sourceResourceId, ...container.properties } };
}

function withSources(given: World): World {
  const vaults = given.vaults.map((vault) => ({
    ...vault,
    protectionContainers: vault.protectionContainers.map(withSource),
  }));
  return { ...given, vaults };
}

/** `abandoned`: the teardown is not gone on with after its first cut. */
type Tale = {
  readonly world: World;
  readonly cuts: readonly number[];
  readonly abandoned: boolean;
  /** Met by the first attempt at the recovery; the same command then goes on without them. */
  readonly faults?: readonly WorldFault[];
};

const anyCuts = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 });

const recoveryServices: fc.Arbitrary<Tale> = fc.record({
  world: grown.map((recipe) => withSources(grownWorld({ ...recipe, regime: "secure-by-default" }))),
  cuts: anyCuts,
  abandoned: fc.boolean(),
});

/** An empty one is purged ten minutes after its deletion. */
const backup = (fewest: number): fc.Arbitrary<Tale> =>
  fc.record({
    world: fc
      .record({
        disks: fc.integer({ min: fewest, max: 6 }),
        softDelete: fc.constantFrom("On", "AlwaysOn"),
        policies: fc.boolean(),
      })
      .map(({ disks, softDelete, policies }) => {
        const instances = Array.from({ length: disks }, (_, index) => disk(`disk-${index}`));
        const more = { backupInstances: instances, ...(policies ? {} : { backupPolicies: [] }) };
        return { ...world([]), backupVaults: [backupVault({ softDelete: softDelete as "On", more })] };
      }),
    cuts: anyCuts,
    abandoned: fc.boolean(),
  });

/** A teardown, cut as told, then its recovery, cut as told: the worlds before and after, and the plans of both. */
async function thereAndBack({ world: before, cuts, abandoned, faults = [] }: Tale) {
  const rehearsal = rehearse(before);
  const plan = await rehearsal.plan({ consents });
  if (plan.blockers.length > 0) return undefined;
  const [first, second, third] = cuts;
  const isLeft = abandoned && first !== undefined;
  const events = isLeft ? await killedAfter(rehearsal, plan, first) : await runWithCut(rehearsal, plan, first);
  // What was under way when it was cut comes to its end; an empty Backup vault is purged only later.
  if (isLeft) await rehearsal.clock.sleep(300_000);
  const opened = unlocked(rehearsal, await wayBack(rehearsal, plan, events));
  const back = await wayBack(opened, plan, events);
  if ("reason" in back) return { before, plan, nothing: back.reason, after: opened.emulator.world() };
  expect(openPlan(renderPlan(back), "plan.json")).toEqual(back);
  const unlucky = again(opened, { faults });
  const past = faults.length === 0 ? [] : (await unlucky.run(back)).events;
  const lucky = again(unlucky, { faults: [] });
  const told =
    past.length === 0 ? await runWithCut(lucky, back, second, third) : (await lucky.run(back, { past })).events;
  const did = new Set(events.flatMap((event) => (event.type === "step-verified" ? event.step : [])));
  return { before, plan, did, back, ended: told.at(-1), after: lucky.emulator.world() };
}

/** The same Azure, with other things about it. */
function again({ emulator, clock, vault }: Rehearsal, changed: Partial<World>): Rehearsal {
  return rehearse({ ...emulator.world(), ...changed }, { clock, vault });
}

/** What a read-only lock holds up is blocked by it, and by nothing else; a person then takes it away. */
function unlocked(rehearsal: Rehearsal, back: Plan | NoWay): Rehearsal {
  const left = rehearsal.emulator.world();
  const isReadOnly = ({ properties }: { readonly properties: WorldVault["properties"] }): boolean =>
    properties["level"] === "ReadOnly";
  if ("reason" in back || back.blockers.length === 0) return rehearsal;
  expect(new Set(back.blockers.map(({ code }) => code))).toEqual(new Set(["read-only-lock"]));
  const locks = (left.locks ?? []).filter((lock) => !isReadOnly(lock));
  return again(rehearsal, { locks });
}

/** Killed after so many lines, each time gone on with. */
async function runWithCut(rehearsal: Rehearsal, plan: Plan, ...cuts: readonly (number | undefined)[]) {
  let past: Awaited<ReturnType<typeof killedAfter>> = [];
  for (const lines of cuts)
    if (lines !== undefined && past.length === 0) past = await killedAfter(rehearsal, plan, lines);
  const vaultIsGone = (await rehearsal.reader("soft").vault()) === undefined;
  return (await rehearsal.run(plan, { past, vaultIsGone })).events;
}

const ofServers: ReadonlySet<unknown> = new Set(["MAB", "DPM", "AzureBackupServer"]);

/** What was not soft-deleted before the teardown, and is neither untouched nor as Azure brings things back, in words. */
function notReturned(before: WorldVault, after: WorldVault | undefined, plan: Plan): readonly string[] {
  if (after === undefined) return [`the vault ${before.id} does not stand`];
  const pathOf = ({ container, name }: WorldVault["protectedItems"][number]): string =>
    `/protectioncontainers/${container}/protecteditems/${name}`.toLowerCase();
  const gone = plan.steps.filter(({ irreversible }) => irreversible).map(({ target }) => target.toLowerCase());
  const items = new Map(after.protectedItems.map((item) => [pathOf(item), item]));
  const containers = new Map(after.protectionContainers.map((container) => [container.name.toLowerCase(), container]));
  return [
    ...before.protectedItems
      .filter(({ properties }) => properties["isScheduledForDeferredDelete"] !== true)
      .filter((item) => !gone.some((target) => target.endsWith(pathOf(item))))
      .filter(({ properties }) => !ofServers.has(properties["backupManagementType"]))
      .filter((item) => !isBack(items.get(pathOf(item))?.properties, item.properties))
      .map(({ name }) => `the item ${name} is not back`),
    ...before.protectionContainers
      .filter(({ name }) => /^(VMAppContainer|StorageContainer);/i.test(name))
      .filter(({ properties }) => properties["registrationStatus"] === "Registered")
      .filter(({ name }) => containers.get(name.toLowerCase())?.properties["registrationStatus"] !== "Registered")
      .map(({ name }) => `the container ${name} is not registered again`),
    ...(JSON.stringify(softDeleteOf(before)) === JSON.stringify(softDeleteOf(after)) ? [] : ["soft delete is another"]),
  ];
}

type Properties = WorldVault["properties"];

function isBack(properties: Properties | undefined, before: Properties): boolean {
  if (properties === undefined || properties["isScheduledForDeferredDelete"] === true) return false;
  return [before["protectionState"], "ProtectionStopped"].includes(properties["protectionState"]);
}

function softDeleteOf({ properties }: WorldVault | WorldBackupVault): unknown {
  return (properties["securitySettings"] as { softDeleteSettings?: unknown } | undefined)?.softDeleteSettings;
}

function notReturnedInBackupVault(before: WorldBackupVault, after: WorldBackupVault | undefined): readonly string[] {
  if (after === undefined) return [`the vault ${before.id} does not stand`];
  const stateOf = ({ properties }: WorldBackupInstance): string => JSON.stringify(properties["currentProtectionState"]);
  const states = new Map(after.backupInstances.map((instance) => [instance.name, stateOf(instance)]));
  return [
    ...before.backupInstances
      .filter((instance) => !['"ProtectionStopped"', stateOf(instance)].includes(states.get(instance.name) ?? ""))
      .map(({ name }) => `the instance ${name} is ${states.get(name) ?? "not back"}`),
    ...(JSON.stringify(softDeleteOf(before)) === JSON.stringify(softDeleteOf(after)) ? [] : ["soft delete is another"]),
  ];
}

async function holds(tale: Tale): Promise<void> {
  const told = await thereAndBack(tale);
  if (told === undefined) return;
  const { before, after, plan, did, nothing, back, ended } = told;
  const wrong = [
    ...before.vaults.flatMap((vault) =>
      notReturned(
        vault,
        after.vaults.find(({ id }) => id === vault.id),
        plan,
      ),
    ),
    ...(before.backupVaults ?? []).flatMap((vault) =>
      notReturnedInBackupVault(
        vault,
        after.backupVaults?.find(({ id }) => id === vault.id),
      ),
    ),
  ];
  expect(wrong).toEqual([]);
  if (nothing !== undefined) return;
  expect(ended).toMatchObject({ type: "run-ended", exitCode: 0, outcome: { kind: "recovered" } });
  expect(lossesWithoutWord(plan, did, back)).toEqual([]);
}

/** What the teardown took away for good, policies included, and the recovery does not say. */
function lossesWithoutWord(plan: Plan, did: ReadonlySet<string>, back: Plan): readonly string[] {
  const said = new Set(back.recovery?.byHand.flatMap(({ subjects }) => subjects));
  // What Azure kept although the plan expected it not to is brought back.
  const kept = new Set(back.recovery?.wanted);
  const silent = new Set(["vault", "lock", "backup-job", "replication-job"]);
  return plan.steps
    .filter(({ id, target }) => did.has(id) && !kept.has(target))
    .filter(({ irreversible, kind }) => (irreversible || kind === "backup-vault-policy") && !silent.has(kind))
    .filter(({ name, kind }) => !said.has(kind.endsWith("-setting") ? plan.vault.name : name))
    .map(({ id, name }) => `${id} ${name}`);
}

describe("everything that can return has returned, and the rest is named,", () => {
  it("to a Recovery Services vault, wherever teardown and recovery were killed", async () => {
    await fc.assert(fc.asyncProperty(recoveryServices, holds), { seed, numRuns: cases });
  });

  it("whatever Azure refuses, loses and repeats on the way, once the same command was given again", async () => {
    // An operation that never ends holds its vault for ever: nothing returns past it.
    const ending = anyFault.filter(({ fault }) => fault.kind !== "never-ends");
    const faults = fc.array(ending, { minLength: 1, maxLength: 3 });
    const tale = fc
      .tuple(fc.oneof(recoveryServices, backup(1)), faults)
      .map(([told, met]) => ({ ...told, faults: met }));
    await fc.assert(fc.asyncProperty(tale, holds), { seed, numRuns: cases });
  });

  it("to a Backup vault, wherever teardown and recovery were killed", async () => {
    await fc.assert(fc.asyncProperty(backup(0), holds), { seed, numRuns: Math.ceil(cases / 2) });
  });
});
