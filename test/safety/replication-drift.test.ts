// What of Site Recovery is drift: whatever decides over the plan, and nothing that only changes with time.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { Resource } from "../../src/model/resource.ts";
import { driftFrom } from "../../src/safety/drift.ts";
import { saysFailedOver } from "../../src/safety/replication-drift.ts";
import { only } from "../dependencies/builders.ts";
import {
  containerId,
  containerMapping,
  disconnected,
  fabric,
  failedOver,
  migrationItem,
  networkMapping,
  protectionContainer,
  recoveryPlan,
  replicatedItem,
  replicationJob,
  replicationPolicy,
  server,
  vcenter,
} from "../dependencies/site-recovery/builders.ts";

const item = replicatedItem("east", "vm-1");

const changes: readonly (readonly [string, Resource, Resource])[] = [
  ["an item that was failed over", item, { ...item, ...failedOver }],
  ["an item whose source is out of reach", item, { ...item, source: "unreachable" }],
  ["an item under a test failover", item, { ...item, testFailover: "WaitingForCompletion" }],
  ["an item that can be committed", item, { ...item, allowedOperations: ["Commit"] }],
  ["an item of another provider", item, { ...item, provider: "InMageRcm" }],
  ["an item of another machine", item, { ...item, sourceId: armId("/subscriptions/s/other") }],
  [
    "a machine under a test migration",
    migrationItem("east", "vm-2"),
    migrationItem("east", "vm-2", { testMigration: "TestMigrationSucceeded" }),
  ],
  [
    "a mapping to elsewhere",
    containerMapping("east"),
    containerMapping("east", { targetContainer: containerId("west") }),
  ],
  [
    "a mapping of another policy",
    containerMapping("east"),
    containerMapping("east", { policy: replicationPolicy("p").id }),
  ],
  ["a network mapping to elsewhere", networkMapping("east"), networkMapping("east", "west")],
  ["a container of another type", protectionContainer("east"), protectionContainer("east", { fabricType: "VMM" })],
  ["a server that no longer answers", server("site", "h"), server("site", "h", disconnected)],
  ["an appliance that registered", fabric("vmware"), fabric("vmware", { appliances: ["app-1"] })],
  ["a job that can be cancelled now", replicationJob("j"), replicationJob("j", { cancellable: true })],
  ["a plan at work", recoveryPlan("rp"), { ...recoveryPlan("rp"), state: "InProgress" }],
];

describe("drift of Site Recovery", () => {
  it.each(changes)("is %s", (_what, before, now) => {
    expect(only(driftFrom({ inventory: [before] }, [now])).change).toBe("changed");
  });

  it("is not the order in which operations are offered, nor what an item leaves behind", () => {
    const now = {
      ...item,
      allowedOperations: item.allowedOperations.toReversed(),
      leaves: [{ what: "replica disk", subject: "/x" }],
    };
    expect(driftFrom({ inventory: [item] }, [now])).toEqual([]);
  });

  it.each([vcenter("vmware", "vc"), replicationPolicy("p")])("is not in $kind read again", (resource) => {
    expect(driftFrom({ inventory: [resource] }, [resource])).toEqual([]);
  });
});

describe("a difference about which machine is live", () => {
  it("is told from one that is not", () => {
    const failed = only(driftFrom({ inventory: [item] }, [{ ...item, ...failedOver }]));
    const tested = only(driftFrom({ inventory: [item] }, [{ ...item, testFailover: "InProgress" }]));
    expect(saysFailedOver(failed.was, failed.is)).toBe(true);
    expect(saysFailedOver(tested.was, tested.is)).toBe(false);
  });

  it.each([
    ["nothing but the live machine", "active Primary", "active Recovery", true],
    ["the live machine after another fact", "Protected, active Primary", "Stopped, active Primary1", true],
    ["a fact that is about something else", "source active here", "source active there", false],
    ["a thing that came", undefined, "Protected", false],
  ])("is told by its words: %s", (_what, was, is, failed) => {
    expect(saysFailedOver(was, is)).toBe(failed);
  });
});
