// Key paths that are always in recorded answers and that the emulator's answers lack or give another type, with the reason.
// It must hold no entry that is not needed: a test sees to that.

export type KnownDifference = {
  readonly operation: string;
  readonly kind?: string;
  readonly path: RegExp;
  readonly reason: string;
};

const immutability = "null in every vault recorded with these api-versions; some of those compared have had it set";

export const knownDifferences: readonly KnownDifference[] = [
  {
    operation: "GET vaults/{}",
    path: /^properties\.securitySettings\.immutabilitySettings$/u,
    reason: immutability,
  },
  {
    operation: "PATCH vaults/{}",
    kind: "identity",
    path: /^properties\.securitySettings\.immutabilitySettings$/u,
    reason: immutability,
  },
  {
    operation: "GET vaults/{}/backupJobs[]",
    kind: "AzureIaaSVMJob/Backup",
    path: /^properties\.endTime$/u,
    reason: "a running job has no end; no recorded list shows a backup that ran",
  },
  {
    operation: "GET vaults/{}/backupPolicies[]",
    kind: "AzureIaasVM/SimpleSchedulePolicy",
    path: /^properties\.retentionPolicy\.weeklySchedule/u,
    reason: "what a policy keeps is what people chose; the six policies recorded with old api-versions keep weeks",
  },
  {
    operation: "GET vaults/{}/backupFabrics/{}/protectionContainers/{}/operationResults/{}",
    kind: "AzureWorkload",
    path: /inquiryValidation\.protectableItemCount/u,
    reason: "what a server holds; those registered with these api-versions in recordings hold SAP HANA",
  },
  {
    operation: "GET vaults/{}/replicationFabrics/{}/replicationProtectionContainers/{}/replicationProtectedItems/{}",
    kind: "A2A",
    path: /^properties\.providerSpecificDetails\.(testFailoverR|r)ecoveryFabricObjectId$/u,
    reason: "null in every recorded read, after a failover and its commit too; what names a machine here is unverified",
  },
];

export function reasonFor(operation: string, kind: string, path: string): KnownDifference | undefined {
  return knownDifferences.find(
    (known) =>
      known.operation === operation && (known.kind === undefined || known.kind === kind) && known.path.test(path),
  );
}
