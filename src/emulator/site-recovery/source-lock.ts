// Where the clean-up of a replicated Azure machine meets the locks of a world. It must not remove a lock.
import type { State } from "../state.ts";

/** The name of a lock on the machine or above it, which makes the clean-up fail. Worlds hold no locks yet. */
export function lockOnSource(_state: State, _source: string): string | undefined {
  return undefined;
}
