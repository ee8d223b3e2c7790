// An answer of Azure that is not a success, in one shape whatever client or provider it came from.

export type AzureErrorFacts = {
  /** HTTP status; 0 when no answer arrived. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly correlationId?: string;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
};

/** Thrown by every reader and writer call that Azure refused or did not answer. */
export class AzureError extends Error {
  override readonly name = "AzureError";
  readonly status: number;
  readonly code: string;
  readonly correlationId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(facts: AzureErrorFacts) {
    super(facts.message, { cause: facts.cause });
    this.status = facts.status;
    this.code = facts.code;
    this.correlationId = facts.correlationId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}
