// Migration items: machines an Azure Migrate project replicates into this vault. They go like replicated items, with a warning.

import { armId, idKey } from "../../model/arm-id.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { MigrationItem } from "../../model/replication.ts";
import type { Contribution, Dependency, PlanningContext } from "../dependency.ts";
import { text } from "../properties.ts";
import { startKeys } from "./arrows.ts";
import { containerOf, fabricOf } from "./parents.ts";
import { hasTestMigration } from "./planned.ts";
import { proveUnlisted } from "./proofs.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

export const migrationItems: Dependency<"migration-item"> = {
  kind: "migration-item",
  rule: "SDK 5.1.0: DELETE of replicationMigrationItems is the one way; documented: Azure Migrate replicates through a vault of its own",
  unusedWhen: siteRecoveryIsUnused,
  list: async (reader) => (await reader.replication("migration-items")).map(itemFrom),
  contribute,
  prove: (step, found) => proveUnlisted(step, found, "the migration item"),
};

function itemFrom(item: ArmResource): MigrationItem {
  return {
    kind: "migration-item",
    id: armId(item.id),
    name: text(item.properties, "machineName") ?? item.name,
    state: text(item.properties, "migrationState") ?? "Unknown",
    fabric: fabricOf(item.id),
    container: containerOf(item.id),
    testMigration: text(item.properties, "testMigrateState") ?? "",
  };
}

function contribute(item: MigrationItem, context: PlanningContext): Contribution {
  return {
    steps: [
      {
        action: "delete-migration-item",
        kind: "migration-item",
        target: item.id,
        name: item.name,
        after: startKeys(context, item),
        reason: "a machine under migration keeps the vault alive",
        irreversible: true,
        weakens: `${item.name} stops being replicated: what was copied to Azure for its migration is lost`,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationMigrationItems/delete",
        ],
        exclusive: idKey(item.id),
        request: { write: "delete-replication-object", target: item.id },
      },
    ],
    warnings: [
      `${item.name} (${item.state}) is a machine of an Azure Migrate project: finish or stop its migration there first if it is still wanted`,
      ...(hasTestMigration(item)
        ? [
            `${item.name} has a test migration (${item.testMigration}): clean it up in Azure Migrate, or its machine stays`,
          ]
        : []),
    ],
    remains: [{ what: "replica disks and test machines of a migration, where there are any", subject: item.id }],
  };
}
