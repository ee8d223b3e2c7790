// Every JSON document that is printed is what its published schema says: plans, runs, events, answers, deleted things.

import { afterAll, describe, expect, it } from "vitest";
import { parseWorld } from "../../src/emulator/world.ts";
import { loadWorld, shippedWorlds } from "../../src/emulator/worlds.ts";
import type { RecordedEvent } from "../../src/model/event.ts";
import { strategies, type Plan } from "../../src/model/plan.ts";
import { consents } from "../../src/model/step.ts";
import { sealPlan } from "../../src/planning/plan-document.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { driftFrom } from "../../src/safety/drift.ts";
import { commandLineHere, emulatorProcess } from "../cli/command-line.ts";
import { rehearse } from "../rehearsal.ts";
import { faultTable } from "../trust/fault-table.ts";
import { oneActionWorlds } from "../trust/one-action-worlds.ts";
import { planBack, tornDown } from "../way-back.ts";
import { wrongAsPrinted } from "./published.ts";

const standing = shippedWorlds.filter((world) => {
  const { vaults, backupVaults = [] } = loadWorld(world);
  return vaults.length + backupVaults.length > 0;
});
const everywhere = standing.flatMap((world) => strategies.map((strategy) => [world, strategy] as const));

function expectRunAsPublished(plan: Plan, events: readonly RecordedEvent[]): void {
  expect(wrongAsPrinted("plan", plan)).toBe("");
  for (const event of events) expect(wrongAsPrinted("event", event), event.type).toBe("");
  // As it stood after every event: a run that was killed ends anywhere.
  const steps = Math.max(1, Math.floor(events.length / 20));
  for (let count = 0; count <= events.length; count += steps)
    expect(wrongAsPrinted("run", runDocument("r", plan, events.slice(0, count)))).toBe("");
  expect(wrongAsPrinted("run", runDocument("r", plan, events))).toBe("");
}

describe("a plan and its run are as published", () => {
  it.each(everywhere)("in %s, %s", async (world, strategy) => {
    const rehearsal = rehearse(world);
    expect(wrongAsPrinted("plan", await rehearsal.plan({ strategy }))).toBe("");
    const plan = await rehearsal.plan({ strategy, consents, keepPrivateEndpoints: true }, true);
    const { events } = await rehearsal.run(plan);
    expectRunAsPublished(plan, events);
  });

  it.each(["classic", "recorded-virtual-machine", "backup-vault", "locked"])("on the way back of %s", async (world) => {
    const done = await tornDown(world, { consents });
    const plan = await planBack(done.rehearsal, done.plan, done.events);
    const { events } = await done.rehearsal.run(plan);
    expectRunAsPublished(plan, events);
  });
});

describe("a run that meets a fault is as published, however it ends:", () => {
  const { world, options } = oneActionWorlds["delete-item"];
  const ends = new Set<number>();

  it.each(faultTable)("$fault", async ({ hits }) => {
    const faulty = hits(oneActionWorlds["delete-item"]);
    if (faulty === undefined) throw new Error("a fault that cannot hit a deletion");
    const content = { ...world, ...faulty.world, faults: faulty.faults ?? [] };
    const rehearsal = rehearse(parseWorld(JSON.stringify(content), "faulty"), faulty.around);
    const plan = await rehearse(world).plan(options);
    const { events, result } = await rehearsal.run(plan);
    expectRunAsPublished(plan, events);
    ends.add(result.exitCode);
  });

  afterAll(() => expect([...ends].toSorted((one, other) => one - other)).toEqual([0, 1, 3, 4, 5]));
});

describe("what a command prints is as published:", () => {
  const asJson = (text: string): unknown => JSON.parse(text);

  it("a plan, and events one a line", async () => {
    const on = ["--emulator", "always-on", "--speed", "100000"];
    const plan = await commandLineHere(["plan", ...on, "--format", "json"]);
    expect(wrongAsPrinted("plan", asJson(plan.stdout))).toBe("");
    const run = await commandLineHere(["apply", ...on, "--confirm", "rsv-alwayson-frc", "--format", "ndjson"]);
    const lines = run.stdout.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(wrongAsPrinted("event", asJson(line)), line).toBe("");
  });

  it("the answer that there is nothing to do, that a person must act, and that a vault has changed", async () => {
    const nothing = await commandLineHere(["plan", "--emulator", "recorded-deleted-vault", "--format", "json"]);
    expect(wrongAsPrinted("answer", asJson(nothing.stdout))).toBe("");
    const { id, ...rest } = await rehearse("small").plan();
    const other = sealPlan({ ...rest, inventory: rest.inventory.slice(1) });
    const drift = driftFrom(other, rest.inventory);
    expect(drift).toHaveLength(1);
    expect(wrongAsPrinted("answer", { formatVersion: 1, exitCode: 6, reason: "r", plan: id, differences: drift })).toBe(
      "",
    );
    const blocked = await commandLineHere(["apply", "--emulator", "immutable-locked", "--format", "json"]);
    expect(blocked.code).toBe(3);
    expect(asJson(blocked.stdout)).toHaveProperty("blockers");
    expect(wrongAsPrinted("answer", asJson(blocked.stdout))).toBe("");
  });

  it("an explanation, what nothing is known of, and all that can be explained", async () => {
    for (const words of ["ScopeLocked", "(BMSUserErrorNobodyKnows) no; correlation id 1", "qwertz"]) {
      const one = await commandLineHere(["explain", words, "--format", "json"]);
      expect(wrongAsPrinted("explanation", asJson(one.stdout))).toBe("");
    }
    const all = await commandLineHere(["explain", "--list", "--format", "json"]);
    expect(wrongAsPrinted("explanations", asJson(all.stdout))).toBe("");
  });

  it.each(["kitchen-sink", "guarded", "backup-vault"])("the commands of the steps of %s", async (world) => {
    const vault = world === "backup-vault" ? ["--vault", "bv-secure-weu"] : [];
    const shown = ["plan", "--emulator", world, ...vault, "--show-commands", "--format", "json"];
    expect(wrongAsPrinted("commands", asJson((await commandLineHere(shown)).stdout))).toBe("");
  });

  it("deleted vaults, what is deleted in one that stands, and where an emulator listens", async () => {
    const vaults = await commandLineHere(["deleted", "--emulator", "recorded-deleted-vault", "--format", "json"]);
    expect(asJson(vaults.stdout)).toMatchObject({ vaults: [{}] });
    expect(wrongAsPrinted("deleted-vaults", asJson(vaults.stdout))).toBe("");
    for (const world of ["recorded-soft-deletion", "backup-vault"]) {
      const { vaults: known, backupVaults = [] } = rehearse(world).emulator.world();
      const { id } = [...known, ...backupVaults][0]!;
      const contents = await commandLineHere(["deleted", "--emulator", world, "--vault", id, "--format", "json"]);
      expect(wrongAsPrinted("deleted-contents", asJson(contents.stdout))).toBe("");
    }
    const { first, end } = await emulatorProcess(["small", "--port", "0"]);
    await end("SIGTERM");
    expect(wrongAsPrinted("emulator", first)).toBe("");
  });
});
