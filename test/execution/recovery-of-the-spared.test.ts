// The recovery of a run that could not destroy what it was to destroy: that stands, and is not called lost.

import { expect, it } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { backupVault, disk } from "../emulator/data-protection/backup-vault-builder.ts";
import { subscription, world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";
import { planBack } from "../way-back.ts";

/** Operational backups of blobs, which soft delete does not cover. */
const blobs = disk("stlogs", {
  dataSourceInfo: {
    resourceID: `/subscriptions/${subscription}/resourceGroups/rg-bv/providers/Microsoft.Storage/storageAccounts/stlogs`,
    datasourceType: "Microsoft.Storage/storageAccounts/blobServices",
    resourceName: "stlogs",
  },
});

const refusing: World = {
  ...world([]),
  backupVaults: [backupVault({ more: { backupInstances: [blobs, disk("disk-1")] } })],
  faults: [
    {
      match: { method: "DELETE", path: "*/backupInstances/stlogs-instance" },
      times: "always",
      fault: { kind: "status", status: 403, code: "RequestDisallowedByPolicy", message: "not today" },
    },
  ],
};

it("a policy that Azure did not delete is not to be made again", async () => {
  const classic = backupVault({ regime: "classic", more: { backupInstances: [], deletedBackupInstances: [] } });
  const policies = ["p-1", "p-2"].map((name) => ({ ...classic.backupPolicies[0]!, name }));
  const [fault] = refusing.faults ?? [];
  const match = { method: "DELETE", path: "*/backupPolicies/p-2" } as const;
  const rehearsal = rehearse({
    ...world([]),
    backupVaults: [{ ...classic, backupInstances: [disk("disk-1")], backupPolicies: policies }],
    faults: [{ ...fault!, match }],
  });
  const plan = await rehearsal.plan();
  const { events } = await rehearsal.run(plan);
  const { recovery } = await planBack(rehearsal, plan, events);
  expect(recovery?.byHand.map(({ what, subjects }) => [what, subjects])).toEqual([["backup policies", ["p-1"]]]);
});

it("data whose deletion Azure refused is not named as destroyed", async () => {
  const rehearsal = rehearse(refusing);
  const plan = await rehearsal.plan();
  const { result, events } = await rehearsal.run(plan);
  expect(result.exitCode).toBe(3);
  const back = await planBack(rehearsal, plan, events);
  expect(back.steps.map(({ action, name }) => `${action} ${name}`)).toEqual([
    "undelete-instance disk-1",
    "prove-recovery bv-test",
  ]);
  expect(back.recovery?.byHand).toEqual([]);
});
