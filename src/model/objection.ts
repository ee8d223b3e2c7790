// What stands against carrying a plan out, as data. Types only.

import type { Blocker } from "./blocker.ts";
import type { Difference } from "./difference.ts";

/**
 * `nothing-to-do`: the vault is not there. `incomparable`: lists that a comparison with the plan takes could not be read.
 * `drifted`: the vault is not what was planned. `not-allowed`: rights are missing that were there, or were not compared.
 * `blocked`: the plan itself says that a person must act first.
 */
export type Objection =
  | { readonly code: "nothing-to-do" }
  | { readonly code: "incomparable" | "not-allowed" | "blocked"; readonly blockers: readonly Blocker[] }
  | { readonly code: "drifted"; readonly differences: readonly Difference[] };
