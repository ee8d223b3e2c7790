// Addresses of long-running operations: which one to ask, and how to keep its signature out of everything that is stored.

import { armId, nameOf } from "../model/arm-id.ts";
import type { OperationHandle } from "../model/ports.ts";
import { encoded } from "./encoded.ts";
import type { WriteRequest } from "../model/write-request.ts";
import { isOwnAddress } from "./own-host.ts";

export type AcceptedHeaders = {
  readonly asyncOperation?: string | undefined;
  readonly location?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
};

/**
 * The address to ask about an accepted write. Backup answers by the operation's id alone, at the vault for items and at
 * the container for unregistrations (recorded 2019–2024); everything else at the signed address from the answer.
 */
export function operationOf(
  request: WriteRequest,
  headers: AcceptedHeaders,
  endpoint: string,
  backupApiVersion: string,
): OperationHandle | undefined {
  const given = absolute(headers.asyncOperation, endpoint) ?? absolute(headers.location, endpoint);
  if (given === undefined) return undefined;
  const wait = headers.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: headers.retryAfterSeconds };
  const path = unsignedPath(request, operationId(given));
  if (path !== undefined) return { address: `${endpoint}${path}?api-version=${backupApiVersion}`, ...wait };
  return { address: withoutSignature(given), signedAddress: given, ...wait };
}

/** The service may answer a path alone. What is no address, or leads elsewhere, is none, and the target itself is asked. */
function absolute(given: string | undefined, endpoint: string): string | undefined {
  if (given === undefined || !URL.canParse(given, endpoint)) return undefined;
  const { href } = new URL(given, endpoint);
  return isOwnAddress(href, endpoint) ? href : undefined;
}

function unsignedPath(request: WriteRequest, id: string): string | undefined {
  switch (request.write) {
    case "delete-protected-item":
    case "undelete-protected-item":
      return `${encoded(request.item.replace(belowVault, ""))}/backupOperations/${id}`;
    case "register-container":
    case "unregister-container":
      return `${encoded(request.container)}/operationResults/${id}`;
    case "delete-protection-intent":
    case "set-soft-delete":
    case "set-immutability":
    case "delete-private-endpoint-connection":
    case "delete-private-endpoint":
    case "delete-backup-instance":
    case "undelete-backup-instance":
    case "delete-backup-vault-policy":
    case "set-backup-vault-security":
    case "delete-vault":
    case "undelete-vault":
    case "unregister-server":
    case "cancel-backup-job":
    case "cancel-replication-job":
    case "remove-lock":
    case "restore-lock":
    case "disable-replication":
    case "clean-test-failover":
    case "remove-replication-object":
    case "purge-replication-object":
    case "delete-replication-object":
      return undefined;
    default:
      return request satisfies never;
  }
}

/** From the end of the id: a resource group may be called `vaults`. */
const belowVault = /\/backupFabrics\/[^/]+\/protectionContainers\/[^/]+\/protectedItems\/[^/]+$/i;

function operationId(url: string): string {
  return nameOf(armId(new URL(url).pathname));
}

/** What an api-version can look like: a date with a word behind it, or the like. What does not may be a secret. */
const plainVersion = /^[\w.-]{1,40}$/;

/** The address with its api-version and nothing else: since 2024 the rest is a certificate and a signature (recorded: t, c, s, h). */
export function withoutSignature(address: string): string {
  const url = new URL(address);
  const version = url.searchParams.get("api-version") ?? "";
  return `${url.origin}${url.pathname}${plainVersion.test(version) ? `?api-version=${version}` : ""}`;
}

/** Whether the address tells its state by HTTP status alone, without a body that says so. */
export function tellsByStatus(address: string): boolean {
  return /\/(operationResults|backupOperationResults)\//i.test(new URL(address).pathname);
}
