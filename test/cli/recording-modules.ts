// Loaded before a command: writes down every module that the process loads, into the file that RECORDED_MODULES names; at
// the end also what Node has loaded of its own.

import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";

const file = process.env["RECORDED_MODULES"] ?? "";
const ours = import.meta.url;

registerHooks({
  load: (url, context, next) => {
    if (url !== ours) appendFileSync(file, `${url}\n`);
    return next(url, context);
  },
});

process.on("exit", () => {
  const { moduleLoadList } = process as unknown as { readonly moduleLoadList: readonly string[] };
  appendFileSync(file, `${moduleLoadList.join("\n")}\n`);
});
