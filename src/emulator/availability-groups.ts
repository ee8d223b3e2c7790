// SQL availability groups: their container is in no list, and their databases hold the machines they run on.
// It must not change anything.
import type { Answer } from "./answers.ts";
import { serviceError } from "./arm-errors.ts";
import type { Properties } from "./json.ts";
import { isObject, list, object, text } from "./json.ts";
import { lastPart, sameName } from "./names.ts";
import type { ContainerState, VaultState } from "./state.ts";
import { itemsIn } from "./state.ts";

const groupType = "sqlagworkloadcontainer";

export function isGroup({ properties }: { readonly properties: Properties }): boolean {
  return sameName(text(properties, "containerType"), groupType);
}

/** Field report (rules 1.1): while a database of a group is active, none of the group's machines can be unregistered. */
export function nodeOfActiveGroup(vault: VaultState, container: ContainerState): Answer | undefined {
  const groups = vault.protectionContainers
    .of(groupType)
    .filter((group) => hasActiveItems(vault, group) && namesMachine(group, container));
  if (groups.length === 0) return undefined;
  const names = groups.map(({ name, properties }) => text(properties, "friendlyName") || name).join(",");
  const message = `The container cannot be unregistered as it is a node of an availability group with protected databases: ${names}.`;
  return serviceError(400, "BMSUserErrorNodePartOfActiveAG", message);
}

function hasActiveItems(vault: VaultState, group: ContainerState): boolean {
  return itemsIn(vault, group.name).some((item) => item.purgeAt === undefined);
}

function namesMachine(group: ContainerState, { name, properties }: ContainerState): boolean {
  const nodes = list(object(group.properties, "extendedInfo"), "nodesList").filter(isObject);
  return nodes.some((node) => {
    const [host = ""] = text(node, "nodeName").split(".");
    return sameName(host, text(properties, "friendlyName")) || sameName(host, lastPart(name));
  });
}
