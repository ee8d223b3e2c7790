// What of Site Recovery's objects decides over a plan: a machine that was failed over since, or a server that no longer answers. Pure.

import { idKey } from "../model/arm-id.ts";
import type { ReplicationResource } from "../model/replication.ts";

/** Always as many for one kind. What an item reads about its health, its lag or its last point decides nothing. */
export function replicationFacts(resource: ReplicationResource): readonly string[] {
  switch (resource.kind) {
    case "replicated-item":
      return [
        resource.state,
        resource.provider,
        activeFact(resource.activeLocation),
        `test failover ${resource.testFailover}`,
        `offers ${resource.allowedOperations.toSorted().join(" ")}`,
        `source ${resource.source}`,
        idKey(resource.sourceId ?? "no source"),
      ];
    case "migration-item":
      return [resource.state, `test migration ${resource.testMigration}`];
    case "container-mapping":
      return [
        resource.state,
        resource.provider,
        idKey(resource.targetContainer ?? "no target"),
        idKey(resource.policy ?? "no policy"),
      ];
    case "network-mapping":
    case "storage-classification-mapping":
      return [resource.state, idKey(resource.targetFabric ?? "no target")];
    case "protection-container":
      return [resource.state, resource.fabricType];
    case "recovery-services-provider":
      return [resource.state, resource.fabricType, `source ${resource.source}`];
    case "fabric":
      return [resource.state, resource.fabricType, `appliances ${resource.appliances.join(" ")}`];
    case "replication-job":
      return [resource.state, resource.cancellable ? "can be cancelled" : "cannot be cancelled"];
    case "recovery-plan":
    case "vcenter":
    case "replication-policy":
      return [resource.state];
    default:
      return resource satisfies never;
  }
}

const activeFact = (location: string): string => `active ${location}`;

/** Whether a difference in an item's facts is about which of its machines is the live one. */
export function saysFailedOver(was: string | undefined, is: string | undefined): boolean {
  const locationOf = (facts: string | undefined): string | undefined => /(?:^|, )active ([^,]*)/.exec(facts ?? "")?.[1];
  return locationOf(was) !== locationOf(is);
}
