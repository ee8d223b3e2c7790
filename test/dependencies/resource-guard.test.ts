// The vault's tie to a resource guard: read, shown, never removed.

import { describe, expect, it } from "vitest";
import { resourceGuard } from "../../src/dependencies/resource-guard.ts";
import { answer, readerOf, vaultPath } from "./arm-answers.ts";
import { contextOf, only } from "./builders.ts";

const guard =
  "/subscriptions/s-2/resourcegroups/rg-security/providers/Microsoft.DataProtection/resourceGuards/rg-guard";

// azcli2024__test_backup_rg_mapping, the answer to the PUT of the proxy
const proxy = answer(`${vaultPath}/backupResourceGuardProxies/VaultProxy`, {
  resourceGuardResourceId: guard,
  lastUpdatedTime: "2024-04-19T10:24:18.5572805Z",
  resourceGuardOperationDetails: [
    {
      vaultCriticalOperation:
        "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/delete",
      defaultResourceRequest: `${guard}/deleteProtectedItemRequests/default`,
    },
    {
      vaultCriticalOperation: "Microsoft.RecoveryServices/vaults/write#reduceImmutabilityState",
      defaultResourceRequest: `${guard}/reduceImmutabilityStateRequests/default`,
    },
    { vaultCriticalOperation: "Microsoft.RecoveryServices/vaults/backupconfig/write" },
  ],
});

describe("a vault's tie to a resource guard", () => {
  it("names the guard, and each guarded operation with its request", async () => {
    const found = only(await resourceGuard.list(readerOf({ guardProxies: async () => [proxy] })));
    expect(found).toMatchObject({ id: proxy.id, name: "VaultProxy", guard });
    expect(found.operations).toEqual([
      {
        operation: "/backupFabrics/protectionContainers/protectedItems/delete",
        request: `${guard}/deleteProtectedItemRequests/default`,
      },
      { operation: "/write#reduceImmutabilityState", request: `${guard}/reduceImmutabilityStateRequests/default` },
    ]);
  });

  it("stays, and says whose word counts", async () => {
    const found = only(await resourceGuard.list(readerOf({ guardProxies: async () => [proxy] })));
    const { steps = [], blockers = [], note } = resourceGuard.contribute(found, contextOf([found]));
    expect([steps, blockers]).toEqual([[], []]);
    expect(note).toContain("whoever holds the resource guard rg-guard");
  });
});
