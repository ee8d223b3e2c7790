// Small worlds for tests, a clock that is moved by hand, and a client for the emulator. It must not test anything.
import { createEmulator } from "../../src/emulator/emulator.ts";
import type { Emulator } from "../../src/emulator/emulator.ts";
import type { Json, Properties } from "../../src/emulator/json.ts";
import type { Regime, World, WorldContainer, WorldItem, WorldResource, WorldVault } from "../../src/emulator/world.ts";

export const subscription = "00000000-0000-0000-0000-000000000000";
const group = "rg-test";
export const vaultId: string = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.RecoveryServices/vaults/rsv-test`;
export const start: number = Date.parse("2026-03-01T10:00:00Z");

type Parts = { readonly container: WorldContainer; readonly items: readonly WorldItem[] };

export function vm(name: string, properties: Properties = {}): Parts {
  const container = `iaasvmcontainerv2;${group};${name}`;
  const containerName = `IaasVMContainer;${container}`;
  const deleted = properties["isScheduledForDeferredDelete"] === true;
  return {
    container: {
      name: containerName,
      properties: {
        friendlyName: name,
        backupManagementType: "AzureIaasVM",
        registrationStatus: deleted ? "SoftDeleted" : "Registered",
        containerType: "Microsoft.Compute/virtualMachines",
      },
    },
    items: [
      {
        container: containerName,
        name: `VM;${container}`,
        properties: {
          friendlyName: name,
          protectionState: "Protected",
          backupManagementType: "AzureIaasVM",
          workloadType: "VM",
          containerName: container,
          policyId: `${vaultId}/backupPolicies/DefaultPolicy`,
          policyName: "DefaultPolicy",
          softDeleteRetentionPeriod: 0,
          ...properties,
        },
      },
    ],
  };
}

export function softDeleted(since: string, days = 14): Properties {
  return {
    protectionState: "ProtectionStopped",
    policyId: "",
    isScheduledForDeferredDelete: true,
    deferredDeleteTimeInUTC: since,
    softDeleteRetentionPeriod: days,
  };
}

export function sqlServer(name: string, databases: Readonly<Record<string, Properties>>): Parts {
  return {
    container: {
      name: `VMAppContainer;Compute;${group};${name}`,
      properties: {
        friendlyName: name,
        backupManagementType: "AzureWorkload",
        registrationStatus: "Registered",
        containerType: "VMAppContainer",
      },
    },
    items: Object.entries(databases).map(([database, properties]) => ({
      container: `VMAppContainer;compute;${group};${name}`,
      name: `SQLDataBase;mssqlserver;${database}`,
      properties: {
        friendlyName: database,
        parentName: "MSSQLSERVER",
        protectionState: "Protected",
        backupManagementType: "AzureWorkload",
        workloadType: "SQLDataBase",
        softDeleteRetentionPeriod: 0,
        ...properties,
      },
    })),
  };
}

export function storageAccount(name: string, shares: readonly string[]): Parts {
  return {
    container: {
      name: `StorageContainer;Storage;${group};${name}`,
      properties: {
        friendlyName: name,
        protectedItemCount: shares.length,
        backupManagementType: "AzureStorage",
        registrationStatus: "Registered",
        containerType: "StorageContainer",
      },
    },
    items: shares.map((share) => ({
      container: `StorageContainer;storage;${group};${name}`,
      name: `AzureFileShare;${share}`,
      properties: {
        friendlyName: share,
        protectionState: "Protected",
        backupManagementType: "AzureStorage",
        workloadType: "AzureFileShare",
        sourceResourceId: `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Storage/storageAccounts/${name}`,
        softDeleteRetentionPeriod: 0,
      },
    })),
  };
}

export function sqlIntent(server: string, name = "11111111-2222-4333-8444-555555555555"): WorldResource {
  const itemId = `${vaultId}/backupFabrics/Azure/protectionContainers/Compute;${group};${server}/protectableItems/MSSQLSERVER`;
  return {
    name,
    properties: {
      protectionIntentItemType: "RecoveryServiceVaultItem",
      backupManagementType: "AzureWorkload",
      itemId,
      policyId: `${vaultId}/backupPolicies/HourlyLogBackup`,
      protectionState: "NotProtected",
    },
  };
}

type VaultOptions = {
  readonly id?: string;
  readonly regime?: Regime;
  readonly softDelete?: string;
  readonly immutability?: string;
  readonly parts?: readonly Parts[];
  readonly more?: Partial<WorldVault>;
  readonly properties?: Properties;
};

export function vault(options: VaultOptions = {}): WorldVault {
  const { regime = "secure-by-default", parts = [] } = options;
  const state = options.softDelete ?? (regime === "classic" ? "Enabled" : "AlwaysON");
  return {
    id: options.id ?? vaultId,
    location: "westeurope",
    sku: { name: "Standard" },
    regime,
    properties: {
      provisioningState: "Succeeded",
      securitySettings: {
        ...(options.immutability === undefined ? {} : { immutabilitySettings: { state: options.immutability } }),
        softDeleteSettings: {
          softDeleteState: state,
          enhancedSecurityState: state,
          softDeleteRetentionPeriodInDays: 14,
        },
      },
      ...options.properties,
    },
    protectionContainers: parts.map(({ container }) => container),
    protectedItems: parts.flatMap(({ items }) => items),
    protectionIntents: [],
    backupJobs: [],
    backupPolicies: [],
    backupEngines: [],
    resourceGuardProxies: [],
    ...options.more,
  };
}

export function world(vaults: readonly WorldVault[], more: Partial<World> = {}): World {
  return {
    formatVersion: 1,
    name: "test",
    description: "for a test",
    speed: 1,
    subscriptions: [{ id: subscription }],
    vaults,
    privateEndpoints: [],
    deletedVaults: [],
    ...more,
  };
}

type Reply = { readonly status: number; readonly headers: Headers; readonly body: Properties };
export type Bench = {
  readonly emulator: Emulator;
  readonly wait: (seconds: number) => void;
  readonly send: (method: string, path: string, body?: Json) => Promise<Reply>;
  readonly follow: (reply: Reply, header?: string) => Promise<Reply>;
};

/** `path` may leave out the vault (`~/backupJobs`) and the api-version. */
export function bench(content: World, apiVersion = "2025-08-01"): Bench {
  let now = start;
  const emulator = createEmulator({ world: content, clock: { now: () => now } });
  const request = async (method: string, url: string, body?: Json): Promise<Reply> => {
    const options = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await emulator.handle(new Request(url, options));
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === "" ? {} : JSON.parse(text)) as Properties,
    };
  };
  return {
    emulator,
    wait: (seconds) => {
      now += seconds * 1_000;
    },
    send: (method, path, body) => {
      const full = path.replace("~", vaultId);
      const version = full.includes("api-version") ? "" : `${full.includes("?") ? "&" : "?"}api-version=${apiVersion}`;
      return request(method, `https://management.azure.com${full}${version}`, body);
    },
    follow: (reply, header = "azure-asyncoperation") => request("GET", reply.headers.get(header) ?? ""),
  };
}

/** Follows `path` through objects and lists, e.g. `value.0.properties.status`. */
export function at(body: Json | undefined, path: string): Json | undefined {
  return path.split(".").reduce<Json | undefined>((value, name) => {
    if (typeof value !== "object" || value === null) return undefined;
    return (value as Readonly<Record<string, Json>>)[name];
  }, body);
}

export function textAt(body: Json | undefined, path: string): string {
  const value = at(body, path);
  return typeof value === "string" ? value : "";
}

export function names(body: Properties): readonly string[] {
  return ((body["value"] ?? []) as readonly Properties[]).map((entry) => textAt(entry, "name"));
}

export const vmItem = (name: string): string =>
  `~/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;${group};${name}/protectedItems/VM;iaasvmcontainerv2;${group};${name}`;
export const sqlItem = (server: string, database: string): string =>
  `~/backupFabrics/Azure/protectionContainers/VMAppContainer;Compute;${group};${server}/protectedItems/SQLDataBase;mssqlserver;${database}`;
export const shareItem = (account: string, share: string): string =>
  `~/backupFabrics/Azure/protectionContainers/StorageContainer;storage;${group};${account}/protectedItems/AzureFileShare;${share}`;
export const sqlContainer = (server: string): string =>
  `~/backupFabrics/Azure/protectionContainers/VMAppContainer;Compute;${group};${server}`;
export const storageContainer = (account: string): string =>
  `~/backupFabrics/Azure/protectionContainers/StorageContainer;Storage;${group};${account}`;
