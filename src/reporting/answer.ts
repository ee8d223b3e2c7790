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
  /** Of a run that is not gone on with: what it has taken away and could not put back, each with the command that does it by hand. */
  readonly notPutBack?: readonly string[];
  /** How what the same command did before has ended. */
  readonly before?: readonly RunDocument[];
};

/** An answer as a document: what a command prints in JSON where it carries nothing out. */
export type AnswerDocument = { readonly formatVersion: 1 } & Answer;
