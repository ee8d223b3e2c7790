// Text of a document that is no terminal's: Markdown, HTML, XML, Mermaid. The escaper of each format makes it; the streams and
// files of the command line take no other.

/** Text in which every name that came from Azure was escaped for its format. */
export type DocumentText = string & { readonly __brand: "DocumentText" };

/** Joins pieces of one document. What is given was made safe by the caller, piece by piece. */
export function documentText(pieces: readonly string[]): DocumentText {
  return pieces.join("") as DocumentText;
}
