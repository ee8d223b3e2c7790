// The formats of the command line, said once: their names, which command prints which, and which file name means which.

export const planFormats = ["text", "json", "markdown", "html", "mermaid"] as const;
export const runFormats = ["text", "json", "ndjson", "markdown", "html", "junit"] as const;

/** What a plan can be written to a file as, beside how it is printed; JUnit tells of its gates. */
export const planReportFormats: readonly Format[] = [...planFormats, "junit"];
/** The same of a run; Mermaid is that of its plan. */
export const runReportFormats: readonly Format[] = [...runFormats, "mermaid"];

type PlanFormat = (typeof planFormats)[number];
type RunFormat = (typeof runFormats)[number];
export type Format = PlanFormat | RunFormat;

/** The format of a report file, by the end of its name. */
export const formatsByExtension: Readonly<Record<string, Format>> = {
  ".txt": "text",
  ".json": "json",
  ".ndjson": "ndjson",
  ".md": "markdown",
  ".html": "html",
  ".mmd": "mermaid",
  ".xml": "junit",
};
