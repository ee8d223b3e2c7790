// Causes the errors that Azure was recorded to give for no reason of the vault's: throttling, time-outs, internal errors.
// It must not expect any of them to have an effect.
import type { WorldFault } from "../../../src/emulator/faults/fault.ts";
import { loadWorld } from "../../../src/emulator/worlds.ts";
import { clientOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";

type Failure = {
  readonly apiVersion: string;
  readonly method: string;
  /** Below the vault. */
  readonly path: string;
  readonly status: number;
  readonly code: string;
};

const container = "backupFabrics/Azure/protectionContainers/VMAppContainer;Compute;rg-data-uks;vm-sql-01";
const id = "11111111-2222-4333-8444-555555555555";
const job = `backupJobs/${id}`;
const operation = `backupOperations/${id}`;
const policy = "backupPolicies/DefaultPolicy";

/** Each was recorded with an api-version of the same era. */
const failures: readonly Failure[] = [
  { apiVersion: "2022-06-01-preview", method: "GET", path: job, status: 429, code: "ResourceRequestsThrottled" },
  { apiVersion: "2023-04-01", method: "GET", path: job, status: 500, code: "InternalServerError" },
  { apiVersion: "2023-04-01", method: "GET", path: job, status: 500, code: "CloudStorageUnexpectedError" },
  { apiVersion: "2022-06-01-preview", method: "GET", path: operation, status: 500, code: "RestApiInternalError" },
  { apiVersion: "2016-12-01", method: "GET", path: operation, status: 502, code: "InvalidGatewayHost" },
  { apiVersion: "2022-06-01-preview", method: "GET", path: policy, status: 500, code: "CloudInternalError" },
  { apiVersion: "2023-01-01", method: "GET", path: policy, status: 500, code: "CloudInternalError" },
  { apiVersion: "2021-10-01", method: "GET", path: policy, status: 500, code: "RestApiInternalError" },
  { apiVersion: "2022-06-01-preview", method: "DELETE", path: policy, status: 504, code: "GatewayTimeout" },
  { apiVersion: "2023-01-01", method: "DELETE", path: policy, status: 504, code: "GatewayTimeout" },
  { apiVersion: "2021-03-01", method: "PATCH", path: "", status: 500, code: "InternalResourceIdentityError" },
  {
    apiVersion: "2022-06-01-preview",
    method: "GET",
    path: `${container}/operationResults/${id}`,
    status: 503,
    code: "ServerTimeout",
  },
];

export async function meetFailures(): Promise<readonly Exchange[]> {
  const runs: (readonly Exchange[])[] = [];
  for (const failure of failures) runs.push(await meet(failure));
  return [...runs.flat(), ...(await failValidation())];
}

/** Recorded: a Backup vault without rights on the data source is told so once its operation has ended. */
async function failValidation(): Promise<readonly Exchange[]> {
  const code = "UserErrorMissingRequiredPermissions";
  const fault = {
    kind: "fails",
    code,
    message: "Appropriate permissions to perform the operation are missing.",
  } as const;
  const faults: readonly WorldFault[] = [{ match: { path: "*/validateForBackup" }, fault }];
  const client = clientOf({ ...loadWorld("backup-vault"), faults }, "2022-04-01", "backup-vault, failing");
  const vaultId = client.emulator.world().backupVaults?.[0]?.id ?? "";
  const accepted = await client.send("POST", `${vaultId}/validateForBackup`, {});
  await client.follow(accepted, "azure-asyncoperation", 30);
  return client.exchanges;
}

async function meet({ apiVersion, method, path, status, code }: Failure): Promise<readonly Exchange[]> {
  const faults: readonly WorldFault[] = [{ match: { method }, fault: { kind: "status", status, code } }];
  const client = clientOf({ ...loadWorld("classic"), faults }, apiVersion, `classic, failing with ${status}`);
  const vaultId = client.emulator.world().vaults[0]?.id ?? "";
  await client.send(method, path === "" ? vaultId : `${vaultId}/${path}`, ...(method === "PATCH" ? [{}] : []));
  return client.exchanges;
}
