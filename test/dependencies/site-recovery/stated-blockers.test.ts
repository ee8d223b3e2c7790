// What of Site Recovery blocks, stays behind or needs no step, word for word.

import { describe, expect, it } from "vitest";
import type { Contribution } from "../../../src/dependencies/dependency.ts";
import { armId } from "../../../src/model/arm-id.ts";
import { consents } from "../../../src/model/step.ts";
import { stated } from "../stated.ts";
import {
  disconnected,
  fabric,
  failedOver,
  migrationItem,
  protectionContainer,
  replicatedItem,
  replicationJob,
  server,
} from "./builders.ts";

type Row = readonly [title: string, state: () => Contribution, said: unknown];

const blocks: readonly Row[] = [
  [
    "a machine whose server is not connected",
    () => stated(replicatedItem("site", "vm-1", { source: "unreachable" })),
    [
      {
        code: "replication-source-unreachable",
        subject: "<id>",
        reason:
          "the source of vm-1 (A2A) cannot be told that replication ends: the server it reports to is not connected",
        fix: "bring its server back and plan again; if it is gone for good: --allow orphan-replication, which leaves configuration on the source",
        who: "the administrator of the site it replicates from",
      },
    ],
  ],
  [
    "a machine nobody knows how to reach",
    () => stated(replicatedItem("site", "vm-1", { source: "unknown" })),
    [
      {
        code: "replication-source-unreachable",
        subject: "<id>",
        reason:
          "the source of vm-1 (A2A) cannot be told that replication ends: nothing says that the server it reports to is connected",
        fix: "bring its server back and plan again; if it is gone for good: --allow orphan-replication, which leaves configuration on the source",
        who: "the administrator of the site it replicates from",
      },
    ],
  ],
  [
    "a machine that was failed over",
    () => stated(replicatedItem("east", "vm-1", failedOver)),
    [
      {
        code: "replication-failed-over",
        subject: "<id>",
        reason:
          "vm-1 is failed over or not committed (UnplannedFailoverCommitPendingStatesBegin, active location Recovery): a machine whose name Azure does not say may be the live machine now, and vm-1 the old one",
        fix: "fail back and commit, then plan again; if the recovered machine is to stay as it is (its failover committed first): --allow failed-over-items",
        who: "the owner of vm-1",
      },
    ],
  ],
  [
    "a machine that was failed over to a known one",
    () => stated(replicatedItem("east", "vm-1", { ...failedOver, recoveredMachine: "vm-r", activeLocation: "" })),
    [
      {
        code: "replication-failed-over",
        subject: "<id>",
        reason:
          "vm-1 is failed over or not committed (UnplannedFailoverCommitPendingStatesBegin): vm-r may be the live machine now, and vm-1 the old one",
        fix: "fail back and commit, then plan again; if the recovered machine is to stay as it is (its failover committed first): --allow failed-over-items",
        who: "the owner of vm-1",
      },
    ],
  ],
  [
    "a server that is not connected",
    () => stated(server("site", "h", disconnected)),
    [
      {
        code: "replication-source-unreachable",
        subject: "<id>",
        reason: "the server h (HyperVSite) cannot be told that it is removed: its connection reads Disconnected",
        fix: "bring it back and plan again; if it is gone for good: --allow orphan-replication, which leaves its registration on it",
        who: "the administrator of that server",
      },
    ],
  ],
  [
    "a site with appliances",
    () => stated(fabric("site", { fabricType: "InMageRcm", appliances: ["a-1", "a-2"] })),
    [
      {
        code: "appliance-registered",
        subject: "<id>",
        reason:
          "the appliance a-1, a-2 is registered with site: only its own configuration manager or the portal removes it, no API does",
        fix: "disable replication of its machines; then reset it in its configuration manager, or delete it in the portal once all its components read critical for 30 minutes (Site Recovery infrastructure); then choose remove infrastructure there, and plan again. steps: https://learn.microsoft.com/azure/site-recovery/delete-appliance",
        who: "the administrator of the appliance, with site recovery contributor on the vault",
      },
    ],
  ],
  [
    "a machine under a test migration",
    () => stated(migrationItem("east", "m", { testMigration: "TestMigrationSucceeded" })),
    [
      {
        code: "test-migration-open",
        subject: "<id>",
        reason: "m has a test migration (TestMigrationSucceeded), and a machine made for it may run in Azure",
        fix: "clean the test migration up in the Azure Migrate project, then plan again",
        who: "a contributor of the Azure Migrate project",
      },
    ],
  ],
  [
    "a job that waits for a person",
    () => stated(replicationJob("j", { state: "Suspended" })),
    [
      {
        code: "replication-job-suspended",
        subject: "<id>",
        reason: "the TestFailover job of j is Suspended: it waits for a person and would never end",
        fix: "resume or end it in the portal (Site Recovery jobs), then plan again",
        who: "a site recovery operator of the vault",
      },
    ],
  ],
];

const remainders: readonly Row[] = [
  [
    "a machine with an agent",
    () => stated(replicatedItem("east", "vm-1", { sourceId: armId("/vm-1") })),
    [{ what: "the mobility agent or replication extension on the source machine", subject: "/vm-1" }],
  ],
  [
    "a machine that was not told",
    () =>
      stated(replicatedItem("site", "vm-1", { source: "unreachable", provider: "HyperVReplicaAzure" }), [], {
        consents,
      }),
    [{ what: "the replication configuration on the source, which was not told", subject: "vm-1" }],
  ],
  [
    "a machine with disks",
    () =>
      stated(
        replicatedItem("site", "vm-1", {
          provider: "HyperVReplicaAzure",
          leaves: [{ what: "replica disk", subject: "/disk" }],
        }),
      ),
    [{ what: "replica disk", subject: "/disk", of: "vm-1" }],
  ],
  [
    "a machine under migration",
    () => stated(migrationItem("east", "m")),
    [{ what: "replica disks of a migration (Azure may remove them)", subject: "<id>" }],
  ],
  [
    "a fabric with an appliance",
    () => stated(fabric("site", { fabricType: "InMageRcm", appliances: ["a-1", "a-2"] })),
    [
      {
        what: "what the appliance used: its storage account, network interface, public address and app registrations",
        subject: "a-1, a-2",
      },
    ],
  ],
];

const notes: readonly Row[] = [
  [
    "a site whose servers cannot be told",
    () => stated(fabric("site", { fabricType: "HyperVSite" }), [server("site", "h", disconnected)]),
    { note: "waits for the decision about its unreachable server" },
  ],
  [
    "a site's container",
    () => stated(protectionContainer("site", { fabricType: "VMM" })),
    { note: "a container of VMM: it goes with its fabric" },
  ],
  [
    "a region's server",
    () => stated(server("east", "h", { fabricType: "Azure" })),
    { note: "a region of Azure has no server of its own: it goes with its fabric" },
  ],
];

describe("a blocker says why, what to do and who can", () => {
  it.each(blocks)("for %s", (_title, state, said) => {
    expect(state().blockers).toStrictEqual(said);
  });
});

describe("what stays behind is said", () => {
  it.each(remainders)("of %s", (_title, state, said) => {
    expect(state().remains).toStrictEqual(said);
  });
});

describe("what needs no step says why", () => {
  it.each(notes)("for %s", (_title, state, said) => {
    expect({ note: state().note }).toStrictEqual(said);
  });
});
