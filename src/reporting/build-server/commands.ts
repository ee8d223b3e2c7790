// Commands to build servers, and the only place that makes any: whatever a name holds, it stays the text of its command. What is
// no command is for terminal-text.ts to make harmless.

import { terminalLine } from "../terminal-text.ts";

export type BuildServer = "github" | "azure-pipelines";

/** One line, without its end, that a build server obeys where it stands alone in a step's output. */
export type BuildServerCommand = string & { readonly __brand: "BuildServerCommand" };

/** Azure Pipelines knows no notices: there they are not said. */
export type Severity = "error" | "warning" | "notice";

export type Issue = {
  readonly severity: Severity;
  /** A code or a few words. */
  readonly title: string;
  readonly message: string;
};

/** Undefined where the server has no command for it. */
export function issueCommand(server: BuildServer, { severity, title, message }: Issue): BuildServerCommand | undefined {
  if (server === "github")
    return `::${severity} title=${githubProperty(title)}::${githubText(message)}` as BuildServerCommand;
  if (severity === "notice") return undefined;
  const said = azureText(`${title}: ${message}`);
  return `##vso[task.logissue type=${severity};code=${azureText(title)};]${said}` as BuildServerCommand;
}

/**
 * Azure Pipelines shows the Markdown file of this absolute path beside the run. The path is this machine's: it is escaped for
 * the command alone, for it must still lead there.
 */
export function uploadSummaryCommand(path: string): BuildServerCommand {
  return `##vso[task.uploadsummary]${azureEscaped(path)}` as BuildServerCommand;
}

/** Documented (GitHub, workflow commands): text has the percent sign and the ends of lines escaped. */
function githubText(text: string): string {
  return terminalLine(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** Properties besides what separates them. */
function githubProperty(text: string): string {
  return githubText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** The agent of Azure Pipelines takes the same escapes back in properties and in text, the percent sign last. */
function azureText(text: string): string {
  return azureEscaped(terminalLine(text));
}

function azureEscaped(text: string): string {
  return text
    .replaceAll("%", "%AZP25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A")
    .replaceAll("]", "%5D")
    .replaceAll(";", "%3B");
}
