// Private endpoints: the vault's connections go after every registered container, the endpoints after their connection.

import { describe, expect, it } from "vitest";
import { privateEndpointConnections, privateEndpoints } from "../../src/dependencies/private-endpoints.ts";
import type { ArmId } from "../../src/model/arm-id.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { Resource } from "../../src/model/resource.ts";
import { stepKey } from "../../src/model/step.ts";
import { answer, connectionMember, endpointPath, readerOf, vaultAnswer, vaultPath } from "./arm-answers.ts";
import {
  backupServer,
  connection,
  contextOf,
  draftOf,
  endpoint,
  marsItem,
  marsServer,
  only,
  softDeleted,
  sqlServer,
  stepOn,
  storageAccount,
  vmContainer,
  vmItem,
} from "./builders.ts";

const withConnections =
  (...connections: readonly unknown[]) =>
  async () =>
    vaultAnswer({ privateEndpointConnections: connections });

describe("listing connections", () => {
  it("reads them from the vault's own answer, with the endpoint behind them", async () => {
    const vault = withConnections(connectionMember("pe-1", endpointPath("pe-1"), "Pending"));
    expect(await privateEndpointConnections.list(readerOf({ vault }))).toEqual([
      {
        kind: "private-endpoint-connection",
        id: `${vaultPath}/privateEndpointConnections/pe-1`,
        name: "pe-1",
        state: "Pending",
        endpoint: endpointPath("pe-1"),
      },
    ]);
  });

  it("keeps one that names no endpoint and one that says nothing but its id", async () => {
    const bare = `${vaultPath}/privateEndpointConnections/pe-2`;
    const vault = withConnections(connectionMember("pe-1", undefined), { id: bare });
    const found = await privateEndpointConnections.list(readerOf({ vault }));
    expect(found.map(({ name, state }) => [name, state])).toEqual([
      ["pe-1", "Approved"],
      ["pe-2", "Unknown"],
    ]);
    expect(found.every((each) => !("endpoint" in each))).toBe(true);
  });
});

describe("listing endpoints", () => {
  const behind = (name: string) => answer(endpointPath(name), { provisioningState: "Succeeded" });

  it("asks for each endpoint that a connection names, and knows its connection", async () => {
    const asked: string[] = [];
    const vault = withConnections(
      connectionMember("pe-1", endpointPath("pe-1")),
      connectionMember("pe-2", undefined),
      connectionMember("pe-3", endpointPath("pe-3")),
    );
    const privateEndpoint = async (id: ArmId) => {
      asked.push(id);
      return behind(id.slice(id.lastIndexOf("/") + 1));
    };
    const found = await privateEndpoints.list(readerOf({ vault, privateEndpoint }));
    expect(asked).toEqual([endpointPath("pe-1"), endpointPath("pe-3")]);
    expect(found).toEqual([endpoint("pe-1"), endpoint("pe-3")]);
  });

  it("gives nothing for an endpoint that is gone, whose connection still gets its step", async () => {
    const vault = withConnections(connectionMember("pe-1", endpointPath("pe-1")));
    const reader = readerOf({ vault, privateEndpoint: async () => undefined });
    expect(await privateEndpoints.list(reader)).toEqual([]);
    expect(await privateEndpointConnections.list(reader)).toHaveLength(1);
  });

  it("does not take a refused read for a missing endpoint", async () => {
    const vault = withConnections(connectionMember("pe-1", endpointPath("pe-1")));
    const privateEndpoint = async () => Promise.reject(new Error("403"));
    await expect(privateEndpoints.list(readerOf({ vault, privateEndpoint }))).rejects.toThrow("403");
  });

  it("gives an endpoint that stands behind two connections once, with both", async () => {
    const vault = withConnections(
      connectionMember("backup", endpointPath("pe-1")),
      connectionMember("site-recovery", endpointPath("PE-1")),
    );
    const found = only(await privateEndpoints.list(readerOf({ vault, privateEndpoint: async () => behind("pe-1") })));
    expect(found.connections).toEqual([connection("backup").id, connection("site-recovery").id]);
  });
});

describe("a connection in a plan", () => {
  it.each(["soft", "purge"] as const)("goes after every registered container (%s)", (strategy) => {
    const found = connection("pe-1");
    const registered = [sqlServer("sql-1"), storageAccount("st1")];
    const others = [sqlServer("sql-2", "SoftDeleted"), vmContainer("vm-1")];
    const context = contextOf([found, ...registered, ...others], { strategy });
    const draft = draftOf(privateEndpointConnections.contribute(found, context), "delete-private-endpoint-connection");
    expect(draft.after).toEqual(registered.map((container) => stepKey("unregister-container", container.id)));
    expect(draft.irreversible).toBe(false);
    expect(draft.request).toEqual({ write: "delete-private-endpoint-connection", connection: found.id });
  });

  it.each([
    ["soft", ["delete-item vm-1", "unregister-server m.corp", "unregister-server d.corp"]],
    ["purge", ["delete-item vm-1", "delete-item vm-2", "unregister-server m.corp", "unregister-server d.corp"]],
  ] as const)("goes after the data, whatever it is deleted with (%s)", (strategy, before) => {
    const found = connection("pe-1");
    const data: readonly Resource[] = [
      vmItem("vm-1"),
      vmItem("vm-2", softDeleted),
      marsItem("files", "m"),
      marsServer("m"),
      marsServer("gone", "SoftDeleted"),
      backupServer("d"),
    ];
    const context = contextOf([found, ...data], { strategy });
    const { after } = draftOf(
      privateEndpointConnections.contribute(found, context),
      "delete-private-endpoint-connection",
    );
    expect(after.map((key) => key.replace(/ .*[/;]/, " "))).toEqual(before);
  });

  it("goes even when the endpoints are kept", () => {
    const found = connection("pe-1");
    const contribution = privateEndpointConnections.contribute(
      found,
      contextOf([found], { keepPrivateEndpoints: true }),
    );
    expect(contribution.steps).toHaveLength(1);
  });
});

describe("an endpoint in a plan", () => {
  it("goes after its connection, and cannot be brought back", () => {
    const found = endpoint("pe-1");
    const draft = draftOf(privateEndpoints.contribute(found, contextOf([found])), "delete-private-endpoint");
    expect(draft.after).toEqual([stepKey("delete-private-endpoint-connection", connection("pe-1").id)]);
    expect(draft.irreversible).toBe(true);
    expect(draft.request).toEqual({ write: "delete-private-endpoint", endpoint: found.id });
  });

  it("stays when it is to be kept, and the plan says that it remains", () => {
    const found = endpoint("pe-1");
    const contribution = privateEndpoints.contribute(found, contextOf([found], { keepPrivateEndpoints: true }));
    expect(contribution.steps ?? []).toEqual([]);
    expect(contribution.note).toContain("kept");
    expect(only(contribution.remains)).toEqual({ what: "private endpoint", subject: found.id });
  });
});

describe("looking at an endpoint", () => {
  it("asks for it by its own id, since no connection leads to it any more", async () => {
    const asked: ArmId[] = [];
    const found = { ...answer(endpointPath("pe-1"), { provisioningState: "Deleting" }), name: "pe-1" };
    const reader = (there: boolean) =>
      readerOf({ privateEndpoint: async (id) => (asked.push(id), there ? found : undefined) });
    expect(await privateEndpoints.look?.(reader(true), endpoint("pe-1").id)).toStrictEqual([
      { ...endpoint("pe-1"), state: "Deleting", connections: [] },
    ]);
    expect(await privateEndpoints.look?.(reader(false), endpoint("pe-1").id)).toEqual([]);
    expect(asked).toEqual([endpoint("pe-1").id, endpoint("pe-1").id]);
  });

  it("reads one of which Azure says nothing as unknown", async () => {
    const reader = readerOf({ privateEndpoint: async () => answer(endpointPath("pe-1")) });
    expect(await privateEndpoints.look?.(reader, endpoint("pe-1").id)).toMatchObject([{ state: "Unknown" }]);
  });
});

describe("the proof of a deletion", () => {
  it("is that the connection or the endpoint is no longer there", () => {
    const step = stepOn(connection("pe-1"), "delete-private-endpoint-connection");
    expect(privateEndpointConnections.prove(step, [connection("pe-2")], "soft").verdict).toBe("proved");
    expect(privateEndpoints.prove(stepOn(endpoint("pe-1"), "delete-private-endpoint"), [], "soft").verdict).toBe(
      "proved",
    );
  });

  it("is missing while it is there, and says in which state", () => {
    const step = stepOn(endpoint("pe-1"), "delete-private-endpoint");
    expect(privateEndpoints.prove(step, [{ ...endpoint("pe-1"), state: "Deleting" }], "soft")).toEqual({
      verdict: "not-yet",
      found: "the private endpoint is still there, Deleting",
    });
  });
});

describe("an endpoint that cannot be read", () => {
  const refuse = async (): Promise<never> => {
    throw new AzureError({ status: 403, code: "AuthorizationFailed", message: "no right to read" });
  };

  it("is listed with the refusal, blocks its own deletion, and names whose it is", async () => {
    const vault = withConnections(connectionMember("pe-1", endpointPath("pe-1")));
    const found = only(
      await privateEndpoints.list(readerOf({ vault, privateEndpoint: refuse, privateEndpoints: refuse })),
    );
    expect(found).toMatchObject({ state: "unreadable", refusal: { code: "AuthorizationFailed" } });
    const contribution = privateEndpoints.contribute(found, contextOf([found]));
    expect(contribution.steps).toBeUndefined();
    expect(only(contribution.blockers)).toMatchObject({
      code: "private-endpoint-unreadable",
      fix: expect.stringContaining("--keep private-endpoints"),
      who: expect.stringContaining("an owner of subscription 00000000"),
    });
  });

  it("stops nothing when endpoints are kept", async () => {
    const vault = withConnections(connectionMember("pe-1", endpointPath("pe-1")));
    const found = only(
      await privateEndpoints.list(readerOf({ vault, privateEndpoint: refuse, privateEndpoints: refuse })),
    );
    expect(
      privateEndpoints.contribute(found, contextOf([found], { keepPrivateEndpoints: true })).blockers,
    ).toBeUndefined();
  });
});
