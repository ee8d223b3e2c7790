// Why nothing, or not all that was asked for, can be brought back in a vault that stands. Words alone.

import type { ByHand } from "../model/recovery.ts";
import type { NoWay } from "./recovery-wish.ts";

export function nothingIn(name: string): NoWay {
  return {
    reason: `nothing to recover: the vault ${name} stands and holds nothing soft-deleted`,
    todo: "vault-teardown deleted lists the vaults that were deleted; what was purged is gone for good",
    stands: true,
  };
}

export function unmatchedIn(name: string, pattern: string, known: readonly string[], active: readonly string[]): NoWay {
  if (active.length > 0)
    return {
      reason: `nothing to recover: what fits --item ${pattern} in ${name} is not soft-deleted: ${someOf(active)}`,
      todo: "it stands with its data; vault-teardown deleted --vault lists what is soft-deleted",
      stands: true,
    };
  return {
    reason: `no soft-deleted item of ${name} fits --item ${pattern}`,
    todo: known.length === 0 ? "it holds none" : `it holds ${someOf(known)}; quote patterns with * for the shell`,
  };
}

function someOf(names: readonly string[]): string {
  const more = names.length > 10 ? ` and ${names.length - 10} more` : "";
  return `${names.slice(0, 10).join(", ")}${more}`;
}

/** Nothing that was asked for is left, or something that was named is not. */
export function pastDate(name: string, purged: readonly string[]): NoWay {
  return {
    reason: `past the purge date: ${purged.join(", ")} in ${name}`,
    todo: "nothing brings them back: take a new backup, or restore from another copy",
  };
}

/** Of what Azure still lists although it has purged it. */
export function leftOut(purged: readonly string[]): readonly string[] {
  return purged.map((name) => `${name} is past its purge date: it is left out`);
}

/** All that was asked for is brought back elsewhere. */
export function byHandOnly(name: string, byHand: readonly ByHand[]): NoWay {
  return {
    reason: `nothing of this can be brought back in ${name} from here`,
    todo: byHand.map(({ what, subjects, todo }) => `${what}: ${someOf(subjects)}: ${todo}`).join("; "),
  };
}
