// Virtual machines registered for SQL, SAP HANA or SAP ASE backup: unregistered after all their databases.

import type { Dependency } from "./dependency.ts";
import { proveRegistered, recoverContainer } from "./recovery/containers.ts";
import { containerLists, contributeContainer, proveUnregistered } from "./containers.ts";

export const workloadContainers: Dependency<"workload-container"> = {
  kind: "workload-container",
  rule: "documented: delete vault, step 5; recorded: 190 unregistrations, 45/94/151/386 s; items soft-deleted or deleted first",
  ...containerLists("AzureWorkload", "workload-container"),
  contribute: (container, context) =>
    contributeContainer(container, context, "a registered virtual machine keeps the vault alive"),
  recover: recoverContainer,
  prove: (step, found) => (step.action === "register-container" ? proveRegistered : proveUnregistered)(step, found),
};
