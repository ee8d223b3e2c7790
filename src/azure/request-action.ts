// What a request is called where Azure speaks of it: as the action of a provider, in lower case.

export type Verb = "read" | "write" | "delete";

/** What a method does, in the word that actions end in and that limits on requests are counted by. */
export function verbOf(method: string): Verb {
  if (method === "DELETE") return "delete";
  return method === "GET" || method === "HEAD" ? "read" : "write";
}

/** Whether the request changes nothing, and may be sent again. */
export function isRead({ method }: { readonly method: string }): boolean {
  return verbOf(method) === "read";
}

/** `microsoft.recoveryservices/vaults/backupjobs/read`: the last provider in the path, its types, and what is done to them. */
export function actionOf(method: string, url: string): string {
  const path = new URL(url).pathname.toLowerCase();
  const [provider = "", ...rest] = (path.split("/providers/").at(-1) ?? "").split("/").filter((part) => part !== "");
  const types = rest.filter((_, index) => index % 2 === 0);
  return [provider, ...types, verbOf(method)].join("/");
}
