// Reads of one vault, through the SDK clients where they are quick enough. Follows every page; maps 404 of a single read to
// undefined; never swallows an error.

import type { Scope } from "../model/arm-id.ts";
import { nameOf, segmentAfter } from "../model/arm-id.ts";
import type { ArmResource, ReplicationUsage, VaultReader } from "../model/ports.ts";
import { collect, rethrow, single, type SdkList } from "./arm-answers.ts";
import { createBackupVaultReader } from "./backup-vault-reader.ts";
import type { Clients } from "./clients.ts";
import { largeBackupLists } from "./large-lists.ts";
import { listReplication } from "./replication-reader.ts";
import { surroundingReads } from "./surroundings-reader.ts";

/** Reads of the vault at `scope`; nothing is kept between them. See VaultReader for what they throw. */
export function createVaultReader(clients: Clients, scope: Scope): VaultReader {
  if (scope.kind === "backup") return createBackupVaultReader(clients, scope);
  const { subscriptionId, resourceGroup, name } = scope;
  const vaults = () => clients.vaults(subscriptionId, "reads");
  const backup = () => clients.backup(subscriptionId);
  const list = async (pages: () => Promise<SdkList>): Promise<readonly ArmResource[]> =>
    collect(await pages().catch(rethrow));
  return {
    vault: () => single(async () => (await vaults()).vaults.get(resourceGroup, name)),
    vaultConfig: () => single(async () => (await backup()).backupResourceVaultConfigs.get(name, resourceGroup)),
    ...largeBackupLists(clients, scope),
    intents: () => list(async () => (await backup()).backupProtectionIntent.list(name, resourceGroup)),
    jobsInProgress: () =>
      list(async () => (await backup()).backupJobs.list(name, resourceGroup, { filter: "status eq 'InProgress'" })),
    policies: () => list(async () => (await backup()).backupPolicies.list(name, resourceGroup)),
    backupInstances: async () => [],
    deletedBackupInstances: async () => [],
    backupEngines: () => list(async () => (await backup()).backupEngines.list(name, resourceGroup)),
    guardProxies: () => list(async () => (await backup()).resourceGuardProxies.list(name, resourceGroup)),
    replicationUsage: async () =>
      usageFrom(await list(async () => (await vaults()).replicationUsages.list(resourceGroup, name))),
    recoveryPoints: (item) =>
      list(async () =>
        (await backup()).recoveryPoints.list(
          name,
          resourceGroup,
          "Azure",
          segmentAfter(item, "protectionContainers") ?? "",
          nameOf(item),
        ),
      ),
    replication: (wanted) => listReplication(clients, scope, wanted),
    ...surroundingReads(clients),
    deletedVaults: (location) => list(async () => (await vaults()).deletedVaults.listBySubscriptionId(location)),
  };
}

function usageFrom(usages: readonly ArmResource[]): ReplicationUsage {
  const sum = (name: string): number =>
    usages.reduce(
      (total, usage) => total + (typeof usage.properties[name] === "number" ? usage.properties[name] : 0),
      0,
    );
  return {
    protectedItems: sum("protectedItemCount"),
    recoveryPlans: sum("recoveryPlanCount"),
    registeredServers: sum("registeredServersCount"),
  };
}
