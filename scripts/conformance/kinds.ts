// Tells apart answers of one operation that have different forms: by what was asked, by what the answer is about.
// It must not know whether an answer is right.
import type { Exchange, Json } from "./exchange.ts";
import { isObject, member, textOf } from "./exchange.ts";
import { segmentsOf } from "./operations.ts";

/** Members whose value tells what kind of thing a body shows, the first that is there. */
const discriminators: readonly (readonly string[])[] = [
  ["containerType"],
  ["protectableObjectType"],
  ["backupEngineType"],
  ["protectionIntentItemType"],
  ["providerSpecificDetails", "instanceType"],
  ["providerSpecificSettings", "instanceType"],
  ["customDetails", "instanceType"],
  ["fabricSpecificSettings", "instanceType"],
  ["fabricSpecificDetails", "instanceType"],
  ["fabricType"],
  ["protectedItemType"],
  ["objectType"],
];

/** What a body, or an entry of a list, shows: `AzureIaaSVMJob/DeleteBackupData`, `Microsoft.Compute/virtualMachines`. */
export function kindOfBody(body: Json): string {
  const properties = member(body, "properties");
  const jobType = textOf(member(properties, "jobType"));
  if (jobType !== "") return `${jobType}/${textOf(member(properties, "operation"))}`;
  for (const names of discriminators) {
    const kind = textOf(member(properties, ...names));
    if (kind !== "") return kind;
  }
  return policyKind(properties);
}

function policyKind(properties: Json | undefined): string {
  const schedule = textOf(member(properties, "schedulePolicy", "schedulePolicyType"));
  return schedule === "" ? "" : `${textOf(member(properties, "backupManagementType"))}/${schedule}`;
}

/** What an exchange is about: an error's code, the state a poll shows, the thing shown, else what was asked for. */
export function kindOf(exchange: Exchange, operation: string): string {
  const { status, body } = exchange;
  if (status >= 400) return errorCode(body);
  const isPoll =
    /\/(operation(s?)(Status|Results)|backupOperations|replicationOperationStatus|operations)\/\{\}$/iu.test(operation);
  if (isPoll) return textOf(member(body, "status")) || kindOfRequest(exchange, operation);
  return kindOfRequest(exchange, operation) || (isObject(body) ? kindOfBody(body) : "");
}

function errorCode(body: Json): string {
  const code = member(body, "error", "code") ?? member(body, "code") ?? member(body, "ErrorCode");
  return typeof code === "string" || typeof code === "number" ? String(code) : "";
}

function kindOfRequest({ method, url, requestBody }: Exchange, operation: string): string {
  if (operation === "PATCH vaults/{}") return patchedMembers(requestBody);
  if (operation === "POST tenant Microsoft.ResourceGraph/resources") return queriedType(requestBody);
  if (operation.includes("/protectedItems/{}") || operation.includes("/protectionContainers/{}")) {
    const kind = kindOfContainer(segmentsOf(url));
    if (method === "PUT" && operation.endsWith("/protectedItems/{}")) return `${kind} ${protection(requestBody)}`;
    return method === "GET" && !operation.includes("operation") ? "" : kind;
  }
  return "";
}

/** The type whose rows a query of Resource Graph gives. */
function queriedType(body: Json): string {
  return /\btype\s*(?:==|=~)\s*["']([^"']+)["']/iu.exec(textOf(member(body, "query")))?.[1]?.toLowerCase() ?? "";
}

function patchedMembers(body: Json): string {
  const top = Object.keys(isObject(body) ? body : {}).filter((name) => name !== "properties" && name !== "location");
  const properties = member(body, "properties");
  return [...top, ...Object.keys(isObject(properties) ? properties : {})].toSorted().join(",");
}

function protection(body: Json): string {
  if (member(body, "properties", "isRehydrate") === true) return "undelete";
  return textOf(member(body, "properties", "protectionState")) === "ProtectionStopped" ? "stop" : "protect";
}

function kindOfContainer(segments: readonly string[]): string {
  const at = segments.findIndex((segment) => segment.toLowerCase() === "protectioncontainers");
  const [container = "", , item = ""] = segments.slice(at + 1);
  if (/^iaasvmcontainer;/iu.test(container)) return "AzureIaasVM";
  if (/^storagecontainer;/iu.test(container)) return "AzureStorage";
  if (/^vmappcontainer;/iu.test(container)) return /^sap/iu.test(item) ? "SAPHana" : "AzureWorkload";
  return container.split(";")[0] ?? "";
}
