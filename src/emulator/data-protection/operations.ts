// The operations of Backup vaults: their ids, the urls they are followed at, and what these answer.
// It must not carry out their effects.
import { createHash } from "node:crypto";

import type { Answer } from "../answers.ts";
import { found } from "../answers.ts";
import type { Call, Route } from "../call.ts";
import { parameter } from "../call.ts";
import { dataProtectionNotFound } from "../data-protection-errors.ts";
import { vaultWork } from "../effects.ts";
import { newGuid } from "../guids.ts";
import type { Properties } from "../json.ts";
import { sameName } from "../names.ts";
import { signedUrl, startOperation } from "../operations.ts";
import type { Operation, State } from "../state.ts";
import { azureDate } from "../world-times.ts";
import type { BackupVaultChange } from "./changes.ts";
import { backupVaultIdOf, backupVaultType } from "./vault-scope.ts";

/** Recorded: all operations on a vault have its own guid in their ids, `originalBackupVaultId` once it is deleted. */
export function vaultGuid(id: string): string {
  const hex = createHash("sha256").update(id.toLowerCase()).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

/** Recorded: base64 of the vault's guid and another one. `takes` in milliseconds. */
export function startChange(call: Call, vaultId: string, change: BackupVaultChange, takes: number): Operation {
  const id = Buffer.from(`${vaultGuid(vaultId)};${newGuid(call.state)}`).toString("base64");
  return startOperation(call.state, { id, vaultId, effect: change, startsAt: call.now, takes });
}

/** The changes of a vault that are under way. */
export function changesUnderWay(state: State, vaultId: string): readonly (Operation & { effect: BackupVaultChange })[] {
  return state.operations
    .of(vaultWork(vaultId, "change-backup-vault"))
    .filter(isChange)
    .filter(({ settled }) => !settled);
}

function isChange(operation: Operation): operation is Operation & { effect: BackupVaultChange } {
  return operation.effect.kind === "change-backup-vault";
}

type Place = "vault" | "group" | "subscription";

function pathOf(vaultId: string, location: string, place: Place): string {
  if (place === "vault") return vaultId;
  const scope = vaultId.split("/").slice(0, place === "group" ? 5 : 3);
  return `${scope.join("/")}/providers/Microsoft.DataProtection/locations/${location}`;
}

/** Where an operation is followed; Retry-After 30 is recorded for deleting a vault, and the rest taken to be the same. */
export function acceptedChange(
  call: Call,
  location: string,
  { id, vaultId }: Operation,
  { status, result }: { readonly status: Place; readonly result: Place },
): Answer {
  return {
    status: 202,
    headers: {
      "Azure-AsyncOperation": signedUrl(call, `${pathOf(vaultId, location, status)}/operationStatus/${id}`),
      Location: signedUrl(call, `${pathOf(vaultId, location, result)}/operationResults/${id}`),
      "Retry-After": "30",
    },
  };
}

/** Recorded: `Inprogress`, the year 1 before the end, whole seconds after it; the id is the url's path. */
function statusBody(call: Call, operation: Operation): Properties {
  const { id, settled, error, startedAt, completesAt } = operation;
  const body = { id: call.path, name: id };
  const startTime = azureDate(startedAt);
  if (!settled) return { ...body, status: "Inprogress", startTime, endTime: "0001-01-01T00:00:00Z" };
  const endTime = `${new Date(completesAt).toISOString().slice(0, 19)}Z`;
  if (error !== undefined) return { ...body, status: "Failed", error, startTime, endTime };
  return { ...body, status: "Succeeded", startTime, endTime };
}

type Change = Operation & { effect: BackupVaultChange };
type Find = (call: Call) => Change | undefined;

function known(call: Call, isItsVault: (vaultId: string) => boolean): Change | undefined {
  const operation = call.state.operations.find(parameter(call, "id").toLowerCase());
  return operation !== undefined && isChange(operation) && isItsVault(operation.vaultId) ? operation : undefined;
}

const inVault: Find = (call) => known(call, (id) => sameName(id, backupVaultIdOf(call)));
const below: Find = (call) => {
  const scope = `${call.path.slice(0, call.path.toLowerCase().indexOf("/providers/"))}/`.toLowerCase();
  return known(call, (id) => id.toLowerCase().startsWith(scope));
};

function status(find: Find): Route["answer"] {
  return (call) => {
    const operation = find(call);
    return operation === undefined ? dataProtectionNotFound() : found(statusBody(call, operation));
  };
}

/** Recorded: 200 without a body and with the status url once done (ps2026p__Undo-AzDataProtectionVaultDeletion). */
function result(find: Find): Route["answer"] {
  return (call) => {
    const operation = find(call);
    if (operation === undefined) return dataProtectionNotFound();
    const url = signedUrl(call, call.path.replace(/operationResults/iu, "operationStatus"));
    const headers = { "Azure-AsyncOperation": url, "Retry-After": "30" };
    if (operation.settled && operation.error === undefined) return { status: 200, headers, ...resultOf(operation) };
    if (operation.error !== undefined && operation.settled) return { status: 400, body: { error: operation.error } };
    return { status: 202, headers: { ...headers, Location: signedUrl(call, call.path) } };
  };
}

/** Recorded for what changes protection and for validations; nothing for the rest (recorded for a vault's deletion). */
function resultOf({ effect }: Change): Pick<Answer, "body"> {
  const isTold = effect.change === "protect" || effect.change === "nothing";
  return isTold ? { body: { objectType: "OperationJobExtendedInfo" } } : {};
}

const subscription = "subscriptions/{subscription}";
const group = `${subscription}/resourceGroups/{group}`;
const location = "providers/Microsoft.DataProtection/locations/{location}";

const places: readonly (readonly [path: string, find: Find])[] = [
  [`${group}/providers/${backupVaultType}/{vault}`, inVault],
  [`${group}/${location}`, below],
  [`${subscription}/${location}`, below],
];

export const backupVaultOperationRoutes: readonly Route[] = places.flatMap(([path, find]) => [
  { method: "GET", path: `${path}/operationStatus/{id}`, answer: status(find) },
  { method: "GET", path: `${path}/operationResults/{id}`, answer: result(find) },
]);
