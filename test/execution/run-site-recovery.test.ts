// Site Recovery, end to end on emulated vaults: what blocks, what is written in which order, and that nothing is left unseen.

import { describe, expect, it } from "vitest";
import { standingInTheWay } from "../../src/cli/make-plan.ts";
import { discover } from "../../src/discovery/discover.ts";
import type { World, WorldVault } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Consent } from "../../src/model/step.ts";
import { renderPlan } from "../../src/planning/plan-document.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { rehearse } from "../rehearsal.ts";
import { killedAfter } from "./killed-run.ts";

const allowed: readonly Consent[] = ["failed-over-items", "orphan-replication"];
type Replication = NonNullable<WorldVault["replication"]>;

function changed(world: World, change: (replication: Replication) => Replication): World {
  return {
    ...world,
    vaults: world.vaults.map((vault) => ({ ...vault, replication: change(vault.replication ?? {}) })),
  };
}

/** The world after someone did what the blocker asks for. */
const withoutAppliance: World = changed(loadWorld("failed-over"), (replication) => ({
  ...replication,
  appliances: [],
  fabrics: (replication.fabrics ?? []).map((fabric) => {
    const { customDetails } = fabric.properties;
    const isModernized = JSON.stringify(customDetails).includes("InMageRcm");
    return isModernized
      ? { ...fabric, properties: { ...fabric.properties, customDetails: { instanceType: "InMageRcm" } } }
      : fabric;
  }),
}));

const codes = (blockers: readonly { readonly code: string }[]): readonly string[] =>
  [...new Set(blockers.map(({ code }) => code))].toSorted();

/** Where a write stands among all, by its method and a part of its path; -1 where there is none. */
const at = (writes: readonly string[], method: string, part: string): number =>
  writes.findIndex((write) => write.startsWith(`${method} `) && write.includes(part));
const lastAt = (writes: readonly string[], method: string, part: string): number =>
  writes.findLastIndex((write) => write.startsWith(`${method} `) && write.includes(part));

describe("a vault whose machines were failed over", () => {
  it("is blocked with every reason at once, and each names its way out and whose move it is", async () => {
    const plan = await rehearse("failed-over").plan();
    expect(plan.expectedOutcome.kind).toBe("blocked");
    expect(codes(plan.blockers)).toEqual([
      "appliance-registered",
      "replication-failed-over",
      "replication-source-unreachable",
    ]);
    expect(plan.blockers.every(({ fix, who }) => fix !== "" && who !== "")).toBe(true);
    const failedOver = plan.blockers.filter(({ code }) => code === "replication-failed-over");
    expect(new Set(failedOver.map(({ reason }) => reason.split(" ")[0]))).toEqual(new Set(["vm-app-01", "vm-db-01"]));
    expect(failedOver.every(({ reason }) => reason.includes("rg-app-neu") && reason.includes("rg-app-weu"))).toBe(true);
  });

  it("with the consents is held by nothing but the appliance", async () => {
    const plan = await rehearse("failed-over").plan({ consents: allowed });
    expect(codes(plan.blockers)).toEqual(["appliance-registered"]);
  });

  it("follows from its own inventory when it is saved", async () => {
    const plan = await rehearse(withoutAppliance).plan({ consents: allowed });
    expect(openPlan(renderPlan(plan), "saved").id).toBe(plan.id);
  });

  it("without the appliance is taken down to the end", async () => {
    const rehearsal = rehearse(withoutAppliance);
    const plan = await rehearsal.plan({ consents: allowed });
    expect(plan.blockers).toEqual([]);
    const { result } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(0);
    expect(result.counts).toEqual({ verified: plan.steps.length, failed: 0, skipped: 0, open: 0 });
    expect(rehearsal.emulator.world().vaults).toEqual([]);
  });

  it("tells every source that can be told, and forgets only the one that cannot", async () => {
    const rehearsal = rehearse(withoutAppliance);
    await rehearsal.run(await rehearsal.plan({ consents: allowed }));
    const items = rehearsal.writes().filter((write) => /replicationProtectedItems\/[^/]+(\/remove)?$/.test(write));
    const forgotten = items.filter((write) => write.startsWith("DELETE"));
    expect(items).toHaveLength(6);
    expect(forgotten).toHaveLength(1);
    expect(forgotten[0]).toContain("site-branch-office");
  });

  it("goes in the order in which things hold each other", async () => {
    const rehearsal = rehearse(withoutAppliance);
    await rehearsal.run(await rehearsal.plan({ consents: allowed }));
    const writes = rehearsal.writes();
    const inAzure = "/replicationFabrics/asr-a2a-default-westeurope";
    const steps = [
      at(writes, "POST", "/testFailoverCleanup"),
      at(writes, "DELETE", "/replicationRecoveryPlans/"),
      writes.findIndex((write) => /replicationProtectedItems\/[^/]+\/remove$/.test(write)),
      lastAt(writes, "POST", "asr-a2a-default-westeurope-container/replicationProtectedItems/"),
      at(writes, "POST", "/replicationProtectionContainerMappings/westeurope-northeurope"),
      at(writes, "POST", `${inAzure}/replicationProtectionContainers/asr-a2a-default-westeurope-container/remove`),
      at(writes, "POST", `${inAzure}/remove`),
    ];
    expect(steps).not.toContain(-1);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it("says what stays on the sources and outside the vault", async () => {
    const plan = await rehearse(withoutAppliance).plan({ consents: allowed });
    const said = plan.remains.map(({ what }) => what).join("; ");
    for (const words of ["cache storage account", "replica disk", "was not told", "mobility agent"])
      expect(said).toContain(words);
  });
});

describe("a run that is cut", () => {
  it("ends the same wherever it was cut, also where usage has come to read zero", async () => {
    const uncut = rehearse(withoutAppliance);
    const plan = await uncut.plan({ consents: allowed });
    const { events } = await uncut.run(plan);
    for (let survives = 2; survives < events.length; survives += 11) {
      const rehearsal = rehearse(withoutAppliance);
      const past = await killedAfter(rehearsal, plan, survives);
      const { result } = await rehearsal.run(plan, { past });
      expect(result.exitCode, `cut after event ${survives}`).toBe(0);
      expect(rehearsal.emulator.world().vaults).toEqual([]);
    }
  });
});

describe("what others did meanwhile", () => {
  it("counts as done: an item that is gone is not an error", async () => {
    const rehearsal = rehearse(withoutAppliance);
    const plan = await rehearsal.plan({ consents: allowed });
    const step = plan.steps.find(({ name, action }) => name === "vm-web-01" && action === "disable-replication");
    const planned = plan.steps.find(({ action }) => action === "delete-recovery-plan");
    for (const request of [planned?.request, step?.request]) {
      if (request !== undefined) await rehearsal.writer().send(request);
      await rehearsal.clock.sleep(600_000);
    }
    const { result } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(0);
  });

  it("is seen by the recheck: a fabric that came while everything counts nothing", async () => {
    const full = await rehearse(withoutAppliance).plan({ consents: allowed });
    const rest = rehearse(
      changed(withoutAppliance, ({ fabrics = [] }) => ({
        fabrics: fabrics.filter(({ path }) => path.includes("west")),
      })),
    );
    const standing = await standingInTheWay(full, rest.reader(), rest.clock);
    expect(standing).toHaveLength(1);
    expect(standing[0]?.reason).toContain("would still need remove-fabric");
  });
});

describe("a vault without Site Recovery", () => {
  it("costs two requests to know", async () => {
    const rehearsal = rehearse("small");
    await discover(rehearsal.reader(), rehearsal.clock);
    const asked = rehearsal.emulator
      .requests()
      .map(({ url }) => new URL(url).pathname.split("/").at(-1) ?? "")
      .filter((list) => list.startsWith("replication"));
    expect(asked.toSorted()).toEqual(["replicationFabrics", "replicationUsages"]);
  });
});

describe("a replication job in flight", () => {
  const item = loadWorld("failed-over").vaults[0]?.replication?.protectedItems?.[0]?.path ?? "";
  const withJob = (more: object): World =>
    changed(withoutAppliance, (replication) => ({
      ...replication,
      jobs: [
        {
          path: "replicationJobs/0a6c5e1f-6a4f-4c5c-9c0c-0d5a1b2c3d4e",
          about: item,
          completesAt: "now+30m",
          properties: { scenarioName: "UpdateNetwork", state: "InProgress", allowedActions: ["Cancel"], ...more },
        },
      ],
    }));

  it("is waited for", async () => {
    const rehearsal = rehearse(withJob({}));
    const { result } = await rehearsal.run(await rehearsal.plan({ consents: allowed }));
    expect(result.exitCode).toBe(0);
    expect(at(rehearsal.writes(), "POST", "/cancel")).toBe(-1);
  });

  it("is cancelled where that is allowed, before anything it works on is changed", async () => {
    const rehearsal = rehearse(withJob({}));
    const { result } = await rehearsal.run(await rehearsal.plan({ consents: [...allowed, "cancel-jobs"] }));
    expect(result.exitCode).toBe(0);
    const writes = rehearsal.writes();
    expect(at(writes, "POST", "/cancel")).toBeGreaterThanOrEqual(0);
    expect(at(writes, "POST", `${item}/remove`)).toBeGreaterThan(at(writes, "POST", "/cancel"));
  });
});
