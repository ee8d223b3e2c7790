// Protecting, stopping and resuming the protection of a data source, and asking whether it could be protected.
// It must not delete instances or bring them back.
import type { Answer } from "../answers.ts";
import type { Call, Route } from "../call.ts";
import { parameter } from "../call.ts";
import { invalidInput } from "../arm-errors.ts";
import { dataProtectionError, dataProtectionNotFound } from "../data-protection-errors.ts";
import type { Properties } from "../json.ts";
import { isObject, object, text } from "../json.ts";
import { sameName } from "../names.ts";
import { takes } from "../operation-times.ts";
import { signedUrl } from "../operations.ts";
import { refusedWrite } from "../resource-guards.ts";
import type { State } from "../state.ts";
import { replaceVault, states } from "./changes.ts";
import type { BackupVaultOperation } from "./latencies.ts";
import { acceptedChange, startChange } from "./operations.ts";
import { backupVaultChild, backupVaultRoute, backupVaultType } from "./vault-scope.ts";
import type { WorldBackupInstance, WorldBackupVault } from "./world-backup-vault.ts";

const kind = "change-backup-vault";
const places = { status: "vault", result: "subscription" } as const;
const active = ["ProtectionConfigured", "ConfiguringProtection", "UpdatingProtection"];

function stateOf({ properties }: WorldBackupInstance): string {
  return text(properties, "currentProtectionState");
}

function sourceOf(properties: Properties): string {
  return text(object(properties, "dataSourceInfo"), "resourceID");
}

function instanceNamed(call: Call, instances: readonly WorldBackupInstance[]): WorldBackupInstance | undefined {
  return instances.find(({ name }) => sameName(name, parameter(call, "name")));
}

type Wanted = { readonly state: string; readonly takes: BackupVaultOperation; readonly guarded?: string };

/** Recorded: 202, and the state once it is done (azext2024__test_dataprotection_backup_instance_update_protection). */
function changeState(call: Call, vault: WorldBackupVault, wanted: Wanted): Answer {
  const instance = instanceNamed(call, vault.backupInstances);
  if (instance === undefined) return dataProtectionNotFound();
  const refusal =
    wanted.guarded === undefined
      ? undefined
      : refusedWrite(call, vault, `${backupVaultType}/backupInstances/${wanted.guarded}`, call.body ?? {});
  if (refusal !== undefined) return refusal;
  const change = { kind, change: "protect", instance: instance.name, state: wanted.state } as const;
  const operation = startChange(call, vault.id, change, takes(call.state, wanted.takes));
  return acceptedChange(call, vault.location, operation, places);
}

/** Recorded: 200 where it is protected (azext2024__test_dataprotection_backup_instance_softdelete). */
function resume(call: Call, vault: WorldBackupVault): Answer {
  const instance = instanceNamed(call, vault.backupInstances);
  if (instance === undefined) return dataProtectionNotFound();
  if (stateOf(instance) === "ProtectionConfigured") return { status: 200 };
  const other = protectedAs(call.state, `${vault.id}/backupInstances/${instance.name}`, sourceOf(instance.properties));
  if (other !== undefined) return alreadyProtected(call, other);
  return changeState(call, vault, { state: "ProtectionConfigured", takes: "resumeProtection" });
}

type Other = { readonly vault: string; readonly instance: WorldBackupInstance };

/** Another instance, of whichever vault, that protects the same data source. */
function protectedAs(state: State, except: string, source: string): Other | undefined {
  for (const vault of state.backupVaults)
    for (const instance of vault.backupInstances) {
      const isOther = !sameName(`${vault.id}/backupInstances/${instance.name}`, except);
      if (isOther && active.includes(stateOf(instance)) && sameName(sourceOf(instance.properties), source))
        return { vault: vault.id, instance };
    }
  return undefined;
}

/** Recorded for resumeProtection (azext2024__test_dataprotection_backup_instance_softdelete), elsewhere unverified. */
export function alreadyProtected(call: Call, { vault, instance }: Other): Answer {
  const code = "UserErrorDppDatasourceAlreadyHasBackupInstance";
  const name = text(instance.properties, "friendlyName");
  const message = `Datasource is already associated with the backup instance ${name} in the Backup vault ${vault} with the protection status as ${stateOf(instance)}.`;
  return dataProtectionError(call.state, { status: 400, code, message });
}

/** Recorded: 202; the emulator finds nothing in the way of a backup. */
function validate(call: Call, vault: WorldBackupVault): Answer {
  const operation = startChange(call, vault.id, { kind, change: "nothing" }, takes(call.state, "validateForBackup"));
  return acceptedChange(call, vault.location, operation, places);
}

/**
 * Recorded: 201 with the instance, which is configured some time after its operation has ended
 * (azext2024__test_dataprotection_backup_instance_create_and_delete_disk). What stands already is unverified.
 */
function putInstance(call: Call, vault: WorldBackupVault): Answer {
  const name = parameter(call, "name");
  const given = object(call.body ?? {}, "properties");
  const before = instanceNamed(call, vault.backupInstances);
  const isChanged = before !== undefined;
  const refusal = isChanged ? refusedWrite(call, vault, `${backupVaultType}/backupInstances/write`, given) : undefined;
  if (refusal !== undefined) return refusal;
  const source = sourceOf(given);
  if (source === "") return invalidInput("The data source of the backup instance is missing.");
  const deleted = vault.deletedBackupInstances.find(
    (other) => sameName(other.name, name) || sameName(sourceOf(other.properties), source),
  );
  const inTheWay =
    deleted === undefined
      ? protectedAs(call.state, `${vault.id}/backupInstances/${name}`, source)
      : { vault: vault.id, instance: deleted };
  if (inTheWay !== undefined) return alreadyProtected(call, inTheWay);
  const instance = configuring(call, { name, given, before });
  const others = vault.backupInstances.filter((other) => other !== before);
  replaceVault(call.state, { ...vault, backupInstances: [...others, instance] }, call.now);
  const operation = startChange(
    call,
    vault.id,
    { kind, change: "nothing" },
    takes(call.state, "configureBackupInstance"),
  );
  const change = { kind, change: "protect", instance: instance.name, state: "ProtectionConfigured" } as const;
  startChange(call, vault.id, change, takes(call.state, "protectBackupInstance"));
  const status = signedUrl(call, `${vault.id}/operationStatus/${operation.id}`);
  const properties = { ...instance.properties, provisioningState: "Provisioning" };
  return {
    status: isChanged ? 200 : 201,
    headers: { "Azure-AsyncOperation": status, "Retry-After": "10" },
    body: backupVaultChild(vault, "backupInstances", { ...instance, properties }),
  };
}

type Put = {
  readonly name: string;
  readonly given: Properties;
  readonly before: WorldBackupInstance | undefined;
};

function configuring(call: Call, { name, given, before }: Put): WorldBackupInstance {
  const source = object(given, "dataSourceInfo");
  const { tags } = call.body ?? {};
  return {
    ...before,
    ...(isObject(tags) ? { tags } : {}),
    name: before?.name ?? name,
    properties: {
      friendlyName: text(source, "resourceName"),
      ...given,
      ...states(before === undefined ? "ConfiguringProtection" : "UpdatingProtection"),
      provisioningState: "Succeeded",
      objectType: "BackupInstance",
    },
  };
}

const instancePath = "backupInstances/{name}";
const post = (action: string, answer: (call: Call, vault: WorldBackupVault) => Answer): Route =>
  backupVaultRoute("POST", `${instancePath}/${action}`, answer);

export const protectionRoutes: readonly Route[] = [
  post("stopProtection", (call, vault) =>
    changeState(call, vault, {
      state: "ProtectionStopped",
      takes: "stopProtection",
      guarded: "stopProtection/action",
    }),
  ),
  post("suspendBackups", (call, vault) =>
    changeState(call, vault, {
      state: "BackupsSuspended",
      takes: "suspendBackups",
      guarded: "suspendBackups/action",
    }),
  ),
  post("resumeProtection", resume),
  // documented: for suspended backups, for which recorded clients resume protection
  post("resumeBackups", resume),
  backupVaultRoute("PUT", instancePath, putInstance),
  backupVaultRoute("POST", "validateForBackup", validate),
];
