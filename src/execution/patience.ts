// How fast this Azure is, told by how soon it wants to be asked again: an emulator may run faster than time.

/** No recorded answer to a write that takes time asked for less. */
const shortestRecordedSeconds = 30;

/** By what to multiply recorded times: 1 on Azure, less where the service asks for shorter waits than Azure ever did. */
export function paceOf(retryAfterSeconds: number | undefined): number {
  return Math.min(1, (retryAfterSeconds ?? shortestRecordedSeconds) / shortestRecordedSeconds);
}

export type Patience = {
  /** Told what the service asked for with a write, in seconds. */
  readonly asked: (retryAfterSeconds: number | undefined) => void;
  /** `paceOf` what was asked for last. */
  readonly pace: () => number;
};

export function createPatience(): Patience {
  let pace = 1;
  return {
    asked: (seconds) => {
      if (seconds !== undefined) pace = paceOf(seconds);
    },
    pace: () => pace,
  };
}
