// Pains with locks, guards, rights, busy services and the tools themselves. Data only.

import type { Pain } from "./pain.ts";

export const painsOfSurroundings: readonly Pain[] = [
  {
    number: "42",
    pain: "a lock on subscription or vault stops clean-up half-way",
    answer: "detected",
    shownBy: [
      {
        test: "execution/run-locks.test.ts",
        title: "without consent is blocked by every lock at once, and by none that holds nothing up",
      },
    ],
  },
  {
    number: "43",
    pain: "a resource guard of another tenant must agree",
    answer: "handled",
    shownBy: [
      {
        test: "planning/guarded-steps.test.ts",
        title: "gives a guarded deletion the guard's request, its proxy and the right to unlock",
      },
      {
        test: "planning/permissions.test.ts",
        title: "at a guard says whom to ask for which role, and is not ours to give",
      },
    ],
  },
  {
    number: "44",
    pain: "an item is called immutable in a vault that is not",
    answer: "explained",
    shownBy: [
      {
        test: "comparison/known-troubles.test.ts",
        title: "names both meanings where Azure calls an item immutable whose backups are only suspended",
      },
    ],
  },
  {
    number: "45",
    pain: "immutability is locked with a retention of decades",
    answer: "detected",
    shownBy: [
      {
        test: "dependencies/immutability.test.ts",
        title: "blocks once for the vault until the last date, and once per item until its own",
      },
    ],
  },
  {
    number: "46",
    pain: "a wish to keep data is silently ignored",
    answer: "detected",
    shownBy: [
      { test: "reporting/plan-text.test.ts", title: "marks the share, which is lost at once, and no virtual machine" },
      {
        test: "dependencies/backup-items.test.ts",
        title: "that keeps its data says that the data remains, and until when",
      },
    ],
  },
  {
    number: "47",
    pain: "another operation holds the item or the vault",
    answer: "handled",
    shownBy: [
      { test: "execution/run-faults.test.ts", title: "is asked again after a conflict" },
      {
        test: "execution/scheduler.test.ts",
        title: "starts every step once, after all before it, within the limit and one at a time per key",
      },
    ],
  },
  {
    number: "48",
    pain: "a running backup cannot be cancelled",
    answer: "handled",
    shownBy: [
      {
        test: "execution/run-kitchen-sink.test.ts",
        title: "cancels the job that can be cancelled and waits for the other",
      },
    ],
  },
  {
    number: "49",
    pain: "a server error while a deletion is watched",
    answer: "handled",
    shownBy: [
      {
        test: "execution/run-faults.test.ts",
        title: "does not fail an operation because one question about it failed",
      },
    ],
  },
  {
    number: "50",
    pain: "a setting was written and still reads as before",
    answer: "handled",
    shownBy: [
      { test: "dependencies/soft-delete.test.ts", title: "is missing while it reads anything else, or nothing" },
    ],
  },
  {
    number: "51",
    pain: "Azure throttles",
    answer: "handled",
    shownBy: [
      {
        test: "execution/run-faults.test.ts",
        title: "is given the seconds its throttling asks for, from the header or the text",
      },
      {
        test: "discovery/request-budget.test.ts",
        title: "takes at most 27 requests and a request for each further page: %s",
      },
    ],
  },
  {
    number: "52",
    pain: "the service has had enough for some hours",
    answer: "handled",
    shownBy: [
      {
        test: "execution/run-proofs.test.ts",
        title: "for throttling that outlasts a run ends 4 with the time Azure gave",
      },
      {
        test: "comparison/known-troubles.test.ts",
        title: "that will not pass for hours ends the run at once, to be continued later",
      },
    ],
  },
  {
    number: "53",
    pain: "a deletion fails after hours, without a cause",
    answer: "explained",
    shownBy: [
      {
        test: "execution/run-faults.test.ts",
        title: "inside a polled operation fails the step with the operation's own code",
      },
    ],
  },
  {
    number: "54",
    pain: "a loop that never gives up",
    answer: "handled",
    shownBy: [
      { test: "execution/run-proofs.test.ts", title: "that is still there after an accepted deletion fails its step" },
      { test: "azure/policies.test.ts", title: "is given up after five more tries" },
    ],
  },
  {
    number: "55",
    pain: "a script broke when tokens ceased to be plain text",
    answer: "handled",
    shownBy: [{ readme: "come from the Azure SDK's default chain" }],
  },
  {
    number: "56",
    pain: "modules of different versions do not load together",
    answer: "handled",
    shownBy: [
      { test: "cli/node-version.test.ts", title: "is the one the package declares" },
      { test: "comparison/known-troubles.test.ts", title: "names one exact version of everything it runs on" },
    ],
  },
  {
    number: "57",
    pain: "a failure ends with exit code 0",
    answer: "handled",
    shownBy: [
      { test: "cli/apply.test.ts", title: "writes nothing when a purge is blocked" },
      {
        test: "comparison/known-troubles.test.ts",
        title:
          "of 204 for a deletion that did nothing is no proof: the step fails and the run ends 5 with the vault standing",
      },
    ],
  },
  {
    number: "58",
    pain: "copied scripts grow old",
    answer: "handled",
    shownBy: [
      {
        test: "model/api-versions.test.ts",
        title: "purge writes below the version from which a deletion only soft-deletes",
      },
      { test: "planning/plan-document.test.ts", title: "%j is refused, and both versions are named" },
    ],
  },
];
