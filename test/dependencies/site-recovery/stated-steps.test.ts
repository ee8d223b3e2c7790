// The steps on what Site Recovery holds, word for word.

import { describe, expect, it } from "vitest";
import type { Contribution } from "../../../src/dependencies/dependency.ts";
import { consents } from "../../../src/model/step.ts";
import { stated } from "../stated.ts";
import {
  containerMapping,
  disconnected,
  fabric,
  migrationItem,
  networkMapping,
  protectionContainer,
  recoveryPlan,
  replicatedItem,
  replicationJob,
  replicationPolicy,
  server,
  storageMapping,
  vcenter,
} from "./builders.ts";

type Row = readonly [title: string, state: () => Contribution, said: unknown];

const steps: readonly Row[] = [
  [
    "a machine that can be told",
    () => stated(replicatedItem("east", "vm-1")),
    [
      {
        action: "disable-replication",
        irreversible: true,
        exclusive: "<key>",
        reason: "a replicated machine keeps the vault alive; its source can be told and is cleaned up",
        weakens: "vm-1 is no longer replicated, and its recovery points are destroyed",
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/remove/action",
        ],
        request: { write: "disable-replication", item: "<id>", provider: "A2A" },
      },
    ],
  ],
  [
    "a machine that cannot be told",
    () => stated(replicatedItem("site", "vm-1", { source: "unreachable" }), [], { consents }),
    [
      {
        action: "disable-replication",
        irreversible: true,
        exclusive: "<key>",
        reason: "its source cannot be told: Azure forgets the item, and the source keeps its configuration",
        weakens:
          "vm-1 is no longer replicated, and its recovery points are destroyed; configuration stays on the source, which goes on as if it were replicated",
        consent: "orphan-replication",
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/delete",
        ],
        request: { write: "purge-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a machine under a test failover",
    () => stated(replicatedItem("east", "vm-1", { testFailover: "MarkedForDeletion" })),
    [
      {
        action: "clean-test-failover",
        reason: "a test failover stands (MarkedForDeletion); while it does, replication cannot be disabled",
        irreversible: true,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/testFailoverCleanup/action",
        ],
        exclusive: "<key>",
        request: { write: "clean-test-failover", item: "<id>" },
      },
      {
        action: "disable-replication",
        irreversible: true,
        exclusive: "<key>",
        reason: "a replicated machine keeps the vault alive; its source can be told and is cleaned up",
        weakens: "vm-1 is no longer replicated, and its recovery points are destroyed",
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/remove/action",
        ],
        request: { write: "disable-replication", item: "<id>", provider: "A2A" },
      },
    ],
  ],
  [
    "a recovery plan",
    () => stated(recoveryPlan("rp")),
    [
      {
        action: "delete-recovery-plan",
        reason: "a recovery plan keeps the items it names in use",
        irreversible: true,
        permissions: ["Microsoft.RecoveryServices/Vaults/replicationRecoveryPlans/delete"],
        exclusive: "<key>",
        request: { write: "delete-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a mapping of containers",
    () => stated(containerMapping("east")),
    [
      {
        action: "remove-container-mapping",
        reason: "a mapping keeps its policy and both its containers in use",
        irreversible: false,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationProtectionContainerMappings/remove/action",
        ],
        exclusive: "<vault key>/replicationfabrics/east/replicationprotectioncontainers/east-container",
        request: { write: "remove-replication-object", target: "<id>", provider: "A2A" },
      },
    ],
  ],
  [
    "a mapping whose servers cannot be told",
    () => stated(containerMapping("site"), [server("site", "h", disconnected)], { consents }),
    [
      {
        action: "remove-container-mapping",
        reason: "a mapping keeps its policy and both its containers in use",
        irreversible: false,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationProtectionContainerMappings/delete",
        ],
        exclusive: "<vault key>/replicationfabrics/site/replicationprotectioncontainers/site-container",
        request: { write: "purge-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a mapping of networks",
    () => stated(networkMapping("east", "west")),
    [
      {
        irreversible: false,
        exclusive: "<vault key>/replicationfabrics/east",
        request: { write: "delete-replication-object", target: "<id>" },
        action: "delete-network-mapping",
        reason: "a network mapping ties two fabrics together",
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationNetworks/replicationNetworkMappings/delete",
        ],
      },
    ],
  ],
  [
    "a mapping of storage",
    () => stated(storageMapping("east", "west")),
    [
      {
        irreversible: false,
        exclusive: "<vault key>/replicationfabrics/east",
        request: { write: "delete-replication-object", target: "<id>" },
        action: "delete-storage-mapping",
        reason: "a storage classification mapping ties two fabrics together",
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationStorageClassifications/replicationStorageClassificationMappings/delete",
        ],
      },
    ],
  ],
  [
    "a container of a region",
    () => stated(protectionContainer("east")),
    [
      {
        action: "remove-protection-container",
        reason: "a protection container keeps its fabric alive",
        irreversible: false,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/remove/action",
        ],
        exclusive: "<key>",
        request: { write: "remove-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a vCenter",
    () => stated(vcenter("vmware", "vc")),
    [
      {
        action: "delete-vcenter",
        reason: "a registered vCenter keeps its fabric alive; the vCenter itself is not touched",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationvCenters/delete"],
        exclusive: "<vault key>/replicationfabrics/vmware",
        request: { write: "delete-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a server",
    () => stated(server("site", "h")),
    [
      {
        action: "remove-provider",
        exclusive: "<vault key>/replicationfabrics/site",
        reason: "a registered server keeps its fabric alive; it is connected and is told",
        irreversible: false,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationRecoveryServicesProviders/remove/action",
        ],
        request: { write: "remove-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a server that cannot be told",
    () => stated(server("site", "h", disconnected), [], { consents }),
    [
      {
        action: "remove-provider",
        exclusive: "<vault key>/replicationfabrics/site",
        reason: "a registered server keeps its fabric alive; it cannot be told, so Azure forgets it",
        irreversible: true,
        weakens: "h keeps its registration and cannot be registered elsewhere before that is removed by hand",
        consent: "orphan-replication",
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationRecoveryServicesProviders/delete",
        ],
        request: { write: "purge-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a region",
    () => stated(fabric("east")),
    [
      {
        action: "remove-fabric",
        exclusive: "<key>",
        reason: "a region keeps the vault alive",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/replicationFabrics/remove/action"],
        request: { write: "remove-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a site whose servers were told",
    () => stated(fabric("site", { fabricType: "HyperVSite" }), [server("site", "h")]),
    [
      {
        action: "remove-fabric",
        exclusive: "<key>",
        reason:
          "a fabric (HyperVSite) keeps the vault alive; its servers have been told before, its containers go with it",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/replicationFabrics/delete"],
        request: { write: "purge-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a site whose servers cannot be told",
    () => stated(fabric("site", { fabricType: "HyperVSite" }), [server("site", "h", disconnected)], { consents }),
    [
      {
        action: "remove-fabric",
        exclusive: "<key>",
        reason: "a fabric (HyperVSite) keeps the vault alive; its servers cannot be told, so Azure forgets it",
        irreversible: true,
        weakens: "the servers of site keep their registration",
        consent: "orphan-replication",
        permissions: ["Microsoft.RecoveryServices/Vaults/replicationFabrics/delete"],
        request: { write: "purge-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a replication policy",
    () => stated(replicationPolicy("p")),
    [
      {
        action: "delete-replication-policy",
        reason: "it may keep the vault alive: nothing says that a vault goes with replication policies in it",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/replicationPolicies/delete"],
        exclusive: "<key>",
        request: { write: "delete-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a machine under migration",
    () => stated(migrationItem("east", "m")),
    [
      {
        action: "delete-migration-item",
        reason: "a machine under migration keeps the vault alive",
        irreversible: true,
        weakens: "m stops being replicated: what was copied to Azure for its migration is lost",
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationMigrationItems/delete",
        ],
        exclusive: "<key>",
        request: { write: "delete-replication-object", target: "<id>" },
      },
    ],
  ],
  [
    "a replication job that is waited for",
    () => stated(replicationJob("j")),
    [
      {
        action: "settle-job",
        name: "TestFailover of j",
        reason: "the job is InProgress; while it runs, changes of what it works on are refused",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/replicationJobs/read"],
      },
    ],
  ],
  [
    "a replication job that is cancelled",
    () => stated(replicationJob("j", { cancellable: true }), [], { consents }),
    [
      {
        action: "settle-job",
        name: "TestFailover of j",
        reason: "the job is InProgress and can be cancelled; while it runs, changes of what it works on are refused",
        irreversible: false,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationJobs/read",
          "Microsoft.RecoveryServices/Vaults/replicationJobs/cancel/action",
        ],
        consent: "cancel-jobs",
        request: { write: "cancel-replication-job", job: "<id>" },
      },
    ],
  ],
];

describe("a step says what it is for, what it needs and what it writes", () => {
  it.each(steps)("on %s", (_title, state, said) => {
    expect(state().steps).toStrictEqual(said);
  });
});
