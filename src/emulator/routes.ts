// Every route the emulator answers, in one list. It must not hold any rule.
import type { Route } from "./call.ts";
import { accessRoutes } from "./access.ts";
import { containerRoutes } from "./containers.ts";
import { backupVaultReadingRoutes } from "./data-protection/reading.ts";
import { configuringRoutes } from "./data-protection/configuring.ts";
import { backupVaultJobRoutes } from "./data-protection/jobs.ts";
import { protectionRoutes } from "./data-protection/protection.ts";
import { backupInstancePointRoutes } from "./data-protection/recovery-points.ts";
import { backupVaultOperationRoutes } from "./data-protection/operations.ts";
import { backupVaultOwnRoutes } from "./data-protection/vault-writing.ts";
import { backupVaultWritingRoutes } from "./data-protection/writing.ts";
import { deletedVaultRoutes } from "./deleted-vaults.ts";
import { intentRoutes } from "./intents.ts";
import { itemChangeRoutes } from "./item-changes.ts";
import { jobRoutes } from "./jobs.ts";
import { lockRoutes } from "./locks.ts";
import { operationRoutes } from "./operation-routes.ts";
import { plainListRoutes } from "./plain-lists.ts";
import { policyRoutes } from "./policies.ts";
import { privateEndpointRoutes } from "./private-endpoints.ts";
import { protectedItemRoutes } from "./protected-items.ts";
import { recoveryPointRoutes } from "./recovery-points.ts";
import { registrationRoutes } from "./registration.ts";
import { registeredIdentityRoutes } from "./registered-identities.ts";
import { replicationChangeRoutes } from "./site-recovery/changes.ts";
import { replicationReadingRoutes } from "./site-recovery/reading.ts";
import { resourceGraphRoutes } from "./resource-graph/resources.ts";
import { resourceListRoutes } from "./resource-lists.ts";
import { resourceGroupRoutes } from "./resource-groups.ts";
import { resourceGuardRoutes } from "./resource-guards.ts";
import { subscriptionLocationRoutes } from "./subscription-locations.ts";
import { vaultDeletionRoutes } from "./vault-deletion.ts";
import { vaultUndeleteRoutes } from "./vault-undelete.ts";
import { vaultSettingRoutes } from "./vault-settings.ts";
import { vaultRoutes } from "./vaults.ts";

/** Routes under any scope; see extension-routes.ts. */
export const extensionRoutes: readonly Route[] = [...lockRoutes, ...accessRoutes];

export const routes: readonly Route[] = [
  ...vaultRoutes,
  ...vaultSettingRoutes,
  ...vaultDeletionRoutes,
  ...protectedItemRoutes,
  ...itemChangeRoutes,
  ...recoveryPointRoutes,
  ...containerRoutes,
  ...registrationRoutes,
  ...registeredIdentityRoutes,
  ...intentRoutes,
  ...jobRoutes,
  ...plainListRoutes,
  ...policyRoutes,
  ...privateEndpointRoutes,
  ...replicationReadingRoutes,
  ...replicationChangeRoutes,
  ...resourceListRoutes,
  ...resourceGraphRoutes,
  ...resourceGroupRoutes,
  ...subscriptionLocationRoutes,
  ...resourceGuardRoutes,
  ...deletedVaultRoutes,
  ...vaultUndeleteRoutes,
  ...operationRoutes,
  ...backupVaultReadingRoutes,
  ...backupInstancePointRoutes,
  ...protectionRoutes,
  ...backupVaultJobRoutes,
  ...configuringRoutes,
  ...backupVaultWritingRoutes,
  ...backupVaultOwnRoutes,
  ...backupVaultOperationRoutes,
];
