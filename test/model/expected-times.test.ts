// The longest way from a step to the end of what waits for it.

import fc from "fast-check";
import { expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import {
  expectedSecondsOf,
  fastestSecondsOf,
  remainingSeconds,
  usualSecondsOf,
} from "../../src/model/expected-times.ts";
import { actions, type Action, type Step } from "../../src/model/step.ts";

type Row = Parameters<typeof remainingSeconds>[0][number];

const target = (container: string) => armId(`/vaults/v/protectionContainers/${container}/protectedItems/i`);

const row = (id: string, action: Action, after: readonly string[] = [], more: Partial<Step> = {}): Row => ({
  id,
  action,
  irreversible: false,
  kind: "protected-item",
  target: target("IaasVMContainer;iaasvmcontainerv2;rg;vm"),
  after,
  ...more,
});

it("adds up the longest chain, not the number of steps that wait", () => {
  const remaining = remainingSeconds([
    row("item", "delete-item"),
    row("container", "unregister-container", ["item"]),
    row("intent", "delete-intent"),
    row("vault", "delete-vault", ["container", "intent"]),
  ]);
  expect(Object.fromEntries(remaining)).toEqual({ item: 109, container: 97, intent: 4, vault: 3 });
});

it.each([
  ["a machine's data, kept", "IaasVMContainer;iaasvmcontainerv2;rg;vm", false, 12],
  ["a machine's data, kept by nobody", "iaasvmcontainer;iaasvmcontainerv2;rg;vm", true, 111],
  ["a database", "VMAppContainer;Compute;rg;sql", false, 32],
  ["a file share", "StorageContainer;storage;rg;account", true, 21],
] as const)("takes the deletion of %s to be as long as it was recorded", (_what, container, irreversible, seconds) => {
  const item = row("item", "delete-item", [], { target: target(container), irreversible });
  expect(remainingSeconds([item]).get("item")).toBe(seconds);
});

it("adds up the steps that cannot run side by side, in the order of the plan", () => {
  const item = (id: string, after: readonly string[] = []) => row(id, "delete-item", after, { exclusive: "container" });
  const remaining = remainingSeconds([item("first"), item("second"), row("fabric", "remove-fabric", ["first"])]);
  expect(Object.fromEntries(remaining)).toEqual({ first: 24, second: 12, fabric: 2 });
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

it.each(actions)("has a time for %s: the fastest, half of them, and nine in ten", (action) => {
  const step = row("step", action);
  const times = [fastestSecondsOf(step), expectedSecondsOf(step), usualSecondsOf(step)] as const;
  expect(times[0]).toBeGreaterThan(0);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

it.each([
  ["an account's container", "unregister-container", { kind: "storage-container" }, [14, 25, 78]],
  ["a machine's container", "unregister-container", { kind: "workload-container" }, [45, 94, 151]],
  ["a machine's data for good", "delete-item", { irreversible: true }, [101, 111, 112]],
  ["a machine's data, kept", "delete-item", {}, [12, 12, 13]],
  ["a share", "delete-item", { target: target("storagecontainer;storage;rg;a") }, [21, 21, 22]],
  ["a database", "delete-item", { target: target("VMAppContainer;Compute;rg;sql") }, [32, 32, 35]],
] as const)("knows what %s was recorded to take", (_what, action, more, times) => {
  const step = row("step", action, [], more);
  expect([fastestSecondsOf(step), expectedSecondsOf(step), usualSecondsOf(step)]).toEqual(times);
});
