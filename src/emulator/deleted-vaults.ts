// Deleted vaults of a location: the list and one of them. It must not bring a vault back.
import type { Answer } from "./answers.ts";
import { found } from "./answers.ts";
import { serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Properties } from "./json.ts";
import { text } from "./json.ts";
import { sameName } from "./names.ts";
import type { WorldDeletedVault } from "./world.ts";

export const deletedVaultPath =
  "subscriptions/{subscription}/providers/Microsoft.RecoveryServices/locations/{location}/deletedVaults";

/** Recorded: sorted by name, one page (azcli2026p__test_vault_soft_delete_misc_operations). */
function deletedHere(call: Call): readonly WorldDeletedVault[] {
  return call.state.deletedVaults
    .filter(
      ({ location, properties }) =>
        sameName(location, parameter(call, "location")) &&
        sameName(text(properties, "vaultId").split("/")[2] ?? "", parameter(call, "subscription")),
    )
    .toSorted((one, other) => one.name.toLowerCase().localeCompare(other.name.toLowerCase()));
}

export function deletedVaultBody(call: Call, { name, location, properties }: WorldDeletedVault): Properties {
  const base = `/subscriptions/${parameter(call, "subscription")}/providers/Microsoft.RecoveryServices/locations`;
  const id = `${base}/${location}/deletedVaults/${name}`;
  return { id, name, type: "Microsoft.RecoveryServices/locations/deletedVaults", location, properties };
}

export function findDeletedVault(call: Call): WorldDeletedVault | undefined {
  return deletedHere(call).find(({ name }) => sameName(name, parameter(call, "deletedVault")));
}

export function noDeletedVault(call: Call): Answer {
  return serviceError(404, "ResourceNotFound", `The deleted vault '${parameter(call, "deletedVault")}' was not found.`);
}

function getDeleted(call: Call): Answer {
  const entry = findDeletedVault(call);
  return entry === undefined ? noDeletedVault(call) : found(deletedVaultBody(call, entry));
}

function listDeleted(call: Call): Answer {
  return found({ value: deletedHere(call).map((entry) => deletedVaultBody(call, entry)) });
}

export const deletedVaultRoutes: readonly Route[] = [
  { method: "GET", path: deletedVaultPath, answer: listDeleted },
  { method: "GET", path: `${deletedVaultPath}/{deletedVault}`, answer: getDeleted },
];
