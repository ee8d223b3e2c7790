// What every part of a run works with: the ports, the plan, and how to say what happens. No state of its own.

import type { Failure, Outcome, RunEvent } from "../model/event.ts";
import type { Blocker } from "../model/blocker.ts";
import type { Plan } from "../model/plan.ts";
import type { Clock, VaultReader, VaultWriter } from "../model/ports.ts";
import type { Step } from "../model/step.ts";
import type { Listings } from "./listings.ts";
import type { Patience } from "./patience.ts";
import type { Sweeps } from "./sweeps.ts";

export type RunPorts = {
  readonly reader: VaultReader;
  readonly writer: VaultWriter;
  readonly clock: Clock;
  /** Stores the event and shows it; durable when it returns. */
  readonly record: (event: RunEvent) => void;
  /** Reads and writes that a stop of the run does not end, but the given signal does; absent: those above. */
  readonly afterStop?: (signal: AbortSignal) => Pick<RunPorts, "reader" | "writer">;
  /** Lists the whole vault again and says what still stands in the way of deleting it. Throws AzureError. */
  readonly recheck: () => Promise<readonly Blocker[]>;
};

export type Engine = RunPorts & {
  readonly plan: Plan;
  readonly listings: Listings;
  readonly sweeps: Sweeps;
  readonly patience: Patience;
  /** By step id, the seconds of the longest way from its start to the end: the longest goes first. */
  readonly remaining: ReadonlyMap<string, number>;
  /** The plan's step of this id. */
  readonly stepOf: (id: string) => Step | undefined;
  /** Aborted when the run is to stop: waits end at once, nothing new is sent. */
  readonly signal: AbortSignal;
  /** Set by the step that proves the vault gone. */
  readonly conclude: (outcome: Outcome) => void;
  /** Whether the effect of the step of this id was seen, by this run or by what it continues. */
  readonly isVerified: (id: string) => boolean;
  /** Epoch milliseconds: a vault that Azure says was deleted before then is not the one of this run. */
  readonly vaultDeletedSince: () => number;
};

/** Thrown inside a step when the run stops: the step stays open and a later run continues it. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Sleeps so many seconds of the run's clock. Throws Stopped when the run is stopped before or during it. */
export async function pause(engine: Pick<Engine, "clock" | "signal">, seconds: number): Promise<void> {
  if (engine.signal.aborted) throw new Stopped();
  await engine.clock.sleep(seconds * 1000, engine.signal);
  if (engine.signal.aborted) throw new Stopped();
}

/** Thrown when a step ends without a proof; says what was found and whose move it is. */
export class Unproved extends Error {
  override readonly name = "Unproved";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
