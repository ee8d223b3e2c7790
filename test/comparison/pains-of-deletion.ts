// Pains with soft delete and with vaults that are not empty. Data only.

import type { Pain } from "./pain.ts";

export const painsOfDeletion: readonly Pain[] = [
  {
    number: "1",
    pain: "the vault cannot go because of soft-deleted items in it",
    answer: "handled",
    shownBy: [
      {
        test: "model/api-versions.test.ts",
        title: "soft writes with a version that deletes a vault holding soft-deleted items",
      },
      { test: "execution/run-soft.test.ts", title: "ends with the vault soft-deleted and every step verified" },
    ],
  },
  {
    number: "2",
    pain: "a laboratory cannot be cleaned up for two weeks",
    answer: "explained",
    shownBy: [
      { test: "planning/world-plans.test.ts", title: "world %s needs these steps and ends soft-deleted in 14 days" },
      {
        test: "reporting/plan-text.test.ts",
        title: "says what will be true at the end, and until when it can be taken back",
      },
    ],
  },
  {
    number: "3",
    pain: "soft delete cannot be turned off",
    answer: "detected",
    shownBy: [{ test: "planning/world-plans.test.ts", title: "world %s is blocked, for its soft delete is AlwaysON" }],
  },
  {
    number: "4",
    pain: "the setting was written through the wrong one of two APIs",
    answer: "handled",
    shownBy: [
      {
        test: "azure/vault-writer.test.ts",
        title: "turns to the older backup configuration when the vault's API does not take it",
      },
    ],
  },
  {
    number: "5",
    pain: "soft delete written without its companion field is refused",
    answer: "handled",
    shownBy: [{ test: "azure/vault-writer.test.ts", title: "asks the vault's own API first, with both fields" }],
  },
  {
    number: "6",
    pain: "the same command behaves otherwise in another client version or cloud",
    answer: "detected",
    shownBy: [
      { test: "planning/plan-teardown.test.ts", title: "carries the whole input of a run" },
      {
        test: "model/api-versions.test.ts",
        title: "both read the vault with a version that knows the regime and deleted vaults",
      },
    ],
  },
  {
    number: "7",
    pain: "advice to undelete and delete again starts the clock anew",
    answer: "handled",
    shownBy: [{ test: "planning/world-plans.test.ts", title: "in soft undeletes nothing and turns nothing off: %s" }],
  },
  {
    number: "8",
    pain: "an undeletion says success and does nothing",
    answer: "handled",
    shownBy: [
      { test: "dependencies/soft-deleted-items.test.ts", title: "is missing while it is listed as soft-deleted" },
    ],
  },
  {
    number: "9",
    pain: "the belief that a vault always needs two weeks",
    answer: "explained",
    shownBy: [
      {
        test: "planning/expected-outcome.test.ts",
        title: "that deletes data where soft delete is only on says what it rests on, and until when it may wait",
      },
    ],
  },
  {
    number: "10",
    pain: "deleted vaults are listed region by region",
    noTest:
      "a search over regions belongs to the command `deleted`, which is not there yet; a run reads the one region of its vault",
  },
  {
    number: "11",
    pain: "a deletion is waited for forever because the item still answers",
    answer: "handled",
    shownBy: [
      {
        test: "dependencies/backup-items.test.ts",
        title: "in soft is that it is listed as soft-deleted, under any spelling, with the date of its purge",
      },
    ],
  },
  {
    number: "12",
    pain: "instances of Backup vaults cannot be stopped or purged",
    noTest: "Backup vaults are another kind of vault, which is not there yet",
  },
  {
    number: "13",
    pain: "operational snapshots outlive the vault and go on costing",
    answer: "explained",
    shownBy: [
      {
        test: "dependencies/leftovers.test.ts",
        title: "is that snapshots are billed on once the vault is soft-deleted",
      },
    ],
  },
  {
    number: "14",
    pain: "the refusal names a thing without its type",
    answer: "detected",
    shownBy: [
      {
        test: "reporting/plan-text.test.ts",
        title: "lists everything in the vault with its state, and why some of it needs no step",
      },
    ],
  },
  {
    number: "15",
    pain: "an error says only that errors occurred",
    answer: "explained",
    shownBy: [
      { test: "azure/errors.test.ts", title: "carries status, code, message, correlation id and the seconds to wait" },
      {
        test: "reporting/run-text.test.ts",
        title: "that failed in part gives code, message, remedy and correlation id of each failure",
      },
    ],
  },
  {
    number: "16",
    pain: "deletion by force is promised and nowhere to be found",
    answer: "handled",
    shownBy: [
      { test: "execution/run-soft.test.ts", title: "ends with the vault soft-deleted and every step verified" },
    ],
  },
  {
    number: "17",
    pain: "the documentation does not have the text of the error",
    noTest:
      "searching by text belongs to the command `explain`, which is not there yet; a failed step carries its remedy",
  },
  {
    number: "18",
    pain: "a forgotten registered storage account keeps the vault",
    answer: "handled",
    shownBy: [
      { test: "dependencies/storage-accounts.test.ts", title: "are listed with the account they stand for" },
      { test: "execution/run-soft.test.ts", title: "writes exactly what the plan names, each once" },
    ],
  },
  {
    number: "19",
    pain: "deleting the resource group fails because of the vault in it",
    noTest: "this tool deletes one vault and no resource group",
  },
  {
    number: "20",
    pain: "the vault is gone, yet the group's list still shows it and the group cannot go",
    answer: "handled",
    shownBy: [
      { test: "execution/proof-of-absence.test.ts", title: "that lags behind is waited for" },
      {
        test: "execution/proof-of-absence.test.ts",
        title: "that goes on showing it ends the run waiting, and the same command only looks again",
      },
    ],
  },
  {
    number: "21",
    pain: "policies cannot be deleted while items use them",
    answer: "handled",
    shownBy: [
      {
        test: "dependencies/policies.test.ts",
        title: "need no step in a %s plan, and the plan says why",
      },
    ],
  },
  {
    number: "22",
    pain: "laboratories and classes tear down whole groups",
    noTest: "one run is one vault; a class runs it once for each",
  },
  {
    number: "23",
    pain: "a policy of the organisation protects machines again during the clean-up",
    answer: "detected",
    shownBy: [
      {
        test: "execution/run-faults.test.ts",
        title: "is not deleted: it is named, and the run ends blocked before the vault",
      },
    ],
  },
];
