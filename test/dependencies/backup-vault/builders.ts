// Resources of a Backup vault for tests of the rules, and Azure's answers for them cut down to the members that decide.

import { planningContext, type PlanningContext } from "../../../src/dependencies/dependency.ts";
import { armId } from "../../../src/model/arm-id.ts";
import type { PlanOptions } from "../../../src/model/plan.ts";
import type { ArmResource } from "../../../src/model/ports.ts";
import type {
  BackupInstance,
  BackupVaultPolicy,
  ImmutabilitySetting,
  Resource,
  SoftDeleteSetting,
} from "../../../src/model/resource.ts";
import { answer, backupVaultPath } from "../arm-answers.ts";
import { now } from "../builders.ts";

export function instance(name: string, more: Partial<BackupInstance> = {}): BackupInstance {
  return {
    kind: "backup-instance",
    id: armId(`${backupVaultPath}/backupInstances/${name}`),
    name,
    state: "ProtectionConfigured",
    datasourceType: "Microsoft.DBforPostgreSQL/flexibleServers",
    operational: true,
    policy: policy("daily").id,
    softDeleted: false,
    ...more,
  };
}

export const softDeletedInstance: Partial<BackupInstance> = {
  state: "SoftDeleted",
  softDeleted: true,
  purgeAt: "2026-11-29T07:00:00.000Z",
};

export function policy(name: string): BackupVaultPolicy {
  return {
    kind: "backup-vault-policy",
    id: armId(`${backupVaultPath}/backupPolicies/${name}`),
    name,
    state: "defined",
    datasourceTypes: ["Microsoft.DBforPostgreSQL/flexibleServers"],
  };
}

export function softDelete(state: string): SoftDeleteSetting {
  return {
    kind: "soft-delete-setting",
    id: armId(`${backupVaultPath}/backupconfig/vaultconfig`),
    name: "soft delete",
    state,
    retentionDays: 14,
    hybridState: "Unknown",
  };
}

export function immutability(state: string): ImmutabilitySetting {
  return {
    kind: "immutability-setting",
    id: armId(`${backupVaultPath}/securitySettings/immutability`),
    name: "immutability",
    state,
  };
}

export function contextOf(resources: readonly Resource[], options: Partial<PlanOptions> = {}): PlanningContext {
  const wanted: PlanOptions = { strategy: "soft", consents: [], keepPrivateEndpoints: false, ...options };
  return planningContext(wanted, armId(backupVaultPath), resources, now);
}

/** azext2024__test_dataprotection_backup_instance_softdelete: an instance of a disk, before its deletion. */
export function diskAnswer(name: string): ArmResource {
  return answer(`${backupVaultPath}/backupInstances/${name}`, {
    friendlyName: name,
    dataSourceInfo: { resourceID: "/disks/d", datasourceType: "Microsoft.Compute/disks" },
    policyInfo: {
      policyId: `${backupVaultPath}/backupPolicies/diskpol`,
      policyParameters: {
        dataStoreParametersList: [{ dataStoreType: "OperationalStore", resourceGroupId: "/groups/snapshots" }],
      },
    },
    currentProtectionState: "ProtectionConfigured",
  });
}

/** The same recording: what a deletion makes of it, in the list of soft-deleted instances. */
export function deletedAnswer(of: ArmResource): ArmResource {
  return answer(of.id.replace("/backupInstances/", "/deletedBackupInstances/"), {
    ...of.properties,
    currentProtectionState: "SoftDeleted",
    deletionInfo: {
      deletionTime: "2024-06-26T07:49:49.4617127Z",
      billingEndDate: "2024-06-26T07:49:49.4617127Z",
      scheduledPurgeTime: "2024-07-10T07:49:49.4617127Z",
    },
  });
}
