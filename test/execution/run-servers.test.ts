// Servers, propagation, refused cancels and expired immutability, end to end.

import { describe, expect, it } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { rehearse, type Handle } from "../rehearsal.ts";

const consents = ["disable-immutability", "remove-locks", "cancel-jobs"] as const;

/** The kitchen sink as a vault of the classic regime, with nothing in it but servers from outside Azure. */
function classicWithServers(): World {
  const world = loadWorld("kitchen-sink");
  const [vault] = world.vaults;
  const ofServer = ({ properties }: { readonly properties: object }): boolean =>
    /"(MAB|DPM|AzureBackupServer)"/.test(JSON.stringify(properties));
  const { privateEndpointConnections: _, securitySettings, ...properties } = vault!.properties;
  const { softDeleteSettings } = securitySettings as { readonly softDeleteSettings: object };
  const { replication: _replication, ...backup } = vault!;
  return {
    ...world,
    privateEndpoints: [],
    locks: [],
    vaults: [
      {
        ...backup,
        regime: "classic",
        properties: {
          ...properties,
          securitySettings: { softDeleteSettings },
        } as World["vaults"][number]["properties"],
        protectionContainers: vault!.protectionContainers.filter(ofServer),
        protectedItems: vault!.protectedItems.filter(ofServer),
        protectionIntents: [],
        backupJobs: [],
      },
    ],
  };
}

describe("servers in a vault of the classic regime", () => {
  it("stop a soft run, which says how to delete their data on the console", async () => {
    const rehearsal = rehearse(classicWithServers());
    const plan = await rehearsal.plan();
    expect(plan.blockers).toEqual([]);
    expect(plan.warnings.join()).toContain("hybrid security is Enabled");
    const { result, events } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(3);
    const failures = events.flatMap((event) => (event.type === "step-failed" ? [event] : []));
    expect(failures).toHaveLength(3);
    for (const failure of failures) {
      expect(failure).toMatchObject({ disposition: "blocked" });
      expect(failure.remedy).toContain("PIN");
    }
  });

  it("go in a purge, once hybrid security is off", async () => {
    const rehearsal = rehearse(classicWithServers());
    const { result } = await rehearsal.run(await rehearsal.plan({ strategy: "purge" }));
    expect(result.exitCode).toBe(0);
    expect(result.outcome?.kind).toBe("purged");
    const writes = rehearsal.writes().map((write) => write.replace(/.*\/vaults\/[^/]+/, ""));
    expect(writes.slice(0, 2)).toEqual(["", ""]);
    expect(writes.slice(2, 5).every((write) => write.startsWith("/registeredIdentities/"))).toBe(true);
  });
});

describe("a deletion that has not reached every list", () => {
  const unregistered = (writes: readonly string[]) =>
    writes.filter((write) => /protectionContainers\/VMApp[^/]*$/i.test(write));

  it("is given time before the container goes, so that nothing is refused", async () => {
    const rehearsal = rehearse("small");
    const { result, events } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(0);
    expect(events.filter((event) => event.type === "step-retried")).toEqual([]);
    expect(unregistered(rehearsal.writes())).toHaveLength(1);
  });

  it("is waited for before the container goes", async () => {
    const rehearsal = rehearse({ ...loadWorld("small"), latencies: { propagation: 60 } });
    const { result, events } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(0);
    const retried = events.flatMap((event) => (event.type === "step-retried" ? [event.because] : []));
    expect(retried.every((because) => because.startsWith("BMSUserErrorContainerHasDatasources"))).toBe(true);
    expect(unregistered(rehearsal.writes())).toHaveLength(retried.length + 1);
  });
});

describe("a cancel that Azure refuses", () => {
  const refusing =
    (status: number) =>
    (handle: Handle): Handle =>
    (request) =>
      /\/backupJobs\/.*\/cancel\?/.test(request.url)
        ? Promise.resolve(
            Response.json({ error: { code: "BMSUserErrorCannotCancel", message: "copying" } }, { status }),
          )
        : handle(request);

  it.each([400, 404, 409])("with %i leaves the job to be waited for", async (status) => {
    const rehearsal = rehearse("kitchen-sink", { between: refusing(status) });
    const { result, events } = await rehearsal.run(await rehearsal.plan({ consents }));
    expect(result.exitCode).toBe(0);
    const told = events.flatMap((event) => (event.type === "step-retried" ? [event.because] : []));
    expect(told.filter((because) => because.includes("the job is waited for instead"))).toHaveLength(1);
    expect(rehearsal.emulator.world().vaults).toEqual([]);
  });

  it("for want of the right to is a failure, not a wait", async () => {
    const rehearsal = rehearse("kitchen-sink", {
      between: (handle) => (request) =>
        /\/backupJobs\/.*\/cancel\?/.test(request.url)
          ? Promise.resolve(Response.json({ error: { code: "AuthorizationFailed", message: "no" } }, { status: 403 }))
          : handle(request),
    });
    const { result, events } = await rehearsal.run(await rehearsal.plan({ consents }));
    expect(result.exitCode).toBe(3);
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({ code: "AuthorizationFailed" });
  });
});

describe("a locked vault", () => {
  it("goes when the last of its recovery points has expired", async () => {
    const rehearsal = rehearse("immutable-locked");
    const until = (await rehearsal.plan()).expectedOutcome.until ?? "";
    await rehearsal.clock.sleep(Date.parse(until) - rehearsal.clock.now() + 1000);
    const plan = await rehearsal.plan();
    expect(plan.blockers).toEqual([]);
    const { result } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(0);
  });
});
