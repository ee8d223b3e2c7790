// The last gate before a write leaves: it goes to this vault, to something in it, to a private endpoint, or to a lock the plan names.

import { armId, idKey, nameOf, sameId, vaultId, vaultTypes, type ArmId, type Scope } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import { isOfBackupVault, type OfBackupVault } from "./backup-vault-requests.ts";
import type { WriteRequest } from "../model/write-request.ts";

const privateEndpoint =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.network\/privateendpoints\/[^/?#]+$/;

const lock = /^\/subscriptions\/[^?#]+\/providers\/microsoft\.authorization\/locks\/[^/?#]+$/;

/** On its way an id with such a segment would become the id of something else. */
const climbs = /(^|\/)\.\.?(\/|$)/;

/** Throws AzureError for a request whose target is not this vault's, whatever plan or answer it came from. */
export function requireOwnTarget(scope: Scope, request: WriteRequest, locks: readonly ArmId[] = []): void {
  const target = targetOf(request);
  if (!climbs.test(target) && isOwn(scope, request, target, locks) && isOwnPass(scope, request)) return;
  throw new AzureError({
    status: 400,
    code: "ForeignTarget",
    message: `${request.write} names ${target}, which is not of the vault ${scope.name}: it is not sent`,
  });
}

function isOwn(scope: Scope, request: WriteRequest, target: ArmId, locks: readonly ArmId[]): boolean {
  if (request.write === "delete-private-endpoint") return privateEndpoint.test(idKey(target));
  // Which locks may be touched is the plan's to say, by id: one that holds a vault up may lie anywhere above it.
  if (request.write === "remove-lock" || request.write === "restore-lock")
    return lock.test(idKey(target)) && locks.some((named) => sameId(named, target));
  return isInVault(scope, request, target);
}

const guardRequest =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.dataprotection\/resourceguards\/[^?#]+$/;

/** What passes a guard passes it by this vault's own proxy. */
function isOwnPass(scope: Scope, request: WriteRequest): boolean {
  const guard = "guard" in request ? request.guard : undefined;
  if (guard === undefined) return true;
  const [vault, proxy] = [idKey(vaultId(scope)), idKey(guard.proxy)];
  const own = proxy.startsWith(`${vault}/backupresourceguardproxies/`) && /^[^/?#]+$/.test(nameOf(armId(proxy)));
  return own && !climbs.test(proxy) && guardRequest.test(idKey(guard.request));
}

const vaultWrites: ReadonlySet<WriteRequest["write"]> = new Set([
  "delete-vault",
  "undelete-vault",
  "set-soft-delete",
  "set-immutability",
  "set-backup-vault-security",
  "unregister-server",
]);

const replicationObject = /^replication(fabrics|policies|recoveryplans)\/(?!.*\/providers\/microsoft\.)/;

/** What is sent to the id as it stands must be of the kind it is taken for: anything else in the vault has a way of its own. */
const parts: Readonly<Partial<Record<WriteRequest["write"], RegExp>>> = {
  "undelete-protected-item": /^backupfabrics\/[^/]+\/protectioncontainers\/[^/]+\/protecteditems\/[^/]+$/,
  "register-container": /^backupfabrics\/[^/]+\/protectioncontainers\/[^/]+$/,
  "delete-private-endpoint-connection": /^privateendpointconnections\/[^/]+$/,
  "disable-replication": replicationObject,
  "clean-test-failover": replicationObject,
  "remove-replication-object": replicationObject,
  "purge-replication-object": replicationObject,
  "delete-replication-object": replicationObject,
  "delete-backup-instance": /^backupinstances\/[^/]+$/,
  "undelete-backup-instance": /^(deleted)?backupinstances\/[^/]+$/,
  "delete-backup-vault-policy": /^backuppolicies\/[^/]+$/,
  "cancel-replication-job": /^replicationjobs\/[^/]+$/,
};

const deletedVault =
  /^\/subscriptions\/[^/]+\/providers\/(microsoft\.[a-z]+)\/locations\/[^/]+\/deleted(backup)?vaults\/[^/?#]+$/;

/** Of the vault's subscription and of its own sort. Whether it was this vault, only its list says. */
function isOwnDeletedVault(scope: Scope, id: ArmId): boolean {
  const key = idKey(id);
  const provider = vaultTypes[scope.kind].split("/", 1)[0]?.toLowerCase();
  return (
    deletedVault.exec(key)?.[1] === provider &&
    key.startsWith(`/subscriptions/${scope.subscriptionId.toLowerCase()}/`) &&
    !climbs.test(key)
  );
}

function isInVault(scope: Scope, request: WriteRequest, target: ArmId): boolean {
  const vault = idKey(vaultId(scope));
  const path = idKey(target);
  if (request.write === "unregister-server" && (request.identity === "" || climbs.test(request.identity))) return false;
  if (request.write === "undelete-vault" && !isOwnDeletedVault(scope, request.deletedVault)) return false;
  if (vaultWrites.has(request.write)) return path === vault;
  if (!path.startsWith(`${vault}/`) || /[?#]/.test(path)) return false;
  return parts[request.write]?.test(path.slice(vault.length + 1)) ?? true;
}

function targetInBackupVault(request: OfBackupVault): ArmId {
  if ("instance" in request) return request.instance;
  return "policy" in request ? request.policy : request.vault;
}

function targetOf(request: WriteRequest): ArmId {
  if (isOfBackupVault(request)) return targetInBackupVault(request);
  switch (request.write) {
    case "delete-protected-item":
    case "undelete-protected-item":
    case "disable-replication":
    case "clean-test-failover":
      return request.item;
    case "register-container":
    case "unregister-container":
      return request.container;
    case "delete-protection-intent":
      return request.intent;
    case "delete-private-endpoint-connection":
      return request.connection;
    case "delete-private-endpoint":
      return request.endpoint;
    case "cancel-backup-job":
    case "cancel-replication-job":
      return request.job;
    case "remove-replication-object":
    case "purge-replication-object":
    case "delete-replication-object":
      return request.target;
    case "remove-lock":
    case "restore-lock":
      return request.lock;
    case "unregister-server":
    case "set-soft-delete":
    case "set-immutability":
    case "delete-vault":
    case "undelete-vault":
      return request.vault;
    default:
      return request satisfies never;
  }
}
