// An answer of Azure that is not a success, in one shape whatever client or provider it came from. It holds no secret.

import { withoutSecrets } from "./secrets.ts";

export type AzureErrorFacts = {
  /** HTTP status; 0 when no answer arrived. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly correlationId?: string;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
};

/** Longer ones are a page or a dump, of which the beginning says what it is. */
const longestText = 4000;

/** What Azure said, fit to be stored and shown. */
export function told(text: string): string {
  const said = withoutSecrets(text.slice(0, 10 * longestText));
  return said.length > longestText ? `${said.slice(0, longestText)}…` : said;
}

/** Thrown by every reader and writer call that Azure refused or did not answer. */
export class AzureError extends Error {
  override readonly name = "AzureError";
  readonly status: number;
  readonly code: string;
  readonly correlationId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(facts: AzureErrorFacts) {
    super(told(facts.message), { cause: facts.cause });
    this.status = facts.status;
    this.code = told(facts.code);
    this.correlationId = facts.correlationId === undefined ? undefined : told(facts.correlationId);
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}
