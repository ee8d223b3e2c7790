// A request's action, as providers name it.

import { expect, it } from "vitest";
import { actionOf, isRead } from "../../src/azure/request-action.ts";

const group = "https://management.azure.com/subscriptions/s/resourceGroups/g";
const vault = `${group}/providers/Microsoft.RecoveryServices/vaults/v`;

it.each([
  ["GET", `${vault}/backupJobs/1?api-version=2024-04-01`, "microsoft.recoveryservices/vaults/backupjobs/read"],
  ["GET", `${vault}/backupJobs`, "microsoft.recoveryservices/vaults/backupjobs/read"],
  ["DELETE", vault, "microsoft.recoveryservices/vaults/delete"],
  ["PATCH", vault, "microsoft.recoveryservices/vaults/write"],
  ["DELETE", `${vault}/providers/Microsoft.Authorization/locks/l`, "microsoft.authorization/locks/delete"],
])("%s %s is %s", (method, url, action) => {
  expect(actionOf(method, url)).toBe(action);
});

it.each([
  [
    "a query of Resource Graph",
    "POST",
    "https://management.azure.com/providers/Microsoft.ResourceGraph/resources",
    true,
  ],
  [
    "the same in other letters",
    "POST",
    "https://m.test/providers/microsoft.resourcegraph/Resources?api-version=x",
    true,
  ],
  ["what is only called so", "POST", `${vault}/providers/Microsoft.ResourceGraph/resources`, false],
  ["another action of it", "POST", "https://m.test/providers/Microsoft.ResourceGraph/resources/x/action", false],
  ["a removal by POST", "POST", `${vault}/replicationFabrics/f/remove`, false],
  ["a write to the same address", "PUT", "https://m.test/providers/Microsoft.ResourceGraph/resources", false],
])("%s counts as a read or not", (_, method, url, expected) => {
  expect(isRead({ method, url })).toBe(expected);
});
