// How fast this Azure is, told by how soon it wants to be asked again: an emulator may run faster than time.

/** No recorded answer to a write that takes time asked for less. */
const shortestRecordedSeconds = 30;

export type Patience = {
  /** Told what the service asked for with a write, in seconds. */
  readonly asked: (retryAfterSeconds: number | undefined) => void;
  /** By what to multiply recorded times: 1 on Azure, less where the service last asked for a shorter wait than Azure ever did. */
  readonly pace: () => number;
};

export function createPatience(): Patience {
  let pace = 1;
  return {
    asked: (seconds) => {
      if (seconds !== undefined) pace = Math.min(1, seconds / shortestRecordedSeconds);
    },
    pace: () => pace,
  };
}
