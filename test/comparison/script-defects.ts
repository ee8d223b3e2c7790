// Known defects of the PowerShell script the portal generates for deleting a vault, and what shows how this tool behaves instead.

import type { Shown } from "./shown.ts";

export type Defect = {
  readonly number: number;
  readonly script: string;
  readonly here: string;
  readonly shownBy: readonly Shown[];
};

const siteRecovery = "dependencies/site-recovery";

export const scriptDefects: readonly Defect[] = [
  {
    number: 1,
    script: "takes for granted that soft delete can be turned off, and says so although it was refused",
    here: "soft weakens nothing; a purge stops at the refusal with no data touched",
    shownBy: [
      {
        test: "execution/run-purge.test.ts",
        title:
          "stops before any data is touched when Azure refuses to turn soft delete off, and says what soft would do",
      },
      { test: "dependencies/soft-delete.test.ts", title: "is that the vault reads Disabled" },
    ],
  },
  {
    number: 2,
    script: "undeletes soft-deleted virtual machines alone; other workloads stay and block",
    here: "a purge undeletes and deletes again whatever is soft-deleted",
    shownBy: [
      {
        test: "planning/world-plans.test.ts",
        title: "world classic turns soft delete off, undeletes, deletes all for good and ends purged",
      },
    ],
  },
  {
    number: 3,
    script: "turns auto-protection off after the databases are deleted: they may be protected again in between",
    here: "auto-protection goes first",
    shownBy: [
      {
        test: "execution/run-soft.test.ts",
        title: "turns auto-protection off before any database goes, so that none comes back",
      },
    ],
  },
  {
    number: 4,
    script: "finds auto-protection through what could be protected, and only of SQL Server",
    here: "the intents themselves are listed",
    shownBy: [
      {
        test: "dependencies/auto-protection.test.ts",
        title: "reads the instance, and the container without its type prefix",
      },
      { test: "dependencies/auto-protection.test.ts", title: "without a known container goes before every item" },
    ],
  },
  {
    number: 5,
    script: "never lists some workloads: HANA instances, ASE, SQL instance snapshots, old Azure SQL",
    here: "one list has every item; a type nobody knows is shown and blocks",
    shownBy: [
      { test: "dependencies/backup-items.test.ts", title: "lists an item of type %s" },
      { test: "dependencies/backup-items.test.ts", title: "leaves an item of %s to be shown as unknown" },
      {
        test: "dependencies/unknown.test.ts",
        title: "lets %s block in both strategies, and names it and the way out",
      },
    ],
  },
  {
    number: 6,
    script: "does not look at soft-deleted containers or at the state of a registration",
    here: "both lists are read, and the state decides",
    shownBy: [
      {
        test: "dependencies/containers.test.ts",
        title: "joins registered and soft-deleted ones",
      },
      {
        test: "dependencies/containers.test.ts",
        title: "gets no step in a soft plan, even when it stands in the list of registered ones",
      },
    ],
  },
  {
    number: 7,
    script: "unregisters nodes of an availability group too early and waits for nothing",
    here: "nodes go after the group's databases; a container that Azure still takes for full is tried again",
    shownBy: [
      {
        test: "dependencies/workload-containers.test.ts",
        title: "of any node go after the databases of an availability group, whose own container is in no list",
      },
      { test: "execution/run-servers.test.ts", title: "is waited for before the container goes" },
    ],
  },
  {
    number: 8,
    script: "prints success whatever happened",
    here: "a step is done when it was read back; a failure keeps its code and skips what depends on it",
    shownBy: [
      {
        test: "execution/run-faults.test.ts",
        title: "blocks its step with the code, skips what depends on it with the cause, and lets the rest go on",
      },
      {
        test: "comparison/known-troubles.test.ts",
        title:
          "of 204 for a deletion that did nothing is no proof: the step fails and the run ends 5 with the vault standing",
      },
    ],
  },
  {
    number: 9,
    script: "looks again before the end, prints what is left, and deletes the vault regardless",
    here: "what is left ends the run before the vault",
    shownBy: [
      {
        test: "execution/run-faults.test.ts",
        title: "is not deleted: it is named, and the run ends blocked before the vault",
      },
    ],
  },
  {
    number: 10,
    script: "deletes the vault with an api-version of 2021, which wants it empty",
    here: "one profile of api-versions per run, written in the plan",
    shownBy: [
      {
        test: "model/api-versions.test.ts",
        title: "soft writes with a version that deletes a vault holding soft-deleted items",
      },
      { test: "planning/plan-teardown.test.ts", title: "carries the whole input of a run" },
    ],
  },
  {
    number: 11,
    script: "looks once right after the deletion, and says nothing when the vault is still there",
    here: "three readings, waited for, with the purge date",
    shownBy: [
      {
        test: "execution/proof-of-absence.test.ts",
        title: "is three readings: the address, the list of the group, the deleted vaults with the purge date",
      },
      {
        test: "execution/proof-of-absence.test.ts",
        title: "that still answers is no proof: the run fails and says so",
      },
    ],
  },
  {
    number: 12,
    script: "looks for private endpoints by name in the vault's own group; helpers and DNS are not thought of",
    here: "by the id in the connection, anywhere; helpers go too, DNS names are said",
    shownBy: [
      {
        test: "dependencies/private-endpoints.test.ts",
        title: "asks for each endpoint that a connection names, and knows its connection",
      },
      {
        test: "dependencies/private-endpoint-helpers.test.ts",
        title: "of world kitchen-sink are deleted after it, and a saved plan says so again",
      },
      {
        test: "dependencies/private-endpoint-helpers.test.ts",
        title: "remain in people's DNS zones when it is deleted",
      },
    ],
  },
  {
    number: 13,
    script: "forces every replicated machine out of Site Recovery, told or not, failed over or not",
    here: "clean where the source answers, forced only by consent; failed-over machines block",
    shownBy: [
      { test: `${siteRecovery}/replicated-items.test.ts`, title: "is clean and final where the source can be told" },
      {
        test: `${siteRecovery}/replicated-items.test.ts`,
        title: "is forced with consent, and says what is left on it",
      },
      { test: `${siteRecovery}/replicated-items.test.ts`, title: "is known by %s, and blocks" },
    ],
  },
  {
    number: 14,
    script: "leaves recovery plans, policies, vCenters, providers, mappings and appliances of Site Recovery",
    here: "every list of it is read, every kind has a step or a blocker",
    shownBy: [
      {
        test: `${siteRecovery}/order.test.ts`,
        title: "plans a removal or a blocker for everything, or says why neither is needed",
      },
      {
        test: `${siteRecovery}/servers-and-fabrics.test.ts`,
        title: "blocks with instructions, whatever is allowed: no API removes it",
      },
    ],
  },
  {
    number: 15,
    script: "asks for networks by an object instead of a name, so that their mappings stay",
    here: "mappings are listed for the whole vault, by id",
    shownBy: [
      { test: `${siteRecovery}/mappings-and-containers.test.ts`, title: "%s comes after the items of both fabrics" },
    ],
  },
  {
    number: 16,
    script: "swallows errors of Site Recovery and goes for the fabric at once",
    here: "children before parents, each one read back",
    shownBy: [
      { test: `${siteRecovery}/order.test.ts`, title: "takes children before their parents" },
      {
        test: "comparison/known-troubles.test.ts",
        title: "of Site Recovery keeps its code, and what it belongs to is left alone",
      },
    ],
  },
  {
    number: 17,
    script: "knows nothing of resource guards",
    here: "guarded steps are marked and carry the guard's request",
    shownBy: [
      {
        test: "planning/guarded-steps.test.ts",
        title: "gives a guarded deletion the guard's request, its proxy and the right to unlock",
      },
    ],
  },
  {
    number: 18,
    script: "does not look at immutability: it destroys a part and then fails",
    here: "immutability blocks the plan before anything is written",
    shownBy: [
      {
        test: "dependencies/immutability.test.ts",
        title: "blocks without consent when it is Unlocked, and names the consent (%s)",
      },
      {
        test: "dependencies/immutability.test.ts",
        title: "blocks once for the vault until the last date, and once per item until its own",
      },
    ],
  },
  {
    number: 19,
    script: "looks at neither locks nor rights: it destroys data and fails at the end",
    here: "both are read while planning, and said all at once",
    shownBy: [
      {
        test: "execution/run-locks.test.ts",
        title: "without consent is blocked by every lock at once, and by none that holds nothing up",
      },
      {
        test: "planning/permissions.test.ts",
        title: "is one blocker per scope, with all actions, a command and whom to ask",
      },
    ],
  },
  {
    number: 20,
    script: "cannot be continued, keeps no record, has no dry run, works one by one",
    here: "plan first, journal, continue, independent steps side by side",
    shownBy: [
      {
        test: "trust/crash-anywhere.test.ts",
        title: "goes on to the same end wherever it is killed, without drift: $strategy, lines $first to $last",
      },
      { test: "planning/world-plans.test.ts", title: "writes nothing while it is made: %s" },
      {
        test: "execution/scheduler.test.ts",
        title: "starts every step once, after all before it, within the limit and one at a time per key",
      },
    ],
  },
  {
    number: 21,
    script: "compares versions as text and reinstalls modules, loosening the machine's execution policy",
    here: "one package with a declared runtime; nothing is installed by a run",
    shownBy: [
      { test: "cli/node-version.test.ts", title: "is the one the package declares" },
      { test: "cli/node-version.test.ts", title: "%s is supported: %s" },
      { test: "comparison/known-troubles.test.ts", title: "names one exact version of everything it runs on" },
    ],
  },
  {
    number: 22,
    script: "puts a token into a header as text, which newer modules no longer give",
    here: "credentials are the Azure SDK's",
    shownBy: [{ readme: "come from the Azure SDK's default chain" }],
  },
  {
    number: 23,
    script: "names the public cloud's host",
    here: "each cloud's own host, and no other",
    shownBy: [
      { test: "comparison/known-troubles.test.ts", title: "goes to the host of the cloud that was chosen: %s" },
    ],
  },
  {
    number: 24,
    script: "takes names by hand, twice, and never compares them",
    here: "one vault by id; a saved plan is held against it; consent names it",
    shownBy: [
      { test: "cli/bad-input.test.ts", title: "is ambiguous: the candidates are listed by their full ids" },
      { test: "cli/apply.test.ts", title: "writes nothing without a consent that names the vault or the plan" },
      { test: "cli/apply.test.ts", title: "refuses a saved plan when the vault has changed, and names the difference" },
      { test: "azure/own-target.test.ts", title: "may not go to %s" },
    ],
  },
  {
    number: 25,
    script: "does not see jobs that run, and repeats nothing after a conflict",
    here: "jobs are waited for; a conflict is tried again",
    shownBy: [
      {
        test: "planning/world-plans.test.ts",
        title: "the running backup of world kitchen-sink holds up its own machine alone",
      },
      { test: "execution/run-faults.test.ts", title: "is asked again after a conflict" },
    ],
  },
  {
    number: 26,
    script: "says neither what stays behind nor when the rest can be done",
    here: "leftovers are listed; what must wait has a date",
    shownBy: [
      {
        test: "dependencies/leftovers.test.ts",
        title: "are those of the machines this vault protects, by the machine's whole name",
      },
      {
        test: "execution/run-soft.test.ts",
        title: "waits for the soft-deleted items when Azure refuses the vault, and says until when",
      },
    ],
  },
];
