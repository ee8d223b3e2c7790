// How a time is drawn: a repeatable drawing as a quantile, and the time at a quantile. It must stay pure.
import { createHash } from "node:crypto";

/** Seconds of world time: the shortest, the one at the middle, the one nine in ten stay under, the longest. */
export type Latency = {
  readonly minimum: number;
  readonly median: number;
  readonly p90: number;
  readonly maximum: number;
  readonly source: string;
  /** What a world without a seed gets, where that is not the median. */
  readonly withoutSeed?: number;
};

/** From 0 up to, but not including, 1; the same for the same seed, operation and drawing. */
export function quantileOf(seed: number, operation: string, drawing: number): number {
  const digest = createHash("sha256").update(`${seed}:${operation}:${drawing}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/**
 * Straight between the four points on a scale of log(1 + seconds). Recorded tails are long and thin: for the hard
 * delete of a machine, 112 s at nine in ten and 365 s at most. On a plain scale one drawing in twenty would exceed
 * 238 s, on this one 202 s. The 1 is there because some of the shortest times are 0.
 */
export function secondsAt(latency: Latency, quantile: number): number {
  const { minimum, median, p90, maximum } = latency;
  if (quantile < 0.5) return between(minimum, median, quantile / 0.5);
  if (quantile < 0.9) return between(median, p90, (quantile - 0.5) / 0.4);
  return between(p90, maximum, (quantile - 0.9) / 0.1);
}

function between(from: number, to: number, share: number): number {
  const seconds = Math.expm1(Math.log1p(from) + (Math.log1p(to) - Math.log1p(from)) * share);
  return Math.min(to, Math.max(from, seconds));
}
