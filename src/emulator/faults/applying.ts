// Answers a request under the world's faults: the fault that is due decides whether it takes effect and what is answered.
// It must not match or count; that is matching.ts.
import type { Answer } from "../answers.ts";
import { jsonType, noContent } from "../answers.ts";
import { isObject, text } from "../json.ts";
import { failure } from "../known-failures.ts";
import { absentAt } from "../provider-errors.ts";
import type { State } from "../state.ts";
import { withAlteredOperations } from "./altered-operations.ts";
import type { Fault, StatusFault } from "./fault.ts";
import type { Asked } from "./matching.ts";
import { rememberAnswer, takeDue } from "./matching.ts";

/** Without an answer the connection is lost, or stays without one. */
export type Outcome = { readonly answer: Answer | undefined; readonly fault?: Fault["kind"] };

/** Counts the request for the faults it fits; `carryOut` is called once, or never where the fault lets nothing happen. */
export function answerUnderFaults(state: State, asked: Asked, carryOut: () => Answer): Outcome {
  if (state.faults.scripted.length === 0) return { answer: carryOut() };
  const fault = takeDue(state.faults, asked);
  if (fault === undefined) return { answer: remembered(state, asked, carryOut) };
  return { answer: faulted(state, asked, fault, carryOut), fault: fault.kind };
}

function remembered(state: State, asked: Asked, carryOut: () => Answer): Answer {
  const answer = carryOut();
  rememberAnswer(state.faults, asked, answer);
  return answer;
}

function faulted(state: State, asked: Asked, fault: Fault, carryOut: () => Answer): Answer | undefined {
  switch (fault.kind) {
    case "status":
      if (fault.carriedOut === true) carryOut();
      return statusAnswer(state, asked, fault);
    case "drop":
    case "no-answer":
      if (fault.when === "after") carryOut();
      return undefined;
    case "no-operation-headers":
      return withoutOperationHeaders(carryOut());
    case "never-ends":
    case "fails":
      return withAlteredOperations(state, asked, fault, carryOut);
    case "expired-token":
      return failure(state, asked, { status: 401 });
    case "stale-list":
      return state.faults.answersBefore.get(asked.url) ?? remembered(state, asked, carryOut);
    case "silent-204":
      return noContent;
    case "truncated":
      return truncated(carryOut());
    case "status-word":
      return reworded(carryOut(), fault.from, fault.to);
    case "gone":
      return absentAt(state, asked.segments);
    case "repeated-page":
      return withNextLink(carryOut(), asked.url);
    case "lost-pages":
      return withNextLink(carryOut(), undefined);
    default:
      return fault satisfies never;
  }
}

function statusAnswer(state: State, asked: Asked, fault: StatusFault): Answer {
  const { status, code, message, retryAfter, text: body } = fault;
  const headers = { ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }), ...fault.headers };
  if (body !== undefined) return { status, headers, ...(body === "" ? {} : { text: body }) };
  const isError = status >= 400 || code !== undefined || message !== undefined;
  if (!isError) return { status, headers };
  const answer = failure(state, asked, { status, code, message, seconds: retryAfter });
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

const operationHeaders: readonly string[] = ["Azure-AsyncOperation", "Location", "Retry-After"];

function withoutOperationHeaders(answer: Answer): Answer {
  const kept = Object.entries(answer.headers ?? {}).filter(([name]) => !operationHeaders.includes(name));
  return { ...answer, headers: Object.fromEntries(kept) };
}

/** An answer without a body has nothing to cut. */
function truncated({ body, ...answer }: Answer): Answer {
  if (body === undefined) return answer;
  const whole = JSON.stringify(body);
  const cut = whole.slice(0, Math.floor(whole.length / 2));
  const headers = {
    "Content-Type": jsonType,
    "Content-Length": String(Buffer.byteLength(cut)),
  };
  return { ...answer, headers: { ...answer.headers, ...headers }, text: cut };
}

function reworded(answer: Answer, from: string, to: string): Answer {
  const { body } = answer;
  if (!isObject(body) || text(body, "status") !== from) return answer;
  return { ...answer, body: { ...body, status: to } };
}

/** An answer that is no page, or the last one, is left as it is. */
function withNextLink(answer: Answer, nextLink: string | undefined): Answer {
  const { body } = answer;
  if (!isObject(body) || typeof body["nextLink"] !== "string") return answer;
  const { nextLink: _, ...page } = body;
  return { ...answer, body: nextLink === undefined ? page : { ...page, nextLink } };
}
