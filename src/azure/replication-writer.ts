// Writes to Site Recovery. Sent raw: the SDK's methods poll by themselves, and the wait is the engine's.

import type { PipelineResponse } from "@azure/core-rest-pipeline";
import type { WriteRequest } from "../model/write-request.ts";
import type { Clients } from "./clients.ts";
import { encoded } from "./operation-address.ts";

export type ReplicationWrite = Extract<
  WriteRequest,
  {
    readonly write:
      | "disable-replication"
      | "clean-test-failover"
      | "remove-replication-object"
      | "purge-replication-object"
      | "delete-replication-object"
      | "cancel-replication-job";
  }
>;

/** Sends the write once. Resolves with any answer, a refusal too; throws what the client throws where there is none. */
export function sendReplication(clients: Clients, request: ReplicationWrite): Promise<PipelineResponse> {
  const at = (id: string, verb = ""): string =>
    `${clients.cloud.endpoint}${encoded(id)}${verb}?api-version=${clients.apiVersions.replication}`;
  switch (request.write) {
    // Recorded for all four kinds of source: no member is needed (azext2024__test_siterecovery).
    case "disable-replication":
      return clients.raw("POST", at(request.item, "/remove"), { properties: {} });
    case "clean-test-failover":
      return clients.raw("POST", at(request.item, "/testFailoverCleanup"), {
        properties: { comments: "cleaned up before the vault is deleted" },
      });
    case "remove-replication-object":
      return clients.raw("POST", at(request.target, "/remove"), removalBody(request));
    case "purge-replication-object":
    case "delete-replication-object":
      return clients.raw("DELETE", at(request.target));
    case "cancel-replication-job":
      return clients.raw("POST", at(request.job, "/cancel"));
    default:
      return request satisfies never;
  }
}

/** Mappings are removed with a body, fabrics, containers and servers without one (recorded: A2A_selfcreated_scenarios). */
function removalBody({
  target,
  provider,
}: Extract<ReplicationWrite, { readonly write: "remove-replication-object" }>): object | undefined {
  if (!/\/replicationProtectionContainerMappings\/[^/]+$/i.test(target)) return undefined;
  return { properties: provider === undefined ? {} : { providerSpecificInput: { instanceType: provider } } };
}
