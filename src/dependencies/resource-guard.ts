// The vault's tie to a resource guard: what it guards needs the permission of whoever holds the guard. It is never removed.

import { armId, segmentAfter, vaultKindOf } from "../model/arm-id.ts";
import type { ArmResource } from "../model/ports.ts";
import type { ResourceGuard } from "../model/resource.ts";
import { type Dependency, nothingToProve } from "./dependency.ts";
import { groups, text } from "./properties.ts";

export const resourceGuard: Dependency<"resource-guard"> = {
  kind: "resource-guard",
  rule: "recorded: azcli2024__test_backup_rg_mapping, hist__test_backup_rg_mapping__81d7f620; documented: multi-user authorization",
  list: async (reader) => (await reader.guardProxies()).map(guardFrom),
  // Whether the tie alone keeps a vault alive is documented nowhere; removing it is itself guarded, and never asked for.
  contribute: (tie) => ({
    note: `needs no step: it stays, and whoever holds the resource guard ${guardName(tie)} decides over ${operationsOf(tie)}`,
  }),
  prove: nothingToProve,
};

function operationsOf({ operations }: ResourceGuard): string {
  return operations.length === 1 ? "1 operation" : `${operations.length} operations`;
}

function guardName(tie: ResourceGuard): string {
  return segmentAfter(tie.guard, "resourceGuards") ?? tie.guard;
}

/** By the vault's own type: a guard of both sorts of vault names the operations of both. */
function ownOperation(operation: string, proxy: ArmResource): string {
  return vaultKindOf(proxy.id) === "backup"
    ? operation.replace(/^Microsoft\.DataProtection\/backupVaults/i, "")
    : operation.replace(/^Microsoft\.RecoveryServices\/vaults/i, "");
}

function guardFrom(proxy: ArmResource): ResourceGuard {
  return {
    kind: "resource-guard",
    id: armId(proxy.id),
    name: proxy.name,
    state: "Enabled",
    guard: armId(text(proxy.properties, "resourceGuardResourceId") ?? ""),
    operations: groups(proxy.properties, "resourceGuardOperationDetails").flatMap((detail) => {
      const operation = text(detail, "vaultCriticalOperation");
      const request = text(detail, "defaultResourceRequest");
      if (operation === undefined || request === undefined) return [];
      return [{ operation: ownOperation(operation, proxy), request: armId(request) }];
    }),
  };
}
