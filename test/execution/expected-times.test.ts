// The longest way from a step to the end of what waits for it.

import fc from "fast-check";
import { expect, it } from "vitest";
import { remainingSeconds } from "../../src/execution/expected-times.ts";
import type { Action } from "../../src/model/step.ts";

type Row = {
  readonly id: string;
  readonly action: Action;
  readonly irreversible: boolean;
  readonly after: readonly string[];
};

const row = (id: string, action: Action, after: readonly string[] = [], irreversible = false): Row => ({
  id,
  action,
  irreversible,
  after,
});

it("adds up the longest chain, not the number of steps that wait", () => {
  const remaining = remainingSeconds([
    row("item", "delete-item"),
    row("container", "unregister-container", ["item"]),
    row("intent", "delete-intent"),
    row("vault", "delete-vault", ["container", "intent"]),
  ]);
  expect(Object.fromEntries(remaining)).toEqual({ item: 166, container: 154, intent: 61, vault: 60 });
});

it("takes an item's deletion that keeps nothing to be as long as it was recorded", () => {
  expect(remainingSeconds([row("item", "delete-item", [], true)]).get("item")).toBe(111);
});

const chains = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 30 })
  .map((rows) =>
    rows.map((before, index) =>
      row(
        `s${index}`,
        index % 2 === 0 ? "delete-item" : "remove-fabric",
        index === 0 ? [] : before.map((n) => `s${n % index}`),
      ),
    ),
  );

it("is longer for a step than for each that waits for it, by its own time at least", () => {
  fc.assert(
    fc.property(chains, (steps) => {
      const remaining = remainingSeconds(steps);
      const own = new Map(steps.map((step) => [step.id, remainingSeconds([{ ...step, after: [] }]).get(step.id) ?? 0]));
      for (const { id } of steps) {
        const waiting = steps.filter(({ after }) => after.includes(id)).map((step) => remaining.get(step.id) ?? 0);
        expect(remaining.get(id)).toBe((own.get(id) ?? 0) + Math.max(0, ...waiting));
      }
    }),
  );
});
