// What goes with a fabric that Azure is told to forget, and what is read of one to prove it gone.

import { describe, expect, it } from "vitest";
import { fabrics } from "../../../src/dependencies/site-recovery/fabrics.ts";
import { armId } from "../../../src/model/arm-id.ts";
import type { Resource } from "../../../src/model/resource.ts";
import type { Step } from "../../../src/model/step.ts";
import { answer, readerOf } from "../arm-answers.ts";
import { stepOn, vmItem } from "../builders.ts";
import {
  containerMapping,
  fabric,
  fabricId,
  migrationItem,
  networkMapping,
  protectionContainer,
  recoveryPlan,
  replicatedItem,
  replicationPolicy,
  server,
  storageMapping,
  vcenter,
} from "./builders.ts";

const site = fabric("site");

function removing(write: "purge-replication-object" | "remove-replication-object"): Step {
  return { ...stepOn(site, "remove-fabric"), request: { write, target: site.id } };
}

/** One of each sort that lies in the fabric of this name. */
function contents(name: string): readonly Resource[] {
  return [
    replicatedItem(name, "vm-1"),
    migrationItem(name, "vm-2"),
    containerMapping(name),
    networkMapping(name),
    storageMapping(name),
    protectionContainer(name),
    vcenter(name, "vc"),
    server(name, "dra"),
  ];
}

describe("a fabric that Azure is told to forget", () => {
  const along = fabrics.takesAlong?.(removing("purge-replication-object"), []);

  it("takes along everything that lies in it, by kinds that are all named", () => {
    expect(contents("site").filter((resource) => along?.has(resource))).toEqual(contents("site"));
    expect(along?.kinds.toSorted()).toEqual(
      contents("site")
        .map(({ kind }) => kind)
        .toSorted(),
    );
  });

  it("takes along neither itself, nor what lies beside it, nor what of another has a name that begins like it", () => {
    const spelled = { ...site, id: armId(site.id.toUpperCase()) };
    const others = [site, spelled, ...contents("site-2"), recoveryPlan("p"), replicationPolicy("p"), vmItem("vm-1")];
    expect(others.filter((resource) => along?.has(resource))).toEqual([]);
  });

  it("takes nothing along where it is removed the plain way, or by no request at all", () => {
    expect(fabrics.takesAlong?.(removing("remove-replication-object"), [])).toBeUndefined();
    expect(fabrics.takesAlong?.(stepOn(site, "remove-fabric"), [])).toBeUndefined();
  });
});

it("a fabric is proved gone by the list of fabrics, whatever appliances are registered", async () => {
  const given = answer(fabricId("site"), { bcdrState: "Valid", customDetails: { instanceType: "InMageRcm" } });
  const appliances = [answer(`${fabricId("site")}/a`, { providerSpecificDetails: { appliances: [{ name: "a" }] } })];
  const listed = { fabrics: [given], appliances };
  const reader = readerOf({
    replication: async (list) => (list === "fabrics" || list === "appliances" ? listed[list] : []),
  });
  const read = fabric("site", { fabricType: "InMageRcm" });
  expect(await fabrics.list(reader)).toEqual([{ ...read, appliances: ["a"] }]);
  expect(await fabrics.listToProve?.(reader)).toEqual([read]);
});
