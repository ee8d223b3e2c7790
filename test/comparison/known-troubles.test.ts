// Troubles people met with other tools, where no rule's own test shows how they end here.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createClients } from "../../src/azure/clients.ts";
import { clouds } from "../../src/azure/clouds.ts";
import { emulatorCredential } from "../../src/azure/credential.ts";
import { inProcessTransport } from "../../src/azure/transport.ts";
import { createVaultReader } from "../../src/azure/vault-reader.ts";
import { backupItems } from "../../src/dependencies/backup-items.ts";
import { treat } from "../../src/execution/error-rules.ts";
import { apiVersionProfiles } from "../../src/model/api-versions.ts";
import { armId, scopeOf, vaultId } from "../../src/model/arm-id.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import { stepKey } from "../../src/model/step.ts";
import { contextOf, draftOf, job, vmItem } from "../dependencies/builders.ts";
import { inFabric } from "../dependencies/arm-answers.ts";
import { rehearse } from "../rehearsal.ts";

const isItemDelete = (request: Request): boolean =>
  request.method === "DELETE" && request.url.includes("/protectedItems/");

describe("a name as Azure has it", () => {
  it.each(["Windows;MIA-CL1.", "StorageContainer;Storage;rg;MIA-CL1.", "VMAppContainer;Compute;Rg(1);sql-01"])(
    "reaches Azure whole, whatever it ends in and however it is spelled: %s",
    async (name) => {
      const rehearsal = rehearse("small");
      const container = armId(`${vaultId(rehearsal.scope)}/backupFabrics/Azure/protectionContainers/${name}`);
      await rehearsal
        .writer()
        .send({ write: "unregister-container", container })
        .catch(() => undefined);
      expect(rehearsal.writes()[0]?.split("/").at(-1)).toBe(name);
    },
  );

  it("of a server reaches Azure with the dot at its end", async () => {
    const rehearsal = rehearse("small");
    const vault = vaultId(rehearsal.scope);
    await rehearsal
      .writer()
      .send({ write: "unregister-server", vault, identity: "MIA-CL1." })
      .catch(() => undefined);
    expect(rehearsal.writes()).toEqual([`DELETE ${vault}/registeredIdentities/MIA-CL1.`]);
  });

  it("that two machines in two groups share never mixes them up", () => {
    const [one, two] = ["rg-a", "rg-b"].map((group) => {
      const container = inFabric(`protectionContainers/IaasVMContainer;iaasvmcontainerv2;${group};vm-1`);
      return vmItem("vm-1", {
        id: armId(`${container}/protectedItems/VM;iaasvmcontainerv2;${group};vm-1`),
        container: armId(container),
      });
    });
    const running = job("j-1", "iaasvmcontainerv2;rg-a;vm-1");
    const context = contextOf([one!, two!, running]);
    const [first, second] = [one!, two!].map((item) => draftOf(backupItems.contribute(item, context), "delete-item"));
    expect([first?.target, second?.target]).toEqual([one?.id, two?.id]);
    expect(first?.exclusive).not.toBe(second?.exclusive);
    expect(first?.after).toContain(stepKey("settle-job", running.id));
    expect(second?.after).not.toContain(stepKey("settle-job", running.id));
  });
});

describe("a request", () => {
  it.each(["public", "usgov", "china"] as const)("goes to the host of the cloud that was chosen: %s", async (name) => {
    const asked: string[] = [];
    const clients = createClients({
      cloud: clouds[name],
      credential: emulatorCredential(),
      transport: inProcessTransport(async (request) => {
        asked.push(request.url);
        return Response.json({ error: { code: "ResourceNotFound", message: "no" } }, { status: 404 });
      }),
      apiVersions: apiVersionProfiles.soft,
      userAgent: "test",
      sleep: async () => undefined,
      onWait: () => undefined,
    });
    const reader = createVaultReader(clients, scopeOf("/subscriptions/s/resourceGroups/rg/vaults/v")!);
    await reader.vault();
    await reader.resourceGroup(armId("/subscriptions/s/resourceGroups/rg"));
    expect(asked.map((url) => new URL(url).origin)).toEqual([clouds[name].endpoint, clouds[name].endpoint]);
    expect(new Set(Object.values(clouds).map(({ endpoint }) => endpoint)).size).toBe(Object.keys(clouds).length);
  });
});

describe("a status code", () => {
  it("of 204 for a deletion that did nothing is no proof: the step fails and the run ends 5 with the vault standing", async () => {
    const rehearsal = rehearse("always-on", {
      between: (handle) => (request) =>
        isItemDelete(request) ? Promise.resolve(new Response(null, { status: 204 })) : handle(request),
    });
    const { result, events } = await rehearsal.run(await rehearsal.plan());
    expect(result).toMatchObject({ exitCode: 5, resumable: true });
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({
      step: "delete-item-1",
      code: "NotVerified",
    });
    expect(rehearsal.emulator.world().vaults).toHaveLength(1);
  });
});

describe("something that is gone already", () => {
  it("is done: nobody has to put it back for the run to go on", async () => {
    const rehearsal = rehearse("small");
    const plan = await rehearsal.plan();
    const share = plan.steps.find((step) => step.action === "delete-item" && step.irreversible);
    await rehearsal.writer().send({ write: "delete-protected-item", item: share!.target });
    await rehearsal.clock.sleep(120_000);
    const { result, events } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(0);
    expect(events.filter((event) => "step" in event && event.step === share?.id).map((event) => event.type)).toContain(
      "step-verified",
    );
  });
});

describe("the machine of a registered container", () => {
  it("is never asked for: its container goes without it", async () => {
    const rehearsal = rehearse("small");
    const { result } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(0);
    const asked = rehearsal.emulator.requests().map(({ url }) => decodeURIComponent(new URL(url).pathname));
    expect(asked.filter((path) => /\/Microsoft\.Compute\/virtualMachines/i.test(path))).toEqual([]);
    expect(rehearsal.writes().filter((write) => /\/VMAppContainer;[^/]+$/i.test(write))).toHaveLength(1);
  });
});

describe("a limit of the service", () => {
  it("that will not pass for hours ends the run at once, to be continued later", async () => {
    let refused = 0;
    const body = { error: { code: "CloudDosTimeboudLimitReached", message: "Please retry after few hours" } };
    const rehearsal = rehearse("always-on", {
      between: (handle) => (request) => {
        if (!isItemDelete(request)) return handle(request);
        refused += 1;
        return Promise.resolve(Response.json(body, { status: 400 }));
      },
    });
    const { result } = await rehearsal.run(await rehearsal.plan());
    expect(result).toMatchObject({ exitCode: 4, resumable: true });
    expect(refused).toBe(1);
  });
});

describe("an error", () => {
  it("of Site Recovery keeps its code, and what it belongs to is left alone", async () => {
    const body = { error: { code: "28031", message: "the provider does not answer" } };
    const rehearsal = rehearse("kitchen-sink", {
      between: (handle) => (request) =>
        /replicationProtectedItems\/[^/]+\/remove\?/.test(request.url)
          ? Promise.resolve(Response.json(body, { status: 400 }))
          : handle(request),
    });
    const plan = await rehearsal.plan({ consents: ["disable-immutability", "remove-locks"] });
    const { result, events } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(5);
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({
      code: "28031",
      message: body.error.message,
    });
    const fabrics = plan.steps.filter(({ action, name }) => action === "remove-fabric" && name === "North Europe");
    expect(fabrics).toHaveLength(1);
    const skipped = events.filter((event) => event.type === "step-skipped").map(({ step }) => step);
    expect(skipped).toEqual(expect.arrayContaining(fabrics.map(({ id }) => id)));
  });
});

describe("the package", () => {
  it("names one exact version of everything it runs on", () => {
    const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    const { dependencies } = JSON.parse(text) as { readonly dependencies: Readonly<Record<string, string>> };
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(Object.keys(dependencies)).toContain("@azure/identity");
  });
});

describe("a refusal whose words mislead", () => {
  it("names both meanings where Azure calls an item immutable whose backups are only suspended", () => {
    const refused = new AzureError({ status: 400, code: "UserErrorOperationDeniedOnImmutableItem", message: "Bakcup" });
    expect(treat(refused)).toMatchObject({ next: "stop", failure: { disposition: "blocked" } });
    expect(treat(refused).failure.remedy).toMatch(/immutable.*suspended/);
  });
});
