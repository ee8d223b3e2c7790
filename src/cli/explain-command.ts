// `explain`: what a code or a pasted message means. Asks nobody; loads no SDK.

import { catalogue } from "../explanations/catalogue.ts";
import { find } from "../explanations/find.ts";
import { longestInput } from "../explanations/readable-text.ts";
import {
  catalogueDocument,
  catalogueText,
  explanationDocument,
  explanationText,
} from "../reporting/explanation-text.ts";
import type { ExplainArguments } from "./options.ts";
import { print, printJson, say } from "./streams.ts";
import { UserError } from "./user-error.ts";

/** Returns the exit code: 1 where nothing was recognised, with what can be said all the same. Throws UserError. */
export async function explainCommand({ words = [], list, format }: ExplainArguments): Promise<number> {
  const isJson = format === "json";
  if (list) {
    if (words.length > 0) throw new UserError("--list lists everything: leave it out, or the words");
    if (isJson) printJson(catalogueDocument(catalogue), 2);
    else print(catalogueText(catalogue));
    return 0;
  }
  const input = words.length > 0 ? words.join(" ") : await pipedInput();
  if (input.trim() === "")
    throw new UserError("nothing to explain: give a code or a message, or pipe one in; --list lists every code");
  const findings = find(input);
  if (isJson) printJson(explanationDocument(findings), 2);
  else print(explanationText(findings));
  if (findings.isCut) say(`only the first ${longestInput} characters were looked at: give the part with the error`);
  if (findings.found.length > 0) return 0;
  say("vault-teardown: nothing in this is known: look for its exact text, or at vault-teardown explain --list");
  return 1;
}

/** What comes through stdin, no further than it is looked at. Throws UserError where nothing is piped in. */
async function pipedInput(): Promise<string> {
  if (process.stdin.isTTY)
    throw new UserError("nothing to explain: give a code or a message, or pipe one in; --list lists every code");
  process.stdin.setEncoding("utf8");
  let input = "";
  for await (const piece of process.stdin) {
    input += String(piece);
    if (input.length > longestInput) break;
  }
  return input;
}
