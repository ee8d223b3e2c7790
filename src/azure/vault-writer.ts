// Writes to one vault through the SDK clients. Sends each once and hands back the operation; waiting is the engine's, not the SDK's.

import type { PipelineResponse } from "@azure/core-rest-pipeline";
import { nameOf, segmentAfter, type ArmId, type Scope } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { Accepted, OperationCheck, OperationHandle, VaultWriter } from "../model/ports.ts";
import type { GuardPass, WriteRequest } from "../model/write-request.ts";
import type { Clients } from "./clients.ts";
import { asAzureError, errorFromResponse, parseBody } from "./errors.ts";
import { auxiliaryHeaders, auxiliaryOf, guardMember, guardedWrites, type GuardedWrites } from "./guarded-writes.ts";
import { retryAfterSeconds } from "./policies.ts";
import { operationOf, tellsByStatus } from "./operation-address.ts";
import { requireOwnTarget } from "./own-target.ts";
import { isRaw, sendRaw } from "./raw-writes.ts";

/** `now`: epoch milliseconds of the run's clock, by which unlocked deletions are told from those locked again. */
export function createVaultWriter(clients: Clients, scope: Scope, now: () => number = Date.now): VaultWriter {
  const guarded = guardedWrites(clients, scope, now);
  return {
    send: async (request) => {
      requireOwnTarget(scope, request);
      const answer = captured();
      try {
        if (request.write === "delete-protected-item")
          await deleteItem(clients, scope, guarded, request, answer.onResponse);
        else await sendOnce(clients, scope, request, answer.onResponse);
      } catch (error) {
        throw asAzureError(error);
      }
      return acceptedFrom(clients, request, answer.first());
    },
    check: (operation) => checkOperation(clients, operation),
  };
}

/** What the clients hand to `onResponse`: both generations have a status and headers to ask by name. */
type RawAnswer = { readonly status: number | string; readonly headers: { get: (name: string) => string | undefined } };
type OnResponse = (answer: RawAnswer) => void;

/** Keeps the first answer of a call: the SDK's own pollers report theirs through the same callback. */
function captured(): { readonly onResponse: OnResponse; readonly first: () => RawAnswer } {
  let first: RawAnswer | undefined;
  return {
    onResponse: (answer) => void (first ??= answer),
    first: () => {
      if (first === undefined)
        throw new AzureError({ status: 0, code: "NoAnswer", message: "the client reported no answer for a write" });
      return first;
    },
  };
}

type OfWrite<W extends WriteRequest["write"]> = Extract<WriteRequest, { readonly write: W }>;
type Plain = Exclude<WriteRequest, { readonly write: "delete-protected-item" }>;

async function deleteItem(
  clients: Clients,
  { subscriptionId, resourceGroup, name }: Scope,
  guarded: GuardedWrites,
  { item, guard }: OfWrite<"delete-protected-item">,
  onResponse: OnResponse,
): Promise<void> {
  const { protectedItems } = await clients.backup(subscriptionId);
  await guarded.deleting(item, guard, async (headers) => {
    // A refusal that is followed by another attempt is not the answer.
    const answer = captured();
    const options = { onResponse: answer.onResponse, requestOptions: { customHeaders: { ...headers } } };
    await protectedItems.delete(name, resourceGroup, "Azure", ...itemNames(item), options);
    onResponse(answer.first());
  });
}

async function sendOnce(clients: Clients, scope: Scope, request: Plain, onResponse: OnResponse): Promise<void> {
  const { subscriptionId, resourceGroup, name } = scope;
  if (isRaw(request)) return passOn(sendRaw(clients, request), onResponse);
  const backup = () => clients.backup(subscriptionId);
  switch (request.write) {
    case "undelete-protected-item":
      return undelete(clients, scope, request, onResponse);
    case "unregister-container":
      await (
        await backup()
      ).protectionContainers.unregister(name, resourceGroup, "Azure", nameOf(request.container), { onResponse });
      return;
    case "delete-protection-intent":
      await (
        await backup()
      ).protectionIntentOperations.delete(name, resourceGroup, "Azure", nameOf(request.intent), { onResponse });
      return;
    case "set-soft-delete":
      return setSoftDelete(clients, scope, request, onResponse);
    case "set-immutability":
      return patchVault(clients, scope, { immutabilitySettings: { state: request.state } }, request, onResponse);
    case "unregister-server":
      await (
        await clients.vaults(subscriptionId, "writes")
      ).registeredIdentities.delete(resourceGroup, name, request.identity, { onResponse });
      return;
    case "cancel-backup-job":
      await (await backup()).jobCancellations.trigger(name, resourceGroup, nameOf(request.job), { onResponse });
      return;
    case "delete-vault":
      // Awaited in the same breath: the client sends eagerly, and a refusal nobody awaits would end the process.
      await (
        await clients.vaults(subscriptionId, "writes")
      ).vaults
        .delete(resourceGroup, name, { onResponse })
        .submitted();
      return;
    default:
      return request satisfies never;
  }
}

function itemNames(item: ArmId): [string, string] {
  return [segmentAfter(item, "protectionContainers") ?? "", nameOf(item)];
}

/** Undeleting is a PUT with `isRehydrate`; the item comes back stopped and without a policy (recorded: azcli2024__test_backup_softdelete). */
async function undelete(
  clients: Clients,
  { subscriptionId, resourceGroup, name }: Scope,
  request: OfWrite<"undelete-protected-item">,
  onResponse: OnResponse,
): Promise<void> {
  const properties = {
    protectedItemType: request.itemType,
    policyId: "",
    isRehydrate: true,
    protectionState: "ProtectionStopped",
    ...(request.sourceId === undefined ? {} : { sourceResourceId: request.sourceId }),
    ...guardMember(request.guard),
  };
  const { protectedItems } = await clients.backup(subscriptionId);
  const body = { properties } as Parameters<typeof protectedItems.createOrUpdate>[5];
  const options = { onResponse, requestOptions: { customHeaders: await auxiliaryHeaders(clients, request.guard) } };
  await protectedItems.createOrUpdate(name, resourceGroup, "Azure", ...itemNames(request.item), body, options);
}

/** Refusals that the older API would only repeat: documented and field-reported codes. */
const definiteRefusals =
  /^(BMSUserErrorDisablingSoftDeleteStateNotAllowed|BMSUserErrorSoftDeleteState|AuthorizationFailed|LinkedAuthorizationFailed|ScopeLocked)/i;

/** The vault's own API first; where it does not take the setting, the older backup configuration. Always both fields. */
async function setSoftDelete(
  clients: Clients,
  scope: Scope,
  request: OfWrite<"set-soft-delete">,
  onResponse: OnResponse,
): Promise<void> {
  const softDeleteSettings = {
    softDeleteState: request.softDeleteState,
    ...alongside(request),
    softDeleteRetentionPeriodInDays: request.retentionDays,
  };
  const answers: RawAnswer[] = [];
  try {
    await patchVault(clients, scope, { softDeleteSettings }, request, (answer) => void answers.push(answer));
  } catch (error) {
    const refusal = asAzureError(error);
    if (refusal.status !== 400 || definiteRefusals.test(refusal.code)) throw refusal;
    return setThroughBackupConfig(clients, scope, request, onResponse);
  }
  const [first] = answers;
  if (first !== undefined) onResponse(first);
}

/** The field the service wants along with soft delete; left out where nobody could read it. */
function alongside({ hybridState }: { readonly hybridState: string }): { readonly enhancedSecurityState?: string } {
  return hybridState === "Unknown" ? {} : { enhancedSecurityState: hybridState };
}

async function setThroughBackupConfig(
  clients: Clients,
  { subscriptionId, resourceGroup, name }: Scope,
  request: OfWrite<"set-soft-delete">,
  onResponse: OnResponse,
): Promise<void> {
  const { backupResourceVaultConfigs } = await clients.backup(subscriptionId);
  const properties = {
    softDeleteFeatureState: request.softDeleteState,
    ...alongside(request),
    ...guardMember(request.guard),
  };
  const options = { onResponse, requestOptions: { customHeaders: await auxiliaryHeaders(clients, request.guard) } };
  await backupResourceVaultConfigs.update(name, resourceGroup, { properties }, options);
}

async function patchVault(
  clients: Clients,
  { subscriptionId, resourceGroup, name }: Scope,
  securitySettings: object,
  { guard }: { readonly guard?: GuardPass },
  onResponse: OnResponse,
): Promise<void> {
  const { vaults } = await clients.vaults(subscriptionId, "writes");
  const auxiliary = auxiliaryOf(await auxiliaryHeaders(clients, guard));
  const options = { onResponse, ...(auxiliary === undefined ? {} : { xMsAuthorizationAuxiliary: auxiliary }) };
  const properties = { securitySettings, ...guardMember(guard) };
  await vaults.update(resourceGroup, name, { properties }, options).submitted();
}

async function passOn(sent: Promise<PipelineResponse>, onResponse: OnResponse): Promise<void> {
  const response = await sent;
  if (response.status >= 400) throw errorFromResponse(response);
  onResponse({ status: response.status, headers: response.headers });
}

function acceptedFrom(clients: Clients, request: WriteRequest, answer: RawAnswer): Accepted {
  const header = (name: string): string | undefined => answer.headers.get(name);
  const retryAfter = Number(header("retry-after"));
  const operation = operationOf(
    request,
    {
      asyncOperation: header("azure-asyncoperation"),
      location: header("location"),
      ...(Number.isFinite(retryAfter) && retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
    },
    clients.cloud.endpoint,
    clients.apiVersions.backup,
  );
  const correlationId = header("x-ms-correlation-request-id");
  return {
    status: Number(answer.status),
    ...(operation === undefined ? {} : { operation }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

async function checkOperation(clients: Clients, operation: OperationHandle): Promise<OperationCheck> {
  const address = operation.signedAddress ?? operation.address;
  let response: PipelineResponse;
  try {
    response = await clients.raw("GET", address);
  } catch (error) {
    throw asAzureError(error);
  }
  // A vault dies under its own operation's address: 404 means "look at the vault" (recorded: 29 of 66 deletions).
  if (response.status === 404) return { state: "gone" };
  if (response.status >= 400) throw errorFromResponse(response);
  const wait = retryAfterSeconds(response);
  const running: OperationCheck = { state: "running", ...(wait === undefined ? {} : { retryAfterSeconds: wait }) };
  if (tellsByStatus(address)) return response.status === 202 ? running : { state: "succeeded" };
  return fromBody(response, running);
}

/** The words met: Succeeded, Success, Completed, CompletedWithWarnings, Failed, Canceled, Cancelled, InProgress, Inprogress. */
function fromBody(response: PipelineResponse, running: OperationCheck): OperationCheck {
  const text = response.bodyAsText ?? "";
  const status = statusWord(text);
  if (status === undefined) return response.status === 202 ? running : { state: "succeeded" };
  if (/^(succe|completed)/i.test(status)) return { state: "succeeded" };
  if (!/^(fail|cancel)/i.test(status)) return running;
  const { code, message } = parseBody(text);
  return { state: "failed", code: code ?? status, message: message ?? `the operation ended ${status}` };
}

function statusWord(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const status = typeof value === "object" && value !== null && "status" in value ? value.status : undefined;
    return typeof status === "string" ? status : undefined;
  } catch {
    return undefined;
  }
}
