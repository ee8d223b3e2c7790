// The locations of a subscription, as clients ask for them before they ask each location.

import { expect, it } from "vitest";
import { backupVault } from "./data-protection/backup-vault-builder.ts";
import { bench, names, subscription, vault, world } from "./world-builder.ts";

const path = `/subscriptions/${subscription}/locations`;

it("the locations are those the world names, each once", async () => {
  const { send } = bench(world([vault()], { locations: ["uksouth", "brazilus", "UKSouth"] }), "2022-12-01");
  const { status, body } = await send("GET", path);
  expect(status).toBe(200);
  expect(names(body)).toEqual(["brazilus", "uksouth"]);
});

it("a world that names none has those in which something stands", async () => {
  const gone = { name: "rg_1", location: "norwayeast", properties: {} };
  const backupVaults = [{ ...backupVault(), location: "uksouth" }];
  const deletedBackupVaults = [{ name: "1c5da63b", location: "centralus", properties: {} }];
  const { send } = bench(world([vault()], { deletedVaults: [gone], backupVaults, deletedBackupVaults }), "2022-12-01");
  const { body } = await send("GET", path);
  expect(names(body)).toEqual(["centralus", "norwayeast", "uksouth", "westeurope"]);
});
