// Which recorded operations a teardown can meet, and why it does not meet the others. It must stay data.
import type { Fact } from "./facts.ts";

type Rule = { readonly operation: RegExp; readonly kind?: RegExp; readonly status?: number; readonly reason: string };

const setsUp = "sets protection up; a teardown does not";
const restores = "belongs to restoring; a teardown does not restore";

const notMet: readonly Rule[] = [
  {
    operation: /Microsoft\.DataProtection\/resourceGuards/iu,
    reason: "resource guards stand for themselves; a teardown knows them from the vault's mapping",
  },
  {
    operation: /Microsoft\.DataProtection\/.*(findRestorableTimeRanges|[rR]estore|\/fetch\w+)$/u,
    reason: restores,
  },
  {
    operation: /Microsoft\.DataProtection\/.*fetch\w+\[\]$/u,
    reason: restores,
  },
  {
    operation: /Microsoft\.ResourceGraph/iu,
    kind: /^(?!microsoft\.recoveryservices\/locations\/deletedvaults\/)/u,
    reason: "Resource Graph lags by minutes: it is asked only what deleted vaults held",
  },
  { operation: /resourceGroups\/\{\}$/u, reason: "whole resource groups are not this tool's" },
  { operation: / subscription (register)?$/u, reason: "registering the provider comes before there is a vault" },
  {
    operation: /(backupStatus|backupAadProperties|backupStorageConfig|backupEncryptionConfigs|extendedInformation)/u,
    reason: setsUp,
  },
  {
    operation:
      /(backupCrr|backupCrossRegionRestore|accessToken|\/restore$|protectedItems\/\{\}\/recoveryPoints\/\{\}$)/u,
    reason: restores,
  },
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
  {
    operation: /^PUT (?!Microsoft\.DataProtection).*\/(?!protectedItems|protectionContainers)\w+\/\{\}$/u,
    reason: setsUp,
  },
  { operation: /^PUT vaults\/\{\}(?!.*\/protectionContainers\/\{\}$)/u, kind: /^((?!undelete).)*$/u, reason: setsUp },
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
