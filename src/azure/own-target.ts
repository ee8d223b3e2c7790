// The last gate before a write leaves: it goes to this vault, to something in it, or to a private endpoint, and nowhere else.

import { idKey, vaultId, type ArmId, type Scope } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { WriteRequest } from "../model/write-request.ts";

const privateEndpoint =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.network\/privateendpoints\/[^/?#]+$/;

/** Throws AzureError for a request whose target is not this vault's, whatever plan or answer it came from. */
export function requireOwnTarget(scope: Scope, request: WriteRequest): void {
  const target = targetOf(request);
  const own =
    request.write === "delete-private-endpoint"
      ? privateEndpoint.test(idKey(target))
      : isInVault(scope, request, target);
  if (own) return;
  throw new AzureError({
    status: 400,
    code: "ForeignTarget",
    message: `${request.write} names ${target}, which is not of the vault ${scope.name}: it is not sent`,
  });
}

function isInVault(scope: Scope, request: WriteRequest, target: ArmId): boolean {
  const vault = idKey(vaultId(scope));
  const isVaultWrite =
    request.write === "delete-vault" || request.write === "set-soft-delete" || request.write === "set-immutability";
  const path = idKey(target);
  return isVaultWrite ? path === vault : path.startsWith(`${vault}/`) && !/[?#]|\/\.\.?(\/|$)/.test(path);
}

function targetOf(request: WriteRequest): ArmId {
  switch (request.write) {
    case "delete-protected-item":
    case "undelete-protected-item":
      return request.item;
    case "unregister-container":
      return request.container;
    case "delete-protection-intent":
      return request.intent;
    case "delete-private-endpoint-connection":
      return request.connection;
    case "delete-private-endpoint":
      return request.endpoint;
    case "set-soft-delete":
    case "set-immutability":
    case "delete-vault":
      return request.vault;
    default:
      return request satisfies never;
  }
}
