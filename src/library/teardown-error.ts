// Why a call of the library ended without a result, as data: nobody has to read a message to know what to do.

import type { Objection } from "../model/objection.ts";

/**
 * What a call was refused for, or ended by:
 *
 * - `invalid-argument`: an option that cannot be; nothing was asked of Azure.
 * - `invalid-plan`: no plan of this version, or one that was changed after it was made.
 * - `wrong-confirmation`: `confirm` names neither the plan nor its vault.
 * - `not-found`: there is no vault with that id. `nothing-to-do`: the vault of the plan is gone.
 * - `blocked`, `not-allowed`, `incomparable`: a person must act first; `blockers` say who and how.
 * - `drifted`: the vault is not what was planned; `differences` say in what. Make a new plan.
 * - `unfinished-run`: another plan's run is unfinished on this vault, and is a recovery or has not put back what
 *   `notPutBack` names, a line each with the command that does it by hand. Finish it, or begin anew with `fresh`.
 * - `held-by-another`: another process works on the vault, or did meanwhile.
 * - `state-unusable`: the state folder cannot be read or written; where that happened during a run, it stopped there.
 * - `vault-lost`: the run stopped because its lock on the vault was taken or removed.
 * - `broken`: the run broke in this process; `cause` says by what. What it did is in its journal.
 */
export type Refusal =
  | Objection
  | {
      readonly code:
        | "invalid-argument"
        | "invalid-plan"
        | "wrong-confirmation"
        | "not-found"
        | "held-by-another"
        | "state-unusable"
        | "vault-lost"
        | "broken";
    }
  | { readonly code: "unfinished-run"; readonly run: string; readonly notPutBack: readonly string[] };

/**
 * What `planTeardown` and `runPlan` reject with, but for the answers of Azure (`AzureError`) and a signal's own reason. The
 * class itself is not exported: it is known by its `name`.
 */
export class TeardownError extends Error {
  override readonly name = "TeardownError";
  readonly reason: Refusal;
  /** What a person at a terminal would have been told beside it, a line each: what may not be put back among it. */
  readonly details: readonly string[];

  constructor(reason: Refusal, message: string, more: { details?: readonly string[]; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? {} : { cause: more.cause });
    this.reason = reason;
    this.details = more.details ?? [];
  }
}
