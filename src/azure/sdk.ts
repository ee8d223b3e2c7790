// How the Azure SDK's packages are loaded: all as CommonJS, the clients and the credentials only when asked for. No other
// file may import a value from @azure: types alone are free.

import { createRequire } from "node:module";

/**
 * Two of the three clients are CommonJS and bring CommonJS copies of the core packages. An `import` of the others would
 * bring the same packages a second time, as ES modules: some 120 modules that every command waits for.
 */
const load = createRequire(import.meta.url);

type Core = typeof import("@azure/core-rest-pipeline");
type VaultSdk = typeof import("@azure/arm-recoveryservices");
type BackupSdk = typeof import("@azure/arm-recoveryservicesbackup");
type ReplicationSdk = typeof import("@azure/arm-recoveryservices-siterecovery");
type RestSdk = typeof import("@azure-rest/core-client");
type IdentitySdk = typeof import("@azure/identity");

export const core: Core = load("@azure/core-rest-pipeline") as Core;
export const vaultSdk = (): VaultSdk => load("@azure/arm-recoveryservices") as VaultSdk;
export const backupSdk = (): BackupSdk => load("@azure/arm-recoveryservicesbackup") as BackupSdk;
export const replicationSdk = (): ReplicationSdk => load("@azure/arm-recoveryservices-siterecovery") as ReplicationSdk;
export const restSdk = (): RestSdk => load("@azure-rest/core-client") as RestSdk;
export const identitySdk = (): IdentitySdk => load("@azure/identity") as IdentitySdk;
