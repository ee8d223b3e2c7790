// The soft strategy, end to end on emulated vaults: what is written, in which order, and what is true at the end.

import { describe, expect, it } from "vitest";
import { rehearse } from "../rehearsal.ts";

describe("a soft teardown of a secure-by-default vault", () => {
  it("ends with the vault soft-deleted and every step verified", async () => {
    const rehearsal = rehearse("small");
    const plan = await rehearsal.plan();
    const { result } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(0);
    expect(result.counts).toEqual({ verified: plan.steps.length, failed: 0, skipped: 0, open: 0 });
    expect(result.outcome?.kind).toBe("soft-deleted");
    expect(rehearsal.emulator.world().vaults).toEqual([]);
  });

  it("names the purge date that Azure names", async () => {
    const rehearsal = rehearse("secure-by-default");
    const { result } = await rehearsal.run(await rehearsal.plan());
    const [deleted] = rehearsal.emulator.world().deletedVaults;
    const purgeAt = deleted?.properties["purgeAt"];
    expect(Date.parse(result.outcome?.until ?? "")).toBe(Date.parse(typeof purgeAt === "string" ? purgeAt : ""));
    expect(result.outcome?.evidence.join(" ")).toContain("404");
  });

  it("writes exactly what the plan names, each once", async () => {
    const rehearsal = rehearse("small");
    const plan = await rehearsal.plan();
    await rehearsal.run(plan);
    expect(rehearsal.writes()).toHaveLength(plan.steps.filter((step) => step.request !== undefined).length);
    expect(new Set(rehearsal.writes()).size).toBe(rehearsal.writes().length);
  });

  it("turns auto-protection off before any database goes, so that none comes back", async () => {
    const rehearsal = rehearse("small");
    await rehearsal.run(await rehearsal.plan());
    const writes = rehearsal.writes();
    const intent = writes.findIndex((write) => write.includes("/backupProtectionIntent/"));
    const database = writes.findIndex((write) => write.toLowerCase().includes("sqldatabase;"));
    expect(intent).toBeGreaterThanOrEqual(0);
    expect(database).toBeGreaterThan(intent);
  });

  it("leaves already soft-deleted items alone: they go with the vault", async () => {
    const rehearsal = rehearse("secure-by-default");
    await rehearsal.run(await rehearsal.plan());
    expect(rehearsal.writes().filter((write) => write.includes("/protectedItems/"))).toHaveLength(1);
    expect(rehearsal.writes().some((write) => write.startsWith("PUT"))).toBe(false);
  });

  it("takes down everything in the kitchen sink, waiting for the job that runs in it", async () => {
    const rehearsal = rehearse("kitchen-sink");
    const plan = await rehearsal.plan({ consents: ["disable-immutability", "remove-locks"] });
    expect(plan.blockers).toEqual([]);
    const { result, events } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(0);
    expect(events.find((event) => event.type === "step-verified" && event.step === "settle-job-1")).toBeDefined();
    expect(rehearsal.emulator.world().privateEndpoints).toEqual([]);
    expect(rehearsal.emulator.world().locks?.map((lock) => lock.id)).toEqual([
      expect.stringContaining("/resourceGroups/rg-backup-neu/providers/Microsoft.Authorization/locks/"),
    ]);
  });

  it("keeps the private endpoints it was asked to keep", async () => {
    const rehearsal = rehearse("small");
    const { result } = await rehearsal.run(await rehearsal.plan({ keepPrivateEndpoints: true }));
    expect(result.exitCode).toBe(0);
    expect(rehearsal.emulator.world().privateEndpoints).toHaveLength(1);
  });
});

describe("a soft teardown of a vault in the classic regime", () => {
  it("waits for the soft-deleted items when Azure refuses the vault, and says until when", async () => {
    const rehearsal = rehearse("classic");
    const { result, events } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(4);
    expect(result.resumable).toBe(true);
    const failed = events.find((event) => event.type === "step-failed");
    expect(failed).toMatchObject({ step: "delete-vault-1", disposition: "waiting" });
    const purges = (await rehearsal.reader().protectedItems()).map((item) =>
      Date.parse(String(item.properties["deferredDeleteTimeInUTC"])),
    );
    expect(Date.parse(result.resumeAfter ?? "")).toBe(Math.max(...purges) + 14 * 86_400_000);
  });

  it("ends the same run when the date has passed", async () => {
    const rehearsal = rehearse("classic");
    const plan = await rehearsal.plan();
    const first = await rehearsal.run(plan);
    await rehearsal.clock.sleep(15 * 86_400_000);
    const second = await rehearsal.run(plan, { past: first.events });
    expect(second.result.exitCode).toBe(0);
    expect(rehearsal.emulator.world().vaults).toEqual([]);
  });
});
