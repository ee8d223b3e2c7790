// The request of each write to Site Recovery, as data. It sends nothing, and must not load an SDK.

import type { PlainRequest } from "../model/equivalent-request.ts";
import type { Addressed } from "./addressed.ts";
import { encoded } from "./encoded.ts";
import type { OfWrite } from "./write-answer.ts";

export type ReplicationWrite = OfWrite<
  | "disable-replication"
  | "clean-test-failover"
  | "remove-replication-object"
  | "purge-replication-object"
  | "delete-replication-object"
  | "cancel-replication-job"
>;

/** Throws AzureError for an id of which no address can be made. */
export function replicationRequest({ cloud, apiVersions }: Addressed, request: ReplicationWrite): PlainRequest {
  const at = (id: string, verb = ""): string =>
    `${cloud.endpoint}${encoded(id)}${verb}?api-version=${apiVersions.replication}`;
  switch (request.write) {
    // Recorded for all four kinds of source: no member is needed (azext2024__test_siterecovery).
    case "disable-replication":
      return { method: "POST", url: at(request.item, "/remove"), body: { properties: {} } };
    case "clean-test-failover": {
      const body = { properties: { comments: "cleaned up before the vault is deleted" } };
      return { method: "POST", url: at(request.item, "/testFailoverCleanup"), body };
    }
    case "remove-replication-object":
      return { method: "POST", url: at(request.target, "/remove"), ...removalBody(request) };
    case "purge-replication-object":
    case "delete-replication-object":
      return { method: "DELETE", url: at(request.target) };
    case "cancel-replication-job":
      return { method: "POST", url: at(request.job, "/cancel") };
    default:
      return request satisfies never;
  }
}

/** Mappings are removed with a body, fabrics, containers and servers without one (recorded: A2A_selfcreated_scenarios). */
function removalBody({ target, provider }: OfWrite<"remove-replication-object">): { readonly body?: object } {
  if (!/\/replicationProtectionContainerMappings\/[^/]+$/i.test(target)) return {};
  return { body: { properties: provider === undefined ? {} : { providerSpecificInput: { instanceType: provider } } } };
}
