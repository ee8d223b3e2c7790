// Routes inside a vault: finds the vault first and gives ARM's own 404 when it is not there.
// It must not know what stands in a vault.
import type { Answer } from "./answers.ts";
import { resourceGroupNotFound, resourceNotFound } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Json, Properties } from "./json.ts";
import { sameName } from "./names.ts";
import type { VaultState } from "./state.ts";

export const vaultType = "Microsoft.RecoveryServices/vaults";

type VaultAnswer = (call: Call, vault: VaultState) => Answer;

/** `absent` answers when there is no such vault; without it, ARM's 404 does. */
export function vaultRoute(
  method: string,
  tail: string,
  answer: VaultAnswer,
  absent?: (call: Call) => Answer | undefined,
): Route {
  return routeUnder({ type: vaultType, find: findVault }, { method, tail, answer, absent });
}

/** A sort of vault: its ARM type, and where the one that a call names stands. */
type VaultSort<Vault> = { readonly type: string; readonly find: (call: Call) => Vault | undefined };

type RouteInVault<Vault> = {
  readonly method: string;
  readonly tail: string;
  readonly answer: (call: Call, vault: Vault) => Answer;
  readonly absent: ((call: Call) => Answer | undefined) | undefined;
};

/** A route inside a vault of either sort. */
export function routeUnder<Vault>(
  { type, find }: VaultSort<Vault>,
  { method, tail, answer, absent }: RouteInVault<Vault>,
): Route {
  const vaultPath = `subscriptions/{subscription}/resourceGroups/{group}/providers/${type}/{vault}`;
  return {
    method,
    path: tail === "" ? vaultPath : `${vaultPath}/${tail}`,
    answer: (call) => {
      if (!resourceGroupKnown(call)) return resourceGroupNotFound(parameter(call, "group"));
      const vault = find(call);
      if (vault !== undefined) return answer(call, vault);
      return absent?.(call) ?? resourceNotFound(type, parameter(call, "vault"), parameter(call, "group"));
    },
  };
}

export function resourceGroupKnown(call: Call): boolean {
  const id = groupIdOf(call);
  return call.state.resourceGroups.some((group) => sameName(group.id, id));
}

/** The id of the vault a request names, whether it stands or not. */
export function vaultIdOf(call: Call, type: string = vaultType): string {
  return `${groupIdOf(call)}/providers/${type}/${parameter(call, "vault")}`;
}

function groupIdOf(call: Call): string {
  return `/subscriptions/${parameter(call, "subscription")}/resourceGroups/${parameter(call, "group")}`;
}

function findVault(call: Call): VaultState | undefined {
  return call.state.vaults.find(
    (vault) =>
      sameName(vault.name, parameter(call, "vault")) &&
      sameName(vault.resourceGroup, parameter(call, "group")) &&
      sameName(vault.subscription, parameter(call, "subscription")),
  );
}

/** Id, name and type of a thing directly under the vault, with its recorded body. */
export function vaultChild(vault: VaultState, segment: string, name: string, properties: Properties): Json {
  return { id: `${vault.id}/${segment}/${name}`, name, type: `${vaultType}/${segment}`, properties };
}
