// A value as one word of a command that people copy into a shell: names from Azure must be nothing but names there.

/** For a POSIX shell: between single quotes everything stands for itself. */
export function shellWord(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
