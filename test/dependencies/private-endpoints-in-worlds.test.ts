// Private endpoints in plans and runs of whole vaults: those Backup made, those nobody sees, and those that lead elsewhere too.

import { describe, expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { consents } from "../../src/model/step.ts";
import { renderPlan } from "../../src/planning/plan-document.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { rehearse } from "../rehearsal.ts";
import { vaultPath } from "./arm-answers.ts";

const otherVault = vaultPath.replace("rsv-test", "rsv-other");

describe("endpoints that Backup made beside one", () => {
  it("of world kitchen-sink are deleted after it, and a saved plan says so again", async () => {
    const rehearsal = rehearse("kitchen-sink");
    const plan = await rehearsal.plan({ consents });
    const helpers = plan.steps.filter((step) => step.name.includes("_ecs"));
    const owner = plan.steps.find((step) => step.name === "pe-rsv-everything-neu");
    expect(helpers).toHaveLength(2);
    expect(helpers.every((step) => step.after.includes(owner?.id ?? "none"))).toBe(true);
    expect(openPlan(renderPlan(plan), "a test")).toEqual(plan);
    expect((await rehearsal.run(plan)).result.exitCode).toBe(0);
    expect(rehearsal.emulator.world().privateEndpoints).toEqual([]);
  });
});

describe("an endpoint of world kitchen-sink", () => {
  const hub = "00000000-0000-0000-0000-000000000001";

  it("in a subscription that its reader cannot see blocks, names whose it is, and stops nothing when kept", async () => {
    const rehearsal = rehearse("kitchen-sink", {
      between: (handle) => async (request) =>
        request.url.includes(`/subscriptions/${hub}/`)
          ? Response.json({ error: { code: "SubscriptionNotFound", message: "not found" } }, { status: 404 })
          : handle(request),
    });
    const plan = await rehearsal.plan();
    expect(plan.blockers.filter(({ code }) => code === "private-endpoint-unreadable")).toMatchObject([
      { subject: expect.stringContaining("pe-rsv-everything-hub"), who: `an owner of subscription ${hub}` },
    ]);
    const kept = await rehearsal.plan({ keepPrivateEndpoints: true });
    expect(kept.blockers.filter(({ code }) => code === "private-endpoint-unreadable")).toEqual([]);
    expect(openPlan(renderPlan(plan), "a test")).toEqual(plan);
  });

  it("that leads to another vault too stands when this one is gone", async () => {
    const world = loadWorld("kitchen-sink");
    const privateEndpoints = world.privateEndpoints.map((each) =>
      each.id.endsWith("-hub")
        ? {
            ...each,
            properties: {
              ...each.properties,
              privateLinkServiceConnections: [{ name: "two", properties: { privateLinkServiceId: otherVault } }],
            },
          }
        : each,
    );
    const rehearsal = rehearse({ ...world, privateEndpoints });
    const { result } = await rehearsal.run(await rehearsal.plan({ consents }));
    expect(result.exitCode).toBe(0);
    expect(rehearsal.emulator.world().privateEndpoints.map(({ id }) => id.split("/").at(-1))).toEqual([
      "pe-rsv-everything-hub",
    ]);
  });
});
