// A run that is continued takes away no endpoint and no lock that the vault does not lead to today, whatever its plan claims.

import { describe, expect, it } from "vitest";
import { driftOfRun } from "../../src/cli/drift-of-run.ts";
import { replay } from "../../src/execution/replay.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { Resource } from "../../src/model/resource.ts";
import { rehearse } from "../rehearsal.ts";

const plan = await rehearse("locked").plan({ consents: ["remove-locks"] });
const stepOf = (action: string, end: string) =>
  plan.steps.find((step) => step.action === action && step.target.endsWith(end))!;
const connection = stepOf("delete-private-endpoint-connection", "");
const endpoint = stepOf("delete-private-endpoint", "");
const lock = stepOf("remove-lock", "/hub-network");

function drift(gone: (resource: Resource) => boolean, ...steps: readonly { readonly id: string }[]): readonly string[] {
  const events: readonly RunEvent[] = steps.map(({ id }) => ({ type: "step-intended", step: id }));
  const now = plan.inventory.filter((resource) => !gone(resource));
  return driftOfRun(plan, replay(plan.steps, events), now).map(({ change, name }) => `${change} ${name}`);
}

describe("what the vault no longer leads to", () => {
  it("is drift while the run has not begun to take it away", () => {
    expect(drift(({ id }) => id === lock.target)).toEqual(["gone hub-network"]);
    expect(drift(({ id }) => id === endpoint.target || id === connection.target)).toEqual([`gone ${endpoint.name}`]);
  });

  it("is none where the run itself took it, or the connection that led to it", () => {
    expect(drift(({ id }) => id === lock.target, lock)).toEqual([]);
    expect(drift(({ id }) => id === endpoint.target || id === connection.target, connection)).toEqual([]);
    expect(drift(({ id }) => id === endpoint.target, endpoint)).toEqual([]);
    expect(drift(({ id }) => id === lock.target, connection)).toEqual([]);
  });

  it("is none of anything in the vault: what is gone there needs no step", () => {
    expect(drift(({ kind }) => kind === "protected-item")).toEqual([]);
  });
});
