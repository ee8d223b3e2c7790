// What ends a command with one clear line: what, the value, what to do. Everything else is a defect.

import { AzureError } from "../model/azure-error.ts";

/** Thrown by the command line for what a person can put right. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** Further lines, where one does not hold it. */
  readonly details: readonly string[];

  constructor(message: string, details: readonly string[] = []) {
    super(message);
    this.details = details;
  }
}

/** Errors of other folders whose message already is one line for people; known by name so that none must be loaded. */
const readable = new Set([
  "UserError",
  "PlanDocumentError",
  "JournalError",
  "StateFolderError",
  "VaultLockedError",
  "VaultLockLostError",
  "WorldError",
]);

/** The line to print for anything thrown. */
export function lineFor(error: unknown): string {
  if (error instanceof AzureError) return azureLine(error);
  if (error instanceof Error && readable.has(error.name)) return error.message;
  // Of what a run has stored: where a person named the file, it is told with the option that did.
  if (error instanceof Error && error.name === "UnreadableFileError")
    return `${error.message}: make it a file that can be read, or look at the vault with plan and begin anew with apply --fresh`;
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `unexpected: ${what.split("\n", 1)[0] ?? ""}; this is a defect of the tool, run again with --debug and report it`;
}

/** Where more is said about an answer of Azure, to go on in the line; empty for all else. The catalogue is loaded only then. */
export async function pointerFor(error: unknown): Promise<string> {
  if (!(error instanceof AzureError)) return "";
  const { explainCommand } = await import("../explanations/explain-command.ts");
  const command = explainCommand(error.code);
  return command === undefined ? "" : `; more: ${command}`;
}

function azureLine(error: AzureError): string {
  return `azure answered ${error.code}: ${error.message} ${remedyFor(error)}`;
}

function remedyFor(error: AzureError): string {
  if (error.code === "NoCredential")
    return "(sign in with az login, or set AZURE_CLIENT_ID, AZURE_TENANT_ID and a secret, certificate or federated token)";
  if (error.status === 401) return "(sign in again, then run the same command)";
  if (error.status === 403) return "(an owner of that scope must grant you the right; Reader is enough for plan)";
  if (error.code === "SubscriptionNotFound") return "(check --subscription and the account you are signed in with)";
  if (error.code === "ResourceGroupNotFound") return "(check --resource-group)";
  if (error.status === 0) return "(check the network and the endpoint, then run the same command)";
  return "(see the code and message; --debug shows more)";
}
