// The saved form of a plan: one canonical text, and an id that is the hash of everything else in it.

import { createHash } from "node:crypto";
import { jsonText, type JsonText } from "../model/json-text.ts";
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

/** The same text in pieces: that of a large vault's plan is longer than all else it takes to make one. */
export function* planPieces(plan: Plan): Iterable<JsonText> {
  // Layout, and what `jsonText` made.
  for (const piece of documentPieces(plan, indented)) yield piece as JsonText;
  yield "\n" as JsonText;
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
  for (const piece of documentPieces(content, compact)) hash.update(piece);
  return hash.digest("hex").slice(0, 32);
}

/** How a document is put into words: what stands between its members, and the words of each of them. */
type Form = {
  readonly open: string;
  readonly colon: string;
  readonly comma: string;
  readonly close: string;
  /** What ends a member that is a list. */
  readonly closeList: string;
  readonly textOf: (member: unknown) => string;
};

/** What `JSON.stringify` makes of it. */
const compact: Form = {
  open: "{",
  colon: ":",
  comma: ",",
  close: "}",
  closeList: "]",
  textOf: (value) => JSON.stringify(value),
};

/** What `jsonText` makes of it with an indent of two spaces. A line break stands in JSON only between members. */
const indented: Form = {
  open: "{\n  ",
  colon: ": ",
  comma: ",\n  ",
  close: "\n}",
  closeList: "\n  ]",
  textOf: (value) => jsonText(value, 2).replaceAll("\n", "\n  "),
};

function* documentPieces(document: object, form: Form): Iterable<string> {
  const members = Object.entries(document).filter(([, value]) => value !== undefined);
  if (members.length === 0) return yield "{}";
  for (const [index, [name, value]] of members.entries()) {
    yield `${index === 0 ? form.open : form.comma}${form.textOf(name)}${form.colon}`;
    if (Array.isArray(value)) yield* listPieces(value, form);
    else yield form.textOf(value);
  }
  yield form.close;
}

/** So many entries make a piece of some ten thousand characters. */
const entriesInPiece = 64;

function* listPieces(list: readonly unknown[], { textOf, closeList }: Form): Iterable<string> {
  if (list.length === 0) return yield "[]";
  for (let start = 0; start < list.length; start += entriesInPiece) {
    const text = textOf(list.slice(start, start + entriesInPiece));
    yield start === 0 ? "[" : ",";
    yield text.slice(1, -closeList.length);
  }
  yield closeList;
}
