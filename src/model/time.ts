// Dates that lie some days ahead, as Azure counts retention.

const dayMilliseconds = 86_400_000;

/** The last instant that an ISO time of four digits a year can say. */
const lastInstant = Date.parse("9999-12-31T23:59:59.999Z");

/** ISO time so many days after an instant, no later than the year 9999, whatever a service says. `from`: epoch milliseconds. */
export function daysAfter(from: number, days: number): string {
  return new Date(Math.min(from + days * dayMilliseconds, lastInstant)).toISOString();
}

/** The days of a .NET TimeSpan (recorded: `13.23:59:43.3699681`), with their fraction; undefined where it is none or negative. */
export function daysOfTimeSpan(span: string): number | undefined {
  const parts = /^(?:(\d{1,8})\.)?(\d{2}):(\d{2}):(\d{2}(?:\.\d{1,7})?)$/.exec(span);
  if (parts === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return days + hours / 24 + minutes / 1440 + seconds / 86_400;
}
