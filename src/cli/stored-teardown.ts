// The stored run of a teardown that is to be undone: found by its name, on the Azure it was on. It asks nobody.

import type { RecoverArguments } from "./options.ts";
import { opened, stateDirectory, storedRuns, type KnownRun } from "./stored-runs.ts";
import { UserError } from "./user-error.ts";
import type { Session } from "./wire.ts";

/** Throws UserError for a run that is not stored, not readable, not of this Azure or no teardown. */
export function storedTeardown(session: Session, options: RecoverArguments, run: string): KnownRun {
  const stateDir = stateDirectory(options.stateDir);
  if (session.ephemeral)
    throw new UserError(
      `run ${run} cannot be recovered with --emulator: that world ended with its process; serve one with emulator --port 0 and give its --endpoint`,
    );
  const { runs, unreadable } = storedRuns(stateDir, options);
  const lost = unreadable.find((one) => one.run === run);
  if (lost !== undefined) throw new UserError(`run ${run} cannot be read: ${lost.reason}`);
  const named = [...opened(runs.filter((one) => one.run === run))];
  const [first, second] = named;
  if (first === undefined)
    throw new UserError(
      `run ${run} is not stored in ${stateDir}: name another folder with --state-dir, or the vault with --vault`,
    );
  if (second !== undefined)
    throw new UserError(`run ${run} is stored for several vaults: name one with --vault <full id>`);
  if (!("plan" in first)) throw new UserError(`run ${run} cannot be read: ${first.reason}`);
  if (first.start.azure !== session.azure)
    throw new UserError(
      `run ${run} was on ${first.start.azure}, not on ${session.azure}: give the same connection options`,
    );
  if (first.plan.recovery !== undefined)
    throw new UserError(`run ${run} is a recovery itself: name the teardown that it, too, has undone, or give --vault`);
  return first;
}
