// MARS, DPM and MABS servers and their items: one step for each server, none for an item; nothing is lost without a word.

import { describe, expect, it } from "vitest";
import { backupItems } from "../../src/dependencies/backup-items.ts";
import { backupServers } from "../../src/dependencies/backup-servers.ts";
import type { Contribution, PlanningContext } from "../../src/dependencies/dependency.ts";
import { marsServers } from "../../src/dependencies/mars-servers.ts";
import type { BackupServer, MarsServer, ProtectedItem } from "../../src/model/resource.ts";
import { stepKey } from "../../src/model/step.ts";
import { onlyFor, readerOf, vaultPath } from "./arm-answers.ts";
import { backupServer, contextOf, draftOf, marsServer, only, softDelete, softDeleted, stepOn } from "./builders.ts";
import { dpmItemAnswer, engineAnswer, marsItemAnswer, marsServerAnswer } from "./server-answers.ts";

async function itemFrom(answer: ReturnType<typeof marsItemAnswer>): Promise<ProtectedItem> {
  return only(await backupItems.list(readerOf({ protectedItems: async () => [answer] })));
}

function contribute(server: MarsServer | BackupServer, context: PlanningContext): Contribution {
  return server.kind === "mars-server"
    ? marsServers.contribute(server, context)
    : backupServers.contribute(server, context);
}

describe("listing servers outside Azure", () => {
  it("reads a MARS machine, registered under its container's name without the type", async () => {
    const given = marsServerAnswer("mars-1");
    expect(await marsServers.list(readerOf({ containers: onlyFor("MAB", given) }))).toEqual([
      { kind: "mars-server", id: given.id, name: "MARS-1.CORP", state: "Registered", identity: "mars-1.corp" },
    ]);
  });

  it("reads soft-deleted machines too", async () => {
    const given = marsServerAnswer("mars-1", "SoftDeleted");
    const found = await marsServers.list(readerOf({ softDeletedContainers: onlyFor("MAB", given) }));
    expect(only(found).state).toBe("SoftDeleted");
  });

  it("reads DPM and MABS servers from the engines, registered under the engine's name", async () => {
    const mabs = { backupManagementType: "AzureBackupServer", backupEngineType: "AzureBackupServerEngine" };
    const engines = [
      engineAnswer("DPM-1"),
      engineAnswer("MABS-1", mabs),
      engineAnswer("X", { backupManagementType: "New" }),
    ];
    const found = await backupServers.list(readerOf({ backupEngines: async () => engines }));
    expect(found.map(({ identity, managementType }) => [identity, managementType])).toEqual([
      ["DPM-1.CORP", "DPM"],
      ["MABS-1.CORP", "AzureBackupServer"],
    ]);
  });

  it.each([
    ["FileFolder", "MAB"],
    ["SystemState", "MAB"],
    ["Client", "MAB"],
    ["Exchange", "AzureBackupServer"],
  ])("reads items of workload %s", async (workloadType, backupManagementType) => {
    const given =
      backupManagementType === "MAB"
        ? marsItemAnswer("mars-1", "x", { workloadType })
        : dpmItemAnswer("mabs-1.corp", "x", { workloadType, backupManagementType });
    expect(await itemFrom(given)).toMatchObject({ workload: workloadType, managementType: backupManagementType });
  });
});

describe("a server in a plan", () => {
  it.each([marsServer("mars-1"), backupServer("dpm-1")])("is unregistered by its identity: $kind", (server) => {
    const draft = draftOf(contribute(server, contextOf([server])), "unregister-server");
    expect(draft.request).toEqual({ write: "unregister-server", vault: vaultPath, identity: server.identity });
    expect(draft.permissions).toEqual(["Microsoft.RecoveryServices/Vaults/registeredIdentities/delete"]);
    expect(draft.exclusive).toBe(server.id.toLowerCase());
    expect(draft).toMatchObject({
      irreversible: false,
      reason: expect.stringContaining("no backup item goes with it"),
    });
    expect(only(contribute(server, contextOf([server])).remains).what).toContain("on the machine");
  });

  it("counts its items and says until when their data can be recovered", async () => {
    const items = [await itemFrom(marsItemAnswer("mars-1", "C")), await itemFrom(marsItemAnswer("mars-1", "D"))];
    const others = [await itemFrom(marsItemAnswer("mars-2", "E")), { ...items[0]!, ...softDeleted }];
    const context = contextOf([softDelete("AlwaysON"), marsServer("mars-1"), ...items, ...others]);
    const draft = draftOf(contribute(marsServer("mars-1"), context), "unregister-server");
    expect(draft.reason).toContain("2 backup items go with it, and their data is recoverable until about 2026-12-05");
    expect(draft.irreversible).toBe(false);
  });

  it.each([
    ["soft", "Disabled"],
    ["soft", "Odd"],
    ["purge", "Disabled"],
    ["purge", "Enabled"],
  ] as const)("takes its items along for good in %s when soft delete reads %s", async (strategy, state) => {
    const item = await itemFrom(dpmItemAnswer("dpm-1.corp", "orders"));
    const context = contextOf([softDelete(state), backupServer("dpm-1"), item], { strategy });
    const draft = draftOf(contribute(backupServer("dpm-1"), context), "unregister-server");
    expect(draft).toMatchObject({ irreversible: true, reason: expect.stringContaining("1 backup item goes with it") });
    expect(draft.reason).toContain("destroyed");
  });

  it("is left to the vault when it is soft-deleted already, and stops a purge", () => {
    const server = marsServer("mars-1", "SoftDeleted");
    const soft = contribute(server, contextOf([server]));
    expect([soft.steps ?? [], soft.note]).toEqual([[], expect.stringContaining("goes with the vault")]);
    const purge = contribute(server, contextOf([server], { strategy: "purge" }));
    expect(purge.steps ?? []).toEqual([]);
    expect(only(purge.blockers).code).toBe("server-soft-deleted");
  });
});

describe("an item of a server", () => {
  it("has no step of its own: it goes with its server, however the fabric of the two is spelled", async () => {
    const item = await itemFrom(marsItemAnswer("mars-1", "D"));
    const server = only(await marsServers.list(readerOf({ containers: onlyFor("MAB", marsServerAnswer("mars-1")) })));
    const contribution = backupItems.contribute(item, contextOf([server, item]));
    expect(contribution.steps ?? []).toEqual([]);
    expect(contribution.note).toBe("goes with its server MARS-1.CORP");
  });

  it("remains recoverable where the vault keeps it", async () => {
    const item = await itemFrom(marsItemAnswer("mars-1", "D"));
    const context = contextOf([softDelete("AlwaysON"), marsServer("mars-1"), item]);
    expect(only(backupItems.contribute(item, context).remains)).toMatchObject({ until: "2026-12-05T08:00:00.000Z" });
  });

  it.each([
    ["named by the item in another case", "DPM-1.corp", ["dpm-1", "dpm-2"], "dpm-1.corp"],
    ["not named, where there is but one of its type", undefined, ["dpm-2"], "dpm-2.corp"],
  ])("goes with the DPM server %s", async (_what, engine, servers, expected) => {
    const item = await itemFrom(dpmItemAnswer(engine, "orders"));
    const context = contextOf([
      ...servers.map((name) => backupServer(name)),
      backupServer("m", "AzureBackupServer"),
      item,
    ]);
    expect(backupItems.contribute(item, context).note).toBe(`goes with its server ${expected}`);
  });

  it.each([
    ["is not listed", "dpm-9.corp", [backupServer("dpm-1")]],
    ["is not named, and may be one of two", undefined, [backupServer("dpm-1"), backupServer("dpm-2")]],
    ["is not named, and none is there", undefined, []],
  ])("blocks when its server %s", async (_what, engine, servers) => {
    const item = await itemFrom(dpmItemAnswer(engine, "orders"));
    for (const strategy of ["soft", "purge"] as const) {
      const contribution = backupItems.contribute(item, contextOf([...servers, item], { strategy }));
      expect(contribution.steps ?? []).toEqual([]);
      expect(only(contribution.blockers)).toMatchObject({ code: "server-missing", subject: item.id });
    }
  });

  it("blocks when its machine is only there as a soft-deleted one", async () => {
    const item = await itemFrom(marsItemAnswer("mars-1", "D"));
    const contribution = backupItems.contribute(item, contextOf([marsServer("mars-1", "SoftDeleted"), item]));
    expect(only(contribution.blockers).code).toBe("server-missing");
  });

  it("that is soft-deleted goes with the vault, and stops a purge until its own date", async () => {
    const item = { ...(await itemFrom(marsItemAnswer("mars-1", "D"))), ...softDeleted };
    expect(backupItems.contribute(item, contextOf([item])).note).toContain("goes with the vault");
    const purge = backupItems.contribute(item, contextOf([item], { strategy: "purge" }));
    expect(purge.steps ?? []).toEqual([]);
    expect(only(purge.blockers)).toMatchObject({ code: "server-item-soft-deleted", until: softDeleted.purgeAt });
  });
});

describe("the proof of an unregistered server", () => {
  const step = stepOn(marsServer("mars-1"), "unregister-server");

  it("is that it is no longer listed, or listed as soft-deleted", () => {
    expect(marsServers.prove(step, [marsServer("mars-2")], "soft").verdict).toBe("proved");
    expect(marsServers.prove(step, [marsServer("mars-1", "SoftDeleted")], "soft").verdict).toBe("proved");
  });

  it("is missing while it is registered", () => {
    expect(marsServers.prove(step, [marsServer("mars-1")], "soft")).toEqual({
      verdict: "not-yet",
      found: "the server is still listed, Registered",
    });
  });

  it("comes after soft delete is off in a purge", () => {
    const setting = softDelete("Enabled");
    const context = contextOf([setting, marsServer("mars-1")], { strategy: "purge" });
    expect(draftOf(contribute(marsServer("mars-1"), context), "unregister-server").after).toEqual([
      stepKey("disable-soft-delete", setting.id),
    ]);
  });
});
