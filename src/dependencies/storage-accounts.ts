// Storage accounts registered for Azure Files backup: the blocker people forget. Unregistered after all their shares.

import type { Dependency } from "./dependency.ts";
import { proveRegistered, recoverContainer } from "./recovery/containers.ts";
import { containerLists, contributeContainer, proveUnregistered } from "./containers.ts";

export const storageAccounts: Dependency<"storage-container"> = {
  kind: "storage-container",
  rule: "documented: delete vault, step 6; recorded: 321 unregistrations, 14/25/78/300 s",
  ...containerLists("AzureStorage", "storage-container"),
  contribute: (container, context) =>
    contributeContainer(
      container,
      context,
      // Documented (2021-03-09) as a role, without the actions it is for: it is said, and not checked.
      "a registered storage account keeps the vault alive, and Backup's delete lock stays on it until then; Azure documents that this takes Storage Account Contributor on the account too",
    ),
  recover: recoverContainer,
  prove: (step, found) => (step.action === "register-container" ? proveRegistered : proveUnregistered)(step, found),
};
