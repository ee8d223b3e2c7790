// Containers of Azure VM backups: never unregistered. They come and go with their one item.

import { type Dependency, nothingToProve } from "./dependency.ts";
import { containerLists } from "./containers.ts";

export const virtualMachines: Dependency<"virtual-machine-container"> = {
  kind: "virtual-machine-container",
  rule: "issue threads azure-cli 11141 and 18745: unregistering one is refused or does nothing; recorded: it vanishes with its item",
  ...containerLists("AzureIaasVM", "virtual-machine-container"),
  contribute: () => ({ note: "needs no step: it goes with its backup item" }),
  prove: nothingToProve,
};
