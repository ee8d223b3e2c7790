// What was found out about a code or a message, as text and as JSON documents. Draws what was found; it decides nothing.

import type { Explanation } from "../explanations/explanation.ts";
import type { Findings, Found } from "../explanations/find.ts";
import type { UnknownCode } from "../explanations/unknown-codes.ts";
import { terminalText, type TerminalText } from "./terminal-text.ts";

const supportRequest =
  "https://learn.microsoft.com/azure/azure-portal/supportability/how-to-create-azure-support-request";

export function explanationText(findings: Findings): TerminalText {
  const { found, unknown, correlationId } = findings;
  const parts = [
    ...found.map((one) => foundLines(one)),
    ...unknown.map((one) => unknownLines(one)),
    ...(found.length + unknown.length === 0 ? [["nothing in it is a known code or message", ...supportLines]] : []),
    ...(correlationId === undefined
      ? []
      : [[`correlation id ${correlationId}: by it Microsoft support finds the request`]]),
  ];
  return terminalText(parts.flatMap((lines, at) => (at === 0 ? lines : ["", ...lines])));
}

/** One line for each code; entries that only their text recognises come last. */
export function catalogueText(explanations: readonly Explanation[]): TerminalText {
  const coded = explanations.flatMap(({ codes, title }) => codes.map((code) => ({ code, title })));
  const width = coded.reduce((widest, { code }) => Math.max(widest, code.length), 0);
  const sorted = coded.toSorted((one, other) => (one.code.toLowerCase() < other.code.toLowerCase() ? -1 : 1));
  const byText = explanations.filter(({ codes }) => codes.length === 0);
  return terminalText([
    ...sorted.map(({ code, title }) => `${code.padEnd(width)}  ${title}`),
    ...byText.map(({ title, phrases = [] }) => `"${phrases[0] ?? ""}"  ${title}`),
  ]);
}

function foundLines({ explanation, recognised }: Found): readonly string[] {
  const { codes, title, meaning, who, todo, links = [], grade, source } = explanation;
  const named = codes.find((code) => recognised.some((part) => part.toLowerCase() === code.toLowerCase())) ?? codes[0];
  return [
    named === undefined ? title : `${named}: ${title}`,
    ...labelled("means", [meaning]),
    ...labelled("whose", [who]),
    ...labelled("to do", todo),
    ...labelled("see", links),
    ...labelled("known", [`${grade}: ${source}`]),
    ...labelled("found by", [recognised.join(" | ")]),
  ];
}

const supportLines: readonly string[] = [
  ...labelled("to do", [
    "look for the exact text, without the names in it, in the issues of the tool that showed it",
    "if the answer has a correlation id: open a support request with it",
  ]),
  ...labelled("see", [supportRequest]),
];

function unknownLines({ code, family, nearest }: UnknownCode): readonly string[] {
  return [
    `${code}: nothing is known of this code`,
    ...labelled("family", family === undefined ? [] : [family]),
    ...labelled("nearest", nearest),
    ...supportLines,
  ];
}

/** The label stands before the first line alone. */
function labelled(label: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, at) => `  ${(at === 0 ? label : "").padEnd(10)}${line}`);
}

type ExplanationEntry = Omit<Explanation, "phrases" | "general" | "links"> & { readonly links: readonly string[] };

/**
 * `explain --format json`: `found[]`, best first, each with what in the input it was recognised by; `unknown[]`, the codes
 * of which nothing is known. Members are only ever added to a format version; what is not known is absent, never null.
 */
export type ExplanationDocument = {
  readonly formatVersion: 1;
  readonly found: readonly (ExplanationEntry & { readonly recognised: readonly string[] })[];
  readonly unknown: readonly UnknownCode[];
  readonly correlationId?: string;
};

export function explanationDocument({ found, unknown, correlationId }: Findings): ExplanationDocument {
  return {
    formatVersion: 1,
    found: found.map(({ explanation, recognised }) => ({ ...entryOf(explanation), recognised })),
    unknown,
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

/** `explain --list --format json`: everything that can be explained. Versioned as ExplanationDocument. */
export type CatalogueDocument = { readonly formatVersion: 1; readonly explanations: readonly ExplanationEntry[] };

export function catalogueDocument(explanations: readonly Explanation[]): CatalogueDocument {
  return { formatVersion: 1, explanations: explanations.map((explanation) => entryOf(explanation)) };
}

function entryOf({ codes, title, meaning, who, todo, links = [], grade, source }: Explanation): ExplanationEntry {
  return { codes, title, meaning, who, todo, links, grade, source };
}
