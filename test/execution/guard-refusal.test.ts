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

describe("what a guard's refusal says", () => {
  const refusal: Failure = { disposition: "failed", code: "X", message: "m", remedy: "try again" };
  const guardError = new AzureError({ status: 403, code: "LinkedAuthorizationFailed", message: "m" });
  const remedyAt = (id: string): string =>
    `the resource guard g-1 decides over this step: ask its owner, in subscription ${id === "" ? "unknown" : "s-2"}, for the role Backup MUA Operator on ${id}/resourceGuards/g-1, or activate it with Privileged Identity Management; if the guard lies in another tenant, add --guard-tenant <tenant id>; then run the same command again`;

  it.each(["/subscriptions/s-2", ""])("is told in full for a guard below '%s'", (id) => {
    const step = { ...plain, guarded: { ...guarded.guarded!, guard: armId(`${id}/resourceGuards/g-1`) } };
    expect(atGuard(step, guardError, refusal)).toEqual({ ...refusal, disposition: "blocked", remedy: remedyAt(id) });
  });

  it("is not told of what is no error of Azure, nor of a policy's refusal, nor of codes that only look like the guard's", () => {
    const errors = [
      Object.assign(new Error("m"), { status: 403, code: "LinkedAuthorizationFailed" }),
      new AzureError({ status: 403, code: "RequestDisallowedByPolicy", message: "m" }),
      new AzureError({ status: 400, code: "NotLinkedAuthorizationFailed", message: "m" }),
      new AzureError({ status: 400, code: "LinkedAuthorizationFailedNot", message: "m" }),
    ];
    for (const error of errors) expect(atGuard(guarded, error, refusal)).toBe(refusal);
  });

  it.each(["NotAuthorizationFailed", "AuthorizationFailedNot"])("is told of a refusal with the code %s", (code) => {
    expect(atGuard(guarded, new AzureError({ status: 403, code, message: "m" }), refusal)).not.toBe(refusal);
  });
});
