// The registry of every kind. Closed by type: a kind without a dependency file breaks the build here.

import type { Kind } from "../model/resource.ts";
import { autoProtection } from "./auto-protection.ts";
import { backupItems } from "./backup-items.ts";
import { backupServers } from "./backup-servers.ts";
import { backupInstances } from "./backup-vault/backup-instances.ts";
import { backupVaultPolicies } from "./backup-vault/backup-vault-policies.ts";
import type { Dependency } from "./dependency.ts";
import { hybridSecurity } from "./hybrid-security.ts";
import { immutability } from "./immutability.ts";
import { jobs } from "./jobs.ts";
import { leftovers } from "./leftovers.ts";
import { locks } from "./locks.ts";
import { marsServers } from "./mars-servers.ts";
import { policies } from "./policies.ts";
import { privateEndpointConnections, privateEndpoints } from "./private-endpoints.ts";
import { resourceGuard } from "./resource-guard.ts";
import { containerMappings } from "./site-recovery/container-mappings.ts";
import { networkMappings, storageMappings } from "./site-recovery/fabric-mappings.ts";
import { fabrics } from "./site-recovery/fabrics.ts";
import { migrationItems } from "./site-recovery/migration-items.ts";
import { protectionContainers } from "./site-recovery/protection-containers.ts";
import { recoveryPlans } from "./site-recovery/recovery-plans.ts";
import { recoveryServicesProviders } from "./site-recovery/recovery-services-providers.ts";
import { replicatedItems } from "./site-recovery/replicated-items.ts";
import { replicationJobs } from "./site-recovery/replication-jobs.ts";
import { replicationPolicies } from "./site-recovery/replication-policies.ts";
import { vcenters } from "./site-recovery/vcenters.ts";
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
  "mars-server": marsServers,
  "backup-server": backupServers,
  "resource-guard": resourceGuard,
  lock: locks,
  "replication-job": replicationJobs,
  "recovery-plan": recoveryPlans,
  "replicated-item": replicatedItems,
  "migration-item": migrationItems,
  "container-mapping": containerMappings,
  "network-mapping": networkMappings,
  "storage-classification-mapping": storageMappings,
  "protection-container": protectionContainers,
  vcenter: vcenters,
  "recovery-services-provider": recoveryServicesProviders,
  fabric: fabrics,
  "replication-policy": replicationPolicies,
  leftover: leftovers,
  "backup-policy": policies,
  "backup-instance": backupInstances,
  "backup-vault-policy": backupVaultPolicies,
  unknown,
};

/** Every kind, in the order in which an inventory prints them. */
export const kinds: readonly Kind[] = Object.keys(registry) as Kind[];

/** Every kind that can stand in the way of a plan or change it. */
export const decidingKinds: readonly Kind[] = kinds.filter((kind) => registry[kind].reportedOnly !== true);
