// Writes to one vault through the SDK clients. Sends each once and hands back the operation; waiting is the engine's, not the SDK's.

import type { PipelineResponse } from "@azure/core-rest-pipeline";
import { nameOf, segmentAfter, type ArmId, type Scope } from "../model/arm-id.ts";
import { told } from "../model/azure-error.ts";
import type { Accepted, OperationCheck, OperationHandle, VaultWriter } from "../model/ports.ts";
import type { WriteRequest } from "../model/write-request.ts";
import { backupRequest } from "./backup-requests.ts";
import { isOfBackupVault } from "./backup-vault-requests.ts";
import { sendToBackupVault } from "./backup-vault-writer.ts";
import type { Clients } from "./clients.ts";
import { asAzureError, errorFromResponse, parseBody } from "./errors.ts";
import { guardedWrites, sendNamingGuard, type GuardedWrites } from "./guarded-writes.ts";
import { retryAfterSeconds, serviceTime } from "./throttling.ts";
import { operationOf, tellsByStatus } from "./operation-address.ts";
import { requireOwnTarget } from "./own-target.ts";
import { isRaw } from "./raw-requests.ts";
import { sendRaw } from "./raw-writer.ts";
import { setSoftDelete } from "./vault-settings-writer.ts";
import { captured, taken, verbOfWrite, type OfWrite, type OnResponse, type RawAnswer } from "./write-answer.ts";

type WriterOptions = {
  /** The only locks it removes or puts back, by id. */
  readonly locks?: readonly ArmId[];
  /** Epoch milliseconds of the run's clock, by which unlocked deletions are told from those locked again. */
  readonly now?: () => number;
};

/**
 * Writes to the vault at `scope`; remembers which deletions its guard has unlocked. `send` throws AzureError also for what
 * does not belong to this vault, and then sends nothing.
 */
export function createVaultWriter(clients: Clients, scope: Scope, options: WriterOptions = {}): VaultWriter {
  const { locks = [], now = Date.now } = options;
  const guarded = guardedWrites(clients, scope, now);
  return {
    send: async (request, { urgency = 0, looking, leaving } = {}) => {
      requireOwnTarget(scope, request, locks);
      const turn = await clients.turn(verbOfWrite(request), scope.subscriptionId, { urgency, looking });
      return turn.use(async () => {
        leaving?.();
        return sendNow(clients, scope, guarded, request);
      });
    },
    check: (operation) => checkOperation(clients, operation),
  };
}

async function sendNow(
  clients: Clients,
  scope: Scope,
  guarded: GuardedWrites,
  request: WriteRequest,
): Promise<Accepted> {
  const answer = captured();
  try {
    if (request.write === "delete-protected-item")
      await deleteItem(clients, scope, guarded, request, answer.onResponse);
    else await taken(() => sendOnce(clients, scope, guarded, request, answer.onResponse));
  } catch (error) {
    throw asAzureError(error);
  }
  return acceptedFrom(clients, request, answer.first());
}

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
    await taken(() => protectedItems.delete(name, resourceGroup, "Azure", ...itemNames(item), options));
    onResponse(answer.first());
  });
}

async function sendOnce(
  clients: Clients,
  scope: Scope,
  guarded: GuardedWrites,
  request: Plain,
  onResponse: OnResponse,
): Promise<void> {
  if (isOfBackupVault(request)) return sendToBackupVault(clients, guarded, request, onResponse);
  if (isRaw(request)) return sendRaw(clients, request, onResponse);
  const { subscriptionId, resourceGroup, name } = scope;
  const backup = () => clients.backup(subscriptionId);
  switch (request.write) {
    case "undelete-protected-item":
    case "set-immutability":
      return sendNamingGuard(clients, backupRequest(clients, scope, request), request.guard, onResponse);
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
    case "cancel-backup-job":
      await (await backup()).jobCancellations.trigger(name, resourceGroup, nameOf(request.job), { onResponse });
      return;
    case "set-soft-delete":
      return setSoftDelete(clients, scope, request, onResponse);
    case "delete-vault":
      if (scope.kind === "backup") return sendToBackupVault(clients, guarded, request, onResponse);
      return sendThroughVaults(clients, scope, request, onResponse);
    case "unregister-server":
      return sendThroughVaults(clients, scope, request, onResponse);
    default:
      return request satisfies never;
  }
}

async function sendThroughVaults(
  clients: Clients,
  { subscriptionId, resourceGroup, name }: Scope,
  request: OfWrite<"unregister-server" | "delete-vault">,
  onResponse: OnResponse,
): Promise<void> {
  const { vaults, registeredIdentities } = await clients.vaults(subscriptionId, "writes");
  if (request.write === "unregister-server")
    await registeredIdentities.delete(resourceGroup, name, request.identity, { onResponse });
  // Awaited in the same breath: the client sends eagerly, and a refusal nobody awaits would end the process.
  else await vaults.delete(resourceGroup, name, { onResponse }).submitted();
}

function itemNames(item: ArmId): [string, string] {
  return [segmentAfter(item, "protectionContainers") ?? "", nameOf(item)];
}

function acceptedFrom(clients: Clients, request: WriteRequest, answer: RawAnswer): Accepted {
  const header = (name: string): string | undefined => answer.headers.get(name);
  const wait = retryAfterSeconds({ status: Number(answer.status), headers: answer.headers }) ?? 0;
  const operation = operationOf(
    request,
    {
      asyncOperation: header("azure-asyncoperation"),
      location: header("location"),
      ...(wait > 0 ? { retryAfterSeconds: wait } : {}),
    },
    clients.cloud.endpoint,
    clients.apiVersions.backup,
  );
  const correlationId = header("x-ms-correlation-request-id");
  const date = serviceTime(header("date"));
  return {
    status: Number(answer.status),
    ...(operation === undefined ? {} : { operation }),
    ...(correlationId === undefined ? {} : { correlationId: told(correlationId) }),
    ...(date === undefined ? {} : { acceptedAt: new Date(date).toISOString() }),
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

/** The words met: Succeeded, Success, Completed, CompletedWithWarnings, Failed, Canceled, Cancelled, InProgress, Inprogress, NotStarted. */
function fromBody(response: PipelineResponse, running: OperationCheck): OperationCheck {
  const text = response.bodyAsText ?? "";
  const status = statusWord(text);
  if (status === undefined) return response.status === 202 ? running : { state: "succeeded" };
  if (/^(succe|completed)/i.test(status)) return { state: "succeeded" };
  if (!/^(fail|cancel)/i.test(status)) return running;
  const { code, message } = parseBody(text);
  return { state: "failed", code: told(code ?? status), message: told(message ?? `the operation ended ${status}`) };
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
