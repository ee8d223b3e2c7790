// How numbers, dates and long lists are put before people. What makes a text safe to show is terminal-text.ts.

/** Lines under a title, in whatever format shows them. */
export type TitledLines = { readonly title: string; readonly lines: readonly string[] };

/** `inner`: it belongs to the last line that is not. */
export type Line = { readonly text: string; readonly inner?: true };

/** The lines as text, in which what is inner stands two spaces in. */
export function indented(lines: readonly Line[]): readonly string[] {
  return lines.map(({ text, inner }) => (inner === true ? `  ${text}` : text));
}

/** `1 step`, `2 steps`. */
export function counted(n: number, noun: string, nouns: string = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : nouns}`;
}

/** The day of an ISO time. */
export function day(iso: string): string {
  return iso.slice(0, 10);
}

/** Minutes and seconds of a duration in milliseconds, as people say it. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The first of a long list, and how many more there are; the JSON form has every entry. Only what is shown is put in words. */
export function cut<T>(list: readonly T[], longest: number, textOf: (entry: T) => string): readonly string[] {
  if (list.length <= longest) return list.map((entry) => textOf(entry));
  const shown = list.slice(0, longest).map((entry) => textOf(entry));
  return [...shown, `… and ${list.length - longest} more (plan --format json has all)`];
}

/** The beginning of a text that has more UTF-16 units than these; never half of a character. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const last = text.charCodeAt(longest - 1);
  return `${text.slice(0, last >= 0xd8_00 && last <= 0xdb_ff ? longest - 1 : longest)}…`;
}
