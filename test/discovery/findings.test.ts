// What a plan is told about the backups of a resource beside its lists, and of which resources it is told nothing.

import { describe, expect, it } from "vitest";
import { findingsOf, pointsListedBy } from "../../src/discovery/findings.ts";
import { armId, idKey } from "../../src/model/arm-id.ts";
import { instance } from "../dependencies/backup-vault/builders.ts";
import { marsItem, sqlServer, vmItem } from "../dependencies/builders.ts";

const sourceId = armId("/machines/vm-1");
const sources = (id: string | undefined) => ({ state: id === sourceId ? "exists" : "gone" }) as const;
const outside = { state: "unknown", why: "it lies outside Azure" };

describe("what is found about backups", () => {
  it.each([
    ["an item", vmItem("vm-1", { sourceId })],
    ["an instance", instance("d", { sourceId })],
  ])("is, of %s, whether its source stands, and its recovery points where they were asked", (_what, resource) => {
    const points = new Map([[idKey(resource.id), { count: 3 }]]);
    expect(findingsOf(resource, sources, undefined)).toEqual({ source: { state: "exists" } });
    expect(findingsOf(resource, sources, points)).toEqual({
      recoveryPoints: { count: 3 },
      source: { state: "exists" },
    });
    expect(findingsOf(resource, sources, new Map())).toEqual({ source: { state: "exists" } });
    expect(pointsListedBy(resource)).toBe(resource.id);
  });

  it("is little of what a server outside Azure backs up", () => {
    const item = marsItem("C:", "mars-1");
    expect(pointsListedBy(item)).toBeUndefined();
    expect(findingsOf(item, sources, undefined)).toEqual({ source: outside });
    const why = "servers outside Azure keep them to themselves";
    expect(findingsOf(item, sources, new Map())).toEqual({ recoveryPoints: { why }, source: outside });
  });

  it("is nothing of what holds no backups", () => {
    expect(findingsOf(sqlServer("sql-1"), sources, new Map())).toBeUndefined();
    expect(pointsListedBy(sqlServer("sql-1"))).toBeUndefined();
  });
});
