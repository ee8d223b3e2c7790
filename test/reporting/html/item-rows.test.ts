// The rows of the table: everything that stands in the vault and every step, each once.

import { expect, test } from "vitest";
import { itemRows } from "../../../src/reporting/html/item-rows.ts";
import { vmItem } from "../../dependencies/builders.ts";
import { deleteItem, planOf } from "../builders.ts";
import { planReport, runReport, troubledRun } from "./reports.ts";

test.each(["kitchen-sink", "backup-vault", "small"])(
  "each thing of %s has a row, and each step stands in one",
  async (world) => {
    const { plan } = await planReport(world);
    const rows = itemRows(plan);
    expect(rows.length).toBeGreaterThanOrEqual(plan.inventory.length);
    expect(rows.slice(0, plan.inventory.length).map(({ id }) => id)).toEqual(plan.inventory.map(({ id }) => id));
    const steps = rows.flatMap((row) => row.steps.map(({ id, place }) => [place, id] as const));
    expect(steps.toSorted(([one], [other]) => one - other).map(([, id]) => id)).toEqual(plan.steps.map(({ id }) => id));
  },
);

test("a row says what becomes of the data, why nothing is done, and what is done with which marks", () => {
  const item = vmItem("vm-1");
  const plan = planOf({
    inventory: [
      { ...item, loss: { fate: "destroyed", onlyCopy: true } },
      {
        ...vmItem("vm-2"),
        note: "goes with its server",
        loss: { fate: "soft-deleted", until: "2026-12-05T00:00:00Z" },
      },
    ],
    steps: [{ ...deleteItem("vm-1", 1), irreversible: true, weakens: "w", byHand: "az x" }],
  });
  const [first, second] = itemRows(plan);
  expect(first).toMatchObject({
    name: "vm-1",
    kind: "protected-item VM",
    loss: "lost for good, ONLY COPY",
    destroyed: true,
  });
  expect(first?.steps[0]).toMatchObject({ id: "delete-item-1", marks: ["irreversible", "weakens"] });
  expect(first?.steps[0]?.details).toContain("by hand: az x");
  expect(second).toMatchObject({
    note: "goes with its server",
    loss: "can be brought back until 2026-12-05",
    steps: [],
  });
});

test("of a run a step says when it ran, what it waited for, how often it was tried, and what to do where it failed", () => {
  const steps = itemRows(troubledRun.plan, troubledRun.run.steps).flatMap((row) => row.steps);
  const failed = steps.find(({ id }) => id === "delete-item-2");
  expect(failed?.state).toBe("failed");
  expect(failed?.details).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^began 2026-.* UTC, failed 2026-.* UTC$/),
      "waited longest for delete-item-1",
      expect.stringMatching(/^tried again after .*: another operation runs$/),
      "Busy: another operation runs",
      "to do: run the same command again",
      "correlation id c-1",
    ]),
  );
  expect(steps.find(({ id }) => id === "delete-vault-1")?.details).toContain("skipped: delete-item-2 failed");
});

test("every step of a run that tore everything down shows what proved it", async () => {
  const { plan, run } = await runReport("small");
  for (const { state, details } of itemRows(plan, run.steps).flatMap((row) => row.steps)) {
    expect(state).toBe("verified");
    expect(details.some((line) => line.startsWith("proved: "))).toBe(true);
  }
});
