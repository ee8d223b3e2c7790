// Resources, contexts and steps for tests of the rules: each builder gives a plain one, and takes what differs.

import { planningContext, type Contribution, type PlanningContext } from "../../src/dependencies/dependency.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { PlanOptions } from "../../src/model/plan.ts";
import type {
  AutoProtectionIntent,
  BackupJob,
  BackupServer,
  HybridSecuritySetting,
  ImmutabilitySetting,
  Lock,
  MarsServer,
  Leftover,
  PrivateEndpoint,
  PrivateEndpointConnection,
  ProtectedItem,
  Resource,
  SoftDeleteSetting,
  StorageContainer,
  Vault,
  VirtualMachineContainer,
  WorkloadContainer,
} from "../../src/model/resource.ts";
import type { Step, StepDraft } from "../../src/model/step.ts";
import { endpointPath, inFabric, vaultPath } from "./arm-answers.ts";

/** The moment at which every context of these tests plans. */
export const now: number = Date.parse("2026-11-21T08:00:00Z");

export function vault(more: Partial<Vault> = {}): Vault {
  return {
    kind: "vault",
    id: armId(vaultPath),
    name: "rsv-test",
    state: "Succeeded",
    location: "westeurope",
    protectedByTag: [],
    ...more,
  };
}

export function softDelete(state: string, more: Partial<SoftDeleteSetting> = {}): SoftDeleteSetting {
  return {
    kind: "soft-delete-setting",
    id: armId(`${vaultPath}/backupconfig/vaultconfig`),
    name: "soft delete",
    state,
    retentionDays: 14,
    hybridState: "Enabled",
    ...more,
  };
}

export function immutability(state: string): ImmutabilitySetting {
  return {
    kind: "immutability-setting",
    id: armId(`${vaultPath}/securitySettings/immutability`),
    name: "immutability",
    state,
  };
}

export function hybridSecurity(state: string): HybridSecuritySetting {
  return {
    kind: "hybrid-security-setting",
    id: armId(`${vaultPath}/securitySettings/hybrid`),
    name: "hybrid security",
    state,
  };
}

/** The resource group of the vault. */
export const group: ReturnType<typeof armId> = armId(vaultPath.slice(0, vaultPath.indexOf("/providers/")));

/** A lock on the vault's resource group. */
export function lock(more: Partial<Lock> = {}): Lock {
  return {
    kind: "lock",
    id: armId(`${group}/providers/Microsoft.Authorization/locks/keep`),
    name: "keep",
    state: "CanNotDelete",
    scope: group,
    ofBackup: false,
    ...more,
  };
}

export function vmItem(name: string, more: Partial<ProtectedItem> = {}): ProtectedItem {
  const container = inFabric(`protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-app;${name}`);
  return {
    kind: "protected-item",
    id: armId(`${container}/protectedItems/VM;iaasvmcontainerv2;rg-app;${name}`),
    name,
    state: "Protected",
    managementType: "AzureIaasVM",
    workload: "VM",
    itemType: "Microsoft.Compute/virtualMachines",
    container: armId(container),
    softDeleted: false,
    ...more,
  };
}

export function database(server: string, name: string, more: Partial<ProtectedItem> = {}): ProtectedItem {
  const container = inFabric(`protectionContainers/VMAppContainer;compute;rg-data;${server}`);
  return {
    kind: "protected-item",
    id: armId(`${container}/protectedItems/SQLDataBase;mssqlserver;${name}`),
    name,
    state: "Protected",
    managementType: "AzureWorkload",
    workload: "SQLDataBase",
    itemType: "AzureVmWorkloadSQLDatabase",
    container: armId(container),
    softDeleted: false,
    ...more,
  };
}

export function fileShare(account: string, name: string): ProtectedItem {
  const container = inFabric(`protectionContainers/StorageContainer;storage;rg-files;${account}`);
  return {
    kind: "protected-item",
    id: armId(`${container}/protectedItems/AzureFileShare;${name}`),
    name,
    state: "Protected",
    managementType: "AzureStorage",
    workload: "AzureFileShare",
    itemType: "AzureFileShareProtectedItem",
    container: armId(container),
    softDeleted: false,
  };
}

export const softDeleted: Partial<ProtectedItem> = {
  state: "ProtectionStopped",
  softDeleted: true,
  purgeAt: "2026-11-29T07:00:00.000Z",
};

export function sqlServer(name: string, state = "Registered"): WorkloadContainer {
  return {
    kind: "workload-container",
    id: armId(inFabric(`protectionContainers/VMAppContainer;Compute;rg-data;${name}`)),
    name,
    state,
    managementType: "AzureWorkload",
  };
}

export function storageAccount(name: string, state = "Registered"): StorageContainer {
  return {
    kind: "storage-container",
    id: armId(inFabric(`protectionContainers/StorageContainer;Storage;rg-files;${name}`)),
    name,
    state,
    managementType: "AzureStorage",
  };
}

export function vmContainer(name: string, state = "Registered"): VirtualMachineContainer {
  return {
    kind: "virtual-machine-container",
    id: armId(inFabric(`protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-app;${name}`)),
    name,
    state,
    managementType: "AzureIaasVM",
  };
}

/** A machine with the MARS agent. */
export function marsServer(name: string, state = "Registered"): MarsServer {
  return {
    kind: "mars-server",
    id: armId(inFabric(`protectionContainers/Windows;${name}.corp`)),
    name: `${name}.corp`,
    state,
    identity: `${name}.corp`,
  };
}

/** A folder or the system state of the machine with the agent of this name. */
export function marsItem(name: string, server: string, more: Partial<ProtectedItem> = {}): ProtectedItem {
  return { ...vmItem(name), managementType: "MAB", container: marsServer(server).id, ...more };
}

export function backupServer(name: string, managementType = "DPM"): BackupServer {
  return {
    kind: "backup-server",
    id: armId(`${vaultPath}/backupEngines/${name}.corp`),
    name: `${name}.corp`,
    state: "Registered",
    managementType,
    identity: `${name}.corp`,
  };
}

/** An intent of the default instance on this server; its container lacks the type prefix, as recorded. */
export function intent(server: string, more: Partial<AutoProtectionIntent> = {}): AutoProtectionIntent {
  return {
    kind: "auto-protection-intent",
    id: armId(inFabric(`backupProtectionIntent/intent-of-${server}`)),
    name: "MSSQLSERVER",
    state: "NotProtected",
    container: armId(inFabric(`protectionContainers/Compute;rg-data;${server}`)),
    ...more,
  };
}

export function job(name: string, container?: string): BackupJob {
  return {
    kind: "backup-job",
    id: armId(`${vaultPath}/backupJobs/${name}`),
    name,
    state: "InProgress",
    operation: "Backup",
    cancellable: false,
    ...(container === undefined ? {} : { container }),
  };
}

export function connection(name: string): PrivateEndpointConnection {
  return {
    kind: "private-endpoint-connection",
    id: armId(`${vaultPath}/privateEndpointConnections/${name}`),
    name,
    state: "Approved",
    endpoint: armId(endpointPath(name)),
  };
}

/** The endpoint behind the connection of the same name. */
export function endpoint(name: string): PrivateEndpoint {
  return {
    kind: "private-endpoint",
    id: armId(endpointPath(name)),
    name,
    state: "Succeeded",
    connections: [connection(name).id],
  };
}

export function leftover(what: string, more: Partial<Leftover> = {}): Leftover {
  return { kind: "leftover", id: armId(`${vaultPath}/${what}`), name: what, state: "stays", what, ...more };
}

export function contextOf(resources: readonly Resource[], options: Partial<PlanOptions> = {}): PlanningContext {
  const wanted: PlanOptions = { strategy: "soft", consents: [], keepPrivateEndpoints: false, ...options };
  return planningContext(wanted, armId(vaultPath), resources, now);
}

/** The one entry of a list; throws when it has none or several. */
export function only<T>(list: readonly T[] | undefined): T {
  const [first, ...rest] = list ?? [];
  if (first === undefined || rest.length > 0) throw new Error(`expected one entry, received ${list?.length ?? 0}`);
  return first;
}

/** The step a contribution states for this action. */
export function draftOf(contribution: Contribution, action: StepDraft["action"]): StepDraft {
  return only(contribution.steps?.filter((draft) => draft.action === action));
}

/** A step as it would stand in a plan, for proofs. */
export function stepOn(resource: Resource, action: Step["action"]): Step {
  return {
    id: `${action}-1`,
    action,
    kind: resource.kind,
    target: resource.id,
    name: resource.name,
    after: [],
    reason: "for a test",
    irreversible: false,
    permissions: [],
  };
}
