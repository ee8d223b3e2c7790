// Whether the servers outside Azure can still be told that replication ends. What nobody can tell is unknown, never reachable.

import { idKey, nameOf, sameId } from "../../model/arm-id.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { Reachability } from "../../model/replication.ts";
import { isWord, text } from "../properties.ts";
import { fabricOf } from "./parents.ts";
import { azureFabric, connected, isOneOf, replicatedWithinAzure } from "./provider-words.ts";

/** What a Recovery Services provider says of its own connection. */
export function reachabilityOf(provider: ArmResource): Reachability {
  if (isWord(text(provider.properties, "fabricType"), azureFabric)) return "reachable";
  const status = text(provider.properties, "connectionStatus");
  if (status === undefined) return "unknown";
  return isWord(status, connected) ? "reachable" : "unreachable";
}

/** Whether the source of an item can be told: by Azure itself, or by the server the item reports to. */
export function sourceOf(item: ArmResource, instanceType: string, servers: readonly ArmResource[]): Reachability {
  if (isOneOf(instanceType, replicatedWithinAzure)) return "reachable";
  const server = text(item.properties, "recoveryServicesProviderId");
  const found = server === undefined ? undefined : servers.find((candidate) => isNamed(candidate, server));
  return found === undefined ? "unknown" : reachabilityOf(found);
}

/**
 * Items name their server by its `draIdentifier` where the server's own id ends in another name (recorded:
 * V2A_RCMInMage, 83629832-… for vaultv2arcmc71ddra).
 */
function isNamed(server: ArmResource, id: string): boolean {
  if (sameId(server.id, id)) return true;
  const sameFabric = sameId(fabricOf(server.id), fabricOf(id));
  return sameFabric && idKey(text(server.properties, "draIdentifier") ?? "") === idKey(nameOf(id));
}
