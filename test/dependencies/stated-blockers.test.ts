// Every blocker that a kind states, word for word: it is all that a person has to go by.

import { describe, expect, it } from "vitest";
import type { Contribution } from "../../src/dependencies/dependency.ts";
import { armId } from "../../src/model/arm-id.ts";
import { consents } from "../../src/model/step.ts";
import {
  endpoint,
  group,
  hybridSecurity,
  immutability,
  lock,
  marsItem,
  marsServer,
  softDelete,
  softDeleted,
  sqlServer,
  vault,
  vmItem,
} from "./builders.ts";
import { stated } from "./stated.ts";

type Row = readonly [title: string, state: () => Contribution, said: unknown];

const blocks: readonly Row[] = [
  [
    "a container soft-deleted before a purge",
    () => stated(sqlServer("sql-1", "SoftDeleted"), [], { strategy: "purge" }),
    [
      {
        code: "container-soft-deleted",
        subject: "<id>",
        reason: "sql-1 is soft-deleted: its items can be undeleted only after it is registered again",
        fix: "register it again in this vault and plan again, or use --strategy soft",
        who: "a backup contributor of the vault",
      },
    ],
  ],
  [
    "soft delete that nobody can turn off",
    () => stated(softDelete("AlwaysON"), [], { strategy: "purge" }),
    [
      {
        code: "soft-delete-always-on",
        subject: "<id>",
        reason:
          "soft delete is AlwaysON: Azure lets nobody turn it off, so nothing in this vault can be purged at once",
        fix: "use --strategy soft: the vault goes now and stays recoverable until its purge date",
        who: "you",
      },
    ],
  ],
  [
    "soft delete that reads a word nobody knows",
    () => stated(softDelete("Odd"), [], { strategy: "purge" }),
    [
      {
        code: "soft-delete-state-unknown",
        subject: "<id>",
        reason: "soft delete reads Odd, which this version does not know, so it is not touched",
        fix: "use --strategy soft: the vault goes now and stays recoverable until its purge date",
        who: "you",
      },
    ],
  ],
  [
    "hybrid security that nobody can turn off",
    () => stated(hybridSecurity("AlwaysON"), [marsServer("m")], { strategy: "purge" }),
    [
      {
        code: "hybrid-security-always-on",
        subject: "<id>",
        reason:
          "hybrid security is AlwaysON: Azure lets nobody turn it off, so the backups of the registered servers cannot be purged",
        fix: "use --strategy soft: the servers are unregistered and their data stays recoverable until its purge date",
        who: "you",
      },
    ],
  ],
  [
    "hybrid security that reads a word nobody knows",
    () => stated(hybridSecurity("Odd"), [marsServer("m")], { strategy: "purge" }),
    [
      {
        code: "hybrid-security-state-unknown",
        subject: "<id>",
        reason: "hybrid security reads Odd, which this version does not know, so it is not touched",
        fix: "use --strategy soft: the servers are unregistered and their data stays recoverable until its purge date",
        who: "you",
      },
    ],
  ],
  [
    "immutability that nobody allowed to turn off",
    () => stated(immutability("Unlocked")),
    [
      {
        code: "immutability-unlocked",
        subject: "<id>",
        reason: "the vault is immutable (Unlocked): backup data cannot be deleted while it is",
        fix: "add --allow disable-immutability to let the plan turn it off first",
        who: "you",
      },
    ],
  ],
  [
    "immutability that is locked",
    () => stated(immutability("Locked")),
    [
      {
        code: "immutability-locked",
        subject: "<id>",
        reason:
          "the vault is immutable (Locked): no one, Microsoft included, can delete recovery points before they expire",
        fix: "stop new backups now (stop protection, retain as per policy) and plan again when the last recovery point has expired",
        who: "the owner of the backup policies",
      },
    ],
  ],
  [
    "immutability that is locked, with what it still holds",
    () =>
      stated({
        ...immutability("Locked"),
        expiries: [
          { item: vmItem("a").id, name: "a", until: "2026-12-01T05:00:00Z" },
          { item: vmItem("b").id, name: "b", notBefore: "2026-12-03T05:00:00Z" },
          { item: vmItem("c").id, name: "c", notBefore: "2026-11-03T05:00:00Z" },
          { item: vmItem("d").id, name: "d" },
        ],
      }),
    [
      {
        code: "immutability-locked",
        subject: "<id>",
        reason:
          "the vault is immutable (Locked): no one, Microsoft included, can delete recovery points before they expire",
        fix: "stop new backups now (stop protection, retain as per policy) and plan again when the last recovery point has expired",
        who: "the owner of the backup policies",
      },
      {
        code: "immutability-locked-item",
        subject:
          "<vault>/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-app;a/protectedItems/VM;iaasvmcontainerv2;rg-app;a",
        reason: "the last recovery point of a expires on 2026-12-01; new backups move that on",
        fix: "let no new backup of a run (stop protection, retain as per policy) and plan again then",
        who: "the owner of the backup policies",
        until: "2026-12-01T05:00:00Z",
      },
      {
        code: "immutability-locked-item",
        subject:
          "<vault>/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-app;b/protectedItems/VM;iaasvmcontainerv2;rg-app;b",
        reason:
          "the last recovery point of b expires not before 2026-12-03: Azure does not say yet when the newest does; new backups move that on",
        fix: "let no new backup of b run (stop protection, retain as per policy) and plan again after that date",
        who: "the owner of the backup policies",
      },
      {
        code: "immutability-locked-item",
        subject:
          "<vault>/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-app;c/protectedItems/VM;iaasvmcontainerv2;rg-app;c",
        reason: "the last recovery point of c expires at a time Azure does not say; new backups move that on",
        fix: "let no new backup of c run (stop protection, retain as per policy) and plan again when the portal shows no recovery point left",
        who: "the owner of the backup policies",
      },
      {
        code: "immutability-locked-item",
        subject:
          "<vault>/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-app;d/protectedItems/VM;iaasvmcontainerv2;rg-app;d",
        reason: "the last recovery point of d expires at a time Azure does not say; new backups move that on",
        fix: "let no new backup of d run (stop protection, retain as per policy) and plan again when the portal shows no recovery point left",
        who: "the owner of the backup policies",
      },
    ],
  ],
  [
    "a lock that nobody allowed to remove",
    () => stated(lock()),
    [
      {
        code: "locked",
        subject: "<id>",
        reason: "the CanNotDelete lock keep on resource group rg-test refuses deletions: it holds up vault rsv-test",
        fix: "plan again with --allow remove-locks, which removes it for the run and puts it back, or have its owner remove it",
        who: "whoever set the lock",
      },
    ],
  ],
  [
    "a lock of which its notes tell",
    () => stated(lock({ notes: "of finance", owners: ["app-1", "app-2"] })),
    [
      {
        code: "locked",
        subject: "<id>",
        reason: "the CanNotDelete lock keep on resource group rg-test refuses deletions: it holds up vault rsv-test",
        fix: "plan again with --allow remove-locks, which removes it for the run and puts it back, or have its owner remove it",
        who: "its owner, application app-1, app-2; its notes say: of finance",
      },
    ],
  ],
  [
    "a lock of a level nobody knows",
    () => stated(lock({ state: "Odd" }), [], { consents }),
    [
      {
        code: "locked",
        subject: "<id>",
        reason: "the Odd lock keep on resource group rg-test refuses every change: it holds up vault rsv-test",
        fix: "have its owner remove it, then plan again",
        who: "whoever set the lock",
      },
    ],
  ],
  [
    "a server soft-deleted before a purge",
    () => stated(marsServer("m", "SoftDeleted"), [], { strategy: "purge" }),
    [
      {
        code: "server-soft-deleted",
        subject: "<id>",
        reason: "m.corp is soft-deleted: its backup data can be purged only after the server is registered again",
        fix: "register the server again in this vault and plan again, or use --strategy soft",
        who: "the administrator of that server",
      },
    ],
  ],
  [
    "a server's item soft-deleted before a purge",
    () => stated(marsItem("a", "m", softDeleted), [marsServer("m")], { strategy: "purge" }),
    [
      {
        code: "server-item-soft-deleted",
        subject: "<id>",
        reason: "a is soft-deleted, and Azure undeletes items of servers outside Azure for nobody but their server",
        fix: "use --strategy soft, or plan again when Azure has purged it",
        who: "you",
        until: "2026-11-29T07:00:00.000Z",
      },
    ],
  ],
  [
    "an item of a server that is not there",
    () => stated(marsItem("a", "m")),
    [
      {
        code: "server-missing",
        subject: "<id>",
        reason: "a can only go with its server, and no registered server windows;m.corp is listed in the vault",
        fix: "delete its backup data on the server's own console, or ask Azure support to remove the item, then plan again",
        who: "the administrator of that server",
      },
    ],
  ],
  [
    "an item of an engine that is not there",
    () => stated(marsItem("a", "m", { managementType: "DPM", engine: "dpm-9" })),
    [
      {
        code: "server-missing",
        subject: "<id>",
        reason: "a can only go with its server, and no registered server dpm-9 is listed in the vault",
        fix: "delete its backup data on the server's own console, or ask Azure support to remove the item, then plan again",
        who: "the administrator of that server",
      },
    ],
  ],
  [
    "a thing nobody knows",
    () => stated({ kind: "unknown", id: armId("/u"), name: "u", state: "there", what: "thing" }),
    [
      {
        code: "unknown-kind",
        subject: "<id>",
        reason: "thing u stands in the vault, and this version does not know how to remove it",
        fix: "remove it by hand (portal or az), then plan again",
        who: "the owner of that resource",
      },
    ],
  ],
  [
    "a vault under a move",
    () => stated(vault({ moveState: "InProgress" })),
    [
      {
        code: "vault-moving",
        subject: "<id>",
        reason: "the vault is being moved to another resource group or subscription",
        fix: "wait until the move has ended, then plan again",
        who: "whoever started the move",
      },
    ],
  ],
  [
    "a vault and a group with the tag",
    () => stated(vault({ protectedByTag: [vault().id, group] })),
    [
      {
        code: "protected-by-tag",
        subject: "<id>",
        reason: "the vault carries the tag vault-teardown=deny: it must not be torn down",
        fix: "remove the tag vault-teardown from <id>, then plan again",
        who: "the owner of the vault, who set the tag",
      },
      {
        code: "protected-by-tag",
        subject: "<group>",
        reason: "the resource group rg-test carries the tag vault-teardown=deny: it must not be torn down",
        fix: "remove the tag vault-teardown from <group>, then plan again",
        who: "the owner of the resource group rg-test, who set the tag",
      },
    ],
  ],
  [
    "an endpoint nobody may read",
    () => stated({ ...endpoint("pe-1"), refusal: { code: "AuthorizationFailed", message: "no" } }),
    [
      {
        code: "private-endpoint-unreadable",
        subject: "<id>",
        reason: "the private endpoint pe-1 cannot be read: AuthorizationFailed: no",
        fix: "get the right to read and delete it, or leave it with --keep private-endpoints",
        who: "an owner of subscription 00000000-0000-0000-0000-000000000000",
      },
    ],
  ],
];

describe("a blocker says why, what to do and who can", () => {
  it.each(blocks)("for %s", (_title, state, said) => {
    expect(state().blockers).toStrictEqual(said);
  });
});
