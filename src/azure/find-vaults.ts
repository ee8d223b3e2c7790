// The vaults of a subscription or a resource group, of either sort, side by side. It must not choose between them.

import { vaultId, vaultKinds, vaultTypes, type Scope, type VaultKind } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import { asResource, collect, dataProtectionOf, listRaw } from "./arm-answers.ts";
import type { Clients } from "./clients.ts";
import { createVaultReader } from "./vault-reader.ts";

export type FoundVault = { readonly id: string; readonly name: string; readonly location: string };

/** Where vaults are looked for; without a group in the whole subscription, without a kind those of both. */
export type Where = {
  readonly subscriptionId: string;
  readonly resourceGroup: string | undefined;
  readonly kind: VaultKind | undefined;
};

export type FoundVaults = {
  readonly vaults: readonly FoundVault[];
  /** The list the caller may not read: vaults of this kind may stand there unseen. */
  readonly unseen?: { readonly kind: VaultKind; readonly refusal: AzureError };
};

/**
 * Lists them in one round. Where Azure lets the caller see one kind alone, the other is told as unseen; throws AzureError
 * where it shows neither, and for every other refusal.
 */
export async function findVaults(clients: Clients, where: Where): Promise<FoundVaults> {
  const asked = vaultKinds.filter((kind) => where.kind === undefined || kind === where.kind);
  const answers = await Promise.all(asked.map((kind) => listKind(clients, where, kind)));
  const refused = answers.flatMap((answer) => ("refusal" in answer ? answer : []));
  const [unseen] = refused;
  if (unseen !== undefined && refused.length === asked.length) throw unseen.refusal;
  const vaults = answers.flatMap((answer) => ("vaults" in answer ? answer.vaults : []));
  return { vaults, ...(unseen === undefined ? {} : { unseen }) };
}

type Answer = { readonly vaults: readonly FoundVault[] } | { readonly kind: VaultKind; readonly refusal: AzureError };

async function listKind(clients: Clients, where: Where, kind: VaultKind): Promise<Answer> {
  try {
    return { vaults: await lists[kind](clients, where) };
  } catch (error) {
    if (!(error instanceof AzureError)) throw error;
    if (lacksKind(error)) return { vaults: [] };
    if (error.status !== 403) throw error;
    return { kind, refusal: error };
  }
}

/** Azure's words for a cloud or a subscription that has no such vaults at all; no recording shows them. */
const lackingCodes =
  /^(NoRegisteredProviderFound|InvalidResourceType|InvalidResourceNamespace|MissingSubscriptionRegistration)$/i;

function lacksKind({ code }: AzureError): boolean {
  return lackingCodes.test(code);
}

const lists: {
  readonly [K in VaultKind]: (clients: Clients, where: Where) => Promise<readonly FoundVault[]>;
} = {
  "recovery-services": async (clients, { subscriptionId, resourceGroup }) => {
    const { vaults } = await clients.vaults(subscriptionId, "reads");
    const inGroup = resourceGroup === undefined ? undefined : vaults.listByResourceGroup(resourceGroup);
    return (await collect(inGroup ?? vaults.listBySubscriptionId())).map(found);
  },
  backup: (clients, { subscriptionId, resourceGroup }) => {
    const group = resourceGroup === undefined ? "" : `/resourceGroups/${encodeURIComponent(resourceGroup)}`;
    const path = `/subscriptions/${encodeURIComponent(subscriptionId)}${group}/providers/${vaultTypes.backup}`;
    const address = `${path}?api-version=${clients.apiVersions.dataProtectionReads}`;
    return listRaw(dataProtectionOf(clients), address, (entry) => found(asResource(entry)));
  },
};

function found({ id, name, location }: { id: string; name: string; location?: string }): FoundVault {
  return { id, name, location: location ?? "" };
}

/** Whether the vault answers at all; the id need not come from a list. Throws AzureError. */
export async function findVault(clients: Clients, scope: Scope): Promise<FoundVault | undefined> {
  const vault = await createVaultReader(clients, scope).vault();
  return vault === undefined
    ? undefined
    : { id: vault.id === "" ? vaultId(scope) : vault.id, name: vault.name, location: vault.location ?? "" };
}
