// What a command says when it carries nothing out, as data: every format tells the same.

import type { Blocker } from "../model/blocker.ts";
import type { Difference } from "../model/difference.ts";
import type { Whole } from "../model/shape.ts";
import type { RunDocument } from "./run-document.ts";

export type Answer = {
  readonly exitCode: Whole;
  readonly reason: string;
  /** The id of the plan it is about. */
  readonly plan?: string;
  readonly blockers?: readonly Blocker[];
  readonly differences?: readonly Difference[];
  /** How what the same command did before has ended. */
  readonly before?: readonly RunDocument[];
};

/** An answer as a document: what a command prints in JSON where it carries nothing out. */
export type AnswerDocument = { readonly formatVersion: 1 } & Answer;
