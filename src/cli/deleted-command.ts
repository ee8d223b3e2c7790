// `deleted`: what was deleted and can be brought back, in the locations of a subscription or in one vault. Writes nothing to Azure.

import { createVaultReader } from "../azure/vault-reader.ts";
import { findDeletedContents } from "../discovery/deleted-contents.ts";
import { findDeletedVaults } from "../discovery/deleted-vaults.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import { segmentAfter, vaultKinds, vaultWords, type VaultKind } from "../model/arm-id.ts";
import type { DeletedVaults, Refusal } from "../model/deleted.ts";
import {
  deletedContentsDocument,
  deletedContentsText,
  deletedVaultsDocument,
  deletedVaultsText,
} from "../reporting/deleted-text.ts";
import { deletedVaultSources, knowingWhatTheyHeld, locationsToAsk } from "./deleted-sources.ts";
import type { DeletedArguments } from "./options.ts";
import { notFound, selectVault } from "./select-vault.ts";
import { print, printJson, say, sayWait } from "./streams.ts";
import { UserError } from "./user-error.ts";
import { openSession, type Session } from "./wire.ts";

/** Returns the exit code: 1 where something was refused, with the rest shown. Throws UserError and AzureError. */
export async function deletedCommand(options: DeletedArguments): Promise<number> {
  if (options.vault !== undefined && options.location !== undefined)
    throw new UserError(
      `--location ${options.location} lists deleted vaults, --vault what is deleted in one that stands: give one of them`,
    );
  const session = await openSession(options, sayWait);
  return options.vault === undefined ? deletedVaults(session, options) : deletedContents(session, options);
}

async function deletedVaults(session: Session, options: DeletedArguments): Promise<number> {
  const { subscription } = session;
  if (subscription === undefined)
    throw new UserError("no subscription is named: give --subscription or set AZURE_SUBSCRIPTION_ID");
  const clients = session.clients(apiVersionProfiles.soft);
  const locations = await locationsToAsk(clients, subscription, options.location);
  const kinds = options.kind === undefined ? vaultKinds : [options.kind as VaultKind];
  const sources = deletedVaultSources(clients, subscription, kinds);
  const everywhere = await findDeletedVaults(sources, locations, session.clock.now());
  const meant = ofGroup(everywhere, options.resourceGroup);
  const found = { ...meant, vaults: await knowingWhatTheyHeld(clients, subscription, meant.vaults) };
  const asked = { subscription, kinds, locations };
  if (options.format === "json") printJson(deletedVaultsDocument(found, asked), 2);
  else print(deletedVaultsText(found, asked));
  for (const { kind, location, ...refusal } of found.refused)
    say(`location ${location} was refused, its deleted ${vaultWords[kind]}s are not listed: ${refusalText(refusal)}`);
  return found.refused.length > 0 ? 1 : 0;
}

function refusalText({ status, code, message }: Refusal): string {
  const next = status === 403 ? "an owner must grant you Reader there" : "run the same command again";
  return `${code}: ${message} (${next})`;
}

function ofGroup(found: DeletedVaults, group: string | undefined): DeletedVaults {
  if (group === undefined) return found;
  const wanted = group.toLowerCase();
  const isThere = (id: string): boolean => segmentAfter(id, "resourceGroups")?.toLowerCase() === wanted;
  return { ...found, vaults: found.vaults.filter(({ vaultId }) => isThere(vaultId)) };
}

async function deletedContents(session: Session, options: DeletedArguments): Promise<number> {
  const selection = await selectVault(session, options);
  if (selection.found !== "one") {
    const { message } =
      selection.found === "unknown"
        ? notFound(selection)
        : new UserError(`${selection.where} has no ${selection.what}`);
    throw new UserError(message, ["if the vault itself was deleted, deleted without --vault lists it"]);
  }
  const { scope, vault } = selection;
  const reader = createVaultReader(session.clients(apiVersionProfiles.soft), scope);
  const found = await findDeletedContents(reader, session.clock.now());
  if (options.format === "json") printJson(deletedContentsDocument(found, { id: vault.id, kind: scope.kind }), 2);
  else print(deletedContentsText(found, { name: vault.name, kind: scope.kind }));
  for (const refused of found.refused)
    say(`the list of ${refused.list} was refused, it is not shown: ${refusalText(refused)}`);
  return found.refused.length > 0 ? 1 : 0;
}
