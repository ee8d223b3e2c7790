// Migration items: machines an Azure Migrate project replicates into this vault. They go like replicated items, with a warning.

import { armId, idKey } from "../../model/arm-id.ts";
import type { Blocker } from "../../model/blocker.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { MigrationItem } from "../../model/replication.ts";
import type { StepDraft } from "../../model/step.ts";
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
  const warnings = [
    `${item.name} (${item.state}) is a machine of an Azure Migrate project: finish or stop its migration there first if it is still wanted`,
  ];
  if (hasTestMigration(item)) return { blockers: [testMigrationBlocker(item)], warnings };
  return {
    steps: [deleteStep(item, context)],
    warnings,
    remains: [{ what: "replica disks of a migration (Azure may remove them)", subject: item.id }],
  };
}

function deleteStep(item: MigrationItem, context: PlanningContext): StepDraft {
  return {
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
  };
}

/** Its cleanup belongs to Azure Migrate, which knows what was made for it. */
function testMigrationBlocker(item: MigrationItem): Blocker {
  return {
    code: "test-migration-open",
    subject: item.id,
    reason: `${item.name} has a test migration (${item.testMigration}), and a machine made for it may run in Azure`,
    fix: "clean the test migration up in the Azure Migrate project, then plan again",
    who: "a contributor of the Azure Migrate project",
  };
}
