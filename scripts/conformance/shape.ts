// The shape of a body as a small tree: `{"id": "string", "properties": {"status": "string", "error?12": "object"}}`.
// A name that ends in `?` and a recording's number is not always there. It must not know what any member means.
import type { KeyPaths } from "./key-paths.ts";
import { isAlways } from "./key-paths.ts";

/** Types joined by `|`, or an object's members; its own types under `=` where they are more than `object`. */
export type Shape = string | { readonly [member: string]: Shape };

/** A key path as it was seen: `always` means in every object that could have the member. */
export type PathFact = { readonly types: readonly string[]; readonly always: boolean };

type Tree = { [member: string]: Shape | Tree };

/** `place` gives the number of a recording. */
export function shapeOf(paths: KeyPaths, place: (source: string) => number): Shape {
  const root: Tree = {};
  for (const [path, { types, source }] of [...paths.seen].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const steps = stepsOf(path);
    const last = steps.at(-1) ?? "";
    const parent = steps.slice(0, -1).reduce<Tree>((tree, step) => childOf(tree, step), root);
    const name = isAlways(paths, path) ? last : `${last}?${place(source)}`;
    parent[name] = [...types].toSorted().join("|");
  }
  return root;
}

/** `value[].properties.id` → `value`, `[]`, `properties`, `id`. */
function stepsOf(path: string): readonly string[] {
  return path.replaceAll("[]", ".[]").split(".");
}

function childOf(tree: Tree, step: string): Tree {
  const name = Object.keys(tree).find((key) => nameOf(key) === step) ?? step;
  const child = tree[name];
  if (typeof child === "object") return child as Tree;
  const opened: Tree = child === undefined || child === "object" ? {} : { "=": child };
  tree[name] = opened;
  return opened;
}

function nameOf(key: string): string {
  return key.replace(/\?\d+$/u, "");
}

/** The key paths of a shape, in the order in which they stand there. */
export function pathsOf(shape: Shape): ReadonlyMap<string, PathFact> {
  const paths = new Map<string, PathFact>();
  collect(shape, "", paths);
  return paths;
}

function collect(shape: Shape, path: string, paths: Map<string, PathFact>): void {
  if (typeof shape === "string") return;
  for (const [key, inner] of Object.entries(shape)) {
    if (key === "=") continue;
    const name = nameOf(key);
    const here = name === "[]" ? `${path}[]` : path === "" ? name : `${path}.${name}`;
    const own = typeof inner === "string" ? inner : inner["="];
    const types = (typeof own === "string" ? own : "object").split("|");
    if (name !== "[]") paths.set(here, { types, always: name === key });
    collect(inner, here, paths);
  }
}
