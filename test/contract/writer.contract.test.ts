// What every writer must do, on the emulator and, with VAULT_LIVE and VAULT_LIVE_CONFIRM set, on a vault that may be emptied.

import { beforeAll, describe, expect, it } from "vitest";
import { resourceGuard } from "../../src/dependencies/resource-guard.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Accepted, ArmResource, OperationCheck } from "../../src/model/ports.ts";
import type { GuardPass } from "../../src/model/write-request.ts";
import { liveVault, liveWritesAllowed, vaultUnderTest, type VaultUnderTest } from "./vault-under-test.ts";

const mayWrite = liveVault === undefined || liveWritesAllowed;
const hours = 3_600_000;

// Skipped on a real vault unless its name is repeated in VAULT_LIVE_CONFIRM: these tests delete backup data.
describe.skipIf(!mayWrite)("a vault writer", () => {
  let under: VaultUnderTest;
  beforeAll(async () => {
    under = await vaultUnderTest();
  });

  it("is refused, with a code, when it deletes a vault that holds active items", async () => {
    await expect(under.writer.send({ write: "delete-vault", vault: under.id })).rejects.toMatchObject({
      status: 400,
      code: expect.stringMatching(/^(ServiceResourceNotEmpty|BMSUserErrorVaultDeletion)/),
    });
  });

  it("gets no operation for an intent that is not there", async () => {
    const intent = armId(`${under.id}/backupFabrics/Azure/backupProtectionIntent/00000000-0000-0000-0000-00000000dead`);
    const accepted = await under.writer.send({ write: "delete-protection-intent", intent });
    expect(accepted).toMatchObject({ status: 204 });
    expect(accepted.operation).toBeUndefined();
  });

  it(
    "deletes an item through an operation that ends, and the list shows it",
    async () => {
      const item = (await under.reader.protectedItems()).find(isIdleVirtualMachine);
      if (item === undefined) throw new Error("the vault under test has no Azure VM item that is not soft-deleted");
      const guard = await guardOf(under);
      const accepted = await under.writer.send({ write: "delete-protected-item", item: armId(item.id), ...guard });
      expect(accepted.status).toBe(202);
      expect(accepted.operation?.address).toContain("/backupOperations/");
      expect(accepted.operation?.address).not.toMatch(/[?&](t|c|s|h)=/);
      expect((await ended(under, accepted)).state).toBe("succeeded");
      const after = (await under.reader.protectedItems()).find((candidate) => candidate.id === item.id);
      expect(after === undefined || after.properties["isScheduledForDeferredDelete"] === true).toBe(true);
    },
    hours,
  );
});

/** How a deletion passes the vault's resource guard, where it has one that guards deletions. */
async function guardOf({ reader }: VaultUnderTest): Promise<{ readonly guard?: GuardPass }> {
  const ties = await resourceGuard.list(reader);
  for (const { id, operations } of ties) {
    const found = operations.find(({ operation }) => operation.endsWith("/protectedItems/delete"));
    if (found !== undefined) return { guard: { proxy: id, request: found.request } };
  }
  return {};
}

function isIdleVirtualMachine(item: ArmResource): boolean {
  const { backupManagementType, isScheduledForDeferredDelete, protectionState } = item.properties;
  return (
    backupManagementType === "AzureIaasVM" &&
    isScheduledForDeferredDelete !== true &&
    protectionState === "ProtectionStopped"
  );
}

async function ended(under: VaultUnderTest, accepted: Accepted): Promise<OperationCheck> {
  const { operation } = accepted;
  if (operation === undefined) throw new Error("the write was accepted without an operation");
  for (;;) {
    const check = await under.writer.check(operation);
    if (check.state !== "running") return check;
    await under.clock.sleep((check.retryAfterSeconds ?? operation.retryAfterSeconds ?? 15) * 1000);
  }
}
