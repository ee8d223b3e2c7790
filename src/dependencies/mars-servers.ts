// Machines with the MARS agent: unregistered through the vault's registered identities; all their backups go with them.

import { armId } from "../model/arm-id.ts";
import type { ListedContainer } from "../model/ports.ts";
import type { MarsServer } from "../model/resource.ts";
import { listContainers } from "./containers.ts";
import type { Dependency } from "./dependency.ts";
import { disableHybridSecurityKeys } from "./hybrid-security.ts";
import { isWord, text } from "./properties.ts";
import { contributeServer, itemsOfServer, proveServerGone } from "./servers.ts";

export const marsServers: Dependency<"mars-server"> = {
  kind: "mars-server",
  rule: "recorded: ps2016p__TestMabUnregisterContainer (DELETE registeredIdentities 204); issue thread azure-powershell 10521: unregistering deletes all its items",
  list: async (reader) => (await listContainers(reader, "MAB")).filter(isMarsServer).map(serverFrom),
  contribute: (server, context) =>
    contributeServer(
      server,
      context,
      "the MARS agent stays installed on the machine",
      disableHybridSecurityKeys(context),
    ),
  takesAlong: itemsOfServer,
  prove: proveServerGone,
};

/** The service's word for a machine with the MARS agent, whatever it runs. */
export function isMarsServer(container: ListedContainer): boolean {
  return isWord(text(container.properties, "containerType"), "Windows");
}

function serverFrom(container: ListedContainer): MarsServer {
  return {
    kind: "mars-server",
    id: armId(container.id),
    name: text(container.properties, "friendlyName") ?? container.name,
    state: text(container.properties, "registrationStatus") ?? "Unknown",
    // Recorded: the container's name without its type.
    identity: container.name.replace(/^windows;/i, ""),
  };
}
