// The purge strategy: soft delete off, undelete, delete again, vault gone for good; and what stops it before any data is touched.

import { describe, expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { rehearse } from "../rehearsal.ts";

describe("a purge of a vault whose soft delete can be turned off", () => {
  it("leaves nothing behind, not even a soft-deleted vault", async () => {
    const rehearsal = rehearse("classic");
    const plan = await rehearsal.plan({ strategy: "purge" });
    const { result } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(0);
    expect(result.outcome?.kind).toBe("purged");
    expect(rehearsal.emulator.world().vaults).toEqual([]);
    expect(rehearsal.emulator.world().deletedVaults).toEqual([]);
  });

  it("turns soft delete off first, then undeletes, then deletes", async () => {
    const rehearsal = rehearse("classic");
    await rehearsal.run(await rehearsal.plan({ strategy: "purge" }));
    const writes = rehearsal.writes();
    const off = writes.findIndex((write) => write.startsWith("PATCH"));
    const undelete = writes.findIndex((write) => write.startsWith("PUT"));
    const firstDelete = writes.findIndex((write) => write.startsWith("DELETE") && write.includes("/protectedItems/"));
    expect(off).toBe(0);
    expect(undelete).toBeGreaterThan(off);
    expect(firstDelete).toBeGreaterThan(off);
    for (const put of writes.filter((write) => write.startsWith("PUT")))
      expect(writes.indexOf(put.replace("PUT", "DELETE"))).toBeGreaterThan(writes.indexOf(put));
  });

  it("uses only api-versions below the secure-by-default ones for its writes", async () => {
    const rehearsal = rehearse("classic");
    await rehearsal.run(await rehearsal.plan({ strategy: "purge" }));
    const versions = rehearsal.emulator
      .requests()
      .filter((request) => request.method !== "GET")
      .map((request) => new URL(request.url).searchParams.get("api-version") ?? "");
    for (const version of versions) expect(version < "2024-09-30").toBe(true);
  });
});

describe("a purge that cannot be", () => {
  it("is blocked in the plan when soft delete is AlwaysON, with nothing written", async () => {
    const rehearsal = rehearse("always-on");
    const plan = await rehearsal.plan({ strategy: "purge" });
    expect(plan.blockers.map((blocker) => blocker.code)).toContain("soft-delete-always-on");
    expect(plan.expectedOutcome.kind).toBe("blocked");
    expect(rehearsal.writes()).toEqual([]);
  });

  it("stops before any data is touched when Azure refuses to turn soft delete off, and says what soft would do", async () => {
    const rehearsal = rehearse(enforcedThoughItReadsEnabled());
    const plan = await rehearsal.plan({ strategy: "purge" });
    expect(plan.blockers).toEqual([]);
    const { result, events } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(3);
    const failed = events.find((event) => event.type === "step-failed");
    expect(failed).toMatchObject({ code: "BMSUserErrorDisablingSoftDeleteStateNotAllowed", disposition: "blocked" });
    expect(failed?.type === "step-failed" ? failed.remedy : "").toContain("--strategy soft");
    expect(rehearsal.writes().filter((write) => !write.startsWith("PATCH"))).toEqual([]);
  });
});

/** Secure by default shows itself only in the refusal: the setting alone proves nothing. */
function enforcedThoughItReadsEnabled(): ReturnType<typeof loadWorld> {
  const text = JSON.stringify(loadWorld("secure-by-default")).replaceAll(/"AlwaysON"/g, '"Enabled"');
  return JSON.parse(text) as ReturnType<typeof loadWorld>;
}
