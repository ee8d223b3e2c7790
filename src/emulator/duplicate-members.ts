// Finds a member that stands twice in one object of a JSON text: a parser keeps the last one and says nothing.
// It must be given JSON, and must not look at what members mean.

type Level = {
  /** The names so far; undefined in a list. */
  readonly names: Set<string> | undefined;
  readonly path: string;
  /** The member, or the place in the list, that is being read. */
  at: string | number;
  awaitsName: boolean;
};

/** The path of the first one, or undefined. */
export function duplicateMember(json: string): string | undefined {
  const levels: Level[] = [];
  for (let index = 0; index < json.length; index += 1) {
    const level = levels.at(-1);
    const sign = json[index];
    if (sign === '"') {
      const end = endOfText(json, index);
      if (level?.awaitsName === true) {
        const name = nameIn(json.slice(index, end + 1));
        level.at = name;
        level.awaitsName = false;
        if (level.names?.has(name) === true) return pathOf(level);
        level.names?.add(name);
      }
      index = end;
    } else if (sign === "{") levels.push(opened(level, new Set(), ""));
    else if (sign === "[") levels.push(opened(level, undefined, 0));
    else if (sign === "}" || sign === "]") levels.pop();
    else if (sign === "," && level !== undefined) {
      level.awaitsName = level.names !== undefined;
      if (typeof level.at === "number") level.at += 1;
    }
  }
  return undefined;
}

function opened(outer: Level | undefined, names: Set<string> | undefined, at: string | number): Level {
  return { names, path: outer === undefined ? "" : pathOf(outer), at, awaitsName: names !== undefined };
}

function pathOf({ path, at }: Level): string {
  if (typeof at === "number") return `${path}[${at}]`;
  return path === "" ? at : `${path}.${at}`;
}

/** Where the closing quotation mark is. */
function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end === -1 ? json.length : end;
}

function isEscaped(json: string, index: number): boolean {
  let before = index;
  while (json[before - 1] === "\\") before -= 1;
  return (index - before) % 2 === 1;
}

/** The same name may be spelled with escapes. */
function nameIn(quoted: string): string {
  return quoted.includes("\\") ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}
