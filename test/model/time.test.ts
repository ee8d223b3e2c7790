// Days ahead are days of 24 hours in UTC, whatever the calendar of this machine does.

import { expect, it } from "vitest";
import { daysAfter, daysOfTimeSpan } from "../../src/model/time.ts";

it("is so many times 24 hours later, over months and leap days", () => {
  expect(daysAfter(Date.parse("2026-11-21T08:00:00.000Z"), 14)).toBe("2026-12-05T08:00:00.000Z");
  expect(daysAfter(Date.parse("2028-02-28T23:30:00.000Z"), 1)).toBe("2028-02-29T23:30:00.000Z");
});

it("ends with the year 9999: a retention beyond that is a date like any other, and spoils no plan", () => {
  expect(daysAfter(Date.parse("2026-11-21T08:00:00.000Z"), 1e12)).toBe("9999-12-31T23:59:59.999Z");
});

it.each([
  ["13.23:59:43.3699681", 13.999_807],
  ["06:00:00", 0.25],
  ["1.00:00:00", 1],
])("the time span %s is %f days", (span, days) => {
  expect(daysOfTimeSpan(span)).toBeCloseTo(days, 5);
});

it.each(["", "soon", "-1.00:00:00", "-10675199.02:48:05.4775808", "14"])("%j is no time span that is left", (span) => {
  expect(daysOfTimeSpan(span)).toBeUndefined();
});
