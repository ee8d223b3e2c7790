// What a document from a file must look like, said once per type: the compiler holds the checks against the type, the checks
// hold the document against them. A member that no type has is wrong, whatever its name.

/** What is wrong with a value, and where: `steps.3.after` `is not a list`. The path of the value itself is empty. */
type Wrong = { readonly path: string; readonly what: string };

/** `accepts` only lets the compiler see which type is meant. */
export type Check<T> = {
  readonly wrong: (value: unknown) => Wrong | undefined;
  readonly accepts?: (value: T) => void;
};

type Optional<T> = { readonly optional: Check<T> };

/** A check for every member of the type, none left out; `optional` for those it may lack. */
export type Members<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? Optional<Exclude<T[K], undefined>> : Check<T[K]>;
};

/** The members of every variant but the one that tells them apart. */
export type Variants<T, D extends keyof T> = {
  readonly [V in T[D] & string]: Members<Omit<Extract<T, { readonly [K in D]: V }>, D>>;
};

function here(what: string): Wrong {
  return { path: "", what };
}

function under(name: string | number, { path, what }: Wrong): Wrong {
  return { path: path === "" ? String(name) : `${name}.${path}`, what };
}

function simple<T>(is: (value: unknown) => boolean, what: string): Check<T> {
  const wrong = here(what);
  return { wrong: (value) => (is(value) ? undefined : wrong) };
}

/**
 * A text of one character or more.
 * @minLength 1
 */
export type FilledText = string;

/**
 * A whole number of 0 or more that a double holds exactly.
 * @asType integer
 * @minimum 0
 * @maximum 9007199254740991
 */
export type Whole = number;

/**
 * A finite number of 0 or more, whole or not.
 * @minimum 0
 */
export type Amount = number;

/**
 * An ISO time in UTC with milliseconds, as `2026-01-31T08:00:00.000Z`.
 * @pattern ^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$
 */
export type Time = string;

/** Any text, the empty one too. */
export const text: Check<string> = simple((value) => typeof value === "string", "is not a text");

/** See the type of that name, as the next ones. */
export const filledText: Check<FilledText> = simple(
  (value) => typeof value === "string" && value !== "",
  "is not a text, or empty",
);

/** A text of one to so many characters (UTF-16 units). */
export function textUpTo(longest: number): Check<string> {
  return simple(
    (value) => typeof value === "string" && value !== "" && value.length <= longest,
    `is not a text of 1 to ${longest} characters`,
  );
}

/** True or false. */
export const flag: Check<boolean> = simple((value) => typeof value === "boolean", "is not true or false");

export const whole: Check<Whole> = simple(
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  "is not a whole number of 0 or more",
);

/** The same above 0. */
export const wholeAboveZero: Check<number> = simple(
  (value) => Number.isSafeInteger(value) && Number(value) > 0,
  "is not a whole number above 0",
);

export const amount: Check<Amount> = simple(
  (value) => Number.isFinite(value) && Number(value) >= 0,
  "is not a number of 0 or more",
);

export const time: Check<Time> = simple(
  (value) =>
    typeof value === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
  "is not a time like 2026-01-31T08:00:00.000Z",
);

/** One of these very values. */
export function oneOf<const T extends string | number | boolean>(values: readonly T[]): Check<T> {
  return simple((value) => values.some((known) => known === value), `is not one of ${values.join(", ")}`);
}

/** Marks a member that the object may lack; where it is there, the check holds. */
export function optional<T>(check: Check<T>): Optional<T> {
  return { optional: check };
}

/** A list, of which every entry passes the check. */
export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return {
    wrong: (value) => {
      if (!Array.isArray(value)) return here("is not a list");
      for (const [index, entry] of value.entries()) {
        const wrong = check.wrong(entry);
        if (wrong !== undefined) return under(index, wrong);
      }
      return undefined;
    },
  };
}

/** An object with these members and no others. */
export function objectOf<T>(members: Members<T>): Check<T> {
  const entries = Object.entries<Check<never> | Optional<never>>(members);
  const checks = new Map(entries.map(([name, member]) => [name, "optional" in member ? member.optional : member]));
  const required = entries.flatMap(([name, member]) => ("optional" in member ? [] : [name]));
  return {
    wrong: (value) => {
      if (!isObject(value)) return here("is not an object");
      for (const name of Object.keys(value)) {
        const check = checks.get(name);
        const wrong = check === undefined ? here("is not known") : check.wrong(value[name]);
        if (wrong !== undefined) return under(name, wrong);
      }
      const missing = required.find((name) => !Object.hasOwn(value, name));
      return missing === undefined ? undefined : { path: missing, what: "is missing" };
    },
  };
}

/** Objects that one of their members tells apart. */
export function variantsOf<T extends object, D extends string & keyof T>(by: D, variants: Variants<T, D>): Check<T> {
  const checks = new Map(
    Object.entries(variants).map(([name, members]) => [name, objectOf<object>({ [by]: text, ...(members as object) })]),
  );
  return {
    wrong: (value) => {
      if (!isObject(value)) return here("is not an object");
      const check = checks.get(String(value[by]));
      return check === undefined
        ? { path: by, what: `is not one of ${[...checks.keys()].join(", ")}` }
        : check.wrong(value);
    },
  };
}

/** Objects of one of two sorts, told apart by a member that only the first has. */
export function eitherBy<A, B>(member: string & keyof A, first: Check<A>, second: Check<B>): Check<A | B> {
  return {
    wrong: (value) => (isObject(value) && Object.hasOwn(value, member) ? first.wrong(value) : second.wrong(value)),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
