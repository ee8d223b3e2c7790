// What hurt people who had a vault to delete, and how it ends here. Types only; the tables are beside it.

import type { Shown } from "./shown.ts";

export type Pain = { readonly number: string; readonly pain: string } & (
  | { readonly answer: "detected" | "handled" | "explained"; readonly shownBy: readonly Shown[] }
  /** Why no test shows it. */
  | { readonly noTest: string }
);
