// Backup names one container in several spellings: with its type prefix in ids, without it in jobs and intents, and in any case.

import { ancestor, armId, nameOf, type ArmId } from "../model/arm-id.ts";

const typePrefixes = [
  "iaasvmcontainer;",
  "vmappcontainer;",
  "storagecontainer;",
  "sqlagworkloadcontainer;",
  "windows;",
];

/** The form in which all spellings of one container's name are equal (recorded: intents and jobs lack the prefix). */
export function containerKey(name: string): string {
  const lower = name.toLowerCase();
  const prefix = typePrefixes.find((candidate) => lower.startsWith(candidate));
  return prefix === undefined ? lower : lower.slice(prefix.length);
}

/** The container an item's or intent's id lies in. */
export function containerOf(id: string): ArmId {
  return ancestor(id, "protectionContainers") ?? armId(id);
}

/** `containerKey` of a container's id. */
export function containerKeyOf(container: ArmId): string {
  return containerKey(nameOf(container));
}
