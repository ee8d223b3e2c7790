// Fresh listings for proofs, shared: steps of one kind that ask while a listing runs are all answered by the next one.

import { registry } from "../dependencies/registry.ts";
import { idKey } from "../model/arm-id.ts";
import type { VaultReader } from "../model/ports.ts";
import type { Kind, Of } from "../model/resource.ts";

export type Listing<K extends Kind> = {
  readonly all: readonly Of<K>[];
  /** Those with this id, however it is spelled. */
  readonly withId: (id: string) => readonly Of<K>[];
};

export type Listings = {
  /** A listing of the kind that began after this call. Throws AzureError. */
  readonly fresh: <K extends Kind>(kind: K) => Promise<Listing<K>>;
};

export function sharedListings(reader: VaultReader): Listings {
  const listers = new Map<Kind, () => Promise<unknown>>();
  return {
    fresh: <K extends Kind>(kind: K) => {
      let lister = listers.get(kind);
      if (lister === undefined) {
        const { list, listToProve = list } = registry[kind];
        lister = sharing(async () => listingOf(await listToProve(reader)));
        listers.set(kind, lister);
      }
      return lister() as Promise<Listing<K>>;
    },
  };
}

/** Thousands of steps look for their targets in one listing: each finds its own at once. */
export function listingOf<K extends Kind>(all: readonly Of<K>[]): Listing<K> {
  const byId = Map.groupBy(all, ({ id }) => idKey(id));
  return { all, withId: (id) => byId.get(idKey(id)) ?? [] };
}

/** A call during a run waits for a run that starts later; all such calls share it. */
export function sharing<R>(ask: () => Promise<R>): () => Promise<R> {
  let running: Promise<R> | undefined;
  let next: Promise<R> | undefined;
  const start = (): Promise<R> => {
    running = ask().finally(() => (running = undefined));
    return running;
  };
  return () => {
    if (running === undefined) return start();
    next ??= running
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
}
