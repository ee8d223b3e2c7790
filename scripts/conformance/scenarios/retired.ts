// What only old vaults hold: databases of Azure SQL servers, and servers listed by the oldest api-versions.
// It must not hold anything that a shipped world holds.
import type { World } from "../../../src/emulator/world.ts";
import { clientOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import { deleteItem } from "./items.ts";
import { readAll } from "./reading.ts";
import { unregisterAll } from "./vault.ts";

const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
const vaultId = `${subscription}/resourceGroups/rg-old/providers/Microsoft.RecoveryServices/vaults/rsv-old`;
const server = `${subscription}/resourceGroups/rg-old/providers/Microsoft.Sql/servers/sql-old`;
const container = "AzureSqlContainer;Sql;rg-old;sql-old";
const item = "AzureSqlDb;dsName;orders;11111111-2222-4333-8444-555555555555";

const world: World = {
  formatVersion: 1,
  name: "retired",
  description: "a vault with long-term retention of an Azure SQL database, as there were until 2018",
  speed: 60,
  subscriptions: [{ id: subscription.slice("/subscriptions/".length) }],
  vaults: [
    {
      id: vaultId,
      location: "westeurope",
      sku: { name: "Standard" },
      regime: "classic",
      properties: {
        provisioningState: "Succeeded",
        securitySettings: { softDeleteSettings: { softDeleteState: "Disabled", enhancedSecurityState: "Disabled" } },
      },
      protectionContainers: [
        {
          name: container,
          properties: {
            friendlyName: "sql-old",
            backupManagementType: "AzureSql",
            registrationStatus: "Registered",
            healthStatus: "Healthy",
            containerType: "AzureSqlContainer",
            protectableObjectType: "AzureSqlContainer",
          },
        },
      ],
      protectedItems: [
        {
          container,
          name: item,
          properties: {
            protectedItemType: "Microsoft.Sql/servers/databases",
            protectedItemDataId: "11111111-2222-4333-8444-555555555555",
            protectionState: "Protected",
            backupManagementType: "AzureSql",
            workloadType: "AzureSqlDb",
            containerName: "Sql;rg-old;sql-old",
            sourceResourceId: `${server}/databases/orders`,
            policyId: `${vaultId}/backupPolicies/ltr`,
            policyName: "ltr",
          },
          recoveryPoints: [
            {
              name: "2018-01-01T00-00-00Z",
              properties: {
                objectType: "GenericRecoveryPoint",
                friendlyName: "2018-01-01T00:00:00Z",
                recoveryPointType: "Full",
                recoveryPointTime: "2018-01-01T00:00:00Z",
              },
            },
          ],
        },
      ],
      protectionIntents: [],
      backupJobs: [],
      backupPolicies: [],
      backupEngines: [],
      resourceGuardProxies: [],
    },
  ],
  privateEndpoints: [],
  deletedVaults: [],
};

export async function tearDownRetired(): Promise<readonly Exchange[]> {
  const client = clientOf(world, "2016-05-01", "retired");
  await readAll(client, vaultId);
  await deleteItem(
    client,
    vaultId,
    `${vaultId}/backupFabrics/Azure/protectionContainers/${container}/protectedItems/${item}`,
  );
  await unregisterAll(client, vaultId);
  return client.exchanges;
}
