// Why something in a vault needs no step, word for word, and what of it remains.

import { describe, expect, it } from "vitest";
import type { Contribution } from "../../src/dependencies/dependency.ts";
import { armId } from "../../src/model/arm-id.ts";
import {
  endpoint,
  hybridSecurity,
  immutability,
  lock,
  marsItem,
  marsServer,
  softDelete,
  softDeleted,
  sqlServer,
  vmContainer,
  vmItem,
} from "./builders.ts";
import { stated } from "./stated.ts";

type Row = readonly [title: string, state: () => Contribution, said: unknown];

const notes: readonly Row[] = [
  [
    "a container that is soft-deleted",
    () => stated(sqlServer("sql-1", "SoftDeleted")),
    { note: "already soft-deleted: it goes with the vault" },
  ],
  ["a machine's container", () => stated(vmContainer("vm-1")), { note: "needs no step: it goes with its backup item" }],
  [
    "soft delete, kept",
    () => stated(softDelete("Enabled")),
    { note: "stays Enabled: the soft strategy weakens no protection; retention 14 days" },
  ],
  [
    "soft delete, off",
    () => stated(softDelete("Disabled")),
    { note: "stays Disabled: the soft strategy weakens no protection" },
  ],
  [
    "soft delete, off before a purge",
    () => stated(softDelete("Disabled"), [], { strategy: "purge" }),
    { note: "already off: deletions are final" },
  ],
  [
    "hybrid security, kept",
    () => stated(hybridSecurity("Enabled"), [softDelete("Enabled"), marsServer("m")]),
    {
      note: "stays Enabled: the soft strategy weakens no protection",
      warnings: [
        "hybrid security is Enabled: in a vault of the classic regime Azure may refuse to unregister MARS, DPM and MABS servers while it is on. Then delete the backup data on each server's own console with a security PIN (from the vault's properties, valid 5 minutes), or use --strategy purge",
      ],
    },
  ],
  [
    "hybrid security of a vault without servers",
    () => stated(hybridSecurity("Enabled"), [softDelete("Enabled")]),
    { note: "stays Enabled: it guards only servers registered from outside Azure" },
  ],
  [
    "hybrid security, off",
    () => stated(hybridSecurity("Disabled"), [marsServer("m")]),
    { note: "stays Disabled: the soft strategy weakens no protection" },
  ],
  [
    "hybrid security, off before a purge",
    () => stated(hybridSecurity("Disabled"), [marsServer("m")], { strategy: "purge" }),
    { note: "already off: servers can be unregistered" },
  ],
  ["immutability, off", () => stated(immutability("Disabled")), { note: "off: it keeps nothing" }],
  [
    "immutability that holds nothing any more",
    () =>
      stated({
        ...immutability("Locked"),
        expiries: [{ item: vmItem("a").id, name: "a", until: "2026-11-21T08:00:00Z" }],
      }),
    { note: "Locked, but no recovery point is held by it any more" },
  ],
  [
    "a lock elsewhere",
    () => stated(lock({ scope: armId("/subscriptions/other") })),
    { note: "it holds up nothing of this plan" },
  ],
  [
    "Backup's own lock",
    () => stated(lock({ ofBackup: true })),
    {
      note: "left to the service: it goes when the account is unregistered",
      remains: [
        {
          what: "Backup's own lock keep, which the service takes away some time after the account is unregistered: look before the account is deleted",
          subject: "<id>",
        },
      ],
    },
  ],
  [
    "a server that is soft-deleted",
    () => stated(marsServer("m", "SoftDeleted")),
    { note: "already soft-deleted: it goes with the vault" },
  ],
  [
    "a soft-deleted item",
    () => stated(vmItem("vm-1", softDeleted), [softDelete("Enabled")]),
    {
      note: "already soft-deleted: it goes with the vault",
      remains: [{ what: "soft-deleted backup data", subject: "<id>", until: "2026-11-29T07:00:00.000Z" }],
      loss: {
        fate: "already-soft-deleted",
        until: "2026-11-29T07:00:00.000Z",
        billing: { billedDays: 0, freeDays: 8, alwaysBilled: "instant-restore snapshots" },
      },
    },
  ],
  [
    "an item of a server",
    () => stated(marsItem("a", "m"), [marsServer("m"), softDelete("Enabled")]),
    {
      note: "goes with its server m.corp",
      remains: [{ what: "soft-deleted backup data", subject: "<id>", until: "2026-12-05T08:00:00.000Z" }],
      loss: {
        fate: "soft-deleted",
        until: "2026-12-05T08:00:00.000Z",
        billing: { billedDays: 0, freeDays: 14 },
      },
    },
  ],
  [
    "an item of a server, soft delete off",
    () => stated(marsItem("a", "m"), [marsServer("m"), softDelete("Disabled")]),
    { note: "goes with its server m.corp", loss: { fate: "destroyed" } },
  ],
  [
    "an item of a server, soft delete unreadable",
    () => stated(marsItem("a", "m"), [marsServer("m")]),
    { note: "goes with its server m.corp", loss: { fate: "destroyed" } },
  ],
  [
    "an endpoint that is kept",
    () => stated(endpoint("pe-1"), [], { keepPrivateEndpoints: true }),
    {
      note: "kept as asked; it no longer leads to the vault",
      remains: [{ what: "private endpoint", subject: "<id>" }],
    },
  ],
  [
    "an endpoint that leads elsewhere too",
    () => stated({ ...endpoint("pe-1"), alsoLeadsTo: [armId("/vaults/a"), armId("/vaults/b")] }),
    {
      note: "stays: it leads to a, b too; only its connection goes",
      remains: [{ what: "private endpoint", subject: "<id>" }],
    },
  ],
  [
    "a resource guard",
    () =>
      stated({
        kind: "resource-guard",
        id: armId("/proxy"),
        name: "proxy",
        state: "Enabled",
        guard: armId("/guards/g"),
        operations: [{ operation: "a", request: armId("/r") }],
      }),
    { note: "needs no step: it stays, and whoever holds the resource guard /guards/g decides over 1 operation" },
  ],
  [
    "a resource guard of more",
    () =>
      stated({
        kind: "resource-guard",
        id: armId("/proxy"),
        name: "proxy",
        state: "Enabled",
        guard: armId("/guards/g"),
        operations: [
          { operation: "a", request: armId("/r") },
          { operation: "b", request: armId("/r") },
        ],
      }),
    { note: "needs no step: it stays, and whoever holds the resource guard /guards/g decides over 2 operations" },
  ],
  [
    "a policy",
    () => stated({ kind: "backup-policy", id: armId("/p"), name: "p", state: "x", managementType: "MAB" }),
    { note: "needs no step: policies go with the vault" },
  ],
];

describe("what needs no step says why", () => {
  it.each(notes)("for %s", (_title, state, said) => {
    const { steps = [], ...rest } = state();
    expect(steps).toEqual([]);
    expect(rest).toStrictEqual(said);
  });
});
