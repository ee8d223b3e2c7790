// What a replicated item says to people before anything is written: why it must not go now, and what to look at. Pure.

import type { Blocker } from "../../model/blocker.ts";
import type { ReplicatedItem } from "../../model/replication.ts";
import type { PlanningContext } from "../dependency.ts";
import { hasTestFailover, isAllowed, isFailedOver } from "./planned.ts";
import { isOneOf, replicatingBack } from "./provider-words.ts";

/** Both reasons at once, where both hold. */
export function itemBlockers(item: ReplicatedItem, context: PlanningContext): readonly Blocker[] {
  const failedOver = isFailedOver(item) && !isAllowed(context, "failed-over-items");
  const unreachable = item.source !== "reachable" && !isAllowed(context, "orphan-replication");
  return [...(failedOver ? [failedOverBlocker(item)] : []), ...(unreachable ? [unreachableBlocker(item)] : [])];
}

function failedOverBlocker(item: ReplicatedItem): Blocker {
  const source = item.sourceId ?? item.name;
  const recovered = item.recoveredMachine ?? "a machine whose name Azure does not say";
  const where = item.activeLocation === "" ? "" : `, active location ${item.activeLocation}`;
  return {
    code: "replication-failed-over",
    subject: item.id,
    reason: `${item.name} is failed over or not committed (${item.state}${where}): ${recovered} may be the live machine now, and ${source} the old one`,
    fix: "fail back and commit, then plan again; if the recovered machine is to stay as it is (its failover committed first): --allow failed-over-items",
    who: `the owner of ${item.name}`,
  };
}

function unreachableBlocker(item: ReplicatedItem): Blocker {
  const why =
    item.source === "unreachable"
      ? "the server it reports to is not connected"
      : "nothing says that the server it reports to is connected";
  return {
    code: "replication-source-unreachable",
    subject: item.id,
    reason: `the source of ${item.name} (${item.provider}) cannot be told that replication ends: ${why}`,
    fix: "bring its server back and plan again; if it is gone for good: --allow orphan-replication, which leaves configuration on the source",
    who: "the administrator of the site it replicates from",
  };
}

export function itemWarnings(item: ReplicatedItem): readonly string[] {
  if (isOneOf(item.provider, replicatingBack))
    return [`${item.name} runs in Azure and replicates back to its own site: when replication ends, it stays in Azure`];
  // An open test failover is cleaned first, and what is offered changes with it.
  const refuses =
    !hasTestFailover(item) &&
    item.allowedOperations.length > 0 &&
    !item.allowedOperations.some((word) => isOneOf(word, ["DisableProtection"]));
  return refuses
    ? [`Azure does not offer to disable ${item.name} now (${item.allowedOperations.join(", ")}): it may refuse`]
    : [];
}
