// Fresh listings for proofs, shared: steps of one kind that ask while a listing runs are all answered by the next one.

import { registry } from "../dependencies/registry.ts";
import type { VaultReader } from "../model/ports.ts";
import type { Kind, Of } from "../model/resource.ts";

export type Listings = {
  /** A listing of the kind that began after this call. Throws AzureError. */
  readonly fresh: <K extends Kind>(kind: K) => Promise<readonly Of<K>[]>;
};

export function sharedListings(reader: VaultReader): Listings {
  const listers = new Map<Kind, () => Promise<unknown>>();
  return {
    fresh: <K extends Kind>(kind: K) => {
      let lister = listers.get(kind);
      if (lister === undefined) {
        lister = sharing(() => registry[kind].list(reader));
        listers.set(kind, lister);
      }
      return lister() as Promise<readonly Of<K>[]>;
    },
  };
}

/** A call during a run waits for a run that starts later; all such calls share it. */
function sharing<R>(ask: () => Promise<R>): () => Promise<R> {
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
