// Azure Resource Manager ids: compared without regard to case, cut by their own segments, never composed from display names.

/** An Azure Resource Manager id, spelled as the service spelled it. */
export type ArmId = string & { readonly __brand: "ArmId" };

/** Marks a string that came from the service (or was built from one) as an id. Does not validate. */
export function armId(value: string): ArmId {
  return value as ArmId;
}

/**
 * The form in which two spellings of one id are equal.
 * Azure mixes `/Subscriptions/` and `/subscriptions/`, `resourcegroups` and `resourceGroups` inside one answer (recorded).
 */
export function idKey(id: string): string {
  const single = id.includes("//") ? id.replaceAll(/\/{2,}/g, "/") : id;
  return (single.endsWith("/") ? single.slice(0, -1) : single).toLowerCase();
}

export function sameId(left: string, right: string): boolean {
  return idKey(left) === idKey(right);
}

/** Whether the id is the scope or lies under it. */
export function isWithin(id: string, scope: string): boolean {
  const [inner, outer] = [idKey(id), idKey(scope)];
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** Where the segment begins that follows the first one called `name`; -1 when there is none. */
function startAfter(id: string, name: string): number {
  const wanted = name.toLowerCase();
  let start = 0;
  for (let end = id.indexOf("/"); end !== -1; end = id.indexOf("/", start)) {
    const isNamed = end - start === wanted.length && id.slice(start, end).toLowerCase() === wanted;
    start = end + 1;
    if (isNamed) return start;
  }
  return -1;
}

function endOfSegment(id: string, start: number): number {
  const end = id.indexOf("/", start);
  return end === -1 ? id.length : end;
}

/** The segment that follows `name` in the id, as the service spelled it; undefined when there is none. */
export function segmentAfter(id: string, name: string): string | undefined {
  const start = startAfter(id, name);
  return start === -1 ? undefined : id.slice(start, endOfSegment(id, start));
}

/** The last segment of the id. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The id up to and including the segment after `name`: the container of an item, the vault of a container. */
export function ancestor(id: string, name: string): ArmId | undefined {
  const start = startAfter(id, name);
  return start === -1 ? undefined : armId(id.slice(0, endOfSegment(id, start)));
}

/** What a management lock is set on: its id up to the extension. The id of anything else is its own scope. */
export function scopeOfLock(id: string): ArmId {
  return armId(id.replace(/\/providers\/microsoft\.authorization\/locks(\/[^/]*)?$/i, ""));
}

/** The two sorts of vault: Microsoft.RecoveryServices/vaults and Microsoft.DataProtection/backupVaults. */
export type VaultKind = "recovery-services" | "backup";

/** The resource type of each sort of vault, as Azure spells it. */
export const vaultTypes: { readonly [K in VaultKind]: string } = {
  "recovery-services": "Microsoft.RecoveryServices/vaults",
  backup: "Microsoft.DataProtection/backupVaults",
};

/** What people call each sort of vault. */
export const vaultWords: { readonly [K in VaultKind]: string } = {
  "recovery-services": "Recovery Services vault",
  backup: "Backup vault",
};

/** Every sort of vault. */
export const vaultKinds: readonly VaultKind[] = Object.keys(vaultTypes) as VaultKind[];

/** The sort of the vault that the id names or lies in; undefined for the id of anything else. */
export function vaultKindOf(id: string): VaultKind | undefined {
  const key = `${idKey(id)}/`;
  return vaultKinds.find((kind) => key.includes(`/providers/${vaultTypes[kind].toLowerCase()}/`));
}

/** Where a vault lives: its sort, and the three names every vault call needs. */
export type Scope = {
  readonly kind: VaultKind;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
};

/**
 * Splits a resource id into subscription, resource group and the last name; undefined when it is not one. What is no
 * Backup vault counts as a Recovery Services vault.
 */
export function scopeOf(id: string): Scope | undefined {
  const subscriptionId = segmentAfter(id, "subscriptions");
  const resourceGroup = segmentAfter(id, "resourceGroups");
  const name = nameOf(id);
  if (!subscriptionId || !resourceGroup || !name) return undefined;
  return { kind: vaultKindOf(id) ?? "recovery-services", subscriptionId, resourceGroup, name };
}

/** The id of the vault at the scope. */
export function vaultId(scope: Scope): ArmId {
  return armId(
    `/subscriptions/${scope.subscriptionId}/resourceGroups/${scope.resourceGroup}/providers/${vaultTypes[scope.kind]}/${scope.name}`,
  );
}
