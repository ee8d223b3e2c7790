// "No" is data: why the vault cannot be deleted now, whose move it is, and until when.

import type { FilledText } from "./shape.ts";

/** The code of a blocker that no resource causes, but a list that could not be read. */
export const listingFailed = "listing-failed";

export type Blocker = {
  readonly code: FilledText;
  /** The resource or listing it is about. */
  readonly subject: string;
  readonly reason: string;
  /** The next action, as a command or a sentence. */
  readonly fix: string;
  readonly who: string;
  /** ISO time after which trying again makes sense. */
  readonly until?: string;
};
