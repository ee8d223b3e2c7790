// Which step of a plan a write belongs to: the request that the step's own words stand for, and no other. It judges nothing.

import { vaultKindOf } from "../../src/model/arm-id.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Step } from "../../src/model/step.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";
import { memberOf, type Write } from "./azure.ts";

export function stepOf(plan: Plan, write: Write): Step | undefined {
  return plan.steps.find((step) => step.request !== undefined && fits(step.request, write));
}

function fits(request: WriteRequest, write: Write): boolean {
  if (isUnlockOf(request, write)) return true;
  const [method, path] = addressOf(request);
  if (request.write === "set-soft-delete" && write.path === `${request.vault.toLowerCase()}/backupconfig/vaultconfig`)
    return write.method === "PATCH" && states(request, memberOf(write.body, "properties"), "softDeleteFeatureState");
  if (write.method !== method || write.path !== path.toLowerCase()) return false;
  const settings = memberOf(write.body, "properties", "securitySettings");
  if (request.write === "set-soft-delete")
    return states(request, memberOf(settings, "softDeleteSettings"), "softDeleteState");
  if (request.write === "set-immutability")
    return memberOf(settings, "immutabilitySettings", "state") === request.state;
  if (request.write === "restore-lock") return memberOf(write.body, "properties", "level") === request.level;
  return true;
}

/** A guarded deletion is unlocked first: both belong to its step. */
function isUnlockOf(request: WriteRequest, { method, path, body }: Write): boolean {
  if (request.write !== "delete-protected-item" || request.guard === undefined || method !== "POST") return false;
  const unlocked = memberOf(body, "resourceToBeDeleted");
  return (
    path === `${request.guard.proxy}/unlockDelete`.toLowerCase() &&
    typeof unlocked === "string" &&
    unlocked.toLowerCase() === request.item.toLowerCase()
  );
}

type SoftDelete = Extract<WriteRequest, { readonly write: "set-soft-delete" }>;

function states({ softDeleteState, hybridState }: SoftDelete, settings: unknown, member: string): boolean {
  return (
    memberOf(settings, member) === softDeleteState &&
    (memberOf(settings, "enhancedSecurityState") ?? "Unknown") === hybridState
  );
}

function addressOf(request: WriteRequest): readonly [method: string, path: string] {
  switch (request.write) {
    case "delete-protected-item":
      return ["DELETE", request.item];
    case "undelete-protected-item":
      return ["PUT", request.item];
    case "unregister-container":
      return ["DELETE", request.container];
    case "delete-protection-intent":
      return ["DELETE", request.intent];
    case "set-soft-delete":
    case "set-immutability":
      return ["PATCH", request.vault];
    case "unregister-server":
      return ["DELETE", `${request.vault}/registeredIdentities/${request.identity}`];
    case "cancel-backup-job":
    case "cancel-replication-job":
      return ["POST", `${request.job}/cancel`];
    case "remove-lock":
      return ["DELETE", request.lock];
    case "restore-lock":
      return ["PUT", request.lock];
    case "disable-replication":
      return ["POST", `${request.item}/remove`];
    case "clean-test-failover":
      return ["POST", `${request.item}/testFailoverCleanup`];
    case "remove-replication-object":
      return ["POST", `${request.target}/remove`];
    case "purge-replication-object":
    case "delete-replication-object":
      return ["DELETE", request.target];
    case "delete-private-endpoint-connection":
      return ["DELETE", request.connection];
    case "delete-private-endpoint":
      return ["DELETE", request.endpoint];
    case "delete-backup-instance":
      return ["DELETE", request.instance];
    case "undelete-backup-instance":
      return ["POST", `${request.instance.replace(/\/backupInstances\//i, "/deletedBackupInstances/")}/undelete`];
    case "delete-backup-vault-policy":
      return ["DELETE", request.policy];
    case "set-backup-vault-security":
      return ["PATCH", request.vault];
    case "delete-vault":
      return ["DELETE", request.vault];
    case "register-container":
      return ["PUT", request.container];
    case "undelete-vault":
      return vaultKindOf(request.vault) === "backup"
        ? ["PUT", request.vault]
        : ["POST", `${request.deletedVault}/undelete`];
    default:
      return request satisfies never;
  }
}
