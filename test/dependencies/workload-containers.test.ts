// Virtual machines registered for database backup: listed from the workload lists alone, gone before nothing but their databases.

import { describe, expect, it } from "vitest";
import { privateEndpointConnections } from "../../src/dependencies/private-endpoints.ts";
import { workloadContainers } from "../../src/dependencies/workload-containers.ts";
import { armId } from "../../src/model/arm-id.ts";
import { stepKey } from "../../src/model/step.ts";
import { answer, inFabric, onlyFor, readerOf, workloadContainerAnswer } from "./arm-answers.ts";
import { connection, contextOf, database, draftOf, only, sqlServer } from "./builders.ts";

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
    const odd = answer(inFabric("protectionContainers/NewContainer;one"), { containerType: "NewContainer" });
    expect(await workloadContainers.list(readerOf({ containers: onlyFor("AzureWorkload", odd) }))).toEqual([]);
  });

  it.each(["soft", "purge"] as const)(
    "include an availability group's, where a list names it, without a step: %s",
    async (strategy) => {
      const given = answer(inFabric("protectionContainers/SQLAGWorkLoadContainer;compute;rg;ag"), {
        containerType: "SQLAGWorkLoadContainer",
        registrationStatus: "Registered",
      });
      const group = only(await workloadContainers.list(readerOf({ containers: onlyFor("AzureWorkload", given) })));
      const context = contextOf([group, connection("pe-1")], { strategy });
      const { steps, blockers, note } = workloadContainers.contribute(group, context);
      expect([steps, blockers]).toEqual([undefined, undefined]);
      expect(note).toContain("goes with its databases");
      const endpoint = draftOf(
        privateEndpointConnections.contribute(connection("pe-1"), context),
        "delete-private-endpoint-connection",
      );
      expect(endpoint.after).not.toContain(stepKey("unregister-container", group.id));
    },
  );

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
