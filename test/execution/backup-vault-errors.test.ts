// Refusals of a Backup vault: what they mean for the step that met them, and what a person does next.

import { describe, expect, it } from "vitest";
import { treat } from "../../src/execution/error-rules.ts";
import { AzureError } from "../../src/model/azure-error.ts";

function treated(code: string, message = "no") {
  return treat(new AzureError({ status: 400, code, message }));
}

describe("a Backup vault that does not let soft delete be turned off", () => {
  it.each(["UserErrorDisableSoftDeleteNotAllowed", "DppAlwaysOnSoftDeleteStateMandatory"])(
    "stops the run before any data is touched: %s",
    (code) => {
      const { next, failure } = treated(code);
      expect([next, failure.disposition]).toEqual(["stop", "blocked"]);
      expect(failure.remedy).toContain("no data was touched");
      expect(failure.remedy).toContain("--strategy soft");
    },
  );
});

describe("a refusal of a Backup vault", () => {
  it("that it is not empty waits, by its text, whatever its code", () => {
    const message =
      "Cannot delete the Backup vault as there are existing backup instances or backup policies in the vault. Delete all backup instances and backup policies that are present in the vault and then try deleting the vault.";
    const { next, failure } = treated("SomeCode", message);
    expect([next, failure.disposition]).toEqual(["stop", "waiting"]);
    expect(failure.remedy).toContain("apply --fresh");
    expect(failure.remedy).toContain("--strategy purge");
    expect(treated("SomeCode", "existing backup instances elsewhere").failure.disposition).toBe("failed");
  });

  it.each([
    ["UserErrorPolicyAssociatedWithSoftDeletedItems", "again", "blocked", "the new plan leaves it to the vault"],
    ["UserErrorUnsupportedVaultImmutabilityStateChange", "stop", "blocked", "which nobody can undo"],
    ["UserErrorBackupVaultResourceMoveInProgress", "stop", "waiting", "within 36 hours"],
    ["UserErrorDppDatasourceAlreadyHasBackupInstance", "again", "failed", "has to be deleted first"],
  ])("%s: %s, %s, and the next action is said", (code, wanted, disposition, said) => {
    const { next, failure } = treated(code);
    expect([next, failure.disposition]).toEqual([wanted, disposition]);
    expect(failure.remedy).toContain(said);
    for (const other of [`The${code}`, `${code}Here`]) expect(treated(other).failure.remedy).not.toContain(said);
  });

  it("for a move says when to come back", () => {
    expect(treated("UserErrorBackupVaultResourceMoveInProgress").failure.retryAfterSeconds).toBe(3600);
  });
});
