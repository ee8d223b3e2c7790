// What is known of each type of datasource a Backup vault protects: data, with its evidence. A type that is not here is touched only with consent.

import type { BackupInstance } from "../../model/resource.ts";
import { isWord } from "../properties.ts";

type Datasource = {
  readonly type: string;
  /** Documented (secure by default, 2025-11-10): operational backups of blobs are not covered by soft delete. */
  readonly operationalIsFinal?: true;
  /**
   * Snapshots that Azure does not clean up once the vault is soft-deleted too. Documented for disks; that the others,
   * which keep disk snapshots as well, fare the same is inferred.
   */
  readonly snapshots?: string;
};

/** Types in instances and policies (recorded: azext2024__test_dataprotection_…); ADLS and Elastic SAN are unverified names. */
const datasources: readonly Datasource[] = [
  { type: "Microsoft.Compute/disks", snapshots: "disk snapshots" },
  { type: "Microsoft.Storage/storageAccounts/blobServices", operationalIsFinal: true },
  { type: "Microsoft.Storage/storageAccounts/adlsBlobServices" },
  { type: "Microsoft.DBforPostgreSQL/servers/databases" },
  { type: "Microsoft.DBforPostgreSQL/flexibleServers" },
  { type: "Microsoft.DBforMySQL/flexibleServers" },
  { type: "Microsoft.ContainerService/managedClusters", snapshots: "disk snapshots of persistent volumes" },
  { type: "Microsoft.ElasticSan/elasticSans/volumeGroups", snapshots: "disk snapshots of volumes" },
];

/** Undefined for a type this version does not know. */
export function datasourceOf(type: string): Datasource | undefined {
  return datasources.find((known) => isWord(type, known.type));
}

/** Whether its deletion leaves nothing to recover, whatever the vault's soft delete says. */
export function isNeverKept({ operational, datasourceType }: BackupInstance): boolean {
  return operational && datasourceOf(datasourceType)?.operationalIsFinal === true;
}

export function isKnownDatasource(type: string): boolean {
  return datasourceOf(type) !== undefined;
}
