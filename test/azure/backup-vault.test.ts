// Requests to a Backup vault, as they leave: where each read and write goes, with what body, and what is never asked.

import { describe, expect, it } from "vitest";
import { createClients } from "../../src/azure/clients.ts";
import { clouds } from "../../src/azure/clouds.ts";
import { emulatorCredential } from "../../src/azure/credential.ts";
import { inProcessTransport } from "../../src/azure/transport.ts";
import { createVaultReader } from "../../src/azure/vault-reader.ts";
import { createVaultWriter } from "../../src/azure/vault-writer.ts";
import { apiVersionProfiles } from "../../src/model/api-versions.ts";
import { armId, scopeOf, type Scope } from "../../src/model/arm-id.ts";
import type { VaultReader, VaultWriter } from "../../src/model/ports.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";

const vault = armId("/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv");
const instance = armId(`${vault}/backupInstances/disk 1`);
const guard = {
  proxy: armId(`${vault}/backupResourceGuardProxies/DppResourceGuardProxy`),
  request: armId(
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/resourceGuards/g/deleteBackupInstanceRequests/default",
  ),
};

type Azure = { readonly reader: VaultReader; readonly writer: VaultWriter; readonly asked: readonly unknown[] };

/** A Backup vault that answers every request alike; what it was asked, without the vault's own path. */
function azure(answer: () => Response, of = vault): Azure {
  const asked: unknown[] = [];
  const clients = createClients({
    cloud: clouds.public,
    credential: emulatorCredential(),
    transport: inProcessTransport(async (request) => {
      const { pathname, search } = new URL(request.url);
      const body = await request.text();
      const path = `${decodeURIComponent(pathname).replace(of, "")}${search}`;
      asked.push([request.method, path, ...(body === "" ? [] : [JSON.parse(body)])]);
      return answer();
    }),
    apiVersions: apiVersionProfiles.purge,
    userAgent: "test",
    sleep: async () => undefined,
    onWait: () => undefined,
  });
  const scope: Scope = scopeOf(of)!;
  return { reader: createVaultReader(clients, scope), writer: createVaultWriter(clients, scope), asked };
}

const version = "?api-version=2025-07-01";

describe("the reader of a Backup vault", () => {
  it("asks for what such a vault has, at its own address", async () => {
    const { reader, asked } = azure(() => Response.json({ value: [] }));
    for (const read of [reader.backupInstances, reader.deletedBackupInstances, reader.policies, reader.guardProxies])
      expect(await read()).toEqual([]);
    const lists = ["backupInstances", "deletedBackupInstances", "backupPolicies", "backupResourceGuardProxies"];
    expect(asked).toEqual(lists.map((list) => ["GET", `/${list}${version}`]));
  });

  it("asks nothing about what only the other sort of vault has", async () => {
    const { reader, asked } = azure(() => new Response(null, { status: 500 }));
    const answers = await Promise.all([
      reader.protectedItems(),
      reader.containers("MAB"),
      reader.softDeletedContainers("MAB"),
      reader.intents(),
      reader.backupEngines(),
      reader.replication("fabrics"),
    ]);
    expect(answers.flat()).toEqual([]);
    expect(await reader.vaultConfig()).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it("asks for the recovery points of an instance under the instance, over all pages", async () => {
    const point = (name: string) => ({ id: `${instance}/recoveryPoints/${name}`, name, properties: {} });
    const nextLink = `https://management.azure.com${encodeURI(instance)}/recoveryPoints?$skipToken=2`;
    const pages = [{ value: [point("one")], nextLink }, { value: [point("two")] }];
    const { reader, asked } = azure(() => Response.json(pages.shift()));
    expect((await reader.recoveryPoints(instance)).map(({ name }) => name)).toEqual(["one", "two"]);
    expect(asked[0]).toEqual(["GET", `/backupInstances/disk 1/recoveryPoints${version}`]);
    expect(asked).toHaveLength(2);
  });

  it("leaves out the jobs that have ended, and keeps one whose state it does not know", async () => {
    const states = ["InProgress", "Completed", "Failed", "CompletedWithWarnings", "Cancelling"];
    const value = states.map((status) => ({
      id: `${vault}/backupJobs/${status}`,
      name: status,
      properties: { status },
    }));
    const { reader } = azure(() => Response.json({ value }));
    expect((await reader.jobsInProgress()).map(({ name }) => name)).toEqual(["InProgress", "Cancelling"]);
  });

  it("asks for deleted vaults at the location", async () => {
    const { reader, asked } = azure(() => Response.json({ value: [] }));
    await reader.deletedVaults("westeurope");
    const path = "/subscriptions/s/providers/Microsoft.DataProtection/locations/westeurope/deletedVaults";
    expect(asked).toEqual([["GET", `${path}?api-version=2026-03-01`]]);
  });
});

it("an instance is undeleted in its own vault, whatever its resource group is called", async () => {
  const odd = armId(vault.replace("/rg/", "/backupInstances/"));
  const { writer, asked } = azure(() => new Response(null, { status: 202 }), odd);
  await writer.send({ write: "undelete-backup-instance", instance: armId(`${odd}/backupInstances/disk 1`) });
  expect(asked).toEqual([["POST", `/deletedBackupInstances/disk 1/undelete${version}`]]);
});

type Row = readonly [request: WriteRequest, ...asked: readonly unknown[]];

const writes: readonly Row[] = [
  [{ write: "delete-backup-instance", instance }, ["DELETE", `/backupInstances/disk 1${version}`]],
  [
    { write: "delete-backup-instance", instance, guard },
    [
      "POST",
      `/backupResourceGuardProxies/DppResourceGuardProxy/unlockDelete${version}`,
      { resourceGuardOperationRequests: [guard.request], resourceToBeDeleted: instance },
    ],
    ["DELETE", `/backupInstances/disk 1${version}`],
  ],
  [{ write: "undelete-backup-instance", instance }, ["POST", `/deletedBackupInstances/disk 1/undelete${version}`]],
  [
    { write: "delete-backup-vault-policy", policy: armId(`${vault}/backupPolicies/p`) },
    ["DELETE", `/backupPolicies/p${version}`],
  ],
  [
    { write: "set-backup-vault-security", vault, softDelete: { state: "Off", retentionDays: 14 }, guard },
    [
      "PATCH",
      version,
      {
        properties: {
          securitySettings: { softDeleteSettings: { state: "Off", retentionDurationInDays: 14 } },
          resourceGuardOperationRequests: [guard.request],
        },
      },
    ],
  ],
  [
    { write: "set-backup-vault-security", vault, immutability: "Disabled" },
    ["PATCH", version, { properties: { securitySettings: { immutabilitySettings: { state: "Disabled" } } } }],
  ],
  [{ write: "delete-vault", vault }, ["DELETE", version]],
];

const foreign: readonly WriteRequest[] = [
  { write: "delete-backup-instance", instance: armId(`${vault}2/backupInstances/i`) },
  { write: "delete-backup-instance", instance: armId(`${vault}/backupPolicies/p`) },
  { write: "delete-backup-vault-policy", policy: armId(`${vault}/backupInstances/i`) },
  { write: "delete-vault", vault: armId(vault.replace("DataProtection/backupVaults", "RecoveryServices/vaults")) },
];

describe("the writer of a Backup vault", () => {
  it.each(writes.map(([request, ...expected]) => ({ request, expected })))(
    "sends $request",
    async ({ request, expected }) => {
      const { writer, asked } = azure(() => new Response(null, { status: 200 }));
      expect((await writer.send(request)).status).toBe(200);
      expect(asked).toEqual(expected);
    },
  );

  it.each([
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/locations/westeurope/operationStatus/o",
    "/subscriptions/s/providers/Microsoft.DataProtection/locations/westeurope/operationStatus/o",
    `${vault}/operationStatus/o`,
  ])("asks about an accepted deletion at the address it was given: %s", async (path) => {
    const address = `https://management.azure.com${path}${version}&t=1&s=secret`;
    const { writer, asked } = azure(
      () => new Response(null, { status: 202, headers: { "azure-asyncoperation": address } }),
    );
    const { operation } = await writer.send({ write: "delete-vault", vault });
    expect(operation).toEqual({ address: address.replace(/&t=.*/, ""), signedAddress: address });
    expect(await writer.check(operation!)).toEqual({ state: "running" });
    expect(asked).toHaveLength(2);
  });

  it.each(foreign)("sends nothing to what is not its own: %j", async (request) => {
    const { writer, asked } = azure(() => new Response(null, { status: 200 }));
    await expect(writer.send(request)).rejects.toMatchObject({ code: "ForeignTarget" });
    expect(asked).toEqual([]);
  });
});
