// What this version does not know how to remove: shown by name, whatever list it stands in, and it blocks.

import { describe, expect, it } from "vitest";
import { unknown } from "../../src/dependencies/unknown.ts";
import type { VaultReader } from "../../src/model/ports.ts";
import { answer, inFabric, onlyFor, readerOf, vaultPath, vmContainerAnswer, vmItemAnswer } from "./arm-answers.ts";
import { storageAccountAnswer, workloadContainerAnswer } from "./arm-answers.ts";
import { contextOf, only } from "./builders.ts";

const mars = answer(inFabric("protectionContainers/Windows;swatim-win8.fareast.corp"), {
  // net2016__…MABContainerTests__ListContainersTest, seq 0
  friendlyName: "SWATIM-WIN8.FAREAST.CORP",
  backupManagementType: "MAB",
  registrationStatus: "Registered",
  containerType: "Windows",
});
const group = answer(inFabric("protectionContainers/SQLAGWorkLoadContainer;compute;rg;ag"), {
  containerType: "SQLAGWorkLoadContainer",
});
const untyped = answer(inFabric("protectionContainers/Odd;one"));

const engine = answer(`${vaultPath}/backupEngines/DPM-1.CORP`, {
  // net2016__…BackupEngineTest__ListDPMBakcupEngineTest, seq 0
  friendlyName: "DPM-1.CORP",
  backupManagementType: "DPM",
  registrationStatus: "Registered",
});
const sql = vmItemAnswer("x", {
  // net2016__…AzureSqlProtectedItemTest__ListProtectedItemTest, seq 0
  friendlyName: "dsName",
  backupManagementType: "AzureSql",
  protectedItemType: "Microsoft.Sql/servers/databases",
  protectionState: "Protected",
});

const cases: readonly (readonly [string, Partial<VaultReader>, string, string])[] = [
  ["a MARS server", { containers: onlyFor("MAB", mars) }, "SWATIM-WIN8.FAREAST.CORP", "of type Windows"],
  ["an availability group", { containers: onlyFor("AzureWorkload", group) }, group.name, "SQLAGWorkLoadContainer"],
  ["a container without a type", { containers: onlyFor("AzureStorage", untyped) }, "Odd;one", "of type unknown"],
  ["an engine", { backupEngines: async () => [engine] }, "DPM-1.CORP", "a backup server"],
  ["an item of an unknown type", { protectedItems: async () => [sql] }, "dsName", "Microsoft.Sql/servers/databases"],
];

describe("what this version does not know", () => {
  it.each(cases)("shows %s by name", async (_what, given, name, what) => {
    const found = only(await unknown.list(readerOf(given)));
    expect(found).toMatchObject({ kind: "unknown", name });
    expect(found.what).toContain(what);
  });

  it.each(cases)("lets %s block in both strategies, and names it and the way out", async (_what, given, name) => {
    const found = only(await unknown.list(readerOf(given)));
    for (const strategy of ["soft", "purge"] as const) {
      const contribution = unknown.contribute(found, contextOf([found], { strategy }));
      expect(contribution.steps ?? []).toEqual([]);
      expect(only(contribution.blockers)).toMatchObject({ code: "unknown-kind", subject: found.id });
      expect(only(contribution.blockers).reason).toContain(name);
      expect(only(contribution.blockers).fix).toContain("by hand");
    }
  });

  it("does not include what the other kinds know", async () => {
    const reader = readerOf({
      protectedItems: async () => [vmItemAnswer("vm-1")],
      containers: async (type) =>
        type === "AzureIaasVM"
          ? [vmContainerAnswer("vm-1")]
          : [storageAccountAnswer("st1"), workloadContainerAnswer("sql-1")],
    });
    expect(await unknown.list(reader)).toEqual([]);
  });
});

describe("Site Recovery in the vault", () => {
  it.each([
    { protectedItems: 2, recoveryPlans: 0, registeredServers: 0 },
    { protectedItems: 0, recoveryPlans: 1, registeredServers: 0 },
    { protectedItems: 0, recoveryPlans: 0, registeredServers: 3 },
  ])("is shown and blocks when it is in use: %o", async (usage) => {
    const found = only(await unknown.list(readerOf({ replicationUsage: async () => usage })));
    expect(found).toMatchObject({ id: `${vaultPath}/replicationUsages`, what: "Site Recovery:" });
    expect(found.name).toContain(`${usage.protectedItems} replicated items, ${usage.recoveryPlans} recovery plans`);
    expect(unknown.contribute(found, contextOf([found])).blockers).toHaveLength(1);
  });

  it("is not there when nothing uses it", async () => {
    expect(await unknown.list(readerOf())).toEqual([]);
  });
});
