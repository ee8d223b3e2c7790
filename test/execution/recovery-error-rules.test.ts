// What Azure's refusals mean to a recovery, and that they mean it to no teardown.

import { expect, it } from "vitest";
import { treat } from "../../src/execution/error-rules.ts";
import { AzureError } from "../../src/model/azure-error.ts";

const refusal = (status: number, code: string, message = "refused"): AzureError =>
  new AzureError({ status, code, message });

it.each([
  [refusal(409, "UserErrorDeletedVaultUndeleteConflictingVaultPresent"), /a vault of this name stands/],
  [refusal(400, "Any", "The container is registered to the vault '/v'"), /another vault has registered it since/],
  [refusal(400, "Any", "It is already registered with another vault."), /another vault has registered it since/],
  [refusal(404, "ResourceGroupNotFound"), /az group create/],
  [refusal(409, "ScopeLocked"), /removes it for the time of the recovery/],
])("%o stops the step, and says whose move it is", (error, remedy) => {
  const { next, failure } = treat(error, true);
  expect([next, failure.disposition]).toEqual(["stop", "blocked"]);
  expect(failure.remedy).toMatch(remedy);
  expect(treat(error).failure.remedy).not.toMatch(remedy);
});

it("what is not there was purged, as far as anybody can tell", () => {
  const { next, failure } = treat(refusal(404, "ResourceNotFound"), true);
  expect(next).toBe("look");
  expect(failure.remedy).toMatch(/^it was purged, or lies under another id: vault-teardown deleted/);
});

it("throttling means the same as ever", () => {
  expect(treat(refusal(429, "TooManyRequests"), true)).toEqual(treat(refusal(429, "TooManyRequests")));
});

it.each([
  "XResourceGroupNotFound",
  "ResourceGroupNotFoundX",
  "XScopeLocked",
  "ScopeLockedX",
  "XUserErrorDeletedVaultUndeleteConflictingVaultPresent",
  "UserErrorDeletedVaultUndeleteConflictingVaultPresentX",
])("a code that only looks like a known one means nothing more: %s", (code) => {
  const error = refusal(400, code);
  expect(treat(error, true)).toEqual(treat(error));
});
