// JSON values as the emulator stores and answers them, and the few ways it reads them.
// It must not know what any member means.

export type Json = null | boolean | number | string | readonly Json[] | Properties;
export type Properties = { readonly [name: string]: Json };

export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function text(from: Properties, name: string): string {
  const value = from[name];
  return typeof value === "string" ? value : "";
}

export function object(from: Properties, name: string): Properties {
  const value = from[name];
  return isObject(value) ? value : {};
}

export function list(from: Properties, name: string): readonly Json[] {
  const value = from[name];
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** The emulator's own: no member of what is kept has one of these names, with which JavaScript means something else. */
export const forbiddenNames: readonly string[] = ["__proto__", "constructor", "prototype"];

export function without(from: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
}

/** Members of `changes` win; objects are merged, everything else is replaced. */
export function merged(base: Properties, changes: Properties): Properties {
  const result: Record<string, Json> = { ...base };
  for (const [name, change] of Object.entries(changes)) {
    const before = result[name];
    result[name] = isObject(change) && isObject(before) ? merged(before, change) : change;
  }
  return result;
}
