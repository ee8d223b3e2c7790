// How many backups a list of recovery points holds and how far they reach, in the shapes in which Azure lists them.

import { describe, expect, it } from "vitest";
import { recoveryPointsIn } from "../../src/dependencies/recovery-points.ts";
import { answer } from "./arm-answers.ts";

/** azcli2024__test_backup_restore, seq 114. */
const ofMachine = (recoveryPointTime: string) =>
  answer("520981742781621", { objectType: "IaasVMRecoveryPoint", recoveryPointTime });

/** A full backup of a database. */
const ofDatabase = (recoveryPointTimeInUTC: string, isSoftDeleted = false) =>
  answer("full", {
    objectType: "AzureWorkloadSQLRecoveryPoint",
    recoveryPointTimeInUTC,
    recoveryPointProperties: { isSoftDeleted },
  });

/** azcli2024__test_backup_wl_sql_rp: the one entry of all logs, there without any. */
const logs = (...timeRanges: readonly object[]) =>
  answer("DefaultRangeRecoveryPoint", { objectType: "AzureWorkloadSQLPointInTimeRecoveryPoint", timeRanges });

/** azext2024__test_dataprotection_recovery_point_show. */
const ofInstance = (recoveryPointTime: string) =>
  answer("c2d6d06376ee42028787ffaf297f5667", { objectType: "AzureBackupDiscreteRecoveryPoint", recoveryPointTime });

describe("a list of recovery points", () => {
  it.each([
    ["a machine", ofMachine],
    ["a database", ofDatabase],
    ["an instance of a Backup vault", ofInstance],
  ])("of %s reaches from its oldest to its newest, in any order", (_what, point) => {
    const times = ["2024-05-06T12:02:22.7154310Z", "2024-05-07T12:02:21.8831308Z", "2024-05-05T12:02:22Z"];
    expect(recoveryPointsIn(times.map((time) => point(time)))).toEqual({
      count: 3,
      oldest: "2024-05-05T12:02:22.000Z",
      newest: "2024-05-07T12:02:21.883Z",
    });
  });

  it("reaches with its logs beyond the last backup, and never before the first; they are no backups", () => {
    const range = { startTime: "2024-05-01T00:00:00Z", endTime: "2024-05-09T10:00:00Z" };
    expect(recoveryPointsIn([ofDatabase("2024-05-07T00:00:00Z"), logs(range)])).toEqual({
      count: 1,
      oldest: "2024-05-07T00:00:00.000Z",
      newest: "2024-05-09T10:00:00.000Z",
    });
  });

  it("does not count what is soft-deleted already", () => {
    const points = [ofDatabase("2024-05-01T00:00:00Z", true), ofDatabase("2024-05-07T00:00:00Z")];
    expect(recoveryPointsIn(points)).toMatchObject({ count: 1, oldest: "2024-05-07T00:00:00.000Z" });
  });

  it.each([
    ["nothing", []],
    ["only the entry of logs that are not there", [logs()]],
  ])("of %s has no dates", (_what, points) => {
    expect(recoveryPointsIn(points)).toEqual({ count: 0 });
  });

  it("counts a backup without a readable time", () => {
    expect(recoveryPointsIn([ofMachine("soon"), ofMachine("0001-01-01T00:00:00Z")])).toEqual({ count: 2 });
  });
});
