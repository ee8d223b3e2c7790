// Reading Site Recovery: vault-wide lists, lists below an object, single objects, and the state of operations.
// It must not change anything.
import type { Answer } from "../answers.ts";
import { found, noContent, origin } from "../answers.ts";
import { notImplemented } from "../arm-errors.ts";
import type { Call, Route } from "../call.ts";
import { parameter } from "../call.ts";
import type { Properties } from "../json.ts";
import { lastSegment } from "../names.ts";
import { findOperation } from "../operations.ts";
import { listedReplication } from "../list-lag.ts";
import { pageSize } from "../paging.ts";
import type { Operation, VaultState } from "../state.ts";
import { vaultRoute } from "../vault-scope.ts";
import { azureDate } from "../world-times.ts";
import { body, listedBody } from "./bodies.ts";
import { acceptedFor, pathOf } from "./changes.ts";
import type { ReplicationEntry } from "./entries.ts";
import { below, findEntry, mappingsOf } from "./entries.ts";
import { absent, refused } from "./errors.ts";
import type { ReplicationKind } from "./kinds.ts";
import { kinds, replicationKinds } from "./kinds.ts";

function listAll(kind: ReplicationKind): Route {
  return vaultRoute("GET", kinds[kind].list, (call, vault) => page(call, vault, listedReplication(call, vault, kind)));
}

/** Recorded: a container's mappings are also those of other containers that point at it (A2A_selfcreated_scenarios). */
function listBelow(kind: ReplicationKind): Route {
  const listPath = kinds[kind].path.replace(/\/\{name\}$/u, "");
  return vaultRoute("GET", listPath, (call, vault) => {
    const path = pathOf(call, listPath);
    const container = kind === "containerMappings" ? findEntry(vault, parentOf(path)) : undefined;
    return page(call, vault, container === undefined ? below(vault, path, kind) : mappingsOf(vault, container));
  });
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function getOne(kind: ReplicationKind): Route {
  return vaultRoute("GET", kinds[kind].path, (call, vault) => {
    const path = pathOf(call, kinds[kind].path);
    const entry = findEntry(vault, path);
    return entry === undefined ? absent(call.state, lastSegment(path)) : found(body(vault, entry));
  });
}

/** Recorded: `nextLink` is null on the last page. The token is called `skipToken`, without a `$` (documented). */
function page(call: Call, vault: VaultState, entries: readonly ReplicationEntry[]): Answer {
  // ignoring a filter would answer too much
  if (call.query.has("$filter")) return notImplemented("GET with $filter", call.path);
  const offset = Number(call.query.get("skiptoken") ?? 0);
  if (!Number.isInteger(offset) || offset < 0) {
    return refused(call.state, 400, {
      code: "990017",
      message: `The skipToken '${call.query.get("skiptoken") ?? ""}' is not valid.`,
      possibleCauses: "The token was changed.",
      recommendedAction: "Start from the first page.",
    });
  }
  const end = offset + pageSize(call);
  const value = entries.slice(offset, end).map((entry) => listedBody(vault, entry));
  return found({ value, nextLink: end >= entries.length ? null : nextLink(call, end) });
}

function nextLink(call: Call, offset: number): string {
  return `${origin}${encodeURI(call.path)}?api-version=${call.apiVersion}&skipToken=${offset}`;
}

function operationAt(call: Call, vault: VaultState): Operation | undefined {
  const operation = findOperation(call, vault.id, parameter(call, "id"));
  return operation?.effect.kind === "change-replication" ? operation : undefined;
}

/** Recorded: every member is there, null where it has no value (azext2024__test_siterecovery_A2A_selfcreated_scenarios). */
function operationStatus(call: Call, vault: VaultState): Answer {
  const operation = operationAt(call, vault);
  if (operation === undefined) return absent(call.state, parameter(call, "id"));
  const { id, settled, error, startedAt, completesAt } = operation;
  const outcome = error === undefined ? "Succeeded" : "Failed";
  const notStarted = isNotStarted(operation, call.now);
  const status: Properties = {
    error: settled ? (error ?? null) : null,
    id: null,
    name: id,
    properties: null,
    status: settled ? outcome : notStarted ? "NotStarted" : "InProgress",
    startTime: notStarted ? null : azureDate(startedAt),
    endTime: settled ? azureDate(completesAt) : null,
    percentComplete: null,
  };
  return found(status);
}

/** Recorded for container mappings asked at once (azext2024__test_siterecovery_H2A_B2A_selfcreated_scenarios). */
function isNotStarted({ effect, settled, startedAt }: Operation, now: number): boolean {
  return effect.kind === "change-replication" && !settled && now < startedAt + (effect.beginsAfter ?? 0);
}

/** Unverified: no recording asks here. */
function operationResult(kind: ReplicationKind): Route {
  const path = `${kinds[kind].path}/operationresults/{id}`;
  return vaultRoute("GET", path, (call, vault) => {
    const operation = operationAt(call, vault);
    if (operation === undefined) return absent(call.state, parameter(call, "id"));
    if (operation.settled) {
      return operation.error === undefined ? noContent : { status: 400, body: { error: operation.error } };
    }
    const entry = findEntry(vault, pathOf(call, kinds[kind].path));
    return entry === undefined ? noContent : acceptedFor(call, vault, entry, operation);
  });
}

const nested = replicationKinds.filter((kind) => kinds[kind].path.split("/").length > 2);
const single = replicationKinds.filter((kind) => kind !== "appliances");
const changing = replicationKinds.filter((kind) => kind === "jobs" || kinds[kind].verbs.length > 0);

export const replicationReadingRoutes: readonly Route[] = [
  ...replicationKinds.map(listAll),
  ...nested.map(listBelow),
  ...single.map(getOne),
  vaultRoute("GET", "replicationOperationStatus/{id}", operationStatus),
  ...changing.map(operationResult),
];
