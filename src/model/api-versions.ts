// One api-version profile per run: an api-version is behaviour, and mixing old and new changes what a DELETE means.

import type { Strategy } from "./plan.ts";
import type { FilledText } from "./shape.ts";

export type ApiVersions = {
  /** Reads of the vault, its regime and deleted vaults. */
  readonly vaultReads: FilledText;
  /** PATCH and DELETE of the vault. */
  readonly vaultWrites: FilledText;
  /** Everything Azure Backup serves under the vault. */
  readonly backup: FilledText;
  /** Of Backup vaults: writes, and what stands in them. */
  readonly dataProtection: FilledText;
  /** Of Backup vaults: the vault itself and deleted vaults. */
  readonly dataProtectionReads: FilledText;
  readonly network: FilledText;
  readonly replication: FilledText;
  readonly locks: FilledText;
  /** Permissions and role assignments. */
  readonly authorization: FilledText;
  /** Resource groups and the resources in them. */
  readonly resources: FilledText;
};

/**
 * `soft` deletes with versions that accept a vault holding soft-deleted items (recorded with 2025-02-01 and 2026-07-01).
 * `purge` stays below 2024-09-30-preview, and for Backup vaults below 2025-09-01 (documented), for every write, so that a deletion is final where the vault still allows that.
 */
export const apiVersionProfiles: { readonly [S in Strategy]: ApiVersions } = {
  soft: { ...common(), vaultWrites: "2026-07-01", backup: "2025-02-01", dataProtection: "2025-09-01" },
  purge: { ...common(), vaultWrites: "2024-04-01", backup: "2023-06-01", dataProtection: "2025-07-01" },
};

function common(): Omit<ApiVersions, "vaultWrites" | "backup" | "dataProtection"> {
  return {
    vaultReads: "2026-07-01",
    dataProtectionReads: "2026-03-01",
    network: "2024-05-01",
    replication: "2023-06-01",
    locks: "2020-05-01",
    authorization: "2022-04-01",
    resources: "2021-04-01",
  };
}
