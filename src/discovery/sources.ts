// Whether what was backed up still exists: by lists of whole subscriptions, never by a request for each item. What could
// not be learned is said; it must never read as gone.

import {
  isListedType,
  listedSource,
  sourceOfInstance,
  sourceOfItem,
  type ListedSource,
} from "../dependencies/data-sources.ts";
import { idKey, type ArmId } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import { allows } from "../model/grant.ts";
import type { Source } from "../model/loss.ts";
import type { VaultReader } from "../model/ports.ts";

type Reads = Pick<
  VaultReader,
  "protectedItems" | "backupInstances" | "deletedBackupInstances" | "resourcesOfType" | "grants"
>;

/** What is known of the source with this id. */
export type Sources = (sourceId: string | undefined) => Source;

/** As many as there are types of datasource; more are asked only where somebody wants to know. */
const fewLists = 8;

const exists: Source = { state: "exists" };
const gone: Source = { state: "gone" };
const unnamed = unknown("Azure names none");

/**
 * Asks which sources exist, a list for each type and subscription; `deep`: however many that takes. What Azure refuses is
 * said of the sources it was asked for.
 */
export async function findSources(reader: Reads, deep: boolean): Promise<Sources> {
  const lists = [...listsFor(await namedSources(reader)).values()];
  const asked = deep || lists.length <= fewLists ? lists : [];
  const answers = await Promise.all(asked.map((list) => answerOf(list, reader)));
  const byList = new Map(asked.map((list, index) => [listKey(list), answers[index]]));
  const notAsked = unknown(`it takes ${lists.length} lists to know, which plan --deep asks`);
  return (sourceId) => {
    const source = sourceId === undefined ? undefined : listedSource(sourceId);
    if (source === undefined) return unnamed;
    return byList.get(listKey(source))?.(source.key) ?? notAsked;
  };
}

async function namedSources(reader: Reads): Promise<ReadonlySet<string>> {
  const [items, instances, deleted] = await Promise.all([
    orNone(() => reader.protectedItems()),
    orNone(() => reader.backupInstances()),
    orNone(() => reader.deletedBackupInstances()),
  ]);
  const named = [...items.map(sourceOfItem), ...[...instances, ...deleted].map(sourceOfInstance)];
  return new Set(named.filter((id) => id !== undefined));
}

/** The vault's own lists are no business of this one: discovery says what became of them. */
async function orNone<T>(read: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read();
  } catch (error) {
    refusalIn(error);
    return [];
  }
}

type WantedList = Omit<ListedSource, "key"> & { readonly keys: Set<string> };

function listsFor(sourceIds: ReadonlySet<string>): ReadonlyMap<string, WantedList> {
  const lists = new Map<string, WantedList>();
  for (const id of sourceIds) {
    const source = listedSource(id);
    if (source === undefined) continue;
    const { key, ...list } = source;
    const known = lists.get(listKey(list));
    if (known === undefined) lists.set(listKey(list), { ...list, keys: new Set([key]) });
    else known.keys.add(key);
  }
  return lists;
}

function listKey({ subscription, type }: Omit<ListedSource, "key">): string {
  return `${subscription} ${type}`.toLowerCase();
}

/**
 * Such a list leaves out what the caller may not read (general knowledge, unverified): what it does not name is gone only
 * where the caller may read all of that type in the subscription.
 */
async function answerOf({ subscription, type, keys }: WantedList, reader: Reads): Promise<(key: string) => Source> {
  try {
    const listed = await reader.resourcesOfType(subscription, type);
    const there = new Set(listed.map(({ id }) => idKey(id)).filter((key) => keys.has(key)));
    const missing = there.size === keys.size ? gone : await unlisted(subscription, type, reader);
    return (key) => (there.has(key) ? exists : missing);
  } catch (error) {
    const refused = unknown(refusalIn(error).code);
    return () => refused;
  }
}

async function unlisted(subscription: ArmId, type: string, reader: Reads): Promise<Source> {
  if (!isListedType(type)) return unknown(`this version does not know whether Azure lists every ${type}`);
  const seesAll = allows(await reader.grants(subscription), `${type}/read`);
  return seesAll ? gone : unknown(`you may not see every ${type} of its subscription`);
}

function unknown(why: string): Source {
  return { state: "unknown", why };
}

/** Sources may lie in a tenant where nobody is signed in; where that is so of the vault, discovery says it. */
function refusalIn(error: unknown): AzureError {
  if (error instanceof AzureError) return error;
  throw error;
}
