// Every route the emulator answers, in one list. It must not hold any rule.
import type { Route } from "./call.ts";
import { accessRoutes } from "./access.ts";
import { containerRoutes } from "./containers.ts";
import { deletedVaultRoutes } from "./deleted-vaults.ts";
import { intentRoutes } from "./intents.ts";
import { itemChangeRoutes } from "./item-changes.ts";
import { jobRoutes } from "./jobs.ts";
import { lockRoutes } from "./locks.ts";
import { operationRoutes } from "./operation-routes.ts";
import { plainListRoutes } from "./plain-lists.ts";
import { privateEndpointRoutes } from "./private-endpoints.ts";
import { protectedItemRoutes } from "./protected-items.ts";
import { resourceGroupRoutes } from "./resource-groups.ts";
import { resourceGuardRoutes } from "./resource-guards.ts";
import { vaultDeletionRoutes } from "./vault-deletion.ts";
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
  ...containerRoutes,
  ...intentRoutes,
  ...jobRoutes,
  ...plainListRoutes,
  ...privateEndpointRoutes,
  ...resourceGroupRoutes,
  ...resourceGuardRoutes,
  ...deletedVaultRoutes,
  ...operationRoutes,
];
