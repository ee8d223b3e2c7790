// Reading ARM `properties` without trusting them: a member of the wrong type reads as absent, an unknown word stays what it is.

type Properties = Readonly<Record<string, unknown>>;

/** Properties of which these members are known; of most answers, any. */
type Having<Name extends string> = Readonly<Partial<Record<Name, unknown>>>;

export function text<Name extends string>(properties: Having<Name>, name: NoInfer<Name>): string | undefined {
  const value = properties[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function flag<Name extends string>(properties: Having<Name>, name: NoInfer<Name>): boolean {
  return properties[name] === true;
}

export function count<Name extends string>(properties: Having<Name>, name: NoInfer<Name>): number | undefined {
  const value = properties[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function group<Name extends string>(properties: Having<Name>, name: NoInfer<Name>): Properties | undefined {
  const value = properties[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties) : undefined;
}

export function groups<Name extends string>(properties: Having<Name>, name: NoInfer<Name>): readonly Properties[] {
  const value = properties[name];
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is Properties => typeof entry === "object" && entry !== null);
}

/** The texts in a list. */
export function words<Name extends string>(properties: Having<Name>, name: NoInfer<Name>): readonly string[] {
  const value = properties[name];
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}

/** Before this, a date is the service's word for "not yet" (year 1), which clients shift by their time zone. */
const firstRealDate = Date.parse("1990-01-01T00:00:00Z");

/** The service's word for "never backed up" (recorded). */
const never = Date.parse("2001-01-01T00:00:00Z");

/** A date of the service, as it spelled it; its words for "not yet" and "never" read as absent. */
export function date<Name extends string>(properties: Having<Name>, name: NoInfer<Name>): string | undefined {
  const value = text(properties, name);
  const time = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) || time < firstRealDate || time === never ? undefined : value;
}

/** Azure's own words differ in case between its APIs (`AlwaysON`, `AlwaysOn`): compared without it. */
export function isWord(value: string | undefined, word: string): boolean {
  return value?.toLowerCase() === word.toLowerCase();
}
