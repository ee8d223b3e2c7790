// Texts with `*` for any run of characters, as in actions and in the paths of faults. It must not know what they stand for.

/** Whether the whole text fits, without regard to case. */
export function fitsPattern(pattern: string, text: string): boolean {
  let rest = text.toLowerCase();
  const [first = "", ...parts] = pattern.toLowerCase().split("*");
  if (!rest.startsWith(first)) return false;
  rest = rest.slice(first.length);
  const last = parts.pop();
  if (last === undefined) return rest === "";
  for (const part of parts) {
    const at = rest.indexOf(part);
    if (at === -1) return false;
    rest = rest.slice(at + part.length);
  }
  return rest.endsWith(last);
}
