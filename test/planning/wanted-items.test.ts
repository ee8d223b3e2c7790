// Names and patterns of people, and which soft-deleted things of a vault they mean.

import { describe, expect, it } from "vitest";
import { activeAmong, wantedOf } from "../../src/planning/wanted-items.ts";
import { instance, softDeletedInstance } from "../dependencies/backup-vault/builders.ts";
import {
  database,
  leftover,
  now,
  softDeleted,
  sqlServer,
  storageAccount,
  vmContainer,
  vmItem,
} from "../dependencies/builders.ts";

const api = vmItem("vm-api", softDeleted);
const web = vmItem("vm-web", softDeleted);
const live = vmItem("vm-live");
const sales = database("sql-1", "Sales", softDeleted);
const host = sqlServer("sql-1", "SoftDeleted");
const all = [api, web, live, sales, host, sqlServer("sql-2")];

describe("without a pattern", () => {
  it("everything is meant that is soft-deleted, and the containers that are not registered", () => {
    expect(wantedOf(all, undefined, now).wanted).toEqual([api.id, web.id, sales.id, host.id]);
  });

  it("instances of a Backup vault are meant like items", () => {
    const gone = instance("db-gone", softDeletedInstance);
    expect(wantedOf([gone, instance("db-live")], undefined, now)).toEqual({
      wanted: [gone.id],
      unmatched: [],
      known: ["db-gone"],
      purged: [],
      spent: [],
    });
  });

  it("of containers those are meant that are registered by themselves: of machines with databases and of accounts", () => {
    const account = storageAccount("st1", "SoftDeleted");
    const containers = [account, storageAccount("st2"), vmContainer("vm-1", "SoftDeleted"), host];
    expect(wantedOf(containers, undefined, now).wanted).toEqual([account.id, host.id]);
  });
});

describe("a pattern means", () => {
  it.each([
    [["vm-api"], [api.id]],
    [["VM-API"], [api.id]],
    [["vm-*"], [api.id, web.id]],
    [["vm-???"], [api.id, web.id]],
    [["*"], [api.id, web.id, sales.id]],
    [
      ["sales", "vm-web"],
      [web.id, sales.id],
    ],
    [[api.id], [api.id]],
    [[`*/protectedItems/*;vm-web`], [web.id]],
    [
      ["vm-api", "vm-*"],
      [api.id, web.id],
    ],
  ])("%j", (patterns, ids) => {
    expect(wantedOf(all, patterns, now)).toMatchObject({ wanted: ids, unmatched: [] });
  });

  it.each([["vm-live"], ["vm-"], ["api"], ["vm.api"], ["("], [""]])("nothing: %j", (pattern) => {
    expect(wantedOf(all, [pattern], now)).toMatchObject({ wanted: [], unmatched: [pattern] });
  });
});

it("what is past its purge date is told, and not asked for", () => {
  const late = vmItem("vm-late", { ...softDeleted, purgeAt: new Date(now).toISOString() });
  expect(wantedOf([api, late], undefined, now)).toMatchObject({ wanted: [api.id], purged: ["vm-late"] });
});

it("a pattern is spent that means nothing else any more", () => {
  const late = vmItem("vm-late", { ...softDeleted, purgeAt: new Date(now).toISOString() });
  const spentOf = (...patterns: readonly string[]) => wantedOf([api, late], patterns, now).spent;
  expect(spentOf("vm-api", "vm-late")).toEqual(["vm-late"]);
  expect(spentOf("vm-*", "vm-typo")).toEqual([]);
});

it("everything that could be meant is known by name, each once", () => {
  expect(wantedOf([api, sales, database("sql-2", "Sales", softDeleted)], undefined, now).known).toEqual([
    "vm-api",
    "Sales",
  ]);
});

describe("what is active among what a pattern means", () => {
  const resources = [api, live, sqlServer("vm-host"), leftover("vm-left"), instance("vm-db")];

  it.each<[string, readonly string[]]>([
    ["vm-*", ["vm-live", "vm-db"]],
    ["VM-LIVE", ["vm-live"]],
    ["vm-api", []],
    ["vm-host", []],
    ["nothing", []],
  ])("is told by name: %s", (pattern, names) => {
    expect(activeAmong(resources, pattern)).toEqual(names);
  });
});
