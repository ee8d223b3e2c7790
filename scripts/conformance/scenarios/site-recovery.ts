// Removes everything of Site Recovery in the order in which it was recorded. It must not touch backup.
import type { Client } from "../client.ts";
import { textOf } from "../exchange.ts";

type Removal = { readonly list: string; readonly verb: "DELETE" | "remove" };

const order: readonly Removal[] = [
  { list: "replicationRecoveryPlans", verb: "DELETE" },
  { list: "replicationProtectedItems", verb: "remove" },
  { list: "replicationMigrationItems", verb: "DELETE" },
  { list: "replicationNetworkMappings", verb: "DELETE" },
  { list: "replicationStorageClassificationMappings", verb: "DELETE" },
  { list: "replicationProtectionContainerMappings", verb: "DELETE" },
  { list: "replicationProtectionContainers", verb: "remove" },
  { list: "replicationvCenters", verb: "DELETE" },
  { list: "replicationRecoveryServicesProviders", verb: "DELETE" },
  { list: "replicationFabrics", verb: "DELETE" },
  { list: "replicationPolicies", verb: "DELETE" },
];

/** `gentle` takes POST …/remove also where DELETE was recorded, so that both are seen. */
export async function removeReplication(client: Client, vaultId: string, gentle: boolean): Promise<void> {
  for (const { list, verb } of order) {
    for (const { id } of await client.list(`${vaultId}/${list}`)) {
      const path = textOf(id);
      const removes =
        verb === "remove" || (gentle && /(Mappings|Fabrics)$/u.test(list) && !/Network|Storage/u.test(list));
      const accepted = await client.send(
        removes ? "POST" : "DELETE",
        removes ? `${path}/remove` : path,
        ...(removes ? [{}] : []),
      );
      await client.follow(accepted, "azure-asyncoperation", 30);
      if (list === "replicationProtectedItems") await client.send("DELETE", path);
    }
  }
}
