// Which recorded operations a teardown can meet, and why it does not meet the others. It must stay data.
import type { Fact } from "./facts.ts";

type Rule = { readonly operation: RegExp; readonly kind?: RegExp; readonly status?: number; readonly reason: string };

const setsUp = "sets protection up; a teardown does not";
const restores = "belongs to restoring; a teardown does not restore";

const notMet: readonly Rule[] = [
  { operation: / (subscription )?Microsoft\.DataProtection\//iu, reason: "Backup vaults are not served yet" },
  { operation: /Microsoft\.ResourceGraph/iu, reason: "Resource Graph lags by minutes and is not asked" },
  { operation: /resourceGroups\/\{\}$/u, reason: "whole resource groups are not this tool's" },
  { operation: / subscription (register)?$/u, reason: "registering the provider comes before there is a vault" },
  {
    operation: /(backupStatus|backupAadProperties|backupStorageConfig|backupEncryptionConfigs|extendedInformation)/u,
    reason: setsUp,
  },
  { operation: /(backupCrr|backupCrossRegionRestore|accessToken|\/restore$|recoveryPoints\/\{\}$)/u, reason: restores },
  {
    operation:
      /(refreshContainers|inquire|\/backup$|rotectableItems|rotectableContainers|replicationNetworks(\[\])?$)/u,
    reason: setsUp,
  },
  { operation: /backupFabrics\/\{\}\/operationResults/u, reason: setsUp },
  {
    operation: /(failoverCommit|lannedFailover|reProtect|switchprotection)/u,
    reason: "fails over; a teardown does not",
  },
  { operation: /^PUT .*\/protectedItems\/\{\}$/u, kind: /(protect|stop)$/u, reason: setsUp },
  { operation: /^PUT .*\/(?!protectedItems)\w+\/\{\}$/u, reason: setsUp },
  { operation: /^PUT vaults\/\{\}/u, kind: /^((?!undelete).)*$/u, reason: setsUp },
  {
    operation: /protectionContainers\/\{\}\/operationResults\/\{\}$/u,
    status: 200,
    reason: "ends a registration; a teardown registers nothing",
  },
  {
    operation: /protectedItems\/\{\}\/operationResults\/\{\}$/u,
    status: 204,
    reason: "ends a backup on demand; a teardown starts none",
  },
  { operation: /backupJobs/u, kind: /(Restore|RestoreWithRehydrate|Invalid)/u, reason: restores },
];

/** Undefined when a teardown can meet it. */
export function reasonNotMet({
  operation,
  kind,
  status,
}: Pick<Fact, "operation" | "kind" | "status">): string | undefined {
  return notMet.find(
    (rule) =>
      rule.operation.test(operation) &&
      (rule.kind === undefined || rule.kind.test(kind)) &&
      (rule.status === undefined || rule.status === status),
  )?.reason;
}
