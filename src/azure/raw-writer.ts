// Writes that no SDK method sends without polling on its own, or at all: endpoints and their connections, locks, Site Recovery.

import type { PipelineResponse } from "@azure/core-rest-pipeline";
import type { ArmId } from "../model/arm-id.ts";
import type { WriteRequest } from "../model/write-request.ts";
import type { Clients } from "./clients.ts";
import { errorFromResponse } from "./errors.ts";
import { encoded } from "./operation-address.ts";
import { sendReplication, type ReplicationWrite } from "./replication-writer.ts";
import type { OfWrite, OnResponse } from "./write-answer.ts";

type RawWrite =
  | OfWrite<"delete-private-endpoint-connection" | "delete-private-endpoint" | "remove-lock" | "restore-lock">
  | ReplicationWrite;

const rawWrites: { readonly [W in RawWrite["write"]]: true } = {
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
};

/** Whether the write is one of those that are sent here. */
export function isRaw(request: WriteRequest): request is RawWrite {
  return Object.hasOwn(rawWrites, request.write);
}

/** Throws AzureError for an answer that is a refusal. */
export async function sendRaw(clients: Clients, request: RawWrite, onResponse: OnResponse): Promise<void> {
  const response = await answerTo(clients, request);
  if (response.status >= 400) throw errorFromResponse(response);
  onResponse({ status: response.status, headers: response.headers });
}

function answerTo(clients: Clients, request: RawWrite): Promise<PipelineResponse> {
  const { backup, network, locks } = clients.apiVersions;
  switch (request.write) {
    case "delete-private-endpoint-connection":
      return clients.raw("DELETE", addressOf(clients, request.connection, backup));
    case "delete-private-endpoint":
      return clients.raw("DELETE", addressOf(clients, request.endpoint, network));
    case "remove-lock":
      return clients.raw("DELETE", addressOf(clients, request.lock, locks));
    case "restore-lock":
      return restoreLock(clients, request);
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

function addressOf(clients: Clients, id: ArmId, apiVersion: string): string {
  return `${clients.cloud.endpoint}${encoded(id)}?api-version=${apiVersion}`;
}

function restoreLock(
  clients: Clients,
  { lock, level, notes, owners }: OfWrite<"restore-lock">,
): Promise<PipelineResponse> {
  const kept = {
    ...(notes === undefined ? {} : { notes }),
    ...(owners === undefined ? {} : { owners: owners.map((applicationId) => ({ applicationId })) }),
  };
  return clients.raw("PUT", addressOf(clients, lock, clients.apiVersions.locks), { properties: { level, ...kept } });
}
