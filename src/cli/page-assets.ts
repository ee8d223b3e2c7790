// What an HTML report carries with it, read from disk: its styles, its scripts, the library that zooms. It renders nothing.

import { readFileSync } from "node:fs";
import module from "node:module";
import type { PageAssets } from "../reporting/html/page.ts";

/** In the order in which the page runs them. */
const scripts: readonly string[] = ["items", "graph", "zoom"];

/** Reads them anew each time: once a report is early enough. */
export function pageAssets(): PageAssets {
  const zooming = new URL("panzoom.min.js", import.meta.resolve("@panzoom/panzoom"));
  return {
    styles: [readFileSync(new URL("../reporting/html/page.css", import.meta.url), "utf8")],
    scripts: [readFileSync(zooming, "utf8"), ...scripts.map(scriptText)],
  };
}

/** The package holds compiled scripts; a checkout holds their source beside this one. */
function scriptText(name: string): string {
  const isSource = import.meta.url.endsWith(".ts");
  const file = new URL(`../reporting/html/browser/${name}${isSource ? ".ts" : ".js"}`, import.meta.url);
  const text = readFileSync(file, "utf8");
  return isSource ? withoutTypes(text) : text;
}

/** Node calls this function experimental on stderr: for the length of the call nobody is told, and of that alone. */
function withoutTypes(text: string): string {
  const telling = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return module.stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = telling;
  }
}
