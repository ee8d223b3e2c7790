// Random step drafts that form a graph without cycles, closed by the three steps of the vault. For laws of the order.

import fc from "fast-check";
import { armId } from "../../src/model/arm-id.ts";
import { keyOf, stepKey, type Action, type StepDraft, type StepKey } from "../../src/model/step.ts";

export function draft(action: Action, target: string, after: readonly StepKey[] = []): StepDraft {
  return {
    action,
    kind: "protected-item",
    target: armId(target),
    name: target,
    after,
    reason: "for a test",
    irreversible: false,
    permissions: [],
  };
}

export const closing: readonly StepDraft[] = [
  draft("recheck", "/vault"),
  draft("delete-vault", "/vault", [stepKey("recheck", "/vault")]),
  draft("prove-absence", "/vault", [stepKey("delete-vault", "/vault")]),
];

const action = fc.constantFrom<Action>(
  "settle-job",
  "delete-intent",
  "disable-soft-delete",
  "delete-item",
  "unregister-container",
);

/** Each draft waits for some of those before it; several actions may have one target, in different casing. */
export const graphs: fc.Arbitrary<readonly StepDraft[]> = fc
  .array(fc.record({ action, item: fc.nat(6), upper: fc.boolean(), before: fc.array(fc.nat(), { maxLength: 4 }) }), {
    maxLength: 14,
  })
  .map((rows) => {
    const drafts: StepDraft[] = [];
    for (const row of rows) {
      const target = row.upper ? `/ITEM/${row.item}` : `/item/${row.item}`;
      const after = drafts.length === 0 ? [] : row.before.map((at) => keyOf(drafts[at % drafts.length]!));
      const next = draft(row.action, target, after);
      if (!drafts.some((known) => keyOf(known) === keyOf(next))) drafts.push(next);
    }
    return [...drafts, ...closing];
  });
