// Where an object of Site Recovery stands, cut out of its own id: bodies name parents by display names, which say nothing.

import { ancestor, armId, type ArmId } from "../../model/arm-id.ts";

/** The fabric; where the id names none, the id itself, so that nothing else is taken for its parent. */
export function fabricOf(id: string): ArmId {
  return ancestor(id, "replicationFabrics") ?? armId(id);
}

/** The protection container; where the id names none, the id itself. */
export function containerOf(id: string): ArmId {
  return ancestor(id, "replicationProtectionContainers") ?? armId(id);
}

/** The fabric of an id that stands for Azure itself ("Microsoft Azure", recorded) or names none: undefined. */
export function fabricNamedBy(id: string | undefined): ArmId | undefined {
  return id === undefined ? undefined : ancestor(id, "replicationFabrics");
}
