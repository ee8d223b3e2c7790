// What Azure Resource Manager refuses before it looks at any resource: verbs, addresses and contents it cannot use.
// It must not know any resource.
import type { Answer } from "./answers.ts";
import { armError } from "./arm-errors.ts";
import type { Json } from "./json.ts";
import { forbiddenNames } from "./json.ts";

/** Field reports (azure-api-management-devops-resource-kit 594): 4 MB. */
export const largestContent: number = 4 * 1024 * 1024;
/** A text never has fewer bytes than it has characters, and those need no counting. */
export function isTooLarge(content: string): boolean {
  return content.length > largestContent || Buffer.byteLength(content) > largestContent;
}

/** Unverified: Azure's own operation urls are 6 kB long, and a report has a page's url of 9.5 kB fail (azure-cli 33770). */
const longestUrl = 16 * 1024;
/** Unverified: the default of the .NET libraries that read the contents. */
const deepestContent = 64;
/** Those that any request may have. */
export const verbs: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** The verb and the address, in this order. */
export function refusedAtGateway(method: string, url: URL): Answer | undefined {
  if (!verbs.includes(method)) return methodNotAllowed(method);
  if (url.href.length > longestUrl) return uriTooLong();
  return /%(?:[01][\da-f]|7f)/iu.test(url.pathname) ? invalidUrl() : undefined;
}

/** Field reports: the status and the text (terraform-provider-azapi 936), the code (azure-powershell 9709). */
export function methodNotAllowed(method: string): Answer {
  return armError(405, "MethodNotAllowed", `The requested resource does not support http method '${method}'.`);
}

/** Field reports (azure-powershell 9086): 400 for such an address, without a body that says so. */
export function invalidUrl(): Answer {
  return armError(400, "BadRequest", "The request URL is invalid.");
}

/** Field report (azure-cli 25218): the status; the code is unverified. */
function uriTooLong(): Answer {
  return armError(414, "RequestUriTooLong", `The request URL is longer than ${longestUrl} characters.`);
}

/** Field reports: the code and the text; the status is in the statistics of a tool that deploys. */
export function contentTooLarge(): Answer {
  return armError(413, "RequestContentTooLarge", "The request content size exceeds the maximum size of 4 MB.");
}

export function invalidContent(): Answer {
  return armError(400, "InvalidRequestContent", "The request content was invalid and could not be deserialized.");
}

/** Stands for a content that is there and cannot be used. */
export const unreadable: unique symbol = Symbol("unreadable");

/** The JSON of a request's content; undefined where there is none. */
export function readContent(content: string): Json | typeof unreadable | undefined {
  if (content === "") return undefined;
  if (isTooDeep(content)) return unreadable;
  try {
    const value = JSON.parse(content) as Json;
    return hasForbiddenMember(value) ? unreadable : value;
  } catch {
    return unreadable;
  }
}

/** Looked at before it is read: what is nested deeply enough would end the process that walks through it. */
function isTooDeep(content: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < content.length; at += 1) {
    const character = content[at];
    if (character === "\\") at += 1;
    else if (character === '"') inText = !inText;
    else if (inText) continue;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth > deepestContent) return true;
  }
  return false;
}

/** A world saved with them could not be loaded. */
function hasForbiddenMember(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, inner]) => (forbiddenNames.includes(name) && !Array.isArray(value)) || hasForbiddenMember(inner as Json),
  );
}
