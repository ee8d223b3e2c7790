// Loaded before a command: writes down every module that the process loads, into the file that RECORDED_MODULES names.

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
