// Tables of what was deleted: columns under each other, safe to show, and nothing made up.

import { expect, it } from "vitest";
import type { DeletedVault } from "../../src/model/deleted.ts";
import { deletedContentsText, deletedVaultsText } from "../../src/reporting/deleted-text.ts";

function deletedVault(name: string): DeletedVault {
  return { kind: "recovery-services", name, location: "uksouth", vaultId: "", id: `/deletedVaults/g_${name}` };
}

const around = { unavailable: [], refused: [] };

it("what Azure does not say reads as unknown", () => {
  const text = deletedVaultsText({ vaults: [deletedVault("rsv-a")], ...around }, ["uksouth"]);
  expect(text.split("\n")[2]).toMatch(/^ {2}rsv-a .* uksouth +unknown +unknown +unknown +unknown +unknown +g_rsv-a$/);
});

it("columns stand under each other, also below a name that would steer a terminal", () => {
  const vaults = [deletedVault("rsv-\u001b[2J"), deletedVault("rsv-with-a-longer-name")];
  const text = deletedVaultsText({ vaults, ...around }, ["uksouth"]);
  const rows = text.split("\n").slice(1, 4);
  expect(text).not.toContain("\u001b");
  expect(new Set(rows.map((row) => row.search(/uksouth|location/))).size).toBe(1);
});

it("without anything deleted there is no table", () => {
  const found = { items: [], containers: [], refused: [] };
  expect(deletedVaultsText({ vaults: [], ...around }, ["a", "b"])).toBe("0 soft-deleted vaults in 2 locations\n");
  expect(deletedContentsText(found, "rsv-a")).toBe(
    "0 soft-deleted items in rsv-a\n0 soft-deleted containers in rsv-a\n",
  );
});
