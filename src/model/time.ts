// Dates that lie some days ahead, as Azure counts retention.

const dayMilliseconds = 86_400_000;

/** The last instant that an ISO time of four digits a year can say. */
const lastInstant = Date.parse("9999-12-31T23:59:59.999Z");

/** ISO time so many days after an instant, no later than the year 9999, whatever a service says. `from`: epoch milliseconds. */
export function daysAfter(from: number, days: number): string {
  return new Date(Math.min(from + days * dayMilliseconds, lastInstant)).toISOString();
}
