// A locked Backup vault: which instances hold it by which recovery points, and what is said of each.

import { describe, expect, it } from "vitest";
import { readInstanceExpiries } from "../../../src/dependencies/backup-vault/locked-instances.ts";
import { immutability as kind } from "../../../src/dependencies/immutability.ts";
import type { ArmResource } from "../../../src/model/ports.ts";
import { answer, backupVaultPath, readerOf } from "../arm-answers.ts";
import { now, only } from "../builders.ts";
import { contextOf, deletedAnswer, diskAnswer, immutability } from "./builders.ts";

const blobs = "Microsoft.Storage/storageAccounts/blobServices";

function instanceAnswer(name: string, datasourceType: string, vaulted = false): ArmResource {
  return answer(`${backupVaultPath}/backupInstances/${name}`, {
    friendlyName: name,
    dataSourceInfo: { datasourceType },
    policyInfo: vaulted ? { policyParameters: { backupDatasourceParametersList: [{ containersList: ["c"] }] } } : {},
    currentProtectionState: "ProtectionConfigured",
  });
}

/** A point kept in stores, each until its time (recorded: azext2024__test_dataprotection_recovery_point_show and others). */
function point(...stores: readonly (readonly [type: string, expiryTime: string | null])[]): ArmResource {
  const details = stores.map(([type, expiryTime]) => ({ type, expiryTime, state: "COMMITTED" }));
  return answer("/points/1", { recoveryPointDataStoresDetails: details });
}

const db = instanceAnswer("db", "Microsoft.DBforPostgreSQL/flexibleServers");

async function expiries(instance: ArmResource, points: readonly ArmResource[]) {
  return readInstanceExpiries(
    readerOf({ backupInstances: async () => [instance], recoveryPoints: async () => points }),
  );
}

describe("an instance of a locked Backup vault", () => {
  const [early, late] = ["2026-12-01T00:00:00.1234567Z", "2027-01-01T00:00:00Z"];

  it.each([
    [
      "all its points are dated",
      [point(["VaultStore", late]), point(["VaultStore", early])],
      { until: "2027-01-01T00:00:00.000Z" },
    ],
    [
      "a new one has no date yet",
      [point(["VaultStore", null]), point(["VaultStore", early])],
      { notBefore: "2026-12-01T00:00:00.123Z" },
    ],
    ["none has a date", [point(["VaultStore", null])], {}],
    [
      "it is kept in several stores",
      [point(["OperationalStore", early], ["ArchiveStore", late])],
      { until: "2027-01-01T00:00:00.000Z" },
    ],
  ])("holds it to its last expiry where %s", async (_what, points, dates) => {
    expect(await expiries(db, points)).toEqual([{ item: db.id, name: "db", ...dates }]);
  });

  it("holds nothing without recovery points", async () => {
    expect(await expiries(db, [])).toEqual([]);
  });

  it("holds nothing by the operational tier of disks and blobs, and is not asked where it has no other", async () => {
    let asked = 0;
    const reader = readerOf({
      backupInstances: async () => [
        diskAnswer("disk"),
        instanceAnswer("st1", blobs),
        instanceAnswer("st2", blobs, true),
      ],
      recoveryPoints: async () => ((asked += 1), [point(["OperationalStore", late])]),
    });
    expect(await readInstanceExpiries(reader)).toEqual([]);
    expect(asked).toBe(1);
  });

  it("holds it by the operational tier of any other datasource: nothing says that it does not", async () => {
    const aks = instanceAnswer("aks", "Microsoft.ContainerService/managedClusters");
    expect(await expiries(aks, [point(["OperationalStore", late])])).toHaveLength(1);
  });

  it("that is soft-deleted does not hold it", async () => {
    const reader = readerOf({ deletedBackupInstances: async () => [deletedAnswer(db)] });
    expect(await readInstanceExpiries(reader)).toEqual([]);
  });
});

describe("a locked Backup vault", () => {
  const until = new Date(now + 30 * 86_400_000).toISOString();
  const held = { ...immutability("Locked"), expiries: [{ item: immutability("Locked").id, name: "db", until }] };

  it("blocks with the date of the vault, and of each instance that holds it", () => {
    expect(kind.contribute(held, contextOf([held])).blockers?.map(({ code, until: date }) => [code, date])).toEqual([
      ["immutability-locked", until],
      ["immutability-locked-item", until],
    ]);
  });

  it("goes when the last recovery point has expired", () => {
    const past = { ...held, expiries: [{ ...held.expiries[0]!, until: new Date(now - 1000).toISOString() }] };
    expect(kind.contribute(past, contextOf([past])).blockers).toBeUndefined();
  });

  it("of a state nobody knows is taken for locked, without any date", () => {
    const strange = immutability("Frozen");
    expect(only(kind.contribute(strange, contextOf([strange])).blockers)).toMatchObject({
      code: "immutability-locked",
    });
  });
});
