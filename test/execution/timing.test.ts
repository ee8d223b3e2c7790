// How long an operation may take before a run stops waiting for it: a site with connected hosts longer than anything else.

import { describe, expect, it } from "vitest";
import { operationDeadlineOf } from "../../src/execution/timing.ts";

describe("the deadline of an operation", () => {
  it("leaves a fabric more than the three hours a mature client gives it", () => {
    expect(operationDeadlineOf("remove-fabric")).toBeGreaterThan(180 * 60);
  });

  it.each(["disable-replication", "delete-item", "delete-vault"] as const)(
    "gives %s more than was ever recorded",
    (action) => {
      expect(operationDeadlineOf(action)).toBeGreaterThan(1411);
      expect(operationDeadlineOf(action)).toBeLessThan(operationDeadlineOf("remove-fabric"));
    },
  );
});
