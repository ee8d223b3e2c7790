// Backup names one container in several spellings: with its type prefix in ids, without it in jobs and intents, and in any case.

import { ancestor, armId, nameOf, type ArmId } from "../model/arm-id.ts";

/**
 * The form in which all spellings of one container's name are equal: its last three parts, without regard to case. The
 * type that ids put before them is missing in jobs and intents, where sometimes a bare `;` is left of it (recorded).
 */
export function containerKey(name: string): string {
  const parts = name
    .toLowerCase()
    .split(";")
    .filter((part) => part !== "");
  return parts.slice(-3).join(";");
}

/** The container an item's or intent's id lies in. */
export function containerOf(id: string): ArmId {
  return ancestor(id, "protectionContainers") ?? armId(id);
}

/** `containerKey` of a container's id. */
export function containerKeyOf(container: ArmId): string {
  return containerKey(nameOf(container));
}

/** Whether the id is of an availability group's container: no machine, registered by nobody, never unregistered. */
export function isAvailabilityGroup(container: ArmId): boolean {
  return /^sqlagworkloadcontainer;/i.test(nameOf(container));
}
