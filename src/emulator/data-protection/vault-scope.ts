// Routes inside a Backup vault: finds the vault first and gives ARM's own 404 when it is not there.
// It must not know what stands in a vault.
import type { Answer } from "../answers.ts";
import type { Call, Route } from "../call.ts";
import type { Json, Properties } from "../json.ts";
import { lastSegment, sameName } from "../names.ts";
import type { State } from "../state.ts";
import { routeUnder, vaultIdOf } from "../vault-scope.ts";
import type { WorldResource } from "../world.ts";
import type { WorldBackupVault, WorldTagged } from "./world-backup-vault.ts";

export const backupVaultType = "Microsoft.DataProtection/backupVaults";

type VaultAnswer = (call: Call, vault: WorldBackupVault) => Answer;

/** `absent` answers when there is no such vault; without it, ARM's 404 does. */
export function backupVaultRoute(
  method: string,
  tail: string,
  answer: VaultAnswer,
  absent?: (call: Call) => Answer,
): Route {
  const find = (call: Call): WorldBackupVault | undefined => standingVault(call.state, backupVaultIdOf(call));
  return routeUnder({ type: backupVaultType, find }, { method, tail, answer, absent });
}

/** The id of the vault a request names, whether it stands or not. */
export function backupVaultIdOf(call: Call): string {
  return vaultIdOf(call, backupVaultType);
}

export function standingVault(state: State, id: string): WorldBackupVault | undefined {
  return state.backupVaults.find((vault) => sameName(vault.id, id));
}

export function backupVaultBody(vault: WorldBackupVault): Properties {
  const { id, location, tags, identity, properties } = vault;
  return {
    location,
    ...(tags === undefined ? {} : { tags }),
    ...(identity === undefined ? {} : { identity }),
    properties,
    id,
    name: lastSegment(id),
    type: backupVaultType,
  };
}

/** Recorded: its type is that of no vault (azext2024__test_dataprotection_resource_guard_mapping). */
export function proxyBody(vault: WorldBackupVault, { name, properties }: WorldResource): Json {
  const id = `${vault.id}/backupResourceGuardProxies/${name}`;
  return { properties, id, name, type: "Microsoft.DataProtection/vaults/backupResourceGuardProxies" };
}

/** Properties, id, name and type of a thing directly under the vault, in the recorded order. */
export function backupVaultChild(vault: WorldBackupVault, segment: string, child: WorldTagged): Json {
  const { name, properties, tags } = child;
  const body = { properties, id: `${vault.id}/${segment}/${name}`, name, type: `${backupVaultType}/${segment}` };
  return tags === undefined ? body : { tags, ...body };
}
