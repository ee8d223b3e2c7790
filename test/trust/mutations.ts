// Documents with one thing wrong, and where that is. It must not test anything.

type Path = readonly (string | number)[];

/** The path of every member and entry of a document. */
export function everyPath(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, entry]) => everyPath(entry, [...path, name]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** One path of each form: entries of a list are alike when they are of the same kind, action and write. */
export function pathOfEachForm(document: unknown): readonly Path[] {
  const byForm = new Map(everyPath(document).map((path) => [formOf(document, path), path]));
  return [...byForm.values()];
}

function formOf(document: unknown, path: Path): string {
  const names = path.map((name, at) => {
    const { kind, action, write } = Object(valueAt(document, path.slice(0, at + 1))) as Record<string, unknown>;
    const own = Array.isArray(valueAt(document, path.slice(0, at))) ? "*" : name;
    return [own, kind, action, write].join(" ");
  });
  return names.join(".");
}

/** A copy of the document without the member at that path; undefined where there is none but an entry of a list. */
export function lacking(document: unknown, path: Path): unknown {
  const name = path.at(-1);
  const around = path.slice(0, -1);
  if (name === undefined || Array.isArray(valueAt(document, around))) return undefined;
  return replaced(document, around, (value) => {
    const { [name]: _, ...rest } = value as Record<string, unknown>;
    return rest;
  });
}

/** A copy of the document that is wrong in one way at that path, or in the object around it; `wrong`: what the reader names. */
export function mutated<T>(
  document: T,
  path: Path,
  how: string,
): { readonly document: unknown; readonly wrong: string } {
  const names = how === "null" || how === "another type" ? path : [...objectAround(document, path), how];
  return {
    document: replaced(document, names, (value) => (how === "null" ? null : other(value))),
    wrong: names.join("."),
  };
}

function objectAround(document: unknown, path: Path): Path {
  const around = path.slice(0, -1);
  return Array.isArray(valueAt(document, around)) ? objectAround(document, around) : around;
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], document);
}

function replaced(value: unknown, [name, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  // As a parser does it: a member of that name, and no other prototype.
  Object.defineProperty(copy, name, {
    value: replaced(Object.hasOwn(copy, name) ? copy[name] : undefined, rest, change),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

function other(value: unknown): unknown {
  if (typeof value === "string") return 7;
  return Array.isArray(value) ? { 0: "x" } : "x";
}
