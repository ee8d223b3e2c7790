// Folds what a recording shows of Site Recovery: the last answer about each object counts.
// It must not decide what a removal took along: a list that no longer names an object does.
import type { Properties, Seen } from "./seen.ts";
import { entriesOf, text } from "./seen.ts";

/** The type of an object's last path segment, and the world's name for its kind. */
const kinds: Readonly<Record<string, string>> = {
  replicationfabrics: "fabrics",
  replicationprotectioncontainers: "protectionContainers",
  replicationprotecteditems: "protectedItems",
  replicationprotectioncontainermappings: "containerMappings",
  replicationnetworkmappings: "networkMappings",
  replicationrecoveryservicesproviders: "recoveryServicesProviders",
  replicationpolicies: "policies",
  replicationrecoveryplans: "recoveryPlans",
};

export function foldReplication(seen: Seen, tail: string, body: Properties): void {
  const segments = tail.split("/");
  const isList = segments.length % 2 === 1;
  const kind = kinds[(segments.at(isList ? -1 : -2) ?? "").toLowerCase()];
  if (kind === undefined) return;
  // a vault-wide list shows everything of its kind, so what it leaves out is gone
  if (isList && segments.length === 1) {
    for (const [key, object] of seen.replication) if (object.kind === kind) seen.replication.delete(key);
  }
  for (const entry of entriesOf(body)) foldObject(seen, kind, entry);
}

function foldObject(seen: Seen, kind: string, entry: Properties): void {
  const path = text(entry["id"]).replace(/^.*?\/vaults\/[^/]+\//iu, "");
  if (kind === "protectedItems") forgetElsewhere(seen, path);
  seen.replication.set(path.toLowerCase(), { kind, path, properties: worldProperties(kind, entry) });
}

/** A machine whose protection was switched stands below its other container now. */
function forgetElsewhere(seen: Seen, path: string): void {
  const name = path.slice(path.lastIndexOf("/")).toLowerCase();
  for (const [key, object] of seen.replication) {
    if (object.kind === "protectedItems" && key.endsWith(name)) seen.replication.delete(key);
  }
}

/** The emulator works these out itself. */
const derived: readonly string[] = ["currentScenario"];

function worldProperties(kind: string, entry: Properties): Properties {
  const properties = (entry["properties"] ?? {}) as Properties;
  if (kind !== "protectedItems") return properties;
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !derived.includes(name)));
}
