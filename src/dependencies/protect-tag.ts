// The tag by which people keep this tool away from a vault, or from every vault of a resource group. No consent overrides it.

import { ancestor, armId, segmentAfter, type ArmId } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { ArmResource, VaultReader } from "../model/ports.ts";
import type { Vault } from "../model/resource.ts";
import { isWord } from "./properties.ts";

const tag = { name: "vault-teardown", value: "deny" };

/** Ids of what carries the tag: the vault, its resource group. Throws AzureError. */
export async function protectedByTag(reader: VaultReader, vault: ArmResource): Promise<readonly ArmId[]> {
  const groupId = ancestor(vault.id, "resourceGroups");
  const group = groupId === undefined ? undefined : await reader.resourceGroup(groupId);
  return [
    ...(isProtected(vault) ? [armId(vault.id)] : []),
    ...(groupId !== undefined && isProtected(group) ? [groupId] : []),
  ];
}

/** Azure compares names of tags without regard to case; here the value is as well. */
function isProtected(resource: ArmResource | undefined): boolean {
  return Object.entries(resource?.tags ?? {}).some(
    ([name, value]) => isWord(name, tag.name) && isWord(String(value).trim(), tag.value),
  );
}

export function tagBlockers(vault: Vault): readonly Blocker[] {
  return vault.protectedByTag.map((id) => {
    const what = id === vault.id ? "vault" : `resource group ${segmentAfter(id, "resourceGroups") ?? id}`;
    return {
      code: "protected-by-tag",
      subject: id,
      reason: `the ${what} carries the tag ${tag.name}=${tag.value}: it must not be torn down`,
      fix: `remove the tag ${tag.name} from ${id}, then plan again`,
      who: `the owner of the ${what}, who set the tag`,
    };
  });
}
