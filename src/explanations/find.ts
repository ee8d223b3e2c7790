// Finds what a code or a pasted message is about. Pure; bounded in what it looks at, and linear in that.

import { withoutSecrets } from "../model/secrets.ts";
import { catalogue, entriesOfCode, knownCodes } from "./catalogue.ts";
import { codesInText, statusesInText, type NamedCode } from "./codes-in-text.ts";
import type { Explanation } from "./explanation.ts";
import { findPhrase, type Span } from "./phrases.ts";
import { readableText, type ReadableText } from "./readable-text.ts";
import { looksLikeError, unknownCode, type UnknownCode } from "./unknown-codes.ts";

export type Found = {
  readonly explanation: Explanation;
  /** What in the input it was recognised by: codes as they stand there, and parts of the message. */
  readonly recognised: readonly string[];
};

export type Findings = {
  /** Best first, each once. */
  readonly found: readonly Found[];
  /** Codes of which nothing is known. */
  readonly unknown: readonly UnknownCode[];
  /** The id under which Microsoft's support finds the request, where the input names it. */
  readonly correlationId?: string;
  /** Whether the input was too long to be looked at as a whole. */
  readonly isCut: boolean;
};

/** A code, a message, a body, a line of a log, or several of them in one text. */
export function find(input: string): Findings {
  const readable = readableText(input);
  const named = codesInText(readable);
  const exact = hitsOf(named, readable);
  const hits = exact.length > 0 ? exact : hitsOf(statusesInText(readable), readable);
  const found = best(hits).map(({ explanation, spans }) => ({ explanation, recognised: quoted(readable, spans) }));
  const correlationId = correlationIdIn(readable);
  return {
    found,
    unknown: unknownAmong(named),
    ...(correlationId === undefined ? {} : { correlationId }),
    isCut: readable.isCut,
  };
}

type Hit = {
  readonly explanation: Explanation;
  readonly codes: readonly NamedCode[];
  readonly phrases: readonly Span[];
  readonly spans: readonly Span[];
};

/** A log may name one code a thousand times. */
const mostPlaces = 8;

function codesByEntry(named: readonly NamedCode[]): ReadonlyMap<Explanation, readonly NamedCode[]> {
  const found = new Map<Explanation, NamedCode[]>();
  for (const one of named)
    for (const explanation of meant(one)) {
      const places = found.get(explanation) ?? [];
      if (places.length < mostPlaces) places.push(one);
      found.set(explanation, places);
    }
  return found;
}

function hitsOf(named: readonly NamedCode[], readable: ReadableText): readonly Hit[] {
  const codes = codesByEntry(named);
  return catalogue.flatMap((explanation) => hitOf(explanation, codes.get(explanation) ?? [], readable));
}

function hitOf(explanation: Explanation, codes: readonly NamedCode[], { lower }: ReadableText): readonly Hit[] {
  const phrases = (explanation.phrases ?? []).flatMap((phrase) => findPhrase(lower, phrase) ?? []);
  const spans = [...codes, ...phrases];
  return spans.length === 0 ? [] : [{ explanation, codes, phrases, spans }];
}

/** `"code": "429"` is a status that took a code's place. */
function meant({ code, place }: NamedCode): readonly Explanation[] {
  const entries = entriesOfCode(code);
  return entries.length > 0 || place === "word" || !/^\d{3}$/.test(code) ? entries : entriesOfCode(`Http${code}`);
}

function best(hits: readonly Hit[]): readonly Hit[] {
  const sure = hits.filter((hit) => isSure(hit));
  return hits
    .filter((hit) => isSure(hit) || !isOutdone(hit, sure, hits))
    .toSorted((one, other) => rank(one) - rank(other) || first(one) - first(other));
}

/** Code and text agree. */
function isSure({ codes, phrases }: Hit): boolean {
  return codes.length > 0 && phrases.length > 0;
}

/** Another meaning of its code fits the text better, or its part of the text says more where another recognised it. */
function isOutdone(hit: Hit, sure: readonly Hit[], hits: readonly Hit[]): boolean {
  if (hit.codes.length > 0)
    return sure.some((other) => other.codes.some((code) => hit.codes.some((own) => own.from === code.from)));
  const isCovered = (own: Span): boolean =>
    sure.some((other) => other.phrases.some((span) => span.from < own.to && own.from < span.to)) ||
    hits.some((other) => other !== hit && other.phrases.some((span) => isWithin(own, span)));
  return hit.phrases.every((own) => isCovered(own));
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.from <= inner.from && inner.to <= outer.to && outer.to - outer.from > inner.to - inner.from;
}

/** Sure ones, then codes, then texts alone; what is one word for many failures goes last. */
function rank(hit: Hit): number {
  const { codes, phrases, explanation } = hit;
  if (explanation.general === true && phrases.length === 0) return 3;
  if (isSure(hit)) return 0;
  return codes.length > 0 ? 1 : 2;
}

function first({ spans }: Hit): number {
  return spans.reduce((least, { from }) => Math.min(least, from), Infinity);
}

/** Enough to see what is meant. */
const longestQuotation = 160;

function quoted({ text }: ReadableText, spans: readonly Span[]): readonly string[] {
  const quotations = spans.map(({ from, to }) => {
    const part = text.slice(from, Math.min(to, from + longestQuotation));
    return withoutSecrets(to - from > longestQuotation ? `${part}…` : part);
  });
  return [...new Set(quotations)];
}

/** More would be a log, and its codes are not what was asked about. */
const mostUnknown = 5;

const noErrors: ReadonlySet<string> = new Set(["success", "succeeded", "ok", "null", "none", "true", "false"]);

function unknownAmong(named: readonly NamedCode[]): readonly UnknownCode[] {
  const codes = named.filter((one) => isWorthAWord(one) && meant(one).length === 0).map(({ code }) => code);
  return [...new Set(codes)].slice(0, mostUnknown).map((code) => unknownCode(code, knownCodes));
}

function isWorthAWord({ code, place }: NamedCode): boolean {
  if (noErrors.has(code.toLowerCase())) return false;
  return place === "whole" || place === "code" || looksLikeError(code);
}

const correlation =
  /(?:correlation(?: request)?|x-ms-correlation-request|client ?request|tracking|activity)[ -]?id'?[ :=]{0,3}'?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i;

function correlationIdIn({ text }: ReadableText): string | undefined {
  return correlation.exec(text)?.[1];
}
