// One of everything, end to end: without consents every blocker at once, with them gone in both strategies.

import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import type { Consent } from "../../src/model/step.ts";
import { rehearse } from "../rehearsal.ts";

const consents: readonly Consent[] = ["disable-immutability", "remove-locks", "cancel-jobs"];

async function tornDown(strategy: Plan["strategy"]) {
  const rehearsal = rehearse("kitchen-sink");
  const plan = await rehearsal.plan({ strategy, consents });
  return { rehearsal, plan, ...(await rehearsal.run(plan)) };
}

describe("the kitchen sink", async () => {
  const torn = { soft: await tornDown("soft"), purge: await tornDown("purge") };

  it.each(["soft", "purge"] as const)("goes with the needed consents, every step verified: %s", (strategy) => {
    const { rehearsal, plan, result, events } = torn[strategy];
    expect(plan.blockers).toEqual([]);
    expect(events.filter((event) => event.type === "step-failed")).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(result.counts).toEqual({ verified: plan.steps.length, failed: 0, skipped: 0, open: 0 });
    expect(rehearsal.emulator.world().vaults).toEqual([]);
    expect(rehearsal.emulator.world().privateEndpoints).toEqual([]);
  });

  it("ends recoverable in soft and gone for good in purge", () => {
    const ends = [torn.soft, torn.purge].map(({ result, rehearsal }) => [
      result.outcome?.kind,
      rehearsal.emulator.world().deletedVaults.length,
    ]);
    expect(ends).toEqual([
      ["soft-deleted", 1],
      ["purged", 0],
    ]);
  });

  it("cancels the job that can be cancelled and waits for the other", () => {
    const cancels = torn.soft.rehearsal.writes().filter((write) => /\/backupJobs\/.*\/cancel$/.test(write));
    expect(cancels).toHaveLength(1);
    expect(cancels[0]).toContain("770cc560-05c0-4d6f-a28f-6adb1b62e065");
  });

  it("waits for both without the consent, and cancels none", async () => {
    const rehearsal = rehearse("kitchen-sink");
    const { result } = await rehearsal.run(
      await rehearsal.plan({ consents: ["disable-immutability", "remove-locks"] }),
    );
    expect(result.exitCode).toBe(0);
    expect(rehearsal.writes().filter((write) => write.endsWith("/cancel"))).toEqual([]);
  });

  it("unregisters its servers after hybrid security is off in purge, and with it on in soft", () => {
    const { plan, rehearsal: purge } = torn.purge;
    const { rehearsal: soft } = torn.soft;
    const servers = (writes: readonly string[]) => writes.filter((write) => write.includes("/registeredIdentities/"));
    expect(servers(soft.writes())).toHaveLength(3);
    expect(servers(purge.writes())).toHaveLength(3);
    const hybrid = plan.steps.find((step) => step.action === "disable-hybrid-security");
    const after = plan.steps.filter((step) => step.after.includes(hybrid?.id ?? "none"));
    const held = after.filter((step) => step.action !== "restore-lock");
    expect(held.map((step) => step.action)).toEqual(Array(3).fill("unregister-server"));
  });

  it("unregisters the machines of its availability group after the group's databases", () => {
    const { plan } = torn.soft;
    const database = plan.steps.find((step) => step.action === "delete-item" && step.name === "Sales");
    const waiting = plan.steps.filter(
      (step) => step.action === "unregister-container" && step.after.includes(database?.id ?? "none"),
    );
    expect(waiting.map((step) => step.name)).toEqual(["vm-sqlag-01", "vm-sqlag-02"]);
  });
});
