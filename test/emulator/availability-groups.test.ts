// Availability groups hold their machines, and the service's checks lag behind deletions.
import { expect, test } from "vitest";

import { at, bench, names, sqlContainer, sqlItem, sqlServer, vault, world } from "./world-builder.ts";

const group = "SQLAGWorkLoadContainer;Compute;rg-test;ag1";
const groupPath = `~/backupFabrics/Azure/protectionContainers/${group}`;
const database = `${groupPath}/protectedItems/SQLDataBase;ag1;sales`;
const nodesList = [{ nodeName: "sql1.corp" }, { nodeName: "SQL2" }];

function withGroup(): ReturnType<typeof bench> {
  const parts = [sqlServer("sql1", {}), sqlServer("sql2", {}), sqlServer("sql3", {})];
  parts.push({
    container: {
      name: group,
      properties: {
        friendlyName: "ag1",
        backupManagementType: "AzureWorkload",
        registrationStatus: "Registered",
        containerType: "SQLAGWorkLoadContainer",
        extendedInfo: { nodesList },
      },
    },
    items: [
      {
        container: group,
        name: "SQLDataBase;ag1;sales",
        properties: {
          friendlyName: "sales",
          protectionState: "Protected",
          backupManagementType: "AzureWorkload",
          workloadType: "SQLDataBase",
          nodesList,
        },
      },
    ],
  });
  return bench(world([vault({ parts })]));
}

test("the container of an availability group is in no list, but answers when asked by name", async () => {
  const { send } = withGroup();
  const listed = await send("GET", "~/backupProtectionContainers?$filter=backupManagementType eq 'AzureWorkload'");
  expect(names(listed.body)).toHaveLength(3);
  expect(at((await send("GET", groupPath)).body, "properties.extendedInfo.nodesList.0.nodeName")).toBe("sql1.corp");
});

test("a machine of a group with an active database cannot be unregistered; another one can", async () => {
  const { send, wait } = withGroup();
  for (const server of ["sql1", "sql2"]) {
    const answer = await send("DELETE", sqlContainer(server));
    expect(answer.status).toBe(400);
    expect(at(answer.body, "error.code")).toBe("BMSUserErrorNodePartOfActiveAG");
  }
  expect((await send("DELETE", sqlContainer("sql3"))).status).toBe(202);
  expect((await send("DELETE", database)).status).toBe(202);
  wait(32);
  expect((await send("DELETE", sqlContainer("sql1"))).status).toBe(202);
});

test("the group's container does not keep the vault", async () => {
  const { send, wait } = withGroup();
  await send("DELETE", database);
  wait(32);
  for (const server of ["sql1", "sql2", "sql3"]) await send("DELETE", sqlContainer(server));
  wait(94);
  expect((await send("DELETE", "~")).status).toBe(202);
});

test("right after a deletion a workload container still has data sources, and 20 seconds later it has not", async () => {
  const { send, wait } = bench(world([vault({ parts: [sqlServer("sql1", { a: {} })] })]));
  await send("DELETE", sqlItem("sql1", "a"));
  wait(32);
  const early = await send("DELETE", sqlContainer("sql1"));
  expect(early.status).toBe(400);
  expect(at(early.body, "error.code")).toBe("BMSUserErrorContainerHasDatasources");
  wait(19);
  expect((await send("DELETE", sqlContainer("sql1"))).status).toBe(400);
  wait(1);
  expect((await send("DELETE", sqlContainer("sql1"))).status).toBe(202);
});
