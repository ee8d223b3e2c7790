// Writes that go out as plain requests: the SDKs have no method for them, or one that waits by itself.

import type { PipelineResponse } from "@azure/core-rest-pipeline";
import type { WriteRequest } from "../model/write-request.ts";
import type { Clients } from "./clients.ts";
import { encoded } from "./operation-address.ts";
import { sendReplication, type ReplicationWrite } from "./replication-writer.ts";

type RawWrite = ReplicationWrite | Extract<WriteRequest, { readonly write: RawKind }>;
type RawKind = "delete-private-endpoint-connection" | "delete-private-endpoint" | "remove-lock" | "restore-lock";

const rawWrites = {
  "delete-private-endpoint-connection": true,
  "delete-private-endpoint": true,
  "remove-lock": true,
  "restore-lock": true,
  "disable-replication": true,
  "clean-test-failover": true,
  "remove-replication-object": true,
  "purge-replication-object": true,
  "delete-replication-object": true,
  "cancel-replication-job": true,
} as const satisfies Record<RawWrite["write"], true>;

export function isRaw(request: WriteRequest): request is RawWrite {
  return Object.hasOwn(rawWrites, request.write);
}

/** The answer, whatever its status. Rejects when none came. */
export function sendRaw(clients: Clients, request: RawWrite): Promise<PipelineResponse> {
  const { backup, network, locks } = clients.apiVersions;
  const at = (id: string, apiVersion: string): string =>
    `${clients.cloud.endpoint}${encoded(id)}?api-version=${apiVersion}`;
  switch (request.write) {
    case "delete-private-endpoint-connection":
      return clients.raw("DELETE", at(request.connection, backup));
    case "delete-private-endpoint":
      return clients.raw("DELETE", at(request.endpoint, network));
    case "remove-lock":
      return clients.raw("DELETE", at(request.lock, locks));
    case "restore-lock": {
      const { lock, level, notes } = request;
      return clients.raw("PUT", at(lock, locks), { properties: { level, ...(notes === undefined ? {} : { notes }) } });
    }
    case "disable-replication":
    case "clean-test-failover":
    case "remove-replication-object":
    case "purge-replication-object":
    case "delete-replication-object":
    case "cancel-replication-job":
      return sendReplication(clients, request);
    default:
      return request satisfies never;
  }
}
