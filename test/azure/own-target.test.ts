// The last gate before a write: this vault, something in it, or a private endpoint; nothing else, whoever asks.

import { describe, expect, it } from "vitest";
import { requireOwnTarget } from "../../src/azure/own-target.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";

const scope = { kind: "recovery-services" as const, subscriptionId: "s", resourceGroup: "g", name: "v" };
const vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";
const endpoint = "/subscriptions/other/resourceGroups/n/providers/Microsoft.Network/privateEndpoints/pe";

const lock = armId("/subscriptions/other/providers/Microsoft.Authorization/locks/frozen");

describe("a write to a lock", () => {
  it.each<WriteRequest>([
    { write: "remove-lock", lock },
    { write: "restore-lock", lock: armId(lock.toUpperCase()), level: "ReadOnly" },
  ])("goes out for a lock the plan names, anywhere: $write", (request) => {
    expect(() => requireOwnTarget(scope, request, [lock])).not.toThrow();
  });

  it.each<[string, readonly ReturnType<typeof armId>[], ReturnType<typeof armId>]>([
    ["a lock no plan names", [], lock],
    ["a lock below one the plan names", [lock], armId(`${lock}/x`)],
    [
      "a lock on the vault that the plan does not name",
      [lock],
      armId(`${vault}/providers/Microsoft.Authorization/locks/x`),
    ],
    ["what is no lock, whatever the plan names", [armId(vault)], armId(vault)],
    [
      "a path that climbs out of the vault, though the plan names it",
      [armId(`${vault}/../../../../../other/providers/Microsoft.Authorization/locks/x`)],
      armId(`${vault}/../../../../../other/providers/Microsoft.Authorization/locks/x`),
    ],
    [
      "a lock whose name climbs, though the plan names it",
      [armId(`${vault}/providers/Microsoft.Authorization/locks/..`)],
      armId(`${vault}/providers/Microsoft.Authorization/locks/..`),
    ],
  ])("does not go out for %s", (_what, named, target) => {
    expect(() => requireOwnTarget(scope, { write: "remove-lock", lock: target }, named)).toThrow(/is not sent/);
  });
});

describe("a write", () => {
  it.each<[string, WriteRequest]>([
    ["to the vault in another spelling", { write: "delete-vault", vault: armId(vault.toUpperCase()) }],
    ["to an item in it", { write: "delete-protected-item", item: armId(`${vault}/backupFabrics/Azure/x`) }],
    ["to a fabric in it", { write: "remove-replication-object", target: armId(`${vault}/replicationFabrics/f`) }],
    [
      "to a connection of it",
      { write: "delete-private-endpoint-connection", connection: armId(`${vault}/PrivateEndpointConnections/c`) },
    ],
    ["to an endpoint of any subscription", { write: "delete-private-endpoint", endpoint: armId(endpoint) }],
  ])("may go %s", (_where, request) => {
    expect(() => requireOwnTarget(scope, request)).not.toThrow();
  });

  it.each<[string, WriteRequest]>([
    ["another vault", { write: "delete-vault", vault: armId(`${vault}2`) }],
    ["a vault's part for the vault", { write: "delete-vault", vault: armId(`${vault}/backupJobs/j`) }],
    ["an item of another vault", { write: "delete-protected-item", item: armId(`${vault}2/backupFabrics/Azure/x`) }],
    ["a path that climbs out", { write: "unregister-container", container: armId(`${vault}/../other`) }],
    [
      "a resource group for an endpoint",
      { write: "delete-private-endpoint", endpoint: armId("/subscriptions/s/resourceGroups/g") },
    ],
    [
      "an endpoint by a path that climbs",
      { write: "delete-private-endpoint", endpoint: armId(endpoint.replace("/n/", "/../")) },
    ],
    ["an endpoint's parent", { write: "delete-private-endpoint", endpoint: armId(endpoint.replace(/pe$/, "..")) }],
    ["the vault by a server's name that climbs", { write: "unregister-server", vault: armId(vault), identity: ".." }],
    [
      "a lock on the vault as a connection",
      {
        write: "delete-private-endpoint-connection",
        connection: armId(`${vault}/providers/Microsoft.Authorization/locks/x`),
      },
    ],
    [
      "a lock below a fabric as a fabric",
      {
        write: "purge-replication-object",
        target: armId(`${vault}/replicationFabrics/f/providers/Microsoft.Authorization/locks/x`),
      },
    ],
    [
      "a backup item as an object of Site Recovery",
      {
        write: "delete-replication-object",
        target: armId(`${vault}/backupFabrics/Azure/protectionContainers/c/protectedItems/i`),
      },
    ],
    [
      "a setting as a backup item",
      { write: "undelete-protected-item", item: armId(`${vault}/backupconfig/vaultconfig`), itemType: "x" },
    ],
    ["a fabric as a job", { write: "cancel-replication-job", job: armId(`${vault}/replicationFabrics/f`) }],
    ["something below an endpoint", { write: "delete-private-endpoint", endpoint: armId(`${endpoint}/x`) }],
    [
      "an endpoint with a query",
      { write: "delete-private-endpoint", endpoint: armId(`${endpoint}?x=/privateEndpoints/y`) },
    ],
  ])("may not go to %s", (_where, request) => {
    expect(() => requireOwnTarget(scope, request)).toThrow(/is not sent/);
  });
});
