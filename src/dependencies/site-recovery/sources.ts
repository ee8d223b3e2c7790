// The machines of Azure that Site Recovery cleans up when replication is disabled: a lock on one of them is in the way. Pure.

import { idKey, type ArmId } from "../../model/arm-id.ts";
import { ofKind, type Resource } from "../../model/resource.ts";

/** The sources of all replicated items, each once. Machines outside Azure have no id and are not among them. */
export function replicatedSources(resources: readonly Resource[]): readonly ArmId[] {
  const sources = ofKind(resources, "replicated-item").flatMap((item) => item.sourceId ?? []);
  return [...new Map(sources.map((source) => [idKey(source), source])).values()];
}
