// Deleted vaults of a location: the list and one of them. It must not bring a vault back.
import type { Answer } from "./answers.ts";
import { found } from "./answers.ts";
import { notImplemented, serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Json } from "./json.ts";
import { text } from "./json.ts";
import { sameName } from "./names.ts";
import type { WorldDeletedVault } from "./world.ts";

const path = "subscriptions/{subscription}/providers/Microsoft.RecoveryServices/locations/{location}/deletedVaults";

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

function body(call: Call, { name, location, properties }: WorldDeletedVault): Json {
  const base = `/subscriptions/${parameter(call, "subscription")}/providers/Microsoft.RecoveryServices/locations`;
  const id = `${base}/${location}/deletedVaults/${name}`;
  return { id, name, type: "Microsoft.RecoveryServices/locations/deletedVaults", location, properties };
}

function getDeleted(call: Call): Answer {
  const wanted = parameter(call, "deletedVault");
  const entry = deletedHere(call).find(({ name }) => sameName(name, wanted));
  if (entry !== undefined) return found(body(call, entry));
  return serviceError(404, "ResourceNotFound", `The deleted vault '${wanted}' was not found.`);
}

export const deletedVaultRoutes: readonly Route[] = [
  { method: "GET", path, answer: (call) => found({ value: deletedHere(call).map((entry) => body(call, entry)) }) },
  { method: "GET", path: `${path}/{deletedVault}`, answer: getDeleted },
  {
    method: "POST",
    path: `${path}/{deletedVault}/undelete`,
    answer: (call) => notImplemented("POST", call.path),
  },
];
