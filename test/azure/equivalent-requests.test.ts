// What is said of each step is what is sent for it: every plan is carried out, and each write that leaves is compared with what
// was said of its step, in both directions.

import { afterAll, describe, expect, it } from "vitest";
import { equivalentRequests } from "../../src/azure/equivalent-requests.ts";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld, shippedWorlds } from "../../src/emulator/worlds.ts";
import type { EquivalentRequest } from "../../src/model/equivalent-request.ts";
import { strategies, type Plan, type PlanOptions } from "../../src/model/plan.ts";
import { actions, consents, type Step } from "../../src/model/step.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";
import { rehearse, type Rehearsal, type RehearsalOptions } from "../rehearsal.ts";
import { backupVault } from "../emulator/data-protection/backup-vault-builder.ts";
import { subscription, world } from "../emulator/world-builder.ts";
import { oneActionWorlds } from "../trust/one-action-worlds.ts";
import { hostileWorld } from "../trust/hostile-names.ts";
import { planBack } from "../way-back.ts";
import { comparable, hasVault, recorder, type Comparable, type Recorder } from "./sent-requests.ts";

/** Actions of which a write was really compared, and what was written. */
const compared = new Set<string>();
const writesCompared = new Set<string>();

/** Every write there is: a new one is to be compared too. */
const everyWrite: { readonly [W in WriteRequest["write"]]: true } = {
  "delete-protected-item": true,
  "undelete-protected-item": true,
  "unregister-container": true,
  "register-container": true,
  "delete-protection-intent": true,
  "set-soft-delete": true,
  "set-immutability": true,
  "unregister-server": true,
  "cancel-backup-job": true,
  "remove-lock": true,
  "restore-lock": true,
  "disable-replication": true,
  "clean-test-failover": true,
  "remove-replication-object": true,
  "purge-replication-object": true,
  "delete-replication-object": true,
  "cancel-replication-job": true,
  "delete-private-endpoint-connection": true,
  "delete-private-endpoint": true,
  "delete-backup-instance": true,
  "undelete-backup-instance": true,
  "delete-backup-vault-policy": true,
  "set-backup-vault-security": true,
  "delete-vault": true,
  "undelete-vault": true,
};

const writesSaid = (step: Step, plan: Plan): readonly EquivalentRequest[] =>
  equivalentRequests(step, plan).filter(({ part }) => part !== "check");
type Recorded = { readonly rehearsal: Rehearsal; readonly record: Recorder };

function recorded(world: string | World, options: RehearsalOptions = {}): Recorded {
  const record = recorder();
  return { record, rehearsal: rehearse(world, { ...options, onTheWire: record.onTheWire }) };
}

/** Carries the plan out and compares; gives the exit code and what happened. */
async function carriedOutAsSaid({ rehearsal, record }: Recorded, plan: Plan) {
  const before = record.sendings().length;
  const writer = record.watching(rehearsal.writer(plan.strategy, plan));
  const { result, events } = await rehearsal.run(plan, { writer });
  const steps = new Map(plan.steps.map((step) => [JSON.stringify(step.request), step]));
  const sendings = record.sendings().slice(before);
  const done = new Map<string, number>();
  for (const { write, sent } of sendings) {
    const step = steps.get(JSON.stringify(write));
    expect(step, `a write that no step of the plan has: ${JSON.stringify(write)}`).toBeDefined();
    if (step === undefined) continue;
    expectSaid(sent, writesSaid(step, plan), done.has(step.id));
    done.set(step.id, (done.get(step.id) ?? 0) + 1);
    compared.add(step.action);
    writesCompared.add(write.write);
  }
  const accepted = new Set(events.flatMap((event) => (event.type === "step-accepted" ? [event.step] : [])));
  for (const step of plan.steps) {
    if (step.request === undefined) expect(writesSaid(step, plan)).toEqual([]);
    else if (accepted.has(step.id)) expect(done.has(step.id), `${step.id} ${step.action} sent nothing`).toBe(true);
  }
  return { exitCode: result.exitCode, events };
}

/** What was sent for one write is what was said, whole: what goes `instead` where the write itself was refused. */
function expectSaid(sent: readonly Comparable[], said: readonly EquivalentRequest[], isRepeated: boolean): void {
  const always = said.filter(({ part }) => part !== "instead");
  const forms = [always, said, ...(isRepeated ? [always.filter(({ part }) => part !== "unlock")] : [])];
  const wanted = forms.map((form) => form.map(comparable));
  const form = wanted.find(({ length }) => length === sent.length) ?? wanted[0];
  expect(sent).toEqual(form);
}

/** A classic Backup vault whose guard decides over all it can. */
function guardedBackupVault(immutability: "Disabled" | "Unlocked"): World {
  const guard = `/subscriptions/${subscription}/resourceGroups/rg-security/providers/Microsoft.DataProtection/resourceGuards/guard`;
  const operations = [
    ["/backupInstances/delete", "deleteBackupInstanceRequests"],
    ["/write#reduceSoftDeleteSecurity", "dppReduceSoftDeleteSecurityRequests"],
    ["/write#reduceImmutabilityState", "dppReduceImmutabilityStateRequests"],
  ] as const;
  const resourceGuardOperationDetails = operations.map(([operation, requests]) => ({
    vaultCriticalOperation: `Microsoft.DataProtection/backupVaults${operation}`,
    defaultResourceRequest: `${guard}/${requests}/default`,
  }));
  const proxy = {
    name: "DppResourceGuardProxy",
    properties: { resourceGuardResourceId: guard, resourceGuardOperationDetails },
  };
  const more = { resourceGuardProxies: [proxy], backupPolicies: [] };
  return world([], {
    resourceGuards: [{ id: guard, properties: {} }],
    backupVaults: [backupVault({ regime: "classic", softDelete: "On", immutability, more })],
  });
}

const optionsOf = (strategy: Plan["strategy"]): Partial<PlanOptions> => ({ strategy, consents });
const cases = shippedWorlds
  .filter((world) => hasVault(loadWorld(world)))
  .flatMap((world) => strategies.map((strategy) => [world, strategy] as const));

describe("every write that leaves is the one that was said, in order and whole,", () => {
  it.each(cases)("in the world %s with --strategy %s", async (world, strategy) => {
    const run = recorded(world);
    const plan = await run.rehearsal.plan(optionsOf(strategy));
    if (plan.blockers.length === 0) await carriedOutAsSaid(run, plan);
    else expect(plan.steps.map((step) => equivalentRequests(step, plan).length)).not.toContain(0);
  });

  it.each(Object.entries(oneActionWorlds))("in a world that needs %s", async (action, { world, options }) => {
    const run = recorded(world);
    const plan = await run.rehearsal.plan(options);
    expect(plan.steps.map((step) => step.action)).toContain(action);
    await carriedOutAsSaid(run, plan);
  });

  it("whatever characters the names hold", async () => {
    const run = recorded(hostileWorld("kitchen-sink"));
    const plan = await run.rehearsal.plan(optionsOf("soft"));
    expect((await carriedOutAsSaid(run, plan)).exitCode).toBe(0);
  });

  it("with a second token where the guard lies in another tenant", async () => {
    const tenant = "11111111-2222-3333-4444-555555555555";
    const shipped = loadWorld("guarded");
    const world = { ...shipped, resourceGuards: [{ ...shipped.resourceGuards![0]!, tenant }] };
    const run = recorded(world, { guardTenant: tenant });
    const plan = await run.rehearsal.plan(optionsOf("purge"));
    expect((await carriedOutAsSaid(run, plan)).exitCode).toBe(0);
    const guarded = plan.steps.filter((step) => step.guarded !== undefined);
    expect(guarded.length).toBeGreaterThan(0);
    for (const step of guarded)
      expect(
        writesSaid(step, plan)
          .map(({ note }) => note)
          .join(),
      ).toContain("x-ms-authorization-auxiliary");
  });

  it.each(["small", "secure-by-default", "backup-vault", "kitchen-sink", "always-on", "classic"])(
    "in the recovery of a teardown of %s",
    async (world) => {
      const run = recorded(world);
      const plan = await run.rehearsal.plan({ consents });
      const { events } = await carriedOutAsSaid(run, plan);
      const back = await planBack(run.rehearsal, plan, events);
      const { exitCode } = await carriedOutAsSaid(run, back);
      expect(exitCode).toBe(0);
    },
  );

  it.each([
    ["soft", "Unlocked"],
    ["purge", "Disabled"],
    ["purge", "Unlocked"],
  ] as const)(
    "in a Backup vault behind a guard with --strategy %s and immutability %s",
    async (strategy, immutability) => {
      const run = recorded(guardedBackupVault(immutability));
      const plan = await run.rehearsal.plan(optionsOf(strategy));
      expect(plan.steps.filter(({ guarded }) => guarded !== undefined).length).toBeGreaterThan(0);
      await carriedOutAsSaid(run, plan);
    },
  );

  it("where the vault's own API does not take the setting", async () => {
    const refusing = oneActionWorlds["disable-soft-delete"];
    const run = recorded(refusing.world, {
      between: (handle) => async (request) =>
        request.method === "PATCH" && /\/vaults\/[^/]+$/.test(new URL(request.url).pathname)
          ? Response.json({ error: { code: "BadRequest", message: "not here" } }, { status: 400 })
          : handle(request),
    });
    const plan = await run.rehearsal.plan(refusing.options);
    await carriedOutAsSaid(run, plan);
    const step = plan.steps.find(({ action }) => action === "disable-soft-delete")!;
    expect(run.record.sendings()[0]?.sent).toEqual(writesSaid(step, plan).map(comparable));
    expect(writesSaid(step, plan).map(({ part }) => part)).toEqual(["write", "instead"]);
  });

  afterAll(() => {
    const reading = ["recheck", "prove-absence", "prove-recovery"];
    const writing = actions.filter((action) => !reading.includes(action));
    expect(writing.filter((action) => !compared.has(action))).toEqual([]);
    expect(Object.keys(everyWrite).filter((write) => !writesCompared.has(write))).toEqual([]);
  });
});
