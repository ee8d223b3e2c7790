// Every error of Azure that this version knows, and what it tells people to do, word for word. What only looks like one is none.

import { expect, it } from "vitest";
import { isRefusedCancel, treat } from "../../src/execution/error-rules.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import { job, stepOn, vmItem } from "../dependencies/builders.ts";

type Thrown = readonly [status: number, code: string, message?: string];

const remedies: readonly (readonly [treatment: object, errors: readonly Thrown[]])[] = [
  [
    {
      next: "stop",
      disposition: "blocked",
      remedy:
        "hybrid security keeps this server's data: delete its backups on the server's own console with a security PIN (from the vault's properties, valid 5 minutes) and plan again, or plan with --strategy purge",
    },
    [[400, "Any", "There are backup items associated with the server"]],
  ],
  [
    {
      next: "stop",
      disposition: "blocked",
      remedy:
        "this vault does not let soft delete be turned off; no data was touched. --strategy soft deletes it now and keeps its data recoverable until the purge date",
    },
    [
      [400, "BMSUserErrorDisablingSoftDeleteStateNotAllowed"],
      [400, "BMSUserErrorSoftDeleteStateAlwaysOn"],
      [400, "BMSUserErrorSoftDeleteStateNotSetToAlwaysON"],
    ],
  ],
  [
    {
      next: "stop",
      disposition: "blocked",
      remedy:
        "the vault or the item is immutable, or (azure-rest-api-specs 32688) its backups are suspended although the vault is not: where the plan shows immutability off, resume the backup or stop it with its data kept, then run the same command again",
    },
    [
      [200, "UserErrorDeleteBackupItemOnImmutableItem"],
      [400, "UserErrorOperationDeniedOnImmutableItem"],
    ],
  ],
  [
    {
      next: "stop",
      disposition: "blocked",
      remedy:
        "a lock refuses this: plan again to see which; its owner removes it, or --allow remove-locks for the time of the run",
    },
    [[409, "ScopeLocked"]],
  ],
  [
    {
      next: "stop",
      disposition: "blocked",
      remedy:
        "a lock on the replicated machine, its resource group or subscription refuses this: its owner must remove it",
    },
    [[200, "150097", "it failed: ScopeLocked"]],
  ],
  [
    {
      next: "stop",
      disposition: "blocked",
      remedy: "you lack the right for this step: an owner of the scope must grant the permissions the plan lists",
    },
    [
      [403, "AuthorizationFailed"],
      [403, "LinkedAuthorizationFailed"],
      [403, "RequestDisallowedByPolicy"],
    ],
  ],
  [
    {
      next: "stop",
      disposition: "waiting",
      remedy: "the service has reached its limit of operations for this vault: run the same command again tomorrow",
      retryAfterSeconds: 86400,
    },
    [[400, "CloudDosAbsoluteLimitReached"]],
  ],
  [
    {
      next: "again",
      disposition: "failed",
      remedy:
        "for Azure the container still has data: run the same command again in some minutes. Where its items are soft-deleted and this stays so (classic regime), come back after their purge date, or plan with --strategy purge",
    },
    [[400, "BMSUserErrorContainerHasDatasources"]],
  ],
  [
    {
      next: "again",
      disposition: "failed",
      remedy: "another operation holds it: run the same command again when that has ended",
    },
    [
      [409, "BMSUserErrorConflictingProtectionOperation"],
      [409, "RSVaultUpdateErrorConflictingOperationInProgress"],
      [409, "BMSUserErrorObjectLocked"],
      [409, "AnotherOperationInProgress"],
    ],
  ],
  [
    {
      next: "again",
      disposition: "blocked",
      remedy:
        "databases of an availability group this machine belongs to are still protected, here or in another vault: stop their protection and delete their data there, then plan again",
    },
    [[400, "BMSUserErrorNodePartOfActiveAG"]],
  ],
  [
    {
      next: "stop",
      disposition: "waiting",
      remedy:
        "this vault is in the classic regime and cannot go while it holds soft-deleted items: run the same command again after the date, or plan with --strategy purge to delete them for good now",
    },
    [
      [400, "ServiceResourceNotEmptyWithBackendMessage", "items in soft-deleted state"],
      [400, "BMSUserErrorVaultDeletionNotPermitted", "items in soft delete state"],
    ],
  ],
  [
    { next: "again", disposition: "blocked", remedy: "something still stands in the vault: plan again to see what" },
    [
      [400, "ServiceResourceNotEmptyWithContainerDetails"],
      [400, "BMSUserErrorVaultDeletionFailed"],
    ],
  ],
  [
    {
      next: "look",
      disposition: "failed",
      remedy: "run plan again: what this step removes is gone, or lies elsewhere",
    },
    [[404, "ResourceNotFound"]],
  ],
  [
    { next: "look", disposition: "failed", remedy: "run the same command again: it looks before it writes" },
    [
      [0, "ECONNRESET"],
      [408, "RequestTimeout"],
      [500, "InternalServerError"],
      [503, "ServiceUnavailable"],
    ],
  ],
  [
    { next: "again", disposition: "failed", remedy: "another operation is in the way: run it again later" },
    [[409, "SomethingNew"]],
  ],
  [
    {
      next: "again",
      disposition: "waiting",
      remedy: "Azure throttles this client: run it again later",
      retryAfterSeconds: 3600,
    },
    [[429, "TooManyRequests"]],
  ],
  [
    {
      next: "stop",
      disposition: "blocked",
      remedy: "Azure refuses this to you: see the code and message for who can allow it",
    },
    [[403, "SomethingNew"]],
  ],
  [
    { next: "stop", disposition: "failed", remedy: "see the code and message; then run the same command again" },
    [
      [400, "SomethingNew"],
      [400, "NotScopeLocked"],
      [400, "ScopeLockedOut"],
      [400, "TheAuthorizationFailed"],
      [400, "AuthorizationFailedTwice"],
      [400, "NoCloudDos"],
      [400, "TheBMSUserErrorContainerHasDatasources"],
      [400, "BMSUserErrorContainerHasDatasourcesLeft"],
      [400, "NoServiceResourceNotEmpty"],
      [400, "AnotherOperationInProgressHere"],
      [400, "NotAnotherOperationInProgress"],
      [400, "TheBMSUserErrorNodePartOfActiveAG"],
      [400, "BMSUserErrorNodePartOfActiveAGs"],
      [400, "OneUserErrorOperationDeniedOnImmutableItem"],
      [400, "UserErrorOperationDeniedOnImmutableItems"],
      [400, "TheBMSUserErrorSoftDeleteStateAlwaysOn"],
      [400, "BMSUserErrorSoftDeleteStateAlwaysOnNow"],
      [400, "x", "aScopeLocked"],
      [400, "x", "ScopeLockedb"],
    ],
  ],
];

it.each(remedies.flatMap(([treatment, errors]) => errors.map((thrown) => [thrown, treatment] as const)))(
  "%j is told as such",
  ([status, code, message = "m"], { next, ...failure }: { readonly next?: string }) => {
    expect(treat(new AzureError({ status, code, message }))).toStrictEqual({
      next,
      failure: { code, message, ...failure },
    });
  },
);

it("a time that Azure gives is taken for the time to come back, and only where the step waits", () => {
  const of = (status: number, code: string) =>
    treat(new AzureError({ status, code, message: "m", retryAfterSeconds: 7, correlationId: "corr" })).failure;
  expect(of(429, "TooManyRequests")).toMatchObject({ retryAfterSeconds: 7, correlationId: "corr" });
  expect(of(400, "CloudDosAbsoluteLimitReached").retryAfterSeconds).toBe(7);
  expect(of(409, "SomethingNew")).not.toHaveProperty("retryAfterSeconds");
});

it.each([
  [200, true],
  [400, true],
  [404, true],
  [409, true],
  [403, false],
  [500, false],
])("a cancel that Azure answers with %i leaves the job to be waited for: %s", (status, refused) => {
  const error = new AzureError({ status, code: "X", message: "m" });
  expect(isRefusedCancel(error, stepOn(job("j"), "settle-job"))).toBe(refused);
  expect(isRefusedCancel(error, stepOn(vmItem("vm-1"), "delete-item"))).toBe(false);
  expect(isRefusedCancel(Object.assign(new Error("m"), { status }), stepOn(job("j"), "settle-job"))).toBe(false);
});
