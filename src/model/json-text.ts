// JSON as this tool writes it, to files and to terminals: names from Azure must be no command to what shows it. It parses to
// the same value.

import { escapedUnits, unsafeCharacters } from "./unsafe-characters.ts";

/** JSON that may be put before people: only this file makes it, and what cuts its texts into pieces. */
export type JsonText = string & { readonly __brand: "JsonText" };

/** Almost every document: told quickly, for some have tens of megabytes. */
const harmless = /^[\n -~]*$/;

/** A line break stands in JSON only between members, where it is layout. */
const unsafe = new RegExp(`(?!\n)${unsafeCharacters}`, "gu");

/**
 * JSON of the value, in which everything that could steer a terminal or deceive a reader is written as an escape, and so
 * is `##`, with which Azure Pipelines and GitHub mark commands anywhere in a line.
 */
export function jsonText(value: unknown, indent?: number): JsonText {
  const json = JSON.stringify(value, undefined, indent);
  const text = json.includes("##") ? json.replaceAll(/#(?=#)/g, escapedUnits) : json;
  return (harmless.test(text) ? text : text.replaceAll(unsafe, escapedUnits)) as JsonText;
}
