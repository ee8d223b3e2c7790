// What stands around every page: its head with the policy that lets nothing in, and its scripts at the end. It tells nothing.

import { createHash } from "node:crypto";
import { markup, rawElement, type Html } from "./html-text.ts";

/** What a page carries with it: each script a module without imports. */
export type PageAssets = { readonly scripts: readonly string[]; readonly styles: readonly string[] };

/** From the first byte to the opened body. */
export function pageHead(title: string, assets: PageAssets): Html {
  const styles = assets.styles.map((style) => rawElement("style", "style", unixLines(style)));
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy(assets)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${styles}
      </head>
      <body>
`;
}

/** The scripts, and the end of the page. */
export function pageEnd(assets: PageAssets): Html {
  const scripts = assets.scripts.map((script) => rawElement("script", 'script type="module"', unixLines(script)));
  return markup`${scripts}</body></html>
`;
}

/** Only the styles and scripts whose hashes it names; no request to anywhere. */
function policy({ scripts, styles }: PageAssets): string {
  return [
    "default-src 'none'",
    `script-src ${sources(scripts)}`,
    `style-src ${sources(styles)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function sources(texts: readonly string[]): string {
  return texts.length === 0 ? "'none'" : texts.map((text) => `'sha256-${sha256(unixLines(text))}'`).join(" ");
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64");
}

/** As a browser reads them, before it takes the hash. */
function unixLines(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}
