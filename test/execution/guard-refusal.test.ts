// Which refusals of a guarded step are its guard's, and what they say to do.

import { describe, expect, it } from "vitest";
import { treat } from "../../src/execution/error-rules.ts";
import { atGuard } from "../../src/execution/guard-refusal.ts";
import { armId } from "../../src/model/arm-id.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { Failure } from "../../src/model/event.ts";
import type { Step } from "../../src/model/step.ts";
import { stepOn, vmItem } from "../dependencies/builders.ts";

const guard = armId("/subscriptions/s-2/resourceGroups/rg/providers/Microsoft.DataProtection/resourceGuards/g-1");
const plain = stepOn(vmItem("vm-1"), "delete-item");
const guarded: Step = { ...plain, guarded: { guard, operation: "/x", request: armId(`${guard}/xRequests/default`) } };

function failed(step: Step, status: number, code: string): Failure {
  const error = new AzureError({ status, code, message: "no" });
  return atGuard(step, error, treat(error).failure);
}

describe("a refused guarded step", () => {
  it.each([
    [403, "LinkedAuthorizationFailed"],
    [403, "UserErrorSomethingNew"],
    [400, "BMSUserErrorResourceGuardRequestMissing"],
  ])("names its guard, whom to ask and for what: %s %s", (status, code) => {
    const { disposition, remedy } = failed(guarded, status, code);
    expect(disposition).toBe("blocked");
    expect(remedy).toContain(`Backup MUA Operator on ${guard}`);
    expect(remedy).toContain("subscription s-2");
    expect(remedy).toContain("--guard-tenant");
  });

  it.each([
    [403, "AuthorizationFailed"],
    [409, "BMSUserErrorConflictingProtectionOperation"],
  ])("is not its guard's doing: %s %s", (status, code) => {
    expect(failed(guarded, status, code).remedy).not.toContain("resource guard");
  });
});

describe("a refused step that nothing guards", () => {
  it("is left as it is", () => {
    expect(failed(plain, 403, "LinkedAuthorizationFailed").remedy).not.toContain("resource guard");
  });

  it("with status 403 is blocked, whatever its code", () => {
    expect(failed(plain, 403, "SomethingNew").disposition).toBe("blocked");
  });
});
