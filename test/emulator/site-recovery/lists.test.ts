// What Site Recovery lists and shows, vault-wide and below each parent.
import { expect, test } from "vitest";

import {
  appliance,
  bare,
  containerPath,
  fabric,
  fabricPath,
  item,
  itemPath,
  mapping,
  mappingPath,
  migrationPath,
  networkPath,
  plan,
  planPath,
  policy,
  policyPath,
  provider,
  providerPath,
  replicatingWorld,
  runningJob,
  storagePath,
  vcenterPath,
} from "../replication-builder.ts";
import { at, bench, names, textAt, vault, vaultId, world } from "../world-builder.ts";

const capitalId = vaultId.replace("/subscriptions/", "/Subscriptions/");
const everything = replicatingWorld([
  fabric("east"),
  fabric("west"),
  policy,
  item("east", "vm1"),
  mapping("east", "to-west", "west"),
  mapping("west", "to-east", "east"),
  plan("plan1", "east", [itemPath("east", "vm1")]),
  provider("east", "dra"),
  bare("migrationItems", migrationPath("east", "m1")),
  bare("networkMappings", networkPath("east", "n1")),
  bare("storageClassificationMappings", storagePath("east", "s1")),
  bare("vCenters", vcenterPath("east", "v1")),
  runningJob("job1", { about: itemPath("east", "vm1") }),
  appliance("appliance1", "east"),
]);

const lists = [
  "replicationFabrics",
  "replicationProtectionContainers",
  "replicationProtectedItems",
  "replicationMigrationItems",
  "replicationProtectionContainerMappings",
  "replicationNetworkMappings",
  "replicationStorageClassificationMappings",
  "replicationvCenters",
  "replicationRecoveryServicesProviders",
  "replicationPolicies",
  "replicationRecoveryPlans",
  "replicationJobs",
  "replicationAppliances",
];

test.each(lists)("the list %s of a vault without Site Recovery is empty", async (list) => {
  const answer = await bench(world([vault()])).send("GET", `~/${list}`);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ value: [], nextLink: null });
});

test.each(lists)("the list %s holds what stands in the world", async (list) => {
  const { body } = await bench(everything).send("GET", `~/${list}`);
  expect(at(body, "value.0.properties")).toBeTypeOf("object");
});

test.each([
  fabricPath("east"),
  containerPath("east"),
  itemPath("east", "vm1"),
  migrationPath("east", "m1"),
  mappingPath("east", "to-west"),
  networkPath("east", "n1"),
  storagePath("east", "s1"),
  vcenterPath("east", "v1"),
  providerPath("east", "dra"),
  policyPath("pol"),
  planPath("plan1"),
  "replicationJobs/job1",
])("%s can be read alone and below its parent, with an id that begins with a capital", async (path) => {
  const { send } = bench(everything);
  const one = await send("GET", `~/${path}`);
  expect(one.status).toBe(200);
  expect(one.body["id"]).toBe(`${capitalId}/${path}`);
  const segments = path.split("/").filter((_, index) => index % 2 === 0);
  expect(one.body["type"]).toBe(`Microsoft.RecoveryServices/vaults/${segments.join("/")}`);
  const list = await send("GET", `~/${path.slice(0, path.lastIndexOf("/"))}`);
  expect(names(list.body)).toContain(one.body["name"]);
});

test("an absent object is a 404 with Site Recovery's own details", async () => {
  const answer = await bench(everything).send("GET", `~/${itemPath("east", "vm9")}`);
  expect(answer.status).toBe(404);
  expect(answer.body).toMatchObject({
    error: {
      code: "NotFound",
      message: "Specified resource with name 'vm9' does not exist.",
      details: [{ code: "ArmResourceDoesNotExist", possibleCauses: "Ensure correct resource name was specified." }],
    },
  });
});

test("lists leave out a fabric's containers and a recovery plan's groups", async () => {
  const { send } = bench(everything);
  const fabrics = await send("GET", "~/replicationFabrics");
  expect(at(fabrics.body, "value.0.properties.customDetails.containerIds")).toBeNull();
  const east = await send("GET", `~/${fabricPath("east")}`);
  expect(at(east.body, "properties.customDetails.containerIds")).toEqual([`${capitalId}/${containerPath("east")}`]);
  const plans = await send("GET", "~/replicationRecoveryPlans");
  expect(at(plans.body, "value.0.properties.groups")).toEqual([]);
  const one = await send("GET", `~/${planPath("plan1")}`);
  expect(textAt(one.body, "properties.groups.0.replicationProtectedItems.0.id")).toBe(
    `${capitalId}/${itemPath("east", "vm1")}`,
  );
});

test("a container lists the mappings that point at it too", async () => {
  const list = `~/${containerPath("east")}/replicationProtectionContainerMappings`;
  expect(names((await bench(everything).send("GET", list)).body)).toEqual(["to-west", "to-east"]);
});

test("a container counts its items and knows whether it is paired", async () => {
  const { send } = bench(replicatingWorld([fabric("east"), fabric("west"), item("east", "vm1")]));
  const { body } = await send("GET", `~/${containerPath("east")}`);
  expect(body["properties"]).toMatchObject({ protectedItemCount: 1, pairingStatus: "NotPaired" });
  const paired = await bench(everything).send("GET", `~/${containerPath("west")}`);
  expect(paired.body["properties"]).toMatchObject({ protectedItemCount: 0, pairingStatus: "Paired" });
});

test("a list comes in pages of the world's size, linked by skipToken", async () => {
  const { send } = bench(
    replicatingWorld([fabric("east"), ...["a", "b", "c"].map((name) => item("east", name))], { pageSize: 2 }),
  );
  const first = await send("GET", "~/replicationProtectedItems");
  expect(names(first.body)).toEqual(["a", "b"]);
  const next = new URL(textAt(first.body, "nextLink"));
  expect(next.searchParams.get("skipToken")).not.toBeNull();
  const second = await send("GET", `${next.pathname}${next.search}`);
  expect(names(second.body)).toEqual(["c"]);
  expect(second.body["nextLink"]).toBeNull();
  expect((await send("GET", "~/replicationProtectedItems?skipToken=x")).status).toBe(400);
});

test("a filter is refused, never ignored", async () => {
  const answer = await bench(everything).send("GET", "~/replicationJobs?$filter=State eq 'InProgress'");
  expect(answer.status).toBe(501);
});
