// How times are drawn: the law from a quantile to seconds, and the drawing of quantiles.
import fc from "fast-check";
import { expect, test } from "vitest";

import { latencies, timedOperations } from "../../src/emulator/latencies.ts";
import type { Latency } from "../../src/emulator/quantiles.ts";
import { quantileOf, secondsAt } from "../../src/emulator/quantiles.ts";

const quantile = fc.double({ min: 0, max: 1, noNaN: true });
const operation = fc.constantFrom(...timedOperations);
const anyLatency: fc.Arbitrary<Latency> = fc
  .array(fc.double({ min: 0, max: 10_000, noNaN: true }), { minLength: 4, maxLength: 4 })
  .map((seconds) => {
    const [minimum = 0, median = 0, p90 = 0, maximum = 0] = seconds.toSorted((one, other) => one - other);
    return { minimum, median, p90, maximum, source: "" };
  });

test("the law hits its four points", () => {
  fc.assert(
    fc.property(anyLatency, (latency) => {
      const { minimum, median, p90, maximum } = latency;
      const seconds = [0, 0.5, 0.9, 1].map((at) => secondsAt(latency, at));
      for (const [index, point] of [minimum, median, p90, maximum].entries())
        expect(seconds[index]).toBeCloseTo(point, 6);
    }),
  );
});

test("a higher quantile never gives a shorter time, and none lies outside the recorded ones", () => {
  fc.assert(
    fc.property(anyLatency, quantile, quantile, (latency, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const [shorter, longer] = [secondsAt(latency, low), secondsAt(latency, high)];
      expect(longer).toBeGreaterThanOrEqual(shorter - 1e-9 * shorter);
      expect(shorter).toBeGreaterThanOrEqual(latency.minimum);
      expect(longer).toBeLessThanOrEqual(latency.maximum);
    }),
  );
});

test("between two points the scale is that of log(1 + seconds)", () => {
  const latency: Latency = { minimum: 0, median: 3, p90: 15, maximum: 255, source: "" };
  expect([0.25, 0.7, 0.95].map((at) => secondsAt(latency, at))).toEqual([
    expect.closeTo(1, 9),
    expect.closeTo(7, 9),
    expect.closeTo(63, 9),
  ]);
});

test("a drawing is a number from 0 up to 1, and the same for the same seed, operation and number", () => {
  fc.assert(
    fc.property(fc.nat(), operation, fc.nat(), (seed, name, drawing) => {
      const drawn = quantileOf(seed, name, drawing);
      expect(drawn).toBeGreaterThanOrEqual(0);
      expect(drawn).toBeLessThan(1);
      expect(quantileOf(seed, name, drawing)).toBe(drawn);
    }),
  );
});

test("another seed, operation or number draws otherwise", () => {
  const drawn = [quantileOf(1, "removeVm", 1), quantileOf(2, "removeVm", 1), quantileOf(1, "removeVm", 2)];
  expect(new Set([...drawn, quantileOf(1, "removeFabric", 1)]).size).toBe(4);
});

test.each(timedOperations)(
  "2,000 drawings of %s lie within its times, half under the median, nine in ten under the p90",
  (name) => {
    const { minimum, median, p90, maximum } = latencies[name];
    const drawn = Array.from({ length: 2_000 }, (_, index) => secondsAt(latencies[name], quantileOf(7, name, index)));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(minimum);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(maximum);
    const share = (limit: number): number => drawn.filter((seconds) => seconds <= limit).length / drawn.length;
    if (median < p90) expect(Math.abs(share(median) - 0.5)).toBeLessThan(0.04);
    if (p90 < maximum) expect(Math.abs(share(p90) - 0.9)).toBeLessThan(0.03);
  },
);
