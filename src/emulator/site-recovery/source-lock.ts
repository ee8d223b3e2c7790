// Where the clean-up of a replicated Azure machine meets the locks of a world. It must not remove a lock.
import { lockOver } from "../locks.ts";
import { lastSegment } from "../names.ts";
import type { State } from "../state.ts";

/** The name of a lock on the machine or above it, which makes the clean-up fail. */
export function lockOnSource(state: State, source: string): string | undefined {
  const lock = source === "" ? undefined : lockOver(state, source);
  return lock === undefined ? undefined : lastSegment(lock.id);
}
