// Which items a server outside Azure takes along when it is unregistered, and by which names the two find each other.

import { describe, expect, it } from "vitest";
import { backupItems } from "../../src/dependencies/backup-items.ts";
import { backupServers } from "../../src/dependencies/backup-servers.ts";
import type { PlanningContext } from "../../src/dependencies/dependency.ts";
import { marsServers } from "../../src/dependencies/mars-servers.ts";
import { itemsOfServer, type Server } from "../../src/dependencies/servers.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { ProtectedItem, Resource } from "../../src/model/resource.ts";
import { stepKey } from "../../src/model/step.ts";
import {
  backupServer,
  contextOf,
  draftOf,
  job,
  marsItem,
  marsServer,
  only,
  softDelete,
  softDeleted,
  sqlServer,
  stepOn,
  vmItem,
} from "./builders.ts";

const mars = marsServer("mars-1");
const dpm = { ...backupServer("dpm-1"), identity: "dpm-1.registered" };
const otherDpm = backupServer("dpm-2");

function engineItem(name: string, engine?: string, managementType = "DPM"): ProtectedItem {
  return { ...vmItem(name), managementType, ...(engine === undefined ? {} : { engine }) };
}

/** Names of those of the resources that go with the server; undefined where it takes nothing along. */
function taken(server: Server, others: readonly Resource[], planned: readonly Resource[] = [server]) {
  const along = itemsOfServer(stepOn(server, "unregister-server"), planned);
  return along && others.filter((resource) => along.has(resource)).map(({ name }) => name);
}

function unregistering(server: Server, context: PlanningContext) {
  const contribution =
    server.kind === "mars-server" ? marsServers.contribute(server, context) : backupServers.contribute(server, context);
  return draftOf(contribution, "unregister-server");
}

describe("unregistering a server takes along", () => {
  const everything = [
    marsItem("C", "mars-1"),
    marsItem("D", "mars-1", { container: armId(mars.id.toUpperCase()) }),
    marsItem("gone", "mars-1", softDeleted),
    marsItem("E", "mars-2"),
    vmItem("vm-1", { container: mars.id }),
    engineItem("by name", "DPM-1.CORP"),
    engineItem("by identity", "dpm-1.registered"),
    engineItem("unnamed"),
    engineItem("of the other", "dpm-2.corp"),
    engineItem("of MABS", undefined, "AzureBackupServer"),
    { ...engineItem("gone too", "dpm-1.corp"), ...softDeleted },
    sqlServer("sql-1"),
    mars,
    dpm,
  ];

  it("of a machine with the agent: what lies in its container, and is not soft-deleted", () => {
    expect(taken(mars, everything)).toEqual(["C", "D"]);
  });

  it("of a DPM server: what names it, and what names none", () => {
    expect(taken(dpm, everything)).toEqual(["by name", "by identity", "unnamed"]);
    expect(taken(otherDpm, everything)).toEqual(["unnamed", "of the other"]);
  });

  it("of a MABS server: nothing of DPM", () => {
    expect(taken(backupServer("mabs-1", "AzureBackupServer"), everything)).toEqual(["of MABS"]);
  });

  it("backup items alone: no other list need be looked at", () => {
    expect(itemsOfServer(stepOn(mars, "unregister-server"), [mars])?.kinds).toEqual(["protected-item"]);
    expect([marsServers.takesAlong, backupServers.takesAlong]).toEqual([itemsOfServer, itemsOfServer]);
  });

  it("nothing where the plan does not know the server, or knows it as soft-deleted", () => {
    expect(taken(mars, everything, [marsServer("mars-2"), dpm])).toBeUndefined();
    expect(taken(mars, everything, [marsServer("mars-1", "SoftDeleted")])).toBeUndefined();
  });

  it("the same however the server's id is spelled", () => {
    const listed = { ...mars, id: armId(mars.id.toUpperCase()) };
    const along = itemsOfServer(stepOn(mars, "unregister-server"), [dpm, marsServer("mars-2"), listed]);
    expect(everything.filter((resource) => along?.has(resource)).map(({ name }) => name)).toEqual(["C", "D"]);
  });
});

describe("in a plan", () => {
  it.each(["dpm-1.corp", "DPM-1.registered"])(
    "an item goes with the server that has its engine's name %s",
    (engine) => {
      const found = engineItem("orders", engine);
      expect(backupItems.contribute(found, contextOf([dpm, otherDpm, found])).note).toBe(
        "goes with its server dpm-1.corp",
      );
    },
  );

  it("a server counts its own items alone, not those of another, or of one that is not listed", () => {
    const items = [engineItem("a", "dpm-1.corp"), engineItem("b", "dpm-2.corp"), engineItem("c", "dpm-9.corp")];
    const context = contextOf([softDelete("Enabled"), dpm, otherDpm, ...items]);
    for (const server of [dpm, otherDpm])
      expect(unregistering(server, context).reason).toBe(
        "a registered server keeps the vault alive; 1 backup item goes with it, and its data is recoverable until about 2026-12-05",
      );
  });

  it("a server waits for the jobs of its type that name no container", () => {
    const jobs = ["MAB", "DPM", "AzureBackupServer"].map((managementType) => ({
      ...job(managementType),
      managementType,
    }));
    const waited = (server: Server) => unregistering(server, contextOf([server, ...jobs])).after;
    const [ofMars, ofDpm, ofMabs] = jobs.map(({ id }) => [stepKey("settle-job", id)]);
    expect(waited(mars)).toEqual(ofMars);
    expect(waited(dpm)).toEqual(ofDpm);
    expect(waited(backupServer("mabs-1", "AzureBackupServer"))).toEqual(ofMabs);
  });

  it("a soft-deleted item whose purge has no date stops a purge without one", () => {
    const found = marsItem("C", "mars-1", { softDeleted: true });
    expect(only(backupItems.contribute(found, contextOf([found], { strategy: "purge" })).blockers)).toStrictEqual({
      code: "server-item-soft-deleted",
      subject: found.id,
      reason: "C is soft-deleted, and Azure undeletes items of servers outside Azure for nobody but their server",
      fix: "use --strategy soft, or plan again when Azure has purged it",
      who: "you",
    });
  });
});
