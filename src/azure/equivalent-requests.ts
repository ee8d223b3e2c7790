// What each step of a plan sends, as a person could send it: in order, with what it is checked by. What is said here is what
// the writer sends; a test compares the two. Pure: it sends nothing, and must not load an SDK.

import { scopeOf, type Scope } from "../model/arm-id.ts";
import type { EquivalentRequest, PlainRequest } from "../model/equivalent-request.ts";
import type { Plan } from "../model/plan.ts";
import type { Step } from "../model/step.ts";
import type { WriteRequest } from "../model/write-request.ts";
import type { Addressed } from "./addressed.ts";
import { backupConfigRequest, backupRequest } from "./backup-requests.ts";
import { backupVaultRequest, isOfBackupVault } from "./backup-vault-requests.ts";
import { checkAddresses } from "./check-requests.ts";
import { clouds, type CloudName } from "./clouds.ts";
import { auxiliaryHeader, unlockRequest } from "./guard-requests.ts";
import { isRaw, rawRequest } from "./raw-requests.ts";

const secondToken = `where the guard lies in another tenant, with a header ${auxiliaryHeader} that has a token of that tenant`;

/**
 * The requests of the step, of a plan that has it: writes in the order in which they are sent, then the reads that tell
 * whether it is done. Throws AzureError for a name of which no address can be made: nothing is sent for it either.
 */
export function equivalentRequests(step: Step, plan: Plan): readonly EquivalentRequest[] {
  const scope = scopeOf(plan.vault.id);
  const cloud = Object.hasOwn(clouds, plan.vault.cloud) ? clouds[plan.vault.cloud as CloudName] : undefined;
  if (scope === undefined || cloud === undefined) return [];
  const at: Addressed = { cloud, apiVersions: plan.apiVersions };
  const writes = step.request === undefined ? [] : writesOf(at, scope, step.request);
  const checks = checkAddresses(at, scope, step, plan);
  return [...writes, ...checks.map((url): EquivalentRequest => ({ part: "check", method: "GET", url }))].map(spelled);
}

function writesOf(at: Addressed, scope: Scope, request: WriteRequest): readonly EquivalentRequest[] {
  const write: EquivalentRequest = { part: "write", ...plainRequest(at, scope, request), ...noteOf(request) };
  if (request.write === "delete-protected-item" && request.guard !== undefined)
    return [unlock(unlockRequest(at, scope, request.guard, request.item)), write];
  if (request.write === "delete-backup-instance" && request.guard !== undefined)
    return [unlock(unlockRequest(at, scope, request.guard, request.instance)), write];
  if (request.write !== "set-soft-delete") return [write];
  const note = "only where the request before it is refused with 400";
  return [write, { part: "instead", ...backupConfigRequest(at, scope, request), note }];
}

function unlock(request: PlainRequest): EquivalentRequest {
  const note = `unlocks the deletion that follows, for a time, and ${secondToken}`;
  return { part: "unlock", ...request, note };
}

function noteOf(request: WriteRequest): { readonly note?: string } {
  if (request.write === "cancel-backup-job" || request.write === "cancel-replication-job")
    return { note: "where Azure refuses to cancel, the job is waited for" };
  return "guard" in request && request.guard !== undefined ? { note: secondToken } : {};
}

function plainRequest(at: Addressed, scope: Scope, request: WriteRequest): PlainRequest {
  if (isOfBackupVault(request) || (request.write === "delete-vault" && scope.kind === "backup"))
    return backupVaultRequest(at, request);
  return isRaw(request) ? rawRequest(at, request) : backupRequest(at, scope, request);
}

/** An apostrophe is the one character of an address that would end a word of a shell. */
function spelled(request: EquivalentRequest): EquivalentRequest {
  return { ...request, url: request.url.replaceAll("'", "%27") };
}
