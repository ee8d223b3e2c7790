// Every fault that a story may meet, in one place: which requests it hits, how often, and what happens to them.
// Not among them: a list that hides what stands. Nobody can notice, and what then holds is in paged-lists.test.ts.

import fc from "fast-check";
import type { Fault, FaultMatch, WorldFault } from "../../src/emulator/faults/fault.ts";

/** Only on its way back, a status says nothing about the effect: `carriedOut`. */
const refusals: fc.Arbitrary<Fault> = fc.oneof(
  fc
    .record({ retryAfter: fc.constantFrom(1, 17, 250, 400), isSaid: fc.boolean() })
    .map(({ retryAfter, isSaid }): Fault => ({ kind: "status", status: 429, ...(isSaid ? { retryAfter } : {}) })),
  fc.constantFrom<Fault>(
    { kind: "status", status: 429, text: "Please try again after '20' seconds." },
    { kind: "status", status: 409, code: "BMSUserErrorConflictingProtectionOperation" },
    { kind: "status", status: 409, code: "AnotherOperationInProgress" },
    { kind: "status", status: 403, code: "AuthorizationFailed" },
    { kind: "status", status: 400, code: "BadRequest" },
    { kind: "expired-token" },
  ),
);

const lostAnswers: fc.Arbitrary<Fault> = fc.oneof(
  fc
    .record({ status: fc.constantFrom(500, 502, 503, 504), carriedOut: fc.boolean() })
    .map((given): Fault => ({ kind: "status", ...given })),
  fc.constantFrom<Fault>(
    { kind: "status", status: 502, text: "<html>Bad gateway</html>" },
    { kind: "drop", when: "before" },
    { kind: "drop", when: "after" },
    { kind: "no-answer", when: "before" },
    { kind: "no-answer", when: "after" },
    { kind: "truncated" },
  ),
);

const wrongAnswers: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { kind: "no-operation-headers" },
  { kind: "never-ends" },
  { kind: "fails", code: "CloudInternalError", message: "the operation failed" },
  { kind: "fails", code: "BMSUserErrorConflictingProtectionOperation", message: "another operation is running" },
  { kind: "silent-204" },
  { kind: "gone" },
);

const writes: fc.Arbitrary<FaultMatch> = fc.constantFrom<FaultMatch>(
  { method: "DELETE" },
  { method: "PUT" },
  { method: "POST" },
  { method: "PATCH" },
  { method: "DELETE", path: "*/protectedItems/*" },
  { method: "PUT", path: "*/protectedItems/*" },
  { method: "DELETE", path: "*/backupProtectionIntent/*" },
  { method: "DELETE", path: "*/registeredIdentities/*" },
  { method: "DELETE", path: "*/privateEndpoint*" },
  { method: "DELETE", path: "*/locks/*" },
  { method: "PUT", path: "*/locks/*" },
  { method: "DELETE", path: "*/replication*" },
  { method: "POST", path: "*/remove" },
  { method: "POST", path: "*/testFailoverCleanup" },
  { method: "POST", path: "*/cancel" },
);

const questions: fc.Arbitrary<FaultMatch> = fc.constantFrom<FaultMatch>(
  { method: "GET", path: "*operation*" },
  { method: "GET", path: "*/backupOperations/*" },
);

const lists: fc.Arbitrary<FaultMatch> = fc.constantFrom<FaultMatch>(
  { method: "GET" },
  { method: "GET", path: "*/backupProtectedItems" },
  { method: "GET", path: "*/backupProtectionContainers" },
  { method: "GET", path: "*/backupProtectionIntents" },
  { method: "GET", path: "*/backupJobs" },
  { method: "GET", path: "*/replication*" },
  { method: "GET", path: "*/locks" },
  { method: "GET", path: "*/vaults/*" },
  { method: "GET", path: "*/privateEndpoints*" },
  { method: "GET", path: "*/deletedVaults" },
);

/** What goes wrong for ever makes a run try for hours: reads fail for a while only. */
const timesOfWrites = fc.constantFrom<number | "always">(1, 1, 1, 2, 4, 12, "always");
const timesOfReads = fc.constantFrom(1, 1, 1, 2, 4);

const hit: fc.Arbitrary<Omit<WorldFault, "from">> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ match: writes, fault: fc.oneof(refusals, lostAnswers, wrongAnswers), times: timesOfWrites }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      times: timesOfReads,
      match: questions,
      fault: fc.oneof(
        refusals,
        lostAnswers,
        fc.constantFrom<Fault>({ kind: "gone" }, { kind: "status-word", from: "Succeeded", to: "Success" }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      times: timesOfReads,
      match: lists,
      fault: fc.oneof(refusals, lostAnswers, fc.constantFrom<Fault>({ kind: "stale-list" }, { kind: "repeated-page" })),
    }),
  },
);

export const anyFault: fc.Arbitrary<WorldFault> = fc
  .record({ hit, from: fc.integer({ min: 1, max: 4 }) })
  .map(({ hit: given, from }) => ({ ...given, from }));
