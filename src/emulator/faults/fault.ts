// Faults as a world scripts them: which requests are hit, how often, and what happens to them.
// It must stay data: matching.ts finds the fault that is due, applying.ts carries it out.

/** Which requests are meant; what is left out fits any. `*` in the path is any run of characters, slashes too. */
export type FaultMatch = {
  readonly method?: string;
  /** Compared with the whole decoded path, without regard to case. */
  readonly path?: string;
  /** Contained in the decoded query, without regard to case. */
  readonly query?: string;
  readonly apiVersion?: string;
};

export type StatusFault = {
  readonly kind: "status";
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as it is, instead of the provider's error. */
  readonly text?: string;
  /** The request takes effect before this is answered. */
  readonly carriedOut?: boolean;
};

/** `never-ends` and `fails` alter the operations a request starts. */
export type OperationFault =
  | { readonly kind: "never-ends" }
  | { readonly kind: "fails"; readonly code: string; readonly message: string };

export type Fault =
  | StatusFault
  | OperationFault
  /** The connection is reset. */
  | { readonly kind: "drop"; readonly when: "before" | "after" }
  /** The connection stays, and nothing ever comes. */
  | { readonly kind: "no-answer"; readonly when: "before" | "after" }
  | { readonly kind: "no-operation-headers" }
  | { readonly kind: "expired-token" }
  | { readonly kind: "stale-list" }
  | { readonly kind: "silent-204" }
  | { readonly kind: "truncated" }
  | { readonly kind: "status-word"; readonly from: string; readonly to: string }
  | { readonly kind: "gone" }
  /** The next link leads to the page that has it. */
  | { readonly kind: "repeated-page" }
  /** The next link is missing: what stands on later pages is not told. */
  | { readonly kind: "lost-pages" };

export type WorldFault = {
  readonly match: FaultMatch;
  /** The first matching request that is hit, counted from 1. */
  readonly from?: number;
  /** How many matching requests in a row are hit; 1 without it. */
  readonly times?: number | "always";
  /** Written by the emulator when a running world is saved: matching requests so far. */
  readonly seen?: number;
  readonly fault: Fault;
};
