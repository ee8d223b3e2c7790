// What this version does not know how to remove: shown by name, whatever list it stands in, and it blocks.

import { describe, expect, it } from "vitest";
import { unknown } from "../../src/dependencies/unknown.ts";
import type { VaultReader } from "../../src/model/ports.ts";
import { answer, inFabric, onlyFor, readerOf, vaultPath, vmContainerAnswer, vmItemAnswer } from "./arm-answers.ts";
import { engineAnswer, marsServerAnswer } from "./server-answers.ts";
import { storageAccountAnswer, workloadContainerAnswer } from "./arm-answers.ts";
import { contextOf, only } from "./builders.ts";

const agent = answer(inFabric("protectionContainers/Linux;agent-1"), {
  friendlyName: "AGENT-1",
  backupManagementType: "MAB",
  registrationStatus: "Registered",
  containerType: "Linux",
});
const group = answer(inFabric("protectionContainers/ClusterContainer;compute;rg;cluster"), {
  containerType: "ClusterContainer",
});
const untyped = answer(inFabric("protectionContainers/Odd;one"));

const engine = answer(`${vaultPath}/backupEngines/NEW-1.CORP`, {
  friendlyName: "NEW-1.CORP",
  backupManagementType: "BackupAppliance",
  backupEngineType: "BackupApplianceEngine",
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
  ["a server of a newer agent", { containers: onlyFor("MAB", agent) }, "AGENT-1", "of type Linux"],
  ["a cluster of a newer kind", { containers: onlyFor("AzureWorkload", group) }, group.name, "ClusterContainer"],
  ["a container without a type", { containers: onlyFor("AzureStorage", untyped) }, "Odd;one", "of type unknown"],
  ["an engine", { backupEngines: async () => [engine] }, "NEW-1.CORP", "a backup server of type BackupApplianceEngine"],
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
          : [storageAccountAnswer("st1"), workloadContainerAnswer("sql-1"), marsServerAnswer("mars-1")],
      backupEngines: async () => [engineAnswer("dpm-1")],
    });
    expect(await unknown.list(reader)).toEqual([]);
  });
});
