// What an error of Azure means for a step: again, look first, or stop; and whose move it is.

import { describe, expect, it } from "vitest";
import { isSignedOut, treat } from "../../src/execution/error-rules.ts";
import { AzureError } from "../../src/model/azure-error.ts";

const error = (status: number, code: string, message = "m") =>
  new AzureError({ status, code, message, correlationId: "corr" });

const recorded2022 =
  "Recovery Services vault cannot be deleted as there are backup items still present in soft delete state. Visit the following link";
const recorded2020 =
  "Recovery Services vault cannot be deleted as there are backup items in soft deleted state in the vault.";

describe("an error of Azure", () => {
  it.each<[string, AzureError, string, string]>([
    [
      "soft delete that cannot be turned off",
      error(400, "BMSUserErrorDisablingSoftDeleteStateNotAllowed"),
      "stop",
      "blocked",
    ],
    ["a lock", error(409, "ScopeLocked"), "stop", "blocked"],
    [
      "a lock on a replicated machine, named in the text alone",
      error(200, "150097", "The cleanup of the stale ASR resource links on 'vm-1' failed: ScopeLocked"),
      "stop",
      "blocked",
    ],
    ["a missing right", error(403, "AuthorizationFailed"), "stop", "blocked"],
    ["immutability inside an operation", error(200, "UserErrorDeleteBackupItemOnImmutableItem"), "stop", "blocked"],
    ["the service's daily limit", error(400, "CloudDosAbsoluteLimitReached"), "stop", "waiting"],
    ["a conflicting operation", error(409, "BMSUserErrorConflictingProtectionOperation"), "again", "failed"],
    ["a change that has not reached every list", error(400, "BMSUserErrorContainerHasDatasources"), "again", "failed"],
    [
      "a server that hybrid security holds, whatever the code",
      error(400, "BMSUserErrorContainerHasDatasources", "There are backup items associated with the server. Stop"),
      "stop",
      "blocked",
    ],
    ["a node of an availability group", error(400, "BMSUserErrorNodePartOfActiveAG"), "again", "blocked"],
    ["an unknown conflict", error(409, "SomethingNew"), "again", "failed"],
    ["throttling that outlasted the transport", error(429, "ResourceRequestsThrottled"), "again", "waiting"],
    ["a vault that is not empty yet", error(400, "ServiceResourceNotEmptyWithContainerDetails"), "again", "blocked"],
    [
      "soft-deleted items in the wording of 2022",
      error(400, "ServiceResourceNotEmptyWithBackendMessage", recorded2022),
      "stop",
      "waiting",
    ],
    [
      "soft-deleted items in the wording of 2020",
      error(400, "ServiceResourceNotEmptyWithBackendMessage", recorded2020),
      "stop",
      "waiting",
    ],
    ["a server error", error(500, "CloudInternalError"), "look", "failed"],
    ["no answer at all", error(0, "ECONNRESET"), "look", "failed"],
    ["an unknown refusal", error(400, "SomethingNew"), "stop", "failed"],
  ])("like %s", (_name, thrown, next, disposition) => {
    const treatment = treat(thrown);
    expect(treatment).toMatchObject({ next, failure: { disposition, code: thrown.code, correlationId: "corr" } });
    expect(treatment.failure.remedy).not.toBe("");
  });

  it("about a server that hybrid security holds names the console, the PIN and the other strategy", () => {
    const { remedy } = treat(error(400, "X", "There are backup items associated with the server.")).failure;
    for (const word of ["console", "PIN", "5 minutes", "--strategy purge"]) expect(remedy).toContain(word);
  });

  it("about a container that still has data says what it means where the data is soft-deleted", () => {
    const { remedy } = treat(error(400, "BMSUserErrorContainerHasDatasources")).failure;
    for (const word of ["soft-deleted", "purge date", "--strategy purge"]) expect(remedy).toContain(word);
  });

  it("is not made of a defect: that is thrown on", () => {
    expect(() => treat(new TypeError("x is not a function"))).toThrow(TypeError);
  });

  it("ends the run when it says that nobody is signed in", () => {
    expect(isSignedOut(error(401, "ExpiredAuthenticationToken"))).toBe(true);
    expect(isSignedOut(error(403, "AuthorizationFailed"))).toBe(false);
    expect(isSignedOut(new Error("401"))).toBe(false);
  });
});
