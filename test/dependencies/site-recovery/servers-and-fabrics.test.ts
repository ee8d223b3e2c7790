// Servers and fabrics: told where they can be, forgotten only with consent; a modernized appliance is a person's turn.

import { describe, expect, it } from "vitest";
import { fabrics } from "../../../src/dependencies/site-recovery/fabrics.ts";
import { recoveryServicesProviders } from "../../../src/dependencies/site-recovery/recovery-services-providers.ts";
import { contextOf, only } from "../builders.ts";
import { applianceAnswer, fabricAnswer, replicationReader, serverAnswer } from "./arm-answers.ts";
import {
  containerMapping,
  disconnected,
  fabric,
  fabricId,
  networkMapping,
  protectionContainer,
  recoveryPlan,
  replicatedItem,
  server,
  storageMapping,
  vcenter,
} from "./builders.ts";

const allowed = { consents: ["orphan-replication"] as const };

describe("reading servers", () => {
  it.each([
    [{ connectionStatus: "Connected" }, "reachable", "Connected"],
    [{ connectionStatus: "connected" }, "reachable", "connected"],
    [{ connectionStatus: "Disconnected" }, "unreachable", "Disconnected"],
    [{ connectionStatus: null }, "unknown", "Unknown"],
    [{ connectionStatus: null, fabricType: "Azure" }, "reachable", "Unknown"],
  ])("%o is %s", async (properties, source, state) => {
    const found = await recoveryServicesProviders.list(
      replicationReader({ providers: [serverAnswer("vmware", properties)] }),
    );
    expect(only(found)).toMatchObject({ source, state, fabric: fabricId("vmware"), name: "vaultv2arcm" });
  });
});

describe("a server", () => {
  it("is told when it is connected", () => {
    const host = server("site", "host-1");
    const contribution = recoveryServicesProviders.contribute(host, contextOf([host]));
    const step = only(contribution.steps);
    expect(step).toMatchObject({
      irreversible: false,
      request: { write: "remove-replication-object", target: host.id },
    });
    expect(step.consent).toBeUndefined();
    expect(only(contribution.remains).what).toBe("the Site Recovery software on the server");
  });

  it("blocks when it does not answer, and is forgotten with consent", () => {
    const host = server("site", "host-1", disconnected);
    const blocked = recoveryServicesProviders.contribute(host, contextOf([host]));
    expect(blocked.steps).toBeUndefined();
    expect(only(blocked.blockers)).toMatchObject({ code: "replication-source-unreachable", subject: host.id });
    const forced = recoveryServicesProviders.contribute(host, contextOf([host], allowed));
    expect(only(forced.steps)).toMatchObject({
      irreversible: true,
      consent: "orphan-replication",
      request: { write: "purge-replication-object", target: host.id },
    });
    expect(only(forced.remains).what).toContain("was not told");
  });

  it("of a region of Azure goes with its fabric", () => {
    const region = server("east", "dra", { fabricType: "Azure", source: "unknown" });
    const contribution = recoveryServicesProviders.contribute(region, contextOf([region]));
    expect(contribution.steps ?? contribution.blockers).toBeUndefined();
    expect(contribution.note).toContain("goes with its fabric");
  });

  it("goes after everything else of its fabric", () => {
    const host = server("vmware", "config-server", { fabricType: "VMware" });
    const below = [
      replicatedItem("vmware", "vm-1"),
      containerMapping("vmware"),
      networkMapping("east", "vmware"),
      storageMapping("vmware"),
      vcenter("vmware", "vc"),
    ];
    const context = contextOf([host, ...below, replicatedItem("east", "vm-2"), vcenter("other", "vc")]);
    const actions = only(recoveryServicesProviders.contribute(host, context).steps).after.map((key) =>
      key.slice(0, key.indexOf(" ")),
    );
    expect(actions.toSorted()).toEqual([
      "delete-network-mapping",
      "delete-storage-mapping",
      "delete-vcenter",
      "disable-replication",
      "remove-container-mapping",
    ]);
  });
});

describe("a fabric", () => {
  it("goes last, after its plans, its containers, its servers and all below", () => {
    const site = fabric("site", { fabricType: "HyperVSite" });
    const context = contextOf([
      site,
      recoveryPlan("rp"),
      replicatedItem("site", "vm-1"),
      protectionContainer("site", { fabricType: "HyperVSite" }),
      server("site", "host-1"),
    ]);
    const step = only(fabrics.contribute(site, context).steps);
    expect(step.after.map((key) => key.slice(0, key.indexOf(" "))).toSorted()).toEqual([
      "delete-recovery-plan",
      "disable-replication",
      "remove-provider",
    ]);
    // Its server has been told; only a DELETE takes the container along.
    expect(step).toMatchObject({
      irreversible: false,
      request: { write: "purge-replication-object", target: site.id },
    });
    expect(step.consent).toBeUndefined();
  });

  it("in Azure waits for its containers, which are removed one by one", () => {
    const east = fabric("east");
    const context = contextOf([east, protectionContainer("east"), server("east", "dra", { fabricType: "Azure" })]);
    const step = only(fabrics.contribute(east, context).steps);
    expect(step.after.map((key) => key.slice(0, key.indexOf(" ")))).toEqual(["remove-protection-container"]);
    expect(step.request).toEqual({ write: "remove-replication-object", target: east.id });
  });

  it("with a server out of reach waits for the decision about it, then is forgotten", () => {
    const site = fabric("site", { fabricType: "HyperVSite" });
    const host = server("site", "host-1", disconnected);
    const undecided = fabrics.contribute(site, contextOf([site, host]));
    expect(undecided.steps).toBeUndefined();
    expect(undecided.note).toContain("decision");
    expect(only(fabrics.contribute(site, contextOf([site, host], allowed)).steps)).toMatchObject({
      consent: "orphan-replication",
      irreversible: true,
      request: { write: "purge-replication-object", target: site.id },
    });
  });
});

describe("a fabric of a type this version does not know", () => {
  it.each(["EdgeSite", "Unknown"])("is shown and blocks, whatever is allowed: %s", (fabricType) => {
    const site = fabric("edge", { fabricType });
    const contribution = fabrics.contribute(site, contextOf([site], allowed));
    expect(contribution.steps).toBeUndefined();
    expect(only(contribution.blockers)).toMatchObject({ code: "unknown-kind", subject: site.id });
    expect(only(contribution.blockers).reason).toContain(fabricType);
  });
});

describe("a modernized appliance", () => {
  const read = async (...lists: Parameters<typeof replicationReader>) =>
    only(await fabrics.list(replicationReader(...lists)));
  const modern = fabricAnswer("vmware", "InMageRcm", { processServers: [], dras: [] });

  it("is found in the list of appliances, by its fabric or by none", async () => {
    expect((await read({ fabrics: [modern], appliances: [applianceAnswer("app-1", "vmware")] })).appliances).toEqual([
      "app-1",
    ]);
    expect((await read({ fabrics: [modern], appliances: [applianceAnswer("app-1")] })).appliances).toEqual(["app-1"]);
    expect((await read({ fabrics: [modern], appliances: [applianceAnswer("app-1", "other")] })).appliances).toEqual([]);
  });

  it("is found in what its fabric lists, once", async () => {
    const whole = fabricAnswer("vmware", "InMageRcm", {
      processServers: [{ name: "app-1" }],
      dras: [{ name: "app-1" }],
    });
    expect((await read({ fabrics: [whole] })).appliances).toEqual(["app-1"]);
  });

  it("is not what a configuration server or a region lists", async () => {
    const classic = fabricAnswer("vmware", "VMware", { processServers: [{ name: "ps-1" }] });
    expect((await read({ fabrics: [classic], appliances: [applianceAnswer("app-1")] })).appliances).toEqual([]);
  });

  it("blocks with instructions, whatever is allowed: no API removes it", () => {
    const site = fabric("vmware", { fabricType: "InMageRcm", appliances: ["app-1"] });
    const contribution = fabrics.contribute(site, contextOf([site], allowed));
    expect(contribution.steps).toBeUndefined();
    const blocker = only(contribution.blockers);
    expect(blocker).toMatchObject({ code: "appliance-registered", subject: site.id });
    expect(blocker.reason).toContain("app-1");
    expect(blocker.fix).toContain("remove infrastructure");
    expect(blocker.fix).toContain("site-recovery/delete-appliance");
  });

  it("that is gone leaves a fabric like any other", () => {
    const site = fabric("vmware", { fabricType: "InMageRcm" });
    expect(only(fabrics.contribute(site, contextOf([site])).steps).action).toBe("remove-fabric");
  });
});
