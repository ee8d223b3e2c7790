// Backup policies: commonly suspected, never in the way. Listed so that nobody has to wonder.

import { armId, vaultKindOf } from "../model/arm-id.ts";
import { type Dependency, nothingToProve } from "./dependency.ts";
import { text } from "./properties.ts";

export const policies: Dependency<"backup-policy"> = {
  kind: "backup-policy",
  rule: "documented: policies need not be deleted before the vault (2025-12-09)",
  list: async (reader) =>
    (await reader.policies())
      .filter(({ id }) => vaultKindOf(id) !== "backup")
      .map((policy) => ({
        kind: "backup-policy",
        id: armId(policy.id),
        name: policy.name,
        state: "defined",
        managementType: text(policy.properties, "backupManagementType") ?? "Unknown",
      })),
  contribute: () => ({ note: "needs no step: policies go with the vault" }),
  prove: nothingToProve,
};
