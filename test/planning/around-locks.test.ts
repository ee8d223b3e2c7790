// The order around locks: removed before every write they refuse, put back after the last of them, the outer around the inner.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import { stepKey, type Step, type StepDraft } from "../../src/model/step.ts";
import { orderSteps } from "../../src/planning/order.ts";
import { draft } from "./drafts.ts";

const group = "/subscriptions/s/resourceGroups/g";
const vault = `${group}/providers/Microsoft.RecoveryServices/vaults/v`;
const item = `${vault}/backupFabrics/Azure/item`;
const account = "/subscriptions/s/resourceGroups/files/providers/Microsoft.Storage/storageAccounts/st1";

function around(scope: string, name = "keep"): readonly StepDraft[] {
  const lock = `${scope}/providers/Microsoft.Authorization/locks/${name}`;
  const common = { kind: "lock", holds: armId(scope) } as const;
  return [
    { ...draft("remove-lock", lock), ...common, request: { write: "remove-lock", lock: armId(lock) } },
    {
      ...draft("restore-lock", lock),
      ...common,
      undoes: stepKey("remove-lock", lock),
      request: { write: "restore-lock", lock: armId(lock), level: "ReadOnly" },
    },
  ];
}

const deletion: StepDraft = {
  ...draft("delete-item", item),
  request: { write: "delete-protected-item", item: armId(item) },
};
const unregistration: StepDraft = {
  ...draft("unregister-container", `${vault}/st1`, [stepKey("delete-item", item)]),
  touches: [armId(account)],
  request: { write: "unregister-container", container: armId(`${vault}/st1`) },
};
const closing: readonly StepDraft[] = [
  draft("recheck", vault),
  {
    ...draft("delete-vault", vault, [stepKey("recheck", vault)]),
    request: { write: "delete-vault", vault: armId(vault) },
  },
  draft("prove-absence", vault, [stepKey("delete-vault", vault)]),
];

function ordered(...locks: readonly StepDraft[]): (id: string) => Step {
  const steps = orderSteps([...closing, ...locks.toReversed(), unregistration, deletion]);
  return (id) => {
    const step = steps.find((candidate) => candidate.id === id);
    if (step === undefined) throw new Error(`no step ${id} among ${steps.map((each) => each.id).join(", ")}`);
    return step;
  };
}

describe("steps under a locked scope", () => {
  it("wait for the removal of the lock, wherever above them it lies", () => {
    const step = ordered(...around("/SUBSCRIPTIONS/S"));
    for (const id of ["delete-item-1", "unregister-container-1", "delete-vault-1"])
      expect(step(id).after).toContain("remove-lock-1");
  });

  it("come before the lock returns, the proof of the vault's absence too", () => {
    const step = ordered(...around(group));
    expect(step("restore-lock-1").undoes).toBe("remove-lock-1");
    expect(step("restore-lock-1").after).toEqual([
      "delete-item-1",
      "delete-vault-1",
      "prove-absence-1",
      "recheck-1",
      "remove-lock-1",
      "unregister-container-1",
    ]);
  });

  it("wait for it also where they only touch the scope", () => {
    const step = ordered(...around(account));
    expect(step("unregister-container-1").after).toContain("remove-lock-1");
    expect(step("delete-item-1").after).not.toContain("remove-lock-1");
    expect(step("delete-vault-1").after).not.toContain("remove-lock-1");
    expect(step("restore-lock-1").after).toEqual(["remove-lock-1", "unregister-container-1"]);
  });

  it("are not those of a neighbour whose name begins alike", () => {
    const step = ordered(...around(`${group}roup`));
    expect(step("delete-item-1").after).toEqual([]);
  });

  it("include the deletion of what the locked thing lies in", () => {
    const step = ordered(...around(`${vault}/backupPolicies/p`));
    expect(step("delete-vault-1").after).toContain("remove-lock-1");
    expect(step("delete-item-1").after).toEqual([]);
  });
});

describe("locks in each other", () => {
  it("are opened from the outside and closed from the inside", () => {
    const step = ordered(...around("/subscriptions/s"), ...around(vault));
    expect(step("remove-lock-2").target.startsWith(vault)).toBe(true);
    expect(step("remove-lock-2").after).toEqual(["remove-lock-1"]);
    const outer = [step("restore-lock-1"), step("restore-lock-2")].find((each) => each.undoes === "remove-lock-1");
    const inner = [step("restore-lock-1"), step("restore-lock-2")].find((each) => each.undoes === "remove-lock-2");
    expect(outer?.after).toContain(inner?.id);
    expect(inner?.after).not.toContain(outer?.id);
  });

  it("of one scope do not wait for each other", () => {
    const step = ordered(...around(group, "one"), ...around(group, "two"));
    expect(step("remove-lock-1").after).toEqual([]);
    expect(step("remove-lock-2").after).toEqual([]);
  });
});

describe("the recheck", () => {
  it("waits for removals, and never for a lock to be put back", () => {
    for (const scope of ["/subscriptions/s", account, `${vault}/backupPolicies/p`]) {
      const steps = orderSteps([...closing, ...around(scope), unregistration, deletion]);
      const before = new Set<string>();
      const collect = (id: string): void => {
        for (const next of steps.find((step) => step.id === id)?.after ?? []) {
          before.add(next);
          collect(next);
        }
      };
      collect("recheck-1");
      expect(before.has("remove-lock-1"), scope).toBe(true);
      expect(before.has("restore-lock-1"), scope).toBe(false);
    }
  });
});
