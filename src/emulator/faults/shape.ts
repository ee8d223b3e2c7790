// The members a world's `faults` may have, as data. What a shape cannot say is in world-problems.ts.
import type { Members, Shape } from "../world-shape.ts";
import type { Fault } from "./fault.ts";

const text: Shape = { kind: "text" };
const amount: Shape = { kind: "number" };
const nothing: Members = {};

const variants = {
  status: {
    required: { status: amount },
    optional: {
      code: text,
      message: text,
      retryAfter: amount,
      headers: { kind: "body" },
      text,
      carriedOut: { kind: "boolean" },
    },
  },
  drop: { required: { when: { kind: "one-of", values: ["before", "after"] } }, optional: nothing },
  "no-answer": { required: { when: { kind: "one-of", values: ["before", "after"] } }, optional: nothing },
  "no-operation-headers": { required: nothing, optional: nothing },
  "never-ends": { required: nothing, optional: nothing },
  fails: { required: { code: text, message: text }, optional: nothing },
  "expired-token": { required: nothing, optional: nothing },
  "stale-list": { required: nothing, optional: nothing },
  "silent-204": { required: nothing, optional: nothing },
  truncated: { required: nothing, optional: nothing },
  "status-word": { required: { from: text, to: text }, optional: nothing },
  gone: { required: nothing, optional: nothing },
  "repeated-page": { required: nothing, optional: nothing },
  "lost-pages": { required: nothing, optional: nothing },
} as const satisfies Record<Fault["kind"], { readonly required: Members; readonly optional: Members }>;

export const faultsShape: Shape = {
  kind: "list",
  of: {
    kind: "object",
    required: {
      match: {
        kind: "object",
        required: nothing,
        optional: { method: text, path: text, query: text, apiVersion: text },
      },
      fault: { kind: "variants", of: variants },
    },
    optional: { from: amount, times: { kind: "json" }, seen: amount },
  },
};
