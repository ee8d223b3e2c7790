// What a command says when it carries nothing out, as data: every format tells the same.

import type { Blocker } from "../model/blocker.ts";
import type { Difference } from "../model/difference.ts";
import type { RunDocument } from "./run-document.ts";

export type Answer = {
  readonly exitCode: number;
  readonly reason: string;
  /** The id of the plan it is about. */
  readonly plan?: string;
  readonly blockers?: readonly Blocker[];
  readonly differences?: readonly Difference[];
  /** How what the same command did before has ended. */
  readonly before?: readonly RunDocument[];
};
