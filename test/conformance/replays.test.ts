// Recorded sequences, replayed request by request against the world they began in.
import { expect, test } from "vitest";

import type { Sequence } from "../../scripts/conformance/sequences/sequence.ts";
import { readSequences } from "../../scripts/conformance/sequences/sequence.ts";
import { replay } from "../../scripts/conformance/sequences/replay.ts";

const sequences = readSequences();

test("there is one of each that a teardown goes through", () => {
  expect(sequences).toHaveLength(8);
  expect(sequences.flatMap(({ steps }) => steps)).toHaveLength(227);
});

test.each(sequences)("$name ($recording)", async (sequence) => {
  const { differences, exchanges } = await replay(sequence);
  expect(differences).toEqual([]);
  expect(exchanges).toHaveLength(sequence.steps.length);
});

const [guarded] = sequences as readonly [Sequence, ...Sequence[]];
const changed = (change: (step: Sequence["steps"][number]) => object): Sequence => ({
  ...guarded,
  steps: guarded.steps.map((step, index) => (index === 0 ? { ...step, ...change(step) } : step)),
});

test.each([
  ["another status", changed(() => ({ status: 404 })), "status 200, recorded 404"],
  ["a header", changed(() => ({ headers: { location: "somewhere" } })), "header location: none, recorded somewhere"],
  ["a state", changed(() => ({ states: [] })), /^says .*, recorded \[\]$/u],
  ["a member", changed(() => ({ shape: { more: "string" } })), "more is missing"],
  ["a type", changed(() => ({ shape: { value: "object" } })), "value is array, recorded object"],
])("a replay tells %s apart", async (_, sequence, what) => {
  const { differences } = await replay(sequence);
  expect(differences.map((difference) => difference.what)).toContainEqual(
    typeof what === "string" ? what : expect.stringMatching(what),
  );
});
