// A value as one word of a command that people copy into a shell: names from Azure must be nothing but names there.

/** A path as people would type it: quoted only where it holds anything that could mean something to a shell. */
export function shellPath(path: string): string {
  return /^[\w./][\w./-]*$/u.test(path) ? path : shellWord(path);
}

/** For a POSIX shell: between single quotes everything stands for itself. */
export function shellWord(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
