// Recoveries for tests of the rules: of everything named, from a vault that stands or from a deleted one.

import { recoveryContext, type RecoveryContext } from "../../../src/dependencies/dependency.ts";
import { armId, type ArmId } from "../../../src/model/arm-id.ts";
import type { Recovery } from "../../../src/model/recovery.ts";
import type { Resource } from "../../../src/model/resource.ts";
import { vaultPath } from "../arm-answers.ts";
import { now } from "../builders.ts";

export const deletedVault: NonNullable<Recovery["deletedVault"]> = {
  id: armId(
    "/subscriptions/s/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults/rg-test_0d8a1f3e",
  ),
  deletedAt: "2026-11-20T08:00:00.000Z",
  purgeAt: "2026-12-04T08:00:00.000Z",
};

export function wish(wanted: readonly Pick<Resource, "id">[], more: Partial<Recovery> = {}): Recovery {
  return { wanted: wanted.map(({ id }) => id), byHand: [], remarks: [], ...more };
}

export function recovering(
  resources: readonly Resource[],
  recovery: Recovery,
  vault: ArmId = armId(vaultPath),
): RecoveryContext {
  return recoveryContext(recovery, vault, resources, now);
}
