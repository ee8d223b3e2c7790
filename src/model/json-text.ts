// JSON as this tool writes it: build servers read commands out of what a job prints, and names from Azure must not be any.

/** JSON of the value; `##`, with which Azure Pipelines and GitHub mark commands anywhere in a line, is written as an escape. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll("##", "\\u0023#");
}
