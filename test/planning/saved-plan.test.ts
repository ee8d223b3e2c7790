// A plan that someone wrote something into, and hashed anew, is refused: its steps must follow from its inventory.

import { describe, expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Plan } from "../../src/model/plan.ts";
import { renderPlan, sealPlan } from "../../src/planning/plan-document.ts";
import type { Consent } from "../../src/model/step.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { rehearse } from "../rehearsal.ts";
import { once } from "./made-once.ts";

const world = loadWorld("small");
const everythingElse = { scope: "", actions: ["*"], notActions: ["Microsoft.RecoveryServices/Vaults/delete"] };
const plans = {
  small: once(() => rehearse("small").plan()),
  blocked: once(() => rehearse("always-on").plan({ strategy: "purge" })),
  forbidden: once(() => rehearse({ ...world, access: [everythingElse] }).plan()),
  guarded: once(() => rehearse("guarded").plan()),
  "with remains": once(() => rehearse("kitchen-sink").plan()),
};

/** The plan with a change of mind, sealed as if it had been made so. */
function forged(plan: Plan, change: Partial<Plan>): string {
  const { id: _, ...rest } = plan;
  return renderPlan(sealPlan({ ...rest, ...change }));
}

const elsewhere = armId("/subscriptions/s/resourceGroups/rg-prod-everything");

type Forgery = readonly [title: string, of: keyof typeof plans, change: (plan: Plan) => Partial<Plan>];

const forgeries: readonly Forgery[] = [
  [
    "that deletes something else under a step's name",
    "small",
    ({ steps }) => ({
      steps: steps.map((step) =>
        step.request?.write === "delete-private-endpoint"
          ? { ...step, request: { write: "delete-private-endpoint", endpoint: elsewhere } }
          : step,
      ),
    }),
  ],
  ["that leaves out a step", "small", ({ steps }) => ({ steps: steps.filter((s) => s.action !== "delete-intent") })],
  ["that waits for nothing", "small", ({ steps }) => ({ steps: steps.map((step) => ({ ...step, after: [] })) })],
  [
    "that calls an irreversible step harmless",
    "small",
    ({ steps }) => ({ steps: steps.map((step) => ({ ...step, irreversible: false })) }),
  ],
  ["that promises another outcome", "small", () => ({ expectedOutcome: { kind: "absent" } })],
  ["that shows another region", "small", ({ vault }) => ({ vault: { ...vault, location: "northeurope" } })],
  ["that hides its warnings", "small", () => ({ warnings: ["nothing of note"] })],
  ["that hides what remains", "with remains", () => ({ remains: [] })],
  [
    "that hides what is lost for good",
    "small",
    ({ inventory }) => ({ inventory: inventory.map(({ loss: _loss, ...entry }) => entry) }),
  ],
  [
    "that says more can be brought back",
    "small",
    ({ inventory }) => ({
      inventory: inventory.map((entry) =>
        entry.loss === undefined ? entry : { ...entry, loss: { fate: "soft-deleted" } },
      ),
    }),
  ],
  ["that leaves out a blocker", "blocked", () => ({ blockers: [] })],
  ["that leaves out a missing permission", "forbidden", () => ({ blockers: [] })],
  [
    "that calls nothing missing",
    "forbidden",
    ({ permissions }) => ({ permissions: { ...permissions, missing: [], byScope: [] } }),
  ],
  [
    "that shows a role with more rights",
    "small",
    ({ permissions }) => ({ permissions: { ...permissions, role: { ...permissions.role, Actions: ["*"] } } }),
  ],
  [
    "that hides a guard from its steps",
    "guarded",
    ({ steps }) => ({ steps: steps.map(({ guarded: _guarded, ...step }) => step) }),
  ],
  [
    "that writes with other api-versions",
    "small",
    ({ apiVersions }) => ({ apiVersions: { ...apiVersions, vaultWrites: "2016-06-01" } }),
  ],
  ["that shows another name for its vault", "small", ({ vault }) => ({ vault: { ...vault, name: "rsv-test" } })],
  ["that deletes another vault", "small", ({ vault }) => ({ vault: { ...vault, id: armId(`${vault.id}-prod`) } })],
];

describe("a forged plan", () => {
  it.each(forgeries)("is refused: one %s", async (_what, of, change) => {
    const plan = await plans[of]();
    expect(() => openPlan(forged(plan, change(plan)), "plan.json")).toThrow(/do not follow from its inventory/);
  });
});

describe("a plan that was given a consent nobody knows", () => {
  it("is refused by the member that is wrong", async () => {
    const text = forged(await plans.small(), { consents: ["remove-everything" as Consent] });
    expect(() => openPlan(text, "plan.json")).toThrow(
      "plan.json is not a plan: consents.0 is not one of disable-immutability",
    );
  });
});

describe("a plan that was read with the caller's rights", () => {
  it.each<[string, keyof typeof plans]>([
    ["that suffice", "small"],
    ["of which some are missing", "forbidden"],
    ["at a resource guard too", "guarded"],
  ])("is opened as it was saved: rights %s", async (_what, of) => {
    const saved = await plans[of]();
    expect(saved.permissions.checked).toBe(true);
    expect(openPlan(renderPlan(saved), "plan.json")).toEqual(saved);
  });
});
