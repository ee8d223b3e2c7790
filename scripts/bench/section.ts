// What a part of the bench is, so that another one is a file and a line in main.ts. It must not measure.

export type SectionResult = {
  /** What is printed. */
  readonly lines: readonly string[];
  /** What is written down, as JSON can hold it. */
  readonly figures: unknown;
  /** Bars that were missed, and by how much; none when all were met. */
  readonly missed: readonly string[];
};

export type Section = {
  /** Under which its figures are written down. */
  readonly name: string;
  readonly title: string;
  readonly run: () => Promise<SectionResult>;
};

/** Columns as wide as their widest cell; the first is flush left, the others are flush right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = header.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map(length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(header), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)];
}

function length({ length: characters }: string): number {
  return characters;
}
