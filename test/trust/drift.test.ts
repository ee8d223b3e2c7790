// Drift: a saved plan is carried out on the very vault it saw, and what appears while a run goes on is never deleted.

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { discover } from "../../src/discovery/discover.ts";
import { kinds } from "../../src/dependencies/registry.ts";
import type { World } from "../../src/emulator/world.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Resource } from "../../src/model/resource.ts";
import { consents } from "../../src/model/step.ts";
import { driftFrom } from "../../src/safety/drift.ts";
import { commandLineHere, servedWorld, writesOf } from "../cli/command-line.ts";
import { killedAfter } from "../execution/killed-run.ts";
import { rehearse } from "../rehearsal.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { virtualClock } from "../virtual-clock.ts";
import { runThroughChange, type Changed, type Moment } from "./changing-world.ts";
import { changes, harmlessChanges } from "./vault-changes.ts";
import {
  edited,
  entryIn,
  everything,
  neverComing,
  ofBackupVaults,
  oneMachine,
  parts,
  withPart,
  without,
  type Part,
} from "./vault-parts.ts";

async function resourcesOf(world: World): Promise<readonly Resource[]> {
  const { reader, clock } = rehearse(world);
  const { resources, gaps } = await discover(reader(), clock);
  expect(gaps).toEqual([]);
  return resources;
}

/** What lies in a fabric goes with it, or holds it. */
const withinFabrics: ReadonlySet<string> = new Set([
  "recovery-plan",
  "replicated-item",
  "migration-item",
  "container-mapping",
  "network-mapping",
  "protection-container",
  "vcenter",
  "recovery-services-provider",
]);

const planned = await resourcesOf(everything);
const harmless = new Set(["backup-policy"]);

describe("a saved plan", () => {
  it("is compared with one thing of every kind that can come and go", () => {
    const covered = [...parts.map(({ kind }) => kind), ...neverComing, ...ofBackupVaults];
    expect(covered.toSorted()).toEqual(kinds.toSorted());
  });

  it.each(parts.map((part) => [part.kind, part] as const))(
    "does not fit when a %s came or went",
    async (kind, part) => {
      const fewer = await resourcesOf(without(everything, part));
      const thing = { kind, name: part.name };
      const [gone, came] = [driftFrom({ inventory: planned }, fewer), driftFrom({ inventory: fewer }, planned)];
      if (harmless.has(kind)) return expect([...gone, ...came]).toEqual([]);
      expect(gone).toContainEqual(expect.objectContaining({ change: "gone", ...thing }));
      expect(came).toContainEqual(expect.objectContaining({ change: "new", ...thing }));
    },
  );

  it.each(changes)("does not fit when $what", async ({ kind, was, is, change }) => {
    const found = driftFrom({ inventory: planned }, await resourcesOf(change(everything)));
    expect(found).toContainEqual(expect.objectContaining({ change: "changed", kind, was, is }));
    // Only what follows from it: a machine whose server no longer answers, one write's other half.
    expect(found.every((difference) => difference.change === "changed")).toBe(true);
  });

  it.each(harmlessChanges)("fits when $what", async ({ change }) => {
    expect(driftFrom({ inventory: planned }, await resourcesOf(change(everything)))).toEqual([]);
  });
});

describe("apply of a saved plan", () => {
  /** How applying a plan of the first world ends on the second. */
  async function applied(before: World, now: World, ...more: readonly string[]) {
    const file = join(temporaryFolder(), "plan.json");
    const allowed = ["--allow", consents.join()];
    await commandLineHere(["plan", "--endpoint", (await servedWorld(before)).url, "--out", file, ...allowed]);
    const { url, requests } = await servedWorld(now);
    const here = ["--endpoint", url, "--confirm", "rsv-everything-neu", "--state-dir", temporaryFolder()];
    const ended = await commandLineHere(["apply", file, ...here, ...more]);
    expect(writesOf(requests())).toEqual([]);
    return ended;
  }

  const deciding = parts.filter(({ kind }) => !harmless.has(kind));
  const stripped = deciding.reduce((world, part) => without(world, part), everything);

  it("ends 6 and writes nothing when one thing of every kind came: each is named", async () => {
    const { code, stderr } = await applied(stripped, everything);
    expect(code, stderr).toBe(6);
    for (const { kind, name } of deciding) expect(stderr).toContain(`  new: ${kind} ${name}, is `);
  });

  it("ends 6 and writes nothing when one thing of every kind is gone: each is named", async () => {
    const { code, stderr } = await applied(everything, stripped);
    expect(code, stderr).toBe(6);
    for (const { kind, name } of deciding) expect(stderr).toContain(`  gone: ${kind} ${name}, was `);
  });

  it("ends 6 and writes nothing when states changed: old and new are named, also in JSON", async () => {
    const chosen = new Map(changes.map((each) => [each.kind, each]));
    const now = [...chosen.values()].reduce((world, { change }) => change(world), everything);
    const { code, stdout, stderr } = await applied(everything, now, "--format", "json");
    expect(code, stderr).toBe(6);
    const { differences } = JSON.parse(stdout) as { differences: readonly object[] };
    for (const { kind, was, is } of chosen.values()) {
      const facts = { was: expect.stringContaining(was), is: expect.stringContaining(is) };
      expect(differences).toContainEqual(expect.objectContaining({ change: "changed", kind, ...facts }));
    }
  });
});

const options = { consents: ["disable-immutability", "remove-locks"] } as const;

/** Every write is one of the plan's own: on a target of a step, or the identity of a server it unregisters. */
function expectOnlyPlanned(writes: readonly string[], { steps, vault }: Pick<Plan, "steps" | "vault">): void {
  const targets = steps.flatMap(({ target, request }) =>
    request?.write === "unregister-server" ? armId(`${vault.id}/registeredIdentities/${request.identity}`) : target,
  );
  if (steps.some(({ guarded }) => guarded !== undefined))
    targets.push(armId(`${vault.id}/backupResourceGuardProxies/VaultProxy/unlockDelete`));
  const allowed = new Set(targets.map((target) => target.toLowerCase()));
  for (const write of writes) {
    const path = write.slice(write.indexOf(" ") + 1).replace(/\/(remove|cancel|testfailovercleanup)$/, "");
    expect(allowed, write).toContain(path);
  }
}

function failures({ events }: Pick<Changed, "events">): string {
  return events.flatMap((event) => (event.type === "step-failed" ? `${event.message} ${event.remedy}` : [])).join("\n");
}

/** What people have locked; Backup's own locks go with the accounts it unregisters. */
function locksOf({ locks = [] }: World): readonly string[] {
  const ofPeople = locks.filter(({ id }) => !id.endsWith("/AzureBackupProtectionLock"));
  return ofPeople.map((lock) => JSON.stringify(lock)).toSorted();
}

/** What came stands as it came, nothing but the plan's own was written, and all locks are there. */
function expectSpared(changed: Changed, before: World, part: Part): void {
  const { result, world, plan, writes } = changed;
  expectOnlyPlanned(writes, plan);
  expect(result.notPutBack).toBeUndefined();
  expect(locksOf(world)).toEqual(locksOf(part.kind === "lock" ? withPart(before, part) : before));
  expect(result.exitCode, failures(changed)).toBe(world.vaults.length === 0 ? 0 : 3);
  if (result.exitCode === 3) edited(world, (lists) => expect(() => entryIn(lists, part.piece)).not.toThrow());
}

/** What Azure deletes a vault with: settings of it, and what only shows what goes on. */
const goesWithVault: Readonly<Record<Moment, readonly string[]>> = {
  "first write": ["virtual-machine-container", "replication-policy", "backup-policy"],
  recheck: [],
  deletion: [
    "virtual-machine-container",
    "replication-policy",
    "backup-policy",
    "backup-job",
    "auto-protection-intent",
    "resource-guard",
  ],
};

/** Azure's refusals tell the operation that is guarded, the scope that is locked, the connection of an endpoint. */
const azureSays: ReadonlyMap<string, string> = new Map([
  ["resource-guard", "is protected by a resource guard"],
  ["lock", "rg-backup-neu'. Please remove the lock"],
  ["private-endpoint", "pe-rsv-everything-neu."],
]);
const saidOf = ({ kind, name }: Part): string => azureSays.get(kind) ?? name;

describe("what appears during a run", () => {
  const moments = ["first write", "deletion"] as const;
  it.each(moments.flatMap((moment) => parts.map((part) => [part.kind, moment, part] as const)))(
    "is spared and named, and what holds the vault ends the run 3: a %s, before the %s",
    async (kind, moment, part) => {
      const change = (world: World): World => withPart(world, part);
      const changed = await runThroughChange({ world: oneMachine, options, moment, change });
      expectSpared(changed, oneMachine, part);
      expect(changed.result.exitCode).toBe(goesWithVault[moment].includes(kind) ? 0 : 3);
      if (changed.result.exitCode === 3) expect(failures(changed)).toContain(saidOf(part));
    },
  );

  it("is spared and named, all of it at once, when it came right before the vault was listed again", async () => {
    const change = (world: World): World => parts.reduce(withPart, world);
    const changed = await runThroughChange({ world: oneMachine, options, moment: "recheck", change });
    for (const part of parts) {
      expectSpared(
        changed,
        oneMachine,
        parts.find(({ kind }) => kind === "lock")!,
      );
      if (!["virtual-machine-container", "backup-policy", "resource-guard"].includes(part.kind))
        expect(failures(changed), part.kind).toContain(part.name);
    }
  });
});

describe("what appears within something that a run takes away", () => {
  const known = without(
    everything,
    parts.find(({ kind }) => kind === "unknown")!,
  );
  const within: readonly Part[] = [
    ...parts.filter(({ kind }) => withinFabrics.has(kind)),
    { kind: "protected-item", name: "Orders", piece: ["protectedItems", "SQLDataBase;mssqlserver;orders"] },
    { kind: "protected-item", name: "D:\\", piece: ["protectedItems", "FileFolder;mars-01;d"] },
    { kind: "protected-item", name: "SQL1\\Orders", piece: ["protectedItems", "dpm-01.contoso.example;sql1_orders"] },
  ];

  it.each(within.map((part) => [part.kind, part.name, part] as const))(
    "is not taken along: %s %s ends the run 3, named",
    async (_kind, name, part) => {
      const world = without(known, part);
      const change = (now: World): World => withPart(now, part);
      const changed = await runThroughChange({ world, options: { consents }, moment: "first write", change });
      expectSpared(changed, world, part);
      expect(failures(changed)).toContain(name);
    },
  );
});

describe("what appears after a crash, before the run goes on", () => {
  const came = parts.filter(({ kind }) => kind !== "lock" && kind !== "resource-guard");

  it.each([
    ["one of everything that does not stop a write", came],
    ["a lock", parts.filter(({ kind }) => kind === "lock")],
    ["a resource guard", parts.filter(({ kind }) => kind === "resource-guard")],
  ])("is spared and named, and ends the run 3: %s", async (_what, present) => {
    const clock = virtualClock();
    const first = rehearse(oneMachine, { clock });
    const plan = await first.plan(options);
    const past = await killedAfter(first, plan, 4);
    const world = present.reduce(withPart, first.emulator.world());
    const again = rehearse(world, { clock });
    const { result, events } = await again.run(plan, { past });
    expect(result.exitCode).toBe(3);
    expectOnlyPlanned(
      again.writes().map((write) => write.toLowerCase()),
      plan,
    );
    const said = failures({ events });
    for (const part of present) {
      edited(again.emulator.world(), (lists) => expect(() => entryIn(lists, part.piece)).not.toThrow());
      if (!goesWithVault["first write"].includes(part.kind)) expect(said).toContain(saidOf(part));
    }
  });
});
