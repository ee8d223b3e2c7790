// A plan that someone wrote something into, and hashed anew, is refused: its steps must follow from its inventory.

import { describe, expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Plan } from "../../src/model/plan.ts";
import { renderPlan, sealPlan } from "../../src/planning/plan-document.ts";
import type { Consent } from "../../src/model/step.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { rehearse } from "../rehearsal.ts";

const plan = await rehearse("small").plan();
const blocked = await rehearse("always-on").plan({ strategy: "purge" });
const world = loadWorld("small");
const everythingElse = { scope: "", actions: ["*"], notActions: ["Microsoft.RecoveryServices/Vaults/delete"] };
const forbidden = await rehearse({ ...world, access: [everythingElse] }).plan();
const guarded = await rehearse("guarded").plan();
const withRemains = await rehearse("kitchen-sink").plan();

/** The plan with a change of mind, sealed as if it had been made so. */
function forged(change: Partial<Plan>, of: Plan = plan): string {
  const { id: _, ...rest } = of;
  return renderPlan(sealPlan({ ...rest, ...change }));
}

const elsewhere = armId("/subscriptions/s/resourceGroups/rg-prod-everything");

describe("a forged plan", () => {
  it.each<[string, string]>([
    [
      "that deletes something else under a step's name",
      forged({
        steps: plan.steps.map((step) =>
          step.request?.write === "delete-private-endpoint"
            ? { ...step, request: { write: "delete-private-endpoint", endpoint: elsewhere } }
            : step,
        ),
      }),
    ],
    ["that leaves out a step", forged({ steps: plan.steps.filter((step) => step.action !== "delete-intent") })],
    ["that waits for nothing", forged({ steps: plan.steps.map((step) => ({ ...step, after: [] })) })],
    [
      "that calls an irreversible step harmless",
      forged({ steps: plan.steps.map((step) => ({ ...step, irreversible: false })) }),
    ],
    ["that promises another outcome", forged({ expectedOutcome: { kind: "absent" } })],
    ["that shows another region", forged({ vault: { ...plan.vault, location: "northeurope" } })],
    ["that hides its warnings", forged({ warnings: ["nothing of note"] })],
    ["that hides what remains", forged({ remains: [] }, withRemains)],
    ["that leaves out a blocker", forged({ blockers: [] }, blocked)],
    ["that leaves out a missing permission", forged({ blockers: [] }, forbidden)],
    [
      "that calls nothing missing",
      forged({ permissions: { ...forbidden.permissions, missing: [], byScope: [] } }, forbidden),
    ],
    [
      "that shows a role with more rights",
      forged({ permissions: { ...plan.permissions, role: { ...plan.permissions.role, Actions: ["*"] } } }),
    ],
    [
      "that hides a guard from its steps",
      forged({ steps: guarded.steps.map(({ guarded: _guarded, ...step }) => step) }, guarded),
    ],
    [
      "that writes with other api-versions",
      forged({ apiVersions: { ...plan.apiVersions, vaultWrites: "2016-06-01" } }),
    ],
    ["that shows another name for its vault", forged({ vault: { ...plan.vault, name: "rsv-test" } })],
    ["that deletes another vault", forged({ vault: { ...plan.vault, id: armId(`${plan.vault.id}-prod`) } })],
  ])("is refused: one %s", (_what, text) => {
    expect(() => openPlan(text, "plan.json")).toThrow(/do not follow from its inventory/);
  });
});

describe("a plan that was given a consent nobody knows", () => {
  it("is refused by the member that is wrong", () => {
    const text = forged({ consents: ["remove-everything" as Consent] });
    expect(() => openPlan(text, "plan.json")).toThrow(
      "plan.json is not a plan: consents.0 is not one of disable-immutability",
    );
  });
});

describe("a plan that was read with the caller's rights", () => {
  it.each([
    ["that suffice", plan],
    ["of which some are missing", forbidden],
    ["at a resource guard too", guarded],
  ])("is opened as it was saved: rights %s", (_what, saved) => {
    expect(saved.permissions.checked).toBe(true);
    expect(openPlan(renderPlan(saved), "plan.json")).toEqual(saved);
  });
});
