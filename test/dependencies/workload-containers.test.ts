// Virtual machines registered for database backup: listed from the workload lists alone, gone before nothing but their databases.

import { describe, expect, it } from "vitest";
import { workloadContainers } from "../../src/dependencies/workload-containers.ts";
import { armId } from "../../src/model/arm-id.ts";
import { stepKey } from "../../src/model/step.ts";
import { answer, inFabric, onlyFor, readerOf, workloadContainerAnswer } from "./arm-answers.ts";
import { contextOf, database, draftOf, sqlServer } from "./builders.ts";

describe("workload containers", () => {
  it("are listed with the machine they stand for", async () => {
    const given = workloadContainerAnswer("sql-1");
    const reader = readerOf({ containers: onlyFor("AzureWorkload", given) });
    expect(await workloadContainers.list(reader)).toEqual([
      {
        kind: "workload-container",
        id: given.id,
        name: "sql-1",
        state: "Registered",
        managementType: "AzureWorkload",
        sourceId: given.properties["sourceResourceId"],
      },
    ]);
  });

  it("do not include containers of a type this version does not know", async () => {
    const group = answer(inFabric("protectionContainers/SQLAGWorkLoadContainer;compute;rg;ag"), {
      containerType: "SQLAGWorkLoadContainer",
    });
    expect(await workloadContainers.list(readerOf({ containers: onlyFor("AzureWorkload", group) }))).toEqual([]);
  });

  it.each(["soft", "purge"] as const)("are unregistered in a %s plan", (strategy) => {
    const server = sqlServer("sql-1");
    const draft = draftOf(
      workloadContainers.contribute(server, contextOf([server], { strategy })),
      "unregister-container",
    );
    expect(draft).toMatchObject({ kind: "workload-container", name: "sql-1" });
    expect(draft.reason).toContain("registered virtual machine");
  });

  it("of any node go after the databases of an availability group, whose own container is in no list", () => {
    const group = armId(inFabric("protectionContainers/SQLAGWorkLoadContainer;compute;rg-data;ag-1"));
    const shared = database("ag-1", "ledger", {
      container: group,
      id: armId(`${group}/protectedItems/SQLDataBase;ag-1;ledger`),
    });
    const node = sqlServer("sql-1");
    const draft = draftOf(workloadContainers.contribute(node, contextOf([node, shared])), "unregister-container");
    expect(draft.after).toContain(stepKey("delete-item", shared.id));
  });
});
