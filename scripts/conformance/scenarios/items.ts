// Deletes protected items, softly and for good, undeletes them, and reads what is left. It must not touch containers.
import type { Client } from "../client.ts";
import type { Exchange, Properties } from "../exchange.ts";
import { member, operationIdOf, textOf } from "../exchange.ts";

const managementTypes = ["AzureIaasVM", "AzureStorage", "AzureWorkload", "AzureSql"];

export async function itemsOf(client: Client, vaultId: string): Promise<readonly Properties[]> {
  const lists = [];
  for (const type of managementTypes) {
    lists.push(await client.list(`${vaultId}/backupProtectedItems?$filter=backupManagementType eq '${type}'`));
  }
  return lists.flat();
}

/** Deletes an item, polls every url there is, and reads the job. */
export async function deleteItem(client: Client, vaultId: string, id: string): Promise<void> {
  const accepted = await client.send("DELETE", id);
  await finish(client, vaultId, accepted);
  const operation = operationIdOf(accepted, "location");
  if (operation !== undefined) await client.send("GET", `${id}/operationResults/${operation}`);
}

export async function undeleteItem(client: Client, vaultId: string, item: Properties): Promise<void> {
  const { protectedItemType, sourceResourceId } = member(item, "properties") as Properties;
  const properties = {
    protectedItemType: protectedItemType ?? "",
    ...(sourceResourceId === undefined ? {} : { sourceResourceId }),
    policyId: "",
    isRehydrate: true,
    protectionState: "ProtectionStopped",
    ...guardRequest(client, vaultId, "/backupFabrics/protectionContainers/protectedItems/write"),
  };
  await finish(client, vaultId, await client.send("PUT", textOf(item["id"]), { properties }));
}

/** The guard's request for an operation, as a member of the body; nothing where the vault has no guard. */
export function guardRequest(client: Client, vaultId: string, operation: string): Properties {
  const vault = client.emulator.world().vaults.find(({ id }) => id === vaultId);
  const details = (vault?.resourceGuardProxies ?? []).flatMap(
    ({ properties }) => (properties["resourceGuardOperationDetails"] ?? []) as readonly Properties[],
  );
  const detail = details.find(({ vaultCriticalOperation }) => textOf(vaultCriticalOperation).endsWith(operation));
  return detail === undefined ? {} : { resourceGuardOperationRequests: [detail["defaultResourceRequest"] ?? ""] };
}

async function finish(client: Client, vaultId: string, accepted: Exchange): Promise<void> {
  // the result's url says 202 while the operation runs, so it is asked once before it is over
  const result = accepted.headers.get("location");
  if (result !== undefined) await client.send("GET", result);
  const end = await client.follow(accepted, "azure-asyncoperation", 6);
  await client.follow(accepted, "location", 6);
  const jobId = textOf(member(end?.body, "properties", "jobId"));
  const operation = operationIdOf(accepted, "azure-asyncoperation") ?? "";
  await client.send("GET", `${vaultId}/backupOperations/${operation}`);
  if (jobId !== "") await client.send("GET", `${vaultId}/backupJobs/${jobId}`);
}
