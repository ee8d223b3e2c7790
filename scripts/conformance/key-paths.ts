// The key paths of JSON bodies with the types and values seen at them, folded over many bodies.
// It must not keep bodies, and no value but those of enumerations.
import type { Json } from "./exchange.ts";
import { isList, isObject } from "./exchange.ts";

export type JsonType = "array" | "boolean" | "null" | "number" | "object" | "string";

type Seen = {
  count: number;
  source: string;
  readonly types: Set<JsonType>;
  /** Value to the first source; undefined once there are too many for an enumeration. */
  values: Map<string, string> | undefined;
};

/** `objects` counts the objects at each path, so that a member can be told to be in all of them. */
export type KeyPaths = { readonly objects: Map<string, number>; readonly seen: Map<string, Seen> };

export function noKeyPaths(): KeyPaths {
  return { objects: new Map(), seen: new Map() };
}

const mostValues = 16;
/** Objects whose member names are data: resource ids, tags, what a job happens to say. */
const maps: readonly string[] = ["tags", "userAssignedIdentities", "propertyBag", "vmDiskCapacities"];

export function addBody(paths: KeyPaths, body: Json, source: string): void {
  add(paths, "", body, source);
}

function add(paths: KeyPaths, path: string, value: Json, source: string): void {
  if (isList(value)) for (const entry of value) add(paths, `${path}[]`, entry, source);
  else if (isObject(value)) {
    paths.objects.set(path, (paths.objects.get(path) ?? 0) + 1);
    if (maps.includes(path.slice(path.lastIndexOf(".") + 1))) return;
    for (const [name, inner] of Object.entries(value)) {
      const here = path === "" ? name : `${path}.${name}`;
      note(paths, here, inner, source);
      add(paths, here, inner, source);
    }
  }
}

function note(paths: KeyPaths, path: string, value: Json, source: string): void {
  let seen = paths.seen.get(path);
  if (seen === undefined) {
    seen = { count: 0, source, types: new Set(), values: new Map() };
    paths.seen.set(path, seen);
  }
  seen.count += 1;
  seen.types.add(typeOf(value));
  for (const text of isList(value) ? value : [value]) noteValue(seen, path, text, source);
}

function noteValue(seen: Seen, path: string, value: Json, source: string): void {
  if (typeof value !== "string" || seen.values === undefined) return;
  if (!isEnumerated(path, value)) seen.values = undefined;
  else if (!seen.values.has(value)) seen.values.set(value, source);
  if ((seen.values?.size ?? 0) > mostValues) seen.values = undefined;
}

/** A word of a fixed set, not a name that somebody gave, an id, a date or a text. */
function isEnumerated(path: string, value: string): boolean {
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (
    /(?:^|[a-z])(?:name|names|id|ids|location|region|time|date|message|description|key|version)s?(?:\[\])?$/iu.test(
      name,
    )
  )
    return false;
  return (
    /^[A-Za-z][A-Za-z0-9./_-]{0,60}$/u.test(value) &&
    !/^[0-9a-f-]{32,36}$/iu.test(value) &&
    !/clitest|cli-?test|redacted/iu.test(value)
  );
}

export function typeOf(value: Json): JsonType {
  if (value === null) return "null";
  if (isList(value)) return "array";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "object";
}

/** The path of the object a member stands in. */
function parentOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot === -1 ? "" : path.slice(0, dot);
}

/** Whether a member is in every object that could have it. */
export function isAlways({ objects, seen }: KeyPaths, path: string): boolean {
  return seen.get(path)?.count === objects.get(parentOf(path));
}
