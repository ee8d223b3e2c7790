// Tables of what was deleted: columns under each other, safe to show, and nothing made up.

import { expect, it } from "vitest";
import type { DeletedInstance, DeletedVault } from "../../src/model/deleted.ts";
import { deletedContentsText, deletedVaultsText, type AskedFor } from "../../src/reporting/deleted-text.ts";

function deletedVault(name: string): DeletedVault {
  return { kind: "recovery-services", name, location: "uksouth", vaultId: "", id: `/deletedVaults/g_${name}` };
}

const around = { unavailable: [], refused: [] };
const empty = { items: [], containers: [], instances: [], refused: [] };

function askedIn(...locations: readonly string[]): AskedFor {
  return { subscription: "s", kinds: ["recovery-services", "backup"], locations };
}

it("what Azure does not say reads as unknown", () => {
  const text = deletedVaultsText({ vaults: [deletedVault("rsv-a")], ...around }, askedIn("uksouth"));
  expect(text.split("\n")[2]).toMatch(/^ {2}rsv-a .* uksouth +unknown +unknown +unknown +unknown +unknown +g_rsv-a$/);
});

it("columns stand under each other, also below a name that would steer a terminal", () => {
  const vaults = [deletedVault("rsv-\u001b[2J"), deletedVault("rsv-with-a-longer-name")];
  const text = deletedVaultsText({ vaults, ...around }, askedIn("uksouth"));
  const rows = text.split("\n").slice(1, 4);
  expect(text).not.toContain("\u001b");
  expect(new Set(rows.map((row) => row.search(/uksouth|location/))).size).toBe(1);
});

it("without anything deleted there is no table", () => {
  expect(deletedVaultsText({ vaults: [], ...around }, askedIn("a", "b"))).toBe(
    "0 soft-deleted vaults in 2 locations\n",
  );
  expect(deletedContentsText(empty, { name: "rsv-a", kind: "recovery-services" })).toBe(
    "0 soft-deleted items in rsv-a\n0 soft-deleted containers in rsv-a\n",
  );
  expect(deletedContentsText(empty, { name: "bv-a", kind: "backup" })).toBe("0 soft-deleted instances in bv-a\n");
});

it("the last line says how one is brought back", () => {
  const asked = askedIn("uksouth");
  const unavailable = [{ kind: "backup", location: "uksouth", status: 404, code: "Http404", message: "" }] as const;
  const text = deletedVaultsText({ vaults: [deletedVault("rsv-a")], unavailable, refused: [] }, asked);
  expect(text).toMatch(/\nbring one back: vault-teardown recover --vault <name or id of the deleted vault>\n$/);
  const container = { kind: "container", name: "stapp", id: "/c", managementType: "AzureStorage", items: 0 } as const;
  expect(
    deletedContentsText({ ...empty, containers: [container] }, { name: "rsv-a", kind: "recovery-services" }),
  ).toMatch(/\nbring one back: vault-teardown recover --vault <name> --item '<pattern>'\n$/);
});

it("where to look for what a vault held is told of those that may have held something", () => {
  const command = "az backup deleted-vault list-containers";
  const asked = askedIn("uksouth");
  const vault = deletedVault("rsv-a");
  expect(deletedVaultsText({ vaults: [vault], ...around }, asked)).toContain(command);
  expect(deletedVaultsText({ vaults: [{ ...vault, held: "nothing" }], ...around }, asked)).not.toContain(command);
  expect(deletedVaultsText({ vaults: [{ ...vault, kind: "backup" }], ...around }, asked)).not.toContain(command);
});

it("vaults of one kind are called by it where no other was asked for", () => {
  const asked = { ...askedIn("uksouth"), kinds: ["backup"] } as const;
  expect(deletedVaultsText({ vaults: [], ...around }, asked)).toBe("0 soft-deleted Backup vaults in 1 location\n");
});

it("an instance stands in one line with its dates, its policy and what it protected", () => {
  const bare: DeletedInstance = {
    kind: "backup-instance",
    name: "disk-2",
    id: "/deletedBackupInstances/disk-2-guid",
    state: "SoftDeleted",
    datasourceType: "Microsoft.Compute/disks",
    deletedAt: "2024-06-26T07:49:49.461Z",
    purgeAt: "2024-07-10T07:49:49.461Z",
    daysLeft: 9,
  };
  const instance: DeletedInstance = {
    ...bare,
    name: "disk-1",
    policy: "/backupPolicies/diskpol",
    sourceId: "/disks/d",
    billingEndsAt: "2024-06-26T07:49:49.461Z",
  };
  const found = { ...empty, instances: [instance, bare] };
  const [heading, , full, lacking] = deletedContentsText(found, { name: "bv-a", kind: "backup" }).split("\n");
  expect(heading).toBe("2 soft-deleted instances in bv-a");
  const times = ["2024-06-26 07:49Z", "2024-06-26 07:49Z", "2024-07-10 07:49Z", "9"];
  expect(full?.trim().split(/ {2,}/)).toEqual(["disk-1", "Microsoft.Compute/disks", "diskpol", ...times, "/disks/d"]);
  expect(lacking?.match(/unknown/g)).toHaveLength(3);
});
