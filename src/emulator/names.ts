// Azure's ids and names: taking them apart and comparing them. Azure compares both without regard to case.
// It must not know the state of the world.

export type ResourceName = {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly provider: string;
  readonly name: string;
};

const resourceId = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+\/[^/]+)\/([^/]+)$/iu;

export function parseResourceId(id: string): ResourceName | undefined {
  const [, subscription, resourceGroup, provider, name] = resourceId.exec(id) ?? [];
  if (subscription === undefined || resourceGroup === undefined || provider === undefined || name === undefined) {
    return undefined;
  }
  return { subscription, resourceGroup, provider, name };
}

export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What follows the last `providers` of a path, a namespace, a type, a name and so on; undefined where there is none. */
export function belowProviders(segments: readonly string[]): readonly string[] | undefined {
  const start = segments.findLastIndex((segment) => sameName(segment, "providers"));
  return start === -1 ? undefined : segments.slice(start + 1);
}

/** `StorageContainer;Storage;rg;account` → `storage;rg;account`: properties and intents leave the type prefix out. */
export function containerWithoutType(name: string): string {
  return name.toLowerCase().replace(/^(iaasvmcontainer|vmappcontainer|storagecontainer);/u, "");
}

/** `VMAppContainer;Compute;rg;vm` → `vm`. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(";") + 1);
}

export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
