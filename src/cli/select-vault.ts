// Which vault is meant: by full id, by name, or the only one there is. A name that fits several vaults is an error that lists them.

import { findVault, findVaults, type FoundVault, type FoundVaults } from "../azure/find-vaults.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import { vaultKindOf, vaultWords, type Scope, type VaultKind } from "../model/arm-id.ts";
import type { ConnectionArguments } from "./options.ts";
import { say } from "./streams.ts";
import { UserError } from "./user-error.ts";
import { scopeFromId } from "./vault-by-id.ts";
import type { Session } from "./wire.ts";

export type Selection =
  | { readonly found: "one"; readonly scope: Scope; readonly vault: FoundVault }
  /** There is no vault at all where one was looked for, and none was named. */
  | { readonly found: "none"; readonly what: string; readonly where: string }
  | Unknown;

type Unknown = {
  readonly found: "unknown";
  readonly name: string;
  readonly where: string;
  readonly others: readonly string[];
};

/** Throws UserError when too much fits or nothing can be looked for, AzureError when Azure refuses. */
export async function selectVault(session: Session, options: ConnectionArguments): Promise<Selection> {
  const clients = session.clients(apiVersionProfiles.soft);
  const named = options.vault;
  const kind = options.kind as VaultKind | undefined;
  if (named !== undefined && named.includes("/")) {
    const scope = scopeFromId(named, kind);
    const vault = await findVault(clients, scope);
    if (vault === undefined) return { found: "unknown", name: named, where: "Azure", others: [] };
    return { found: "one", scope, vault };
  }
  const subscriptionId = subscriptionOf(session, named);
  const { resourceGroup } = options;
  const { vaults, unseen } = await findVaults(clients, { subscriptionId, resourceGroup, kind });
  if (unseen !== undefined) sayUnseen(unseen);
  const where = resourceGroup === undefined ? `subscription ${subscriptionId}` : `resource group ${resourceGroup}`;
  const fitting =
    named === undefined ? vaults : vaults.filter((vault) => vault.name.toLowerCase() === named.toLowerCase());
  const [vault] = fitting;
  if (vault === undefined)
    return named === undefined
      ? { found: "none", what: kind === undefined ? "vault of either kind" : vaultWords[kind], where }
      : { found: "unknown", name: named, where, others: vaults.map((other) => other.name) };
  if (fitting.length > 1) throw ambiguous(named, where, fitting);
  return { found: "one", scope: scopeFromId(vault.id), vault };
}

function sayUnseen({ kind, refusal }: NonNullable<FoundVaults["unseen"]>): void {
  const { code, message } = refusal;
  say(`the list of ${vaultWords[kind]}s was refused, one of the same name would not be seen: ${code}: ${message}`);
}

/** The error for a vault that was named and is not there. */
export function notFound({ name, where, others }: Unknown): UserError {
  const listed =
    others.length === 0 ? "it has none" : `it has ${others.slice(0, 5).join(", ")}${others.length > 5 ? ", …" : ""}`;
  const hint =
    where === "Azure"
      ? "check the id, or list with az backup vault list"
      : `${listed}; check --vault, --resource-group and --subscription`;
  return new UserError(`vault ${name} was not found in ${where}: ${hint}`);
}

function subscriptionOf(session: Session, named: string | undefined): string {
  if (session.subscription === undefined)
    throw new UserError(
      "no subscription is named: give --subscription, set AZURE_SUBSCRIPTION_ID, or give --vault a full id",
    );
  if (named === undefined && session.azure === session.cloud.name)
    throw new UserError("no vault is named: give --vault <name or full resource id>");
  return session.subscription;
}

function ambiguous(name: string | undefined, where: string, fitting: readonly FoundVault[]): UserError {
  const kinds = new Set(fitting.map(({ id }) => vaultKindOf(id)));
  const candidates = fitting
    .slice(0, 20)
    .map(({ id }) => `  ${kinds.size > 1 ? `${vaultKindOf(id) ?? ""}  ` : ""}${id}`);
  const what =
    name === undefined ? `${where} has ${fitting.length} vaults` : `${fitting.length} vaults are named ${name}`;
  const ways = ["--vault <full id>", ...(kinds.size > 1 ? ["--kind"] : []), "--resource-group"];
  return new UserError(`${what}: name one with ${ways.slice(0, -1).join(", ")} or ${ways.at(-1) ?? ""}:`, candidates);
}
