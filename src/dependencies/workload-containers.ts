// Virtual machines registered for SQL, SAP HANA or SAP ASE backup: unregistered after all their databases.

import type { Dependency } from "./dependency.ts";
import { containerFacts, containerKind, contributeContainer, listContainers, proveUnregistered } from "./containers.ts";

export const workloadContainers: Dependency<"workload-container"> = {
  kind: "workload-container",
  rule: "documented: delete vault, step 5; recorded: 190 unregistrations, 45/94/151/386 s; items soft-deleted or deleted first",
  list: async (reader) =>
    (await listContainers(reader, "AzureWorkload"))
      .filter((container) => containerKind(container) === "workload-container")
      .map((container) => ({ kind: "workload-container", ...containerFacts(container) })),
  contribute: (container, context) =>
    contributeContainer(container, context, "a registered virtual machine keeps the vault alive"),
  prove: proveUnregistered,
};
