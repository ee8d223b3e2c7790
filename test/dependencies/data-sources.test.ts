// What was backed up, as a resource that Azure Resource Manager lists.

import { describe, expect, it } from "vitest";
import { isListedType, listedSource, sourceOfInstance, sourceOfItem } from "../../src/dependencies/data-sources.ts";
import { vmItemAnswer } from "./arm-answers.ts";
import { diskAnswer } from "./backup-vault/builders.ts";

const group = "/subscriptions/S1/resourceGroups/Rg";

describe("a source", () => {
  it.each([
    ["Microsoft.Compute/virtualMachines/Vm", "Microsoft.Compute/virtualMachines", "vm"],
    ["Microsoft.DBforPostgreSQL/servers/Pg/databases/postgres", "Microsoft.DBforPostgreSQL/servers", "pg"],
    ["Microsoft.ElasticSan/elasticSans/San/volumeGroups/v", "Microsoft.ElasticSan/elasticSans", "san"],
  ])("%s is told by the list of %s", (path, type, name) => {
    expect(listedSource(`${group}/providers/${path}`)).toEqual({
      subscription: "/subscriptions/S1",
      type,
      key: `${group}/providers/${type}/${name}`.toLowerCase(),
    });
  });

  it("is the same in any spelling", () => {
    const id = `${group}/providers/Microsoft.Compute/virtualMachines/vm`;
    const other = id.replace("resourceGroups", "resourcegroups").replace("Microsoft.Compute", "microsoft.compute");
    expect(listedSource(other)?.key).toBe(listedSource(id)?.key);
  });

  it.each([
    "",
    "vm-1",
    group,
    `${group}/providers/Microsoft.Compute`,
    `/tenants/t${group}/providers/Microsoft.Compute/disks/d`,
  ])("is none: '%s'", (id) => {
    expect(listedSource(id)).toBeUndefined();
  });

  it("is named by an item and by an instance, or by none", () => {
    expect(sourceOfItem(vmItemAnswer("vm-1"))).toMatch(/virtualMachines\/vm-1$/);
    expect(sourceOfInstance(diskAnswer("d"))).toBe("/disks/d");
    expect(sourceOfInstance({ properties: { dataSourceInfo: { resourceId: "/disks/e" } } })).toBe("/disks/e");
    expect([sourceOfItem({ properties: {} }), sourceOfInstance({ properties: {} })]).toEqual([undefined, undefined]);
  });
});

describe("what a list by type does not hold is not there", () => {
  it.each([
    "Microsoft.ClassicCompute/virtualMachines",
    "Microsoft.Compute/disks",
    "Microsoft.Compute/virtualMachines",
    "Microsoft.ContainerService/managedClusters",
    "Microsoft.DBforMySQL/flexibleServers",
    "Microsoft.DBforPostgreSQL/flexibleServers",
    "Microsoft.DBforPostgreSQL/servers",
    "Microsoft.ElasticSan/elasticSans",
    "Microsoft.Storage/storageAccounts",
  ])("of the type %s, in any spelling", (type) => {
    expect([type, type.toUpperCase(), type.toLowerCase()].map(isListedType)).toEqual([true, true, true]);
  });

  it.each(["", "Microsoft.New/things", "Microsoft.Compute", "Microsoft.Storage/storageAccounts/blobServices"])(
    "of no other type: '%s'",
    (type) => {
      expect(isListedType(type)).toBe(false);
    },
  );
});
