// Dates that lie some days ahead, as Azure counts retention.

const dayMilliseconds = 86_400_000;

/** ISO time so many days after an instant. `from`: epoch milliseconds. */
export function daysAfter(from: number, days: number): string {
  return new Date(from + days * dayMilliseconds).toISOString();
}
