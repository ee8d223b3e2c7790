// What was backed up, as a resource that Azure Resource Manager lists.

import { describe, expect, it } from "vitest";
import { listedSource, sourceOfInstance, sourceOfItem } from "../../src/dependencies/data-sources.ts";
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

  it.each(["", "vm-1", group, `${group}/providers/Microsoft.Compute`])("is none: '%s'", (id) => {
    expect(listedSource(id)).toBeUndefined();
  });

  it("is named by an item and by an instance, or by none", () => {
    expect(sourceOfItem(vmItemAnswer("vm-1"))).toMatch(/virtualMachines\/vm-1$/);
    expect(sourceOfInstance(diskAnswer("d"))).toBe("/disks/d");
    expect(sourceOfInstance({ properties: { dataSourceInfo: { resourceId: "/disks/e" } } })).toBe("/disks/e");
    expect([sourceOfItem({ properties: {} }), sourceOfInstance({ properties: {} })]).toEqual([undefined, undefined]);
  });
});
