// What is asked about backups beside the vault's own lists: whether their sources stand, and, where wanted, their recovery points.

import { goesWithServer } from "../dependencies/item-types.ts";
import { idKey, type ArmId } from "../model/arm-id.ts";
import type { Findings, RecoveryPoints, Source } from "../model/loss.ts";
import type { Resource } from "../model/resource.ts";
import type { Sources } from "./sources.ts";

const outside: Source = { state: "unknown", why: "it lies outside Azure" };
const keptToThemselves: RecoveryPoints = { why: "servers outside Azure keep them to themselves" };

/** `points`: by the `idKey` of what was asked; undefined where nobody wanted to know. */
export function findingsOf(
  resource: Resource,
  sources: Sources,
  points: ReadonlyMap<string, RecoveryPoints> | undefined,
): Findings | undefined {
  if (resource.kind !== "protected-item" && resource.kind !== "backup-instance") return undefined;
  if (isOfServer(resource))
    return { ...(points === undefined ? {} : { recoveryPoints: keptToThemselves }), source: outside };
  const recoveryPoints = points?.get(idKey(resource.id));
  return { ...(recoveryPoints === undefined ? {} : { recoveryPoints }), source: sources(resource.sourceId) };
}

/** The id under which the recovery points of a resource are listed; undefined where there is no such list. */
export function pointsListedBy(resource: Resource): ArmId | undefined {
  if (resource.kind !== "protected-item" && resource.kind !== "backup-instance") return undefined;
  return isOfServer(resource) ? undefined : resource.id;
}

function isOfServer(resource: Resource): boolean {
  return resource.kind === "protected-item" && goesWithServer(resource);
}
