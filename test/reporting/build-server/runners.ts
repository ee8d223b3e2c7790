// How the runners of both build servers take a line of output apart, by their documented rules. It must not test anything.

export type Command = {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly text: string;
};

/** GitHub: a line that begins with two colons; properties up to the next two, separated by commas; the percent sign last. */
export function githubCommand(line: string): Command | undefined {
  const trimmed = line.trimStart();
  const end = trimmed.indexOf("::", 2);
  if (!trimmed.startsWith("::") || end < 0) return githubOldCommand(line);
  const back = { "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%" };
  const command = taken(trimmed.slice(2, end), ",", back);
  return { ...command, text: unescaped(trimmed.slice(end + 2), { "%0D": "\r", "%0A": "\n", "%25": "%" }) };
}

/** The older form stands anywhere in a line. */
function githubOldCommand(line: string): Command | undefined {
  const [, info, text] = /##\[([^\]]*)\](.*)/s.exec(line) ?? [];
  return info === undefined || text === undefined ? undefined : { ...taken(info, ";", {}), text };
}

/** Azure Pipelines: anywhere in a line, up to the first bracket; properties end with semicolons. */
export function azureCommand(line: string): Command | undefined {
  const begin = line.indexOf("##vso[");
  const end = line.indexOf("]", begin);
  if (begin < 0 || end < 0) return undefined;
  const back = { "%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%AZP25": "%" };
  return { ...taken(line.slice(begin + "##vso[".length, end), ";", back), text: unescaped(line.slice(end + 1), back) };
}

function taken(info: string, separator: string, back: Readonly<Record<string, string>>): Omit<Command, "text"> {
  const space = info.indexOf(" ");
  if (space < 0) return { name: info, properties: {} };
  const pairs = info
    .slice(space + 1)
    .trim()
    .split(separator)
    .flatMap((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? [] : [[pair.slice(0, equals), unescaped(pair.slice(equals + 1), back)] as const];
    });
  return { name: info.slice(0, space), properties: Object.fromEntries(pairs) };
}

/** One escape after the other, in their order. */
function unescaped(text: string, back: Readonly<Record<string, string>>): string {
  return Object.entries(back).reduce((sofar, [escape, meant]) => sofar.replaceAll(escape, meant), text);
}
