// Finds the first thing wrong with a world's `faults`, past their shape: counts, statuses, bodies and headers.
// It must not repair.
import { verbs } from "../gateway.ts";
import type { Json, Properties } from "../json.ts";
import { object, text } from "../json.ts";

const withoutBody: readonly number[] = [204, 205, 304];
const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/u;
const headerValue = /^[\t\u0020-\u007E\u0080-\u00FF]*$/u;
/** They frame the answer, and belong to whoever sends it. */
const framing: readonly string[] = [
  "connection",
  "content-length",
  "keep-alive",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** The problem and what to do about it, or undefined. The document's shape has been looked at before. */
export function faultsProblem(world: Properties): string | undefined {
  for (const [index, scripted] of ((world["faults"] ?? []) as readonly Properties[]).entries()) {
    const path = `faults[${index}]`;
    const problem =
      countProblem(scripted, path) ??
      matchProblem(object(scripted, "match"), object(scripted, "fault"), `${path}.match`) ??
      answerProblem(object(scripted, "fault"), `${path}.fault`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function countProblem({ from, times, seen }: Properties, path: string): string | undefined {
  if (from !== undefined && !isWhole(from, 1))
    return `'${path}.from' is ${shown(from)}; use a whole number of 1 or more`;
  if (times !== undefined && times !== "always" && !isWhole(times, 1)) {
    return `'${path}.times' is ${shown(times)}; use a whole number of 1 or more, or "always"`;
  }
  if (seen === undefined || isWhole(seen, 0)) return undefined;
  return `'${path}.seen' is ${shown(seen)}; use a whole number of 0 or more`;
}

function matchProblem(match: Properties, fault: Properties, path: string): string | undefined {
  const { method } = match;
  if (method !== undefined && !verbs.includes(text(match, "method").toUpperCase())) {
    return `'${path}.method' is ${shown(method)}; use ${verbs.join(" or ")}`;
  }
  if (method !== undefined && text(fault, "kind") === "stale-list" && text(match, "method").toUpperCase() !== "GET") {
    return `'${path}.method' is ${shown(method)}, but a stale-list fault hits GET alone; use GET or leave it out`;
  }
  const pattern = match["path"];
  if (pattern !== undefined && !/^[/*]/u.test(text(match, "path"))) {
    return `'${path}.path' is ${shown(pattern)}; begin it with / or *`;
  }
  if (!text(match, "path").includes("?")) return undefined;
  return `'${path}.path' is ${shown(pattern)}; put what follows the ? into 'query'`;
}

function answerProblem(fault: Properties, path: string): string | undefined {
  if (text(fault, "kind") !== "status") return undefined;
  const { status, retryAfter } = fault;
  if (!isFinal(status)) return statusProblem(status, `${path}.status`);
  if (retryAfter !== undefined && !isWhole(retryAfter, 0)) {
    return `'${path}.retryAfter' is ${shown(retryAfter)}; use whole seconds`;
  }
  for (const member of ["text", "code", "message"]) {
    if (withoutBody.includes(status) && text(fault, member) !== "") {
      return `'${path}.${member}' cannot go with status ${status}, which has no body; remove it or use another status`;
    }
  }
  return headersProblem(object(fault, "headers"), `${path}.headers`);
}

function isFinal(status: Json | undefined): status is number {
  return isWhole(status, 200) && status <= 599;
}

function statusProblem(status: Json | undefined, path: string): string {
  const interim = isWhole(status, 100) && status < 200 ? ", which HTTP cannot carry as an answer" : "";
  return `'${path}' is ${shown(status)}${interim}; use a whole number from 200 to 599`;
}

function headersProblem(headers: Properties, path: string): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name)) return `'${path}' names ${shown(name)}, which cannot be a header; correct it`;
    if (framing.includes(name.toLowerCase())) return `'${path}.${name}' is set by the server; remove it`;
    if (typeof value !== "string" || !headerValue.test(value)) {
      return `'${path}.${name}' is ${shown(value)}; use a string that fits into one header line`;
    }
  }
  return undefined;
}

function isWhole(value: Json | undefined, least: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least;
}

function shown(value: Json | undefined): string {
  return JSON.stringify(value) ?? "missing";
}
