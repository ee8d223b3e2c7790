// Replicated items: read without trusting them, disabled the clean way where the source can be told, blocked where a machine may be live.

import { describe, expect, it } from "vitest";
import { replicatedItems } from "../../../src/dependencies/site-recovery/replicated-items.ts";
import { armId } from "../../../src/model/arm-id.ts";
import type { ReplicatedItem } from "../../../src/model/replication.ts";
import { answer, respelled } from "../arm-answers.ts";
import { contextOf, draftOf, only, softDelete, stepOn } from "../builders.ts";
import { group, itemAnswer, ofAppliance, replicationReader, serverAnswer, vm } from "./arm-answers.ts";
import { containerId, fabricId, failedOver, odd, recoveryPlan, replicatedItem, replicationJob } from "./builders.ts";

const list = async (...lists: Parameters<typeof replicationReader>): Promise<ReplicatedItem> =>
  only(await replicatedItems.list(replicationReader(...lists)));

describe("reading a replicated item", () => {
  it("cuts its parents out of its id and keeps what decides", async () => {
    const item = await list({ "protected-items": [itemAnswer("east", "vm-1")] });
    expect(item).toMatchObject({
      name: "VM-1",
      state: "Protected",
      fabric: fabricId("east"),
      container: containerId("east"),
      provider: "A2A",
      sourceId: vm("vm-1"),
      source: "reachable",
      recoveredMachine: "vm-1-recovered",
      recoveryContainer: containerId("west"),
    });
    expect(item.currentJob).toBeUndefined();
  });

  it("names once what it leaves outside the vault", async () => {
    const item = await list({ "protected-items": [itemAnswer("east", "vm-1")] });
    expect(item.leaves?.map(({ what }) => what)).toEqual([
      "target resource group",
      "replica disk (Azure may remove it)",
      "cache storage account",
    ]);
    expect(item.leaves?.[0]?.subject).toBe(group("rg-recovered"));
  });

  it("finds the server of an item by its identifier, where its id ends in another name", async () => {
    const item = await list({
      "protected-items": [itemAnswer("vmware", "vm-1", ofAppliance)],
      providers: [serverAnswer("vmware")],
    });
    expect(item).toMatchObject({ provider: "InMageRcm", source: "reachable", recoveredMachine: "RCM-Win2K16-01" });
    expect(item.sourceId).toBeUndefined();
    expect(item.recoveryContainer).toBeUndefined();
  });

  it.each([
    ["a server that is not connected", [serverAnswer("vmware", { connectionStatus: "Disconnected" })], "unreachable"],
    ["a server that says nothing of its connection", [serverAnswer("vmware", { connectionStatus: 7 })], "unknown"],
    ["the same identifier in another fabric", [serverAnswer("other")], "unknown"],
    ["no server at all", [], "unknown"],
  ])("does not take %s for reachable", async (_what, providers, source) => {
    const item = await list({ "protected-items": [itemAnswer("vmware", "vm-1", ofAppliance)], providers });
    expect(item.source).toBe(source);
  });

  it("knows the job that works on it", async () => {
    const jobId = `${odd}/replicationJobs/88b6f446`;
    const item = await list({ "protected-items": [itemAnswer("east", "vm-1", { currentScenario: { jobId } })] });
    expect(item.currentJob).toBe(jobId);
  });

  it("reads members of another type as absent, and holds nothing for sure about such an item", async () => {
    const strange = answer(`${odd}/somewhere/else`, {
      friendlyName: 7,
      activeLocation: {},
      testFailoverState: null,
      allowedOperations: "Commit",
      providerSpecificDetails: [],
      currentScenario: "none",
    });
    const item = await list({ "protected-items": [strange] });
    expect(item).toMatchObject({
      name: "else",
      state: "Unknown",
      provider: "Unknown",
      source: "unknown",
      allowedOperations: [],
    });
    expect(replicatedItems.contribute(item, contextOf([item])).blockers).toHaveLength(1);
  });

  it("fails with its servers: nothing is guessed about a source nobody could ask about", async () => {
    const refusal = new Error("403");
    const reader = replicationReader(
      {},
      { replication: async (wanted) => (wanted === "providers" ? Promise.reject(refusal) : []) },
    );
    await expect(replicatedItems.list(reader)).rejects.toBe(refusal);
  });
});

describe("disabling replication", () => {
  it("is clean and final where the source can be told", () => {
    const item = replicatedItem("east", "vm-1");
    const step = draftOf(replicatedItems.contribute(item, contextOf([item])), "disable-replication");
    expect(step).toMatchObject({
      irreversible: true,
      request: { write: "disable-replication", item: item.id, provider: "A2A" },
    });
    expect(step.weakens).toContain("recovery points are destroyed");
    expect(step.consent).toBeUndefined();
    expect(step.permissions).toEqual([
      "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/remove/action",
    ]);
  });

  it("comes after the gates, its test failover, its job and every recovery plan", () => {
    const item = replicatedItem("east", "vm-1", {
      testFailover: "WaitingForCompletion",
      currentJob: replicationJob("j").id,
    });
    const others = [recoveryPlan("rp-1"), recoveryPlan("rp-2"), replicationJob("j"), softDelete("Enabled")];
    const context = contextOf([item, ...others], { strategy: "purge" });
    const step = draftOf(replicatedItems.contribute(item, context), "disable-replication");
    expect(step.after.map((key) => key.slice(0, key.indexOf(" "))).toSorted()).toEqual([
      "clean-test-failover",
      "delete-recovery-plan",
      "delete-recovery-plan",
      "disable-soft-delete",
      "settle-job",
    ]);
  });

  it("does not wait for a job that works on another item, but for one whose object nobody can tell", () => {
    const mine = replicatedItem("east", "vm-1");
    const other = replicatedItem("east", "vm-2", { currentJob: replicationJob("of-vm-2").id });
    const about = replicationJob("about-vm-2", { about: respelled(other.id) });
    const context = contextOf([mine, other, about, replicationJob("of-vm-2"), replicationJob("of-nobody-knows")]);
    const step = draftOf(replicatedItems.contribute(mine, context), "disable-replication");
    expect(step.after).toEqual([`settle-job ${replicationJob("of-nobody-knows").id.toLowerCase()}`]);
  });

  it("warns where Azure does not offer it now, and where a machine runs in Azure on its way back", () => {
    const busy = replicatedItem("east", "vm-1", { allowedOperations: ["PlannedFailover"] });
    expect(only(replicatedItems.contribute(busy, contextOf([busy])).warnings)).toContain("may refuse");
    const back = replicatedItem("east", "vm-1", { provider: "InMageRcmFailback" });
    expect(only(replicatedItems.contribute(back, contextOf([back])).warnings)).toContain("stays in Azure");
  });

  it("says what stays: what the item names, and the agent on its source", () => {
    const item = replicatedItem("east", "vm-1", {
      leaves: [{ what: "cache storage account", subject: "/x" }],
      sourceId: armId(vm("vm-1")),
    });
    const remains = replicatedItems.contribute(item, contextOf([item])).remains ?? [];
    expect(remains.map(({ subject }) => subject)).toEqual(["/x", vm("vm-1")]);
    expect(remains[0]).toMatchObject({ what: "cache storage account", of: "vm-1" });
  });
});

describe("a source that cannot be told", () => {
  const item = replicatedItem("site", "vm-1", { provider: "HyperVReplicaAzure", source: "unreachable" });

  it("blocks", () => {
    const contribution = replicatedItems.contribute(item, contextOf([item]));
    expect(contribution.steps).toEqual([]);
    expect(only(contribution.blockers)).toMatchObject({ code: "replication-source-unreachable", subject: item.id });
    expect(only(contribution.blockers).fix).toContain("--allow orphan-replication");
  });

  it("is forced with consent, and says what is left on it", () => {
    const contribution = replicatedItems.contribute(item, contextOf([item], { consents: ["orphan-replication"] }));
    expect(contribution.blockers).toEqual([]);
    const step = draftOf(contribution, "disable-replication");
    expect(step).toMatchObject({
      consent: "orphan-replication",
      request: { write: "purge-replication-object", target: item.id },
    });
    expect(step.weakens).toContain("configuration stays on the source");
    expect(only(contribution.remains).what).toContain("was not told");
  });

  it("blocks too where nobody knows whether it could be told", () => {
    const unclear = { ...item, source: "unknown" as const };
    expect(only(replicatedItems.contribute(unclear, contextOf([unclear])).blockers).reason).toContain("nothing says");
  });
});

describe("a failed-over item", () => {
  it.each([
    ["its active location", { activeLocation: "Recovery" }],
    ["an active location nobody knows", { activeLocation: "Elsewhere" }],
    ["an operation on offer", { allowedOperations: ["DisableProtection", "commit"] }],
    ["its state", { state: "UnplannedFailoverCommitPendingStatesBegin" }],
  ])("is known by %s, and blocks", (_what, more) => {
    const item = replicatedItem("east", "vm-1", more);
    const contribution = replicatedItems.contribute(item, contextOf([item]));
    expect(only(contribution.blockers).code).toBe("replication-failed-over");
    expect(contribution.steps).toEqual([]);
  });

  it("names both machines and the way out", () => {
    const item = replicatedItem("east", "vm-1", {
      ...failedOver,
      sourceId: armId(vm("vm-1")),
      recoveredMachine: "vm-1-dr",
    });
    const blocker = only(replicatedItems.contribute(item, contextOf([item])).blockers);
    expect(blocker.reason).toContain("vm-1-dr may be the live machine");
    expect(blocker.reason).toContain(vm("vm-1"));
    // Committing alone leaves the machine where it runs: the next plan would say the same.
    expect(blocker.fix).toMatch(/^fail back/);
    expect(blocker.fix).toContain("--allow failed-over-items");
  });

  it("goes with consent, which its step names", () => {
    const item = replicatedItem("east", "vm-1", failedOver);
    const contribution = replicatedItems.contribute(item, contextOf([item], { consents: ["failed-over-items"] }));
    expect(contribution.blockers).toEqual([]);
    expect(draftOf(contribution, "disable-replication").consent).toBe("failed-over-items");
  });

  it("gives both reasons at once where its source is out of reach as well", () => {
    const item = replicatedItem("site", "vm-1", { ...failedOver, source: "unreachable" });
    const codes = replicatedItems.contribute(item, contextOf([item])).blockers?.map(({ code }) => code);
    expect(codes).toEqual(["replication-failed-over", "replication-source-unreachable"]);
  });
});

describe("the proof", () => {
  const item = replicatedItem("east", "vm-1", { testFailover: "WaitingForCompletion" });

  it("of a cleaned test failover is that the item reads none, or is gone", () => {
    const step = stepOn(item, "clean-test-failover");
    expect(replicatedItems.prove(step, [{ ...item, id: respelled(item.id) }], "soft").verdict).toBe("not-yet");
    expect(replicatedItems.prove(step, [{ ...item, testFailover: "None" }], "soft").verdict).toBe("proved");
    expect(replicatedItems.prove(step, [], "soft").verdict).toBe("proved");
  });

  it("of disabled replication is that the item is no longer listed", () => {
    const step = stepOn(item, "disable-replication");
    expect(replicatedItems.prove(step, [{ ...item, testFailover: "None" }], "soft").verdict).toBe("not-yet");
    expect(replicatedItems.prove(step, [], "soft").verdict).toBe("proved");
  });
});
