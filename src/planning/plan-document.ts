// The saved form of a plan: one canonical text, and an id that is the hash of everything else in it.

import { createHash } from "node:crypto";
import { jsonText } from "../model/json-text.ts";
import type { Plan } from "../model/plan.ts";

/** Gives the plan its id: the hash of everything else in it. */
export function sealPlan(plan: Omit<Plan, "id">): Plan {
  const { formatVersion, ...rest } = plan;
  return { formatVersion, id: hashOf({ formatVersion, ...rest }), ...rest };
}

/** The only text that stands for this plan; ends with a line feed. */
export function renderPlan(plan: Plan): string {
  return [...planPieces(plan)].join("");
}

/** The same text in pieces of some thousand characters: that of a large vault is longer than all else a plan needs. */
export function* planPieces(plan: Plan): Iterable<string> {
  yield* inPieces(indented(plan));
  yield "\n";
}

/** Whether the text is the one that stands for this plan. */
export function standsFor(text: string, plan: Plan): boolean {
  let at = 0;
  for (const piece of planPieces(plan)) {
    if (!text.startsWith(piece, at)) return false;
    at += piece.length;
  }
  return at === text.length;
}

/** The hash of everything in a plan but its id: of its JSON without any space, which is never held in one piece. */
export function hashOf(content: object): string {
  const hash = createHash("sha256");
  for (const piece of inPieces(compact(content))) hash.update(piece);
  return hash.digest("hex").slice(0, 32);
}

/** What `JSON.stringify` says of the document, member by member, and entry by entry where a member is a list. */
function* compact(document: object): Iterable<string> {
  let before = "{";
  for (const [name, value] of membersOf(document)) {
    yield `${before}${JSON.stringify(name)}:`;
    if (Array.isArray(value)) yield* listed(value, ["[", ",", "]"], (entry) => JSON.stringify(entry));
    else yield JSON.stringify(value);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

/** What `jsonText` says of the document with an indent of two spaces, in the same portions. */
function* indented(document: object): Iterable<string> {
  let before = "{\n";
  for (const [name, value] of membersOf(document)) {
    yield `${before}  ${jsonText(name)}: `;
    if (Array.isArray(value)) yield* listed(value, ["[\n    ", ",\n    ", "\n  ]"], (entry) => textAt(4, entry));
    else yield textAt(2, value);
    before = ",\n";
  }
  yield before === "{\n" ? "{}" : "\n}";
}

function membersOf(document: object): readonly (readonly [string, unknown])[] {
  return Object.entries(document).filter(([, value]) => value !== undefined);
}

type Marks = readonly [open: string, between: string, close: string];

function* listed(
  list: readonly unknown[],
  [open, between, close]: Marks,
  textOf: (entry: unknown) => string,
): Iterable<string> {
  if (list.length === 0) return yield "[]";
  for (const [index, entry] of list.entries()) yield `${index === 0 ? open : between}${textOf(entry)}`;
  yield close;
}

/** A line break stands in JSON only between its members: inside a text it is escaped. */
function textAt(depth: number, value: unknown): string {
  return jsonText(value, 2).replaceAll("\n", `\n${" ".repeat(depth)}`);
}

const pieceLength = 65_536;

/** Short portions put together: one call for each would cost more than what it is called with. */
function* inPieces(portions: Iterable<string>): Iterable<string> {
  let piece = "";
  for (const portion of portions) {
    piece += portion;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
