// What counts as a confirmation: the vault's name in any case, or the plan's id exactly; nothing that only resembles them.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import { confirms } from "../../src/safety/confirmation.ts";
import { vaultPath } from "../dependencies/arm-answers.ts";

const plan = {
  id: "033f0c40b770fcfdedfcb5e6b5ea89cd",
  vault: { id: armId(vaultPath), name: "Rsv-Test", kind: "recovery-services", location: "westeurope", cloud: "public" },
} as const;

describe("a confirmation", () => {
  it.each(["Rsv-Test", "rsv-test", "RSV-TEST", plan.id])("is given by %s", (given) => {
    expect(confirms(plan, given)).toBe(true);
  });

  it.each([
    "",
    "yes",
    "y",
    "rsv-tes",
    "rsv-test2",
    " rsv-test",
    "rsv-test ",
    "rsv",
    plan.id.toUpperCase(),
    plan.id.slice(0, 12),
    `${plan.id}0`,
    vaultPath,
  ])("is not given by %j", (given) => {
    expect(confirms(plan, given)).toBe(false);
  });

  it("is given by nothing else", () => {
    fc.assert(
      fc.property(fc.string(), (given) => {
        const meant = given === plan.id || given.toLowerCase() === "rsv-test";
        expect(confirms(plan, given)).toBe(meant);
      }),
    );
  });
});
