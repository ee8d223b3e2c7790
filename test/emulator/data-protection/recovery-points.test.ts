// Recovery points of backup instances as they are listed.
import { expect, test } from "vitest";

import type { WorldResource } from "../../../src/emulator/world.ts";
import { at, bench, names, textAt, world } from "../world-builder.ts";
import { backupVault, backupVaultId, disk } from "./backup-vault-builder.ts";

function point(name: string, time: string): WorldResource {
  const store = { type: "OperationalStore", expiryTime: null, state: "COMMITTED" };
  const properties = { recoveryPointTime: time, recoveryPointId: name, recoveryPointDataStoresDetails: [store] };
  return { name, properties };
}

const points = [point("p3", "2026-02-28T12:00:00.0000000Z"), point("p2", "2026-02-27T12:00:00.0000000Z")];
const list = `${backupVaultId}/backupInstances/disk-1-instance/recoveryPoints`;

function standing(more: Parameters<typeof world>[1] = {}) {
  const instances = [{ ...disk("disk-1"), recoveryPoints: points }, disk("disk-2")];
  return bench(world([], { backupVaults: [backupVault({ more: { backupInstances: instances } })], ...more }));
}

test("the points of an instance are listed as the world has them, with an empty filter too", async () => {
  const { send } = standing();
  const answer = await send("GET", list);
  expect(names(answer.body)).toEqual(["p3", "p2"]);
  expect(at(answer.body, "value.0")).toEqual({
    properties: points[0]?.properties,
    id: `${list}/p3`,
    name: "p3",
    type: "Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints",
  });
  expect(names((await send("GET", `${list}?$filter=`)).body)).toEqual(["p3", "p2"]);
  expect((await send("GET", list.replace("disk-1", "disk-2"))).body).toEqual({ value: [] });
});

test("they come in the pages of the world, and a filter bounds them by their time", async () => {
  const { send, emulator } = standing({ pageSize: 1 });
  const first = await send("GET", list);
  expect(names(first.body)).toEqual(["p3"]);
  const next = await emulator.handle(new Request(textAt(first.body, "nextLink")));
  expect(names((await next.json()) as never)).toEqual(["p2"]);
  const early = await send("GET", `${list}?$filter=endDate eq '2026-02-28T00:00:00.0000000Z'`);
  expect(names(early.body)).toEqual(["p2"]);
  expect((await send("GET", `${list}?$filter=colour eq 'red'`)).status).toBe(400);
});

test("one of them is read by its name; what is absent is 404, and so is what belongs to no instance", async () => {
  const { send } = standing();
  expect((await send("GET", `${list}/P2`)).body["name"]).toBe("p2");
  expect((await send("GET", `${list}/p1`)).status).toBe(404);
  expect((await send("GET", list.replace("disk-1", "disk-9"))).status).toBe(404);
});
