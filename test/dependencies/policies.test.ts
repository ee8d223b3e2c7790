// Backup policies: listed so that nobody has to wonder, never in the way.

import { describe, expect, it } from "vitest";
import { policies } from "../../src/dependencies/policies.ts";
import { answer, readerOf, vaultPath } from "./arm-answers.ts";
import { contextOf, only } from "./builders.ts";

describe("backup policies", () => {
  it("are listed with their management type", async () => {
    // azcli2020__test_backup_wl_sql_policy, seq 2
    const given = answer(`${vaultPath}/backupPolicies/HourlyLogBackup`, { backupManagementType: "AzureWorkload" });
    expect(await policies.list(readerOf({ policies: async () => [given] }))).toEqual([
      {
        kind: "backup-policy",
        id: given.id,
        name: "HourlyLogBackup",
        state: "defined",
        managementType: "AzureWorkload",
      },
    ]);
  });

  it.each(["soft", "purge"] as const)("need no step in a %s plan, and the plan says why", async (strategy) => {
    const given = answer(`${vaultPath}/backupPolicies/Odd`);
    const policy = only(await policies.list(readerOf({ policies: async () => [given] })));
    expect(policies.contribute(policy, contextOf([policy], { strategy }))).toEqual({
      note: "needs no step: policies go with the vault",
    });
  });
});
