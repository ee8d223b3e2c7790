// What a request is called where Azure speaks of it: as the action of a provider, in lower case.

export type Verb = "read" | "write" | "delete";

type Sent = { readonly method: string; readonly url: string };

/** Documented: Resource Graph takes its queries by POST; they change nothing. */
const query = /^\/providers\/microsoft\.resourcegraph\/resources\/?$/i;

/** What a request does, in the word that actions end in and that limits on requests are counted by. */
export function verbOf({ method, url }: Sent): Verb {
  if (method === "DELETE") return "delete";
  if (method === "POST" && query.test(new URL(url).pathname)) return "read";
  return method === "GET" || method === "HEAD" ? "read" : "write";
}

/** Whether the request changes nothing, and may be sent again. */
export function isRead(request: Sent): boolean {
  return verbOf(request) === "read";
}

/** `microsoft.recoveryservices/vaults/backupjobs/read`: the last provider in the path, its types, and what is done to them. */
export function actionOf(method: string, url: string): string {
  const path = new URL(url).pathname.toLowerCase();
  const [provider = "", ...rest] = (path.split("/providers/").at(-1) ?? "").split("/").filter((part) => part !== "");
  const types = rest.filter((_, index) => index % 2 === 0);
  return [provider, ...types, verbOf({ method, url })].join("/");
}
