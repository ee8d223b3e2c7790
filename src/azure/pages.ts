// Lists that come in pages. What comes again on a later page counts once, and a list that goes round in a circle is an error,
// not an endless run.

import { AzureError } from "../model/azure-error.ts";

/** Pages in a row without anything new. A page with nothing in it happens; so many lead nowhere. */
const mostPagesInVain = 20;

export type PagedEntries<T> = {
  /** Takes the entries of one page. Throws AzureError when page after page has brought nothing new. */
  readonly take: (page: readonly unknown[]) => void;
  readonly all: () => readonly T[];
};

/**
 * Collects what `read` makes of the entries. One that an earlier page had is left out: entries move between pages while a
 * list is read, and a page may come twice.
 */
export function pagedEntries<T>(read: (entry: unknown) => T): PagedEntries<T> {
  const seen = new Set<string>();
  const found: T[] = [];
  let inVain = 0;
  return {
    take: (page) => {
      const keys = page.map(keyOf);
      const before = found.length;
      for (const [index, key] of keys.entries()) if (!seen.has(key)) found.push(read(page[index]));
      for (const key of keys) seen.add(key);
      inVain = found.length > before ? 0 : inVain + 1;
      if (inVain > mostPagesInVain) throw endless();
    },
    all: () => found,
  };
}

/** The id; what has none, such as a usage or a permission, is known by all it says. */
function keyOf(entry: unknown): string {
  const id = typeof entry === "object" && entry !== null && "id" in entry ? entry.id : undefined;
  return typeof id === "string" && id !== "" ? id : JSON.stringify(entry);
}

function endless(): AzureError {
  return new AzureError({
    status: 0,
    code: "EndlessList",
    message: `the list goes on without end: ${mostPagesInVain} pages in a row brought nothing new`,
  });
}
