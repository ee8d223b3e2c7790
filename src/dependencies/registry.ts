// The registry of every kind. Closed by type: a kind without a dependency file breaks the build here.

import type { Kind } from "../model/resource.ts";
import { autoProtection } from "./auto-protection.ts";
import { backupItems } from "./backup-items.ts";
import type { Dependency } from "./dependency.ts";
import { hybridSecurity } from "./hybrid-security.ts";
import { immutability } from "./immutability.ts";
import { jobs } from "./jobs.ts";
import { pending } from "./pending.ts";
import { policies } from "./policies.ts";
import { privateEndpointConnections, privateEndpoints } from "./private-endpoints.ts";
import { resourceGuard } from "./resource-guard.ts";
import { softDelete } from "./soft-delete.ts";
import { storageAccounts } from "./storage-accounts.ts";
import { unknown } from "./unknown.ts";
import { vault } from "./vault.ts";
import { virtualMachines } from "./virtual-machines.ts";
import { workloadContainers } from "./workload-containers.ts";

export const registry: { readonly [K in Kind]: Dependency<K> } = {
  vault,
  "soft-delete-setting": softDelete,
  "hybrid-security-setting": hybridSecurity,
  "immutability-setting": immutability,
  "backup-job": jobs,
  "auto-protection-intent": autoProtection,
  "protected-item": backupItems,
  "workload-container": workloadContainers,
  "storage-container": storageAccounts,
  "virtual-machine-container": virtualMachines,
  "private-endpoint-connection": privateEndpointConnections,
  "private-endpoint": privateEndpoints,
  "mars-server": pending("mars-server"),
  "backup-server": pending("backup-server"),
  "resource-guard": resourceGuard,
  lock: pending("lock"),
  "replication-job": pending("replication-job"),
  "recovery-plan": pending("recovery-plan"),
  "replicated-item": pending("replicated-item"),
  "migration-item": pending("migration-item"),
  "container-mapping": pending("container-mapping"),
  "network-mapping": pending("network-mapping"),
  "storage-classification-mapping": pending("storage-classification-mapping"),
  "protection-container": pending("protection-container"),
  vcenter: pending("vcenter"),
  "recovery-services-provider": pending("recovery-services-provider"),
  fabric: pending("fabric"),
  "replication-policy": pending("replication-policy"),
  leftover: pending("leftover"),
  "backup-policy": policies,
  unknown,
};

/** Every kind, in the order in which an inventory prints them. */
export const kinds: readonly Kind[] = Object.keys(registry) as Kind[];
