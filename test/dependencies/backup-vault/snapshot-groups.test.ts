// Disk snapshots in the groups of a Backup vault's instances: counted once a group, and never in the way.

import { describe, expect, it } from "vitest";
import { leftovers } from "../../../src/dependencies/leftovers.ts";
import { AzureError } from "../../../src/model/azure-error.ts";
import type { VaultReader } from "../../../src/model/ports.ts";
import type { Leftover } from "../../../src/model/resource.ts";
import { answer, backupVaultPath, readerOf } from "../arm-answers.ts";
import { only } from "../builders.ts";
import { contextOf, deletedAnswer, diskAnswer } from "./builders.ts";

const group = "/groups/snapshots";
const snapshot = (name: string) => answer(`${group}/providers/Microsoft.Compute/snapshots/${name}`);

async function listed(given: Partial<VaultReader>): Promise<readonly Leftover[]> {
  return leftovers.list(
    readerOf({
      vault: async () => answer(backupVaultPath),
      backupInstances: async () => ["d1", "d2"].map(diskAnswer),
      deletedBackupInstances: async () => [deletedAnswer(diskAnswer("old"))],
      ...given,
    }),
  );
}

const refused = (code: string) => async (): Promise<never> =>
  Promise.reject(new AzureError({ status: code === "ResourceGroupNotFound" ? 404 : 403, code, message: "no" }));

describe("the snapshots of a Backup vault's instances", () => {
  it("are counted in one list for each group, with the instances it is for", async () => {
    const asked: string[] = [];
    const found = await listed({
      resourcesOfType: async (...about) => (asked.push(about.join(" ")), [snapshot("s1"), snapshot("s2")]),
    });
    expect(asked).toEqual([`${group} Microsoft.Compute/snapshots`]);
    expect(only(found)).toMatchObject({ id: group, state: "stays" });
    expect(only(found).what).toContain(
      "2 disk snapshots stand in the group that keeps those of the backups of d1, d2, old",
    );
    expect(leftovers.contribute(only(found), contextOf([])).remains).toEqual([
      { what: only(found).what, subject: group },
    ]);
  });

  it("are named after three instances at most", async () => {
    const found = await listed({
      backupInstances: async () => ["a", "b", "c", "d"].map(diskAnswer),
      resourcesOfType: async () => [snapshot("s1")],
    });
    expect(only(found).what).toContain(
      "1 disk snapshot stands in the group that keeps those of the backups of a, b, c and 2 more",
    );
  });

  it.each(["no snapshot in the group", "ResourceGroupNotFound"])("leave nothing behind: %s", async (code) => {
    const resourcesOfType = code === "ResourceGroupNotFound" ? refused(code) : async () => [];
    expect(await listed({ resourcesOfType })).toEqual([]);
  });

  it("that cannot be listed are told of, and are no gap", async () => {
    const found = await listed({ resourcesOfType: refused("AuthorizationFailed") });
    expect(only(found)).toMatchObject({ state: "unreadable" });
    expect(only(found).what).toBe(
      "disk snapshots of backups could not be listed in its resource group: AuthorizationFailed: no",
    );
  });

  it("are not asked for where no instance names a group", async () => {
    const none = { backupInstances: async () => [], deletedBackupInstances: async () => [] };
    expect(await listed({ ...none, resourcesOfType: refused("AuthorizationFailed") })).toEqual([]);
  });
});
