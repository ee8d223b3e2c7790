// Whether the servers outside Azure can still be told that replication ends. What nobody can tell is unknown, never reachable.

import { idKey, nameOf } from "../../model/arm-id.ts";
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

/** Finds the server an item reports to by the id that the item gives. */
export type ServerFinder = (id: string) => ArmResource | undefined;

/** Ten thousand items may report to many servers, so these are not looked through for each. */
export function serverFinder(servers: readonly ArmResource[]): ServerFinder {
  const places = new Map<string, number>();
  for (const [place, { id, properties }] of servers.entries()) {
    const names = [idKey(id), withinFabric(id, text(properties, "draIdentifier") ?? "")];
    for (const name of names) if (!places.has(name)) places.set(name, place);
  }
  return (id) => {
    const found = [idKey(id), withinFabric(id, nameOf(id))].flatMap((name) => places.get(name) ?? []);
    return servers[Math.min(...found)];
  };
}

/**
 * Items name their server by its `draIdentifier` where the server's own id ends in another name (recorded:
 * V2A_RCMInMage, 83629832-… for vaultv2arcmc71ddra).
 */
function withinFabric(id: string, name: string): string {
  return `${idKey(fabricOf(id))}\n${idKey(name)}`;
}

/** Whether the source of an item can be told: by Azure itself, or by the server the item reports to. */
export function sourceOf(item: ArmResource, instanceType: string, serverOf: ServerFinder): Reachability {
  if (isOneOf(instanceType, replicatedWithinAzure)) return "reachable";
  const server = text(item.properties, "recoveryServicesProviderId");
  const found = server === undefined ? undefined : serverOf(server);
  return found === undefined ? "unknown" : reachabilityOf(found);
}
