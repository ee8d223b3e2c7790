// What a request is called where Azure speaks of it: as the action of a provider, in lower case.

type Sent = { readonly method: string; readonly url: string };

export function isRead({ method }: Pick<Sent, "method">): boolean {
  return method === "GET" || method === "HEAD";
}

/** `microsoft.recoveryservices/vaults/backupjobs/read`: the last provider in the path, its types, and what is done to them. */
export function actionOf(method: string, url: string): string {
  const path = new URL(url).pathname.toLowerCase();
  const [provider = "", ...rest] = (path.split("/providers/").at(-1) ?? "").split("/").filter((part) => part !== "");
  const types = rest.filter((_, index) => index % 2 === 0);
  const verb = isRead({ method }) ? "read" : method === "DELETE" ? "delete" : "write";
  return [provider, ...types, verb].join("/");
}
