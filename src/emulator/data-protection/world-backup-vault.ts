// What stands in the Backup vaults of a world document, and the shape of it. It must not hold rules of Azure.
import type { Properties } from "../json.ts";
import type { Members, Shape } from "../world-shape.ts";
import type { WorldJob, WorldResource } from "../world.ts";

/**
 * With secure by default, soft delete is always on and the vault itself becomes a deleted one; `preview`: so for api-versions
 * since 2025-09-01, while older ones meet a classic vault (documented).
 */
export type BackupVaultRegime = "classic" | "preview" | "secure-by-default";

export type WorldTagged = WorldResource & { readonly tags?: Properties };
export type WorldBackupInstance = WorldTagged & { readonly recoveryPoints?: readonly WorldResource[] };

export type WorldBackupVault = {
  readonly id: string;
  readonly location: string;
  readonly tags?: Properties;
  readonly identity?: Properties;
  readonly regime: BackupVaultRegime;
  readonly properties: Properties;
  readonly backupInstances: readonly WorldBackupInstance[];
  readonly deletedBackupInstances: readonly WorldBackupInstance[];
  readonly backupPolicies: readonly WorldResource[];
  /** Newest first, as Azure lists them. */
  readonly backupJobs: readonly WorldJob[];
  readonly resourceGuardProxies: readonly WorldResource[];
};

export type WorldDeletedBackupVault = {
  readonly name: string;
  readonly location: string;
  readonly properties: Properties;
  /** What stood in it when it was deleted; without it, nothing. */
  readonly contents?: WorldBackupVault;
};

const text: Shape = { kind: "text" };
const body: Shape = { kind: "body" };

function listOf(required: Members, optional: Members = {}): Shape {
  return { kind: "list", of: { kind: "object", required, optional } };
}

const named = listOf({ name: text, properties: body });
const instances = listOf({ name: text, properties: body }, { recoveryPoints: named, tags: body });

const vault: Members = {
  id: text,
  location: text,
  regime: { kind: "one-of", values: ["classic", "preview", "secure-by-default"] satisfies BackupVaultRegime[] },
  properties: body,
  backupInstances: instances,
  deletedBackupInstances: instances,
  backupPolicies: named,
  backupJobs: listOf({ name: text, properties: body }, { completesAt: text }),
  resourceGuardProxies: named,
};
const vaultOptional: Members = { tags: body, identity: body };

export const backupVaultsShape: Shape = listOf(vault, vaultOptional);

export const deletedBackupVaultsShape: Shape = listOf(
  { name: text, location: text, properties: body },
  { contents: { kind: "object", required: vault, optional: vaultOptional } },
);
