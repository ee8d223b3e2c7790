// Makes of whatever is thrown underneath what the library throws. It must not swallow anything.

import { AzureError } from "../model/azure-error.ts";
import type { Objection } from "../model/objection.ts";
import { TeardownError, type Refusal } from "./teardown-error.ts";

type Plain = Exclude<Refusal, Objection | { readonly code: "unfinished-run" }>["code"];

/** Errors of other folders, known by name, as `lineFor` of the command line knows them. */
const codes: ReadonlyMap<string, Plain> = new Map([
  ["PlanDocumentError", "invalid-plan"],
  ["VaultLockedError", "held-by-another"],
  ["VaultLockLostError", "vault-lost"],
  ["StateFolderError", "state-unusable"],
  ["JournalError", "state-unusable"],
  ["UnreadableFileError", "state-unusable"],
]);

/** Does the work; what it throws is thrown as the library throws it. `ofUserError`: what an error of a person's making means here. */
export async function refusing<T>(
  ofUserError: Plain,
  work: () => T | Promise<T>,
  details: readonly string[] = [],
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TeardownError || error instanceof AzureError) throw error;
    const name = error instanceof Error ? error.name : "";
    const code = name === "UserError" ? ofUserError : (codes.get(name) ?? "broken");
    const message = error instanceof Error ? error.message : String(error);
    throw new TeardownError({ code }, inWordsOfTheLibrary(message), { details: [...details], cause: error });
  }
}

/** Options are not written as the command line has them: `--guard-tenant` is `guardTenant` here. */
function inWordsOfTheLibrary(message: string): string {
  return message.replaceAll(/--([a-z]+(?:-[a-z]+)*)/g, (_, option: string) =>
    option.replaceAll(/-([a-z])/g, (__, letter: string) => letter.toUpperCase()),
  );
}
