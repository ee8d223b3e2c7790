// The lock of a vault while a run works on it: kept alive, looked at before every event is stored, and what ends when it is lost.

import { Stopped } from "../execution/engine.ts";
import { heartbeatMilliseconds } from "../journal/surely-gone.ts";
import { takeLock, type LostLock } from "../journal/vault-lock.ts";
import type { RunEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";

export type HeldVault = {
  /** Looks whether the vault still is held. */
  readonly lost: () => LostLock | undefined;
  /** Whether it is known that it is not. This and the next look at nothing. */
  readonly isLost: () => boolean;
  /** Throws VaultLockLostError when it is known that it is not. */
  readonly throwIfLost: () => void;
  /** Calls once, as soon as it is found to be lost; at once when it is known already. */
  readonly onLost: (listener: (loss: LostLock) => void) => void;
  readonly release: () => void;
};

/** Calls again and again, so many milliseconds apart, until what it returns is called. */
export type Repeat = (work: () => void, milliseconds: number) => () => void;

const inRealTime: Repeat = (work, milliseconds) => {
  const timer = setInterval(work, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
};

/** Takes the lock and gives signs of life until it is released or lost. Throws VaultLockedError and StateFolderError. */
export function holdVault(folder: string, run: string, repeat: Repeat = inRealTime): HeldVault {
  const lock = takeLock(folder, run, new Date());
  const listeners: ((loss: LostLock) => void)[] = [];
  let known: LostLock | undefined;
  const heard = (loss: LostLock | undefined): LostLock | undefined => {
    if (loss === undefined || known !== undefined) return known;
    known = loss;
    end();
    for (const listener of listeners) listener(loss);
    return known;
  };
  const end = repeat(() => void heard(lock.renew()), heartbeatMilliseconds);
  return {
    lost: () => heard(lock.lost()),
    isLost: () => known !== undefined,
    throwIfLost: () => {
      if (known !== undefined) throw known.error;
    },
    onLost: (listener) => void (known === undefined ? listeners.push(listener) : listener(known)),
    release: () => {
      end();
      lock.release();
    },
  };
}

/**
 * Stores events as long as the vault is held; looks before each. Afterwards the journal may be another process's: nothing is
 * stored, and no write begins. Only what must not stay away is still put back, unless another run holds the vault: then
 * that is its affair.
 */
export function whileHeld(
  held: Pick<HeldVault, "lost">,
  { steps }: Pick<Plan, "steps">,
  store: (event: RunEvent) => void,
): (event: RunEvent) => void {
  const undoing = new Set(steps.flatMap(({ id, undoes }) => (undoes === undefined ? [] : id)));
  return (event) => {
    const loss = held.lost();
    if (loss === undefined) return store(event);
    const begins = event.type === "step-intended";
    if (begins && (loss.heldByOther || !undoing.has(event.step))) throw new Stopped();
  };
}
