// Mappings, containers, policies, plans and vCenters: where they stand, what must go before them, which request removes them.

import { describe, expect, it } from "vitest";
import { containerMappings } from "../../../src/dependencies/site-recovery/container-mappings.ts";
import { networkMappings, storageMappings } from "../../../src/dependencies/site-recovery/fabric-mappings.ts";
import { migrationItems } from "../../../src/dependencies/site-recovery/migration-items.ts";
import { protectionContainers } from "../../../src/dependencies/site-recovery/protection-containers.ts";
import { recoveryPlans } from "../../../src/dependencies/site-recovery/recovery-plans.ts";
import { replicationPolicies } from "../../../src/dependencies/site-recovery/replication-policies.ts";
import { vcenters } from "../../../src/dependencies/site-recovery/vcenters.ts";
import { stepKey } from "../../../src/model/step.ts";
import { answer } from "../arm-answers.ts";
import { contextOf, only } from "../builders.ts";
import { mappingAnswer, replicationReader } from "./arm-answers.ts";
import {
  containerId,
  containerMapping,
  disconnected,
  fabricId,
  failedOver,
  migrationItem,
  networkMapping,
  odd,
  protectionContainer,
  recoveryPlan,
  replicatedItem,
  replicationPolicy,
  server,
  storageMapping,
  vcenter,
} from "./builders.ts";

const listed = replicationReader({
  "container-mappings": [
    mappingAnswer("east"),
    mappingAnswer("site", { targetProtectionContainerId: "Microsoft Azure", providerSpecificDetails: null }),
  ],
  "network-mappings": [
    answer(networkMapping("east").id, { state: "Paired", recoveryFabricArmId: fabricId("west") }),
    answer(networkMapping("site").id, { state: "Paired", recoveryFabricArmId: "Microsoft Azure" }),
  ],
  "storage-classification-mappings": [
    answer(storageMapping("site").id, {
      targetStorageClassificationId: `${fabricId("west")}/replicationStorageClassifications/silver`,
    }),
  ],
  "protection-containers": [answer(containerId("east"), { fabricType: "Azure", pairingStatus: "Paired" })],
  "migration-items": [
    answer(migrationItem("east", "vm-9").id, {
      machineName: "VM9",
      migrationState: "Replicating",
      testMigrateState: "None",
    }),
  ],
  policies: [
    answer(replicationPolicy("p").id, { friendlyName: "P", providerSpecificDetails: { instanceType: "A2A" } }),
  ],
  "recovery-plans": [answer(recoveryPlan("rp").id, { friendlyName: "RP", currentScenarioStatus: null })],
  vcenters: [answer(vcenter("vmware", "vc").id, { friendlyName: "VC", discoveryStatus: "Completed" })],
});

describe("reading what stands around replicated items", () => {
  it("finds both ends of a mapping, and takes Azure itself for neither a container nor a fabric", async () => {
    const [inAzure, ofSite] = await containerMappings.list(listed);
    expect(inAzure).toMatchObject({
      fabric: fabricId("east"),
      container: containerId("east"),
      targetContainer: containerId("west"),
      provider: "A2A",
      policy: `${odd}/replicationPolicies/policy-1`,
    });
    expect(ofSite?.targetContainer).toBeUndefined();
    expect(ofSite?.provider).toBe("");
    const [network, toAzure] = await networkMappings.list(listed);
    expect(network).toMatchObject({ fabric: fabricId("east"), targetFabric: fabricId("west") });
    expect(toAzure?.targetFabric).toBeUndefined();
    expect(only(await storageMappings.list(listed))).toMatchObject({ targetFabric: fabricId("west") });
  });

  it("keeps the service's own words for states and types", async () => {
    expect(only(await protectionContainers.list(listed))).toMatchObject({ fabricType: "Azure", state: "Paired" });
    expect(only(await migrationItems.list(listed))).toMatchObject({ name: "VM9", state: "Replicating" });
    expect(only(await replicationPolicies.list(listed))).toMatchObject({ name: "P", state: "A2A" });
    expect(only(await recoveryPlans.list(listed))).toMatchObject({ name: "RP", state: "None" });
    expect(only(await vcenters.list(listed))).toMatchObject({ name: "VC", fabric: fabricId("vmware") });
  });
});

describe("a container mapping", () => {
  const mapping = containerMapping("east", { targetContainer: containerId("west") });
  const back = containerMapping("west", { targetContainer: containerId("east") });

  it("goes after the items of both its containers, whichever way they replicate", () => {
    const items = [replicatedItem("east", "vm-1"), replicatedItem("west", "vm-2"), migrationItem("east", "vm-3")];
    const context = contextOf([mapping, back, ...items, replicatedItem("north", "vm-4")]);
    const wanted = [
      stepKey("disable-replication", items[0]?.id ?? ""),
      stepKey("disable-replication", items[1]?.id ?? ""),
      stepKey("delete-migration-item", items[2]?.id ?? ""),
    ].toSorted();
    for (const one of [mapping, back])
      expect(only(containerMappings.contribute(one, context).steps).after.toSorted()).toEqual(wanted);
  });

  it("waits for no step that is not planned: a failed-over item only blocks", () => {
    const context = contextOf([mapping, replicatedItem("east", "vm-1", failedOver)]);
    expect(only(containerMappings.contribute(mapping, context).steps).after).toEqual([]);
  });

  it("says its type in the request only where both ends are in Azure", () => {
    const site = containerMapping("site", { provider: "InMageRcm" });
    const request = (one: typeof mapping) => only(containerMappings.contribute(one, contextOf([one])).steps).request;
    expect(request(mapping)).toEqual({ write: "remove-replication-object", target: mapping.id, provider: "A2A" });
    expect(request(site)).toEqual({ write: "remove-replication-object", target: site.id });
  });

  it("is deleted outright where the server of its fabric does not answer", () => {
    const site = containerMapping("site", { provider: "" });
    const context = contextOf([site, server("site", "host-1"), server("site", "host-2", disconnected)]);
    const step = only(containerMappings.contribute(site, context).steps);
    expect(step.request).toEqual({ write: "purge-replication-object", target: site.id });
    expect(only(step.permissions)).toMatch(/replicationProtectionContainerMappings\/delete$/);
  });
});

describe("network and storage mappings", () => {
  it.each([
    ["delete-network-mapping", networkMapping("east", "west")],
    ["delete-storage-mapping", storageMapping("east", "west")],
  ] as const)("%s comes after the items of both fabrics", (action, mapping) => {
    const items = [replicatedItem("east", "vm-1"), replicatedItem("west", "vm-2"), replicatedItem("north", "vm-3")];
    const context = contextOf([mapping, ...items]);
    const { steps } =
      mapping.kind === "network-mapping"
        ? networkMappings.contribute(mapping, context)
        : storageMappings.contribute(mapping, context);
    const step = only(steps);
    expect(step).toMatchObject({ action, request: { write: "delete-replication-object", target: mapping.id } });
    expect(step.after).toEqual(items.slice(0, 2).map((item) => stepKey("disable-replication", item.id)));
  });
});

describe("a protection container", () => {
  it("goes by itself in a region of Azure, after the mappings out of it and into it", () => {
    const container = protectionContainer("east");
    const mappings = [containerMapping("east"), containerMapping("west", { targetContainer: container.id })];
    const step = only(protectionContainers.contribute(container, contextOf([container, ...mappings])).steps);
    expect(step.request).toEqual({ write: "remove-replication-object", target: container.id });
    expect(step.after).toEqual(mappings.map((mapping) => stepKey("remove-container-mapping", mapping.id)));
  });

  it.each(["HyperVSite", "VMM", "InMageRcm"])("of %s goes with its fabric", (fabricType) => {
    const container = protectionContainer("site", { fabricType });
    const contribution = protectionContainers.contribute(container, contextOf([container]));
    expect(contribution.steps).toBeUndefined();
    expect(contribution.note).toContain("goes with its fabric");
  });
});

describe("a replication policy", () => {
  it("goes after the mappings that use it, and after those that do not say what they use", () => {
    const policy = replicationPolicy("policy-1");
    const { policy: _unsaid, ...unsaid } = containerMapping("west");
    const other = containerMapping("north", { policy: replicationPolicy("policy-2").id });
    const context = contextOf([policy, containerMapping("east"), unsaid, other]);
    expect(only(replicationPolicies.contribute(policy, context).steps).after).toEqual([
      stepKey("remove-container-mapping", containerMapping("east").id),
      stepKey("remove-container-mapping", unsaid.id),
    ]);
  });
});

describe("a recovery plan", () => {
  it("goes after every test failover is cleaned", () => {
    const plan = recoveryPlan("rp");
    const tested = replicatedItem("east", "vm-1", { testFailover: "WaitingForCompletion" });
    const context = contextOf([plan, tested, replicatedItem("east", "vm-2")]);
    const step = only(recoveryPlans.contribute(plan, context).steps);
    expect(step.after).toEqual([stepKey("clean-test-failover", tested.id)]);
    expect(step.irreversible).toBe(true);
  });
});

describe("a machine under migration", () => {
  it("goes, with a warning that names its project", () => {
    const item = migrationItem("east", "vm-1");
    const contribution = migrationItems.contribute(item, contextOf([item]));
    expect(only(contribution.steps)).toMatchObject({
      irreversible: true,
      request: { write: "delete-replication-object", target: item.id },
    });
    expect(only(contribution.warnings)).toContain("Azure Migrate");
  });

  it("blocks while a test migration stands, which only its project cleans up", () => {
    const item = migrationItem("east", "vm-1", { testMigration: "TestMigrationSucceeded" });
    const contribution = migrationItems.contribute(item, contextOf([item]));
    expect(contribution.steps).toBeUndefined();
    expect(only(contribution.blockers)).toMatchObject({ code: "test-migration-open", subject: item.id });
  });
});
