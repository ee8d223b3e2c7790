// A request's action, as providers name it.

import { expect, it } from "vitest";
import { actionOf } from "../../src/azure/request-action.ts";

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
