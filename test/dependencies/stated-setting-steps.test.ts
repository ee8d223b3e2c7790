// The steps on the vault, its settings, its locks and its private endpoints, word for word.

import { describe, expect, it } from "vitest";
import type { Contribution } from "../../src/dependencies/dependency.ts";
import { consents } from "../../src/model/step.ts";
import { connection, endpoint, hybridSecurity, immutability, lock, marsServer, softDelete, vault } from "./builders.ts";
import { stated } from "./stated.ts";

type Row = readonly [title: string, state: () => Contribution, said: unknown];

const settingSteps: readonly Row[] = [
  [
    "soft delete",
    () => stated(softDelete("Enabled"), [], { strategy: "purge" }),
    [
      {
        action: "disable-soft-delete",
        reason:
          "purge needs deletions to be final, and now they are kept for 14 days; if the service refuses, the run stops here with no data touched",
        weakens: "soft delete is off for the whole vault: from then on every deletion in it is final",
        irreversible: false,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/write",
          "Microsoft.RecoveryServices/Vaults/backupconfig/write",
        ],
        exclusive: "<vault key>",
        request: {
          write: "set-soft-delete",
          vault: "<vault>",
          softDeleteState: "Disabled",
          hybridState: "Enabled",
          retentionDays: 14,
        },
      },
    ],
  ],
  [
    "hybrid security",
    () => stated(hybridSecurity("Enabled"), [softDelete("Enabled"), marsServer("m")], { strategy: "purge" }),
    [
      {
        action: "disable-hybrid-security",
        reason: "while it is on, Azure refuses to unregister servers that hold backup data",
        weakens:
          "hybrid security is off for the whole vault: backups of its servers can be deleted without a security PIN",
        irreversible: false,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/write",
          "Microsoft.RecoveryServices/Vaults/backupconfig/write",
        ],
        exclusive: "<vault key>",
        request: {
          write: "set-soft-delete",
          vault: "<vault>",
          softDeleteState: "Disabled",
          hybridState: "Disabled",
          retentionDays: 14,
        },
      },
    ],
  ],
  [
    "immutability",
    () => stated(immutability("Unlocked"), [], { consents }),
    [
      {
        action: "disable-immutability",
        reason: "an immutable vault refuses every deletion of backup data",
        irreversible: false,
        weakens: "the vault's backup data is no longer immutable",
        consent: "disable-immutability",
        permissions: ["Microsoft.RecoveryServices/Vaults/write"],
        exclusive: "<vault key>",
        request: { write: "set-immutability", vault: "<vault>", state: "Disabled" },
      },
    ],
  ],
  [
    "a lock",
    () => stated(lock(), [], { consents }),
    [
      {
        irreversible: false,
        holds: "<group>",
        action: "remove-lock",
        reason: "the CanNotDelete lock keep on resource group rg-test refuses deletions: it holds up vault rsv-test",
        weakens: "until it is put back, resource group rg-test can be deleted by everyone with the right to",
        consent: "remove-locks",
        permissions: ["Microsoft.Authorization/locks/delete"],
        request: { write: "remove-lock", lock: "<id>" },
      },
      {
        irreversible: false,
        holds: "<group>",
        action: "restore-lock",
        reason:
          "where resource group rg-test still stands it gets its CanNotDelete lock back, also when this run fails or is stopped",
        consent: "remove-locks",
        permissions: ["Microsoft.Authorization/locks/write"],
        undoes: "remove-lock <key>",
        byHand:
          "az lock create --name 'keep' --lock-type 'CanNotDelete' --resource-group 'rg-test' --subscription '00000000-0000-0000-0000-000000000000'",
        request: { write: "restore-lock", lock: "<id>", level: "CanNotDelete" },
      },
    ],
  ],
  [
    "a stricter lock with notes and owners",
    () => stated(lock({ state: "ReadOnly", notes: "of finance", owners: ["app-1"] }), [], { consents }),
    [
      {
        irreversible: false,
        holds: "<group>",
        action: "remove-lock",
        reason: "the ReadOnly lock keep on resource group rg-test refuses every change: it holds up vault rsv-test",
        weakens:
          "until it is put back, resource group rg-test can be changed and deleted by everyone with the right to",
        consent: "remove-locks",
        permissions: ["Microsoft.Authorization/locks/delete"],
        request: { write: "remove-lock", lock: "<id>" },
      },
      {
        irreversible: false,
        holds: "<group>",
        action: "restore-lock",
        reason:
          "where resource group rg-test still stands it gets its ReadOnly lock back, also when this run fails or is stopped",
        consent: "remove-locks",
        permissions: ["Microsoft.Authorization/locks/write"],
        undoes: "remove-lock <key>",
        byHand:
          "az lock create --name 'keep' --lock-type 'ReadOnly' --resource-group 'rg-test' --subscription '00000000-0000-0000-0000-000000000000' --notes 'of finance'",
        request: { write: "restore-lock", lock: "<id>", level: "ReadOnly", notes: "of finance", owners: ["app-1"] },
      },
    ],
  ],
  [
    "a connection",
    () => stated(connection("pe-1")),
    [
      {
        action: "delete-private-endpoint-connection",
        reason: "a private endpoint connection keeps the vault alive, even one that was only attempted",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/privateEndpointConnections/delete"],
        exclusive: "<vault key>",
        request: { write: "delete-private-endpoint-connection", connection: "<id>" },
      },
    ],
  ],
  [
    "an endpoint",
    () => stated(endpoint("pe-1")),
    [
      {
        action: "delete-private-endpoint",
        reason: "without the vault it leads nowhere, and it is billed; --keep private-endpoints leaves it",
        irreversible: true,
        permissions: ["Microsoft.Network/privateEndpoints/delete"],
        request: { write: "delete-private-endpoint", endpoint: "<id>" },
      },
    ],
  ],
  [
    "an endpoint that Backup made",
    () => stated({ ...endpoint("pe-2"), helperOf: endpoint("pe-1").id }, [endpoint("pe-1")]),
    [
      {
        action: "delete-private-endpoint",
        reason: "Backup made it for pe-1, and it is billed; --keep private-endpoints leaves it",
        irreversible: true,
        permissions: ["Microsoft.Network/privateEndpoints/delete"],
        request: { write: "delete-private-endpoint", endpoint: "<id>" },
      },
    ],
  ],
  [
    "the vault",
    () => stated(vault()),
    [
      {
        action: "recheck",
        reason: "the whole vault is listed again: nothing may be deleted under the vault unseen",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/read"],
        exclusive: "<key>",
      },
      {
        action: "delete-vault",
        reason: "what this plan is for",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/delete"],
        exclusive: "<key>",
        request: { write: "delete-vault", vault: "<id>" },
      },
      {
        action: "prove-absence",
        reason: "an accepted deletion is not a proof",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/read"],
        exclusive: "<key>",
      },
    ],
  ],
];

describe("a step says what it is for, what it needs and what it writes", () => {
  it.each(settingSteps)("on %s", (_title, state, said) => {
    expect(state().steps).toStrictEqual(said);
  });
});
