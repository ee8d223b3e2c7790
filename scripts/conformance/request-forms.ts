// The ways in which recorded clients wrote their requests: letters, slashes and escapes as they were, names left out.
// It must not keep a name, an id or an api-version.
import type { Exchange } from "./exchange.ts";
import { apiVersionOf, operationOf } from "./operations.ts";

export type RequestForm = {
  readonly operation: string;
  /** `/Subscriptions/{subscription}/…?%24filter=backupManagementType+eq+%27AzureIaasVM%27`; see `fill`. */
  readonly form: string;
  readonly count: number;
  /** The newest api-version it was sent with. */
  readonly apiVersion: string;
  readonly recording: string;
};

/** The placeholder of the name that follows a type in a path. */
const placeholders: Readonly<Record<string, string>> = {
  subscriptions: "subscription",
  resourcegroups: "group",
  vaults: "vault",
  protectioncontainers: "container",
  protecteditems: "item",
};
/** Values of a filter that are words of Azure's, not names of somebody's. */
const words: readonly string[] = ["backupmanagementtype", "itemtype", "workloadtype", "status", "operation"];

export function requestFormsOf(exchanges: readonly Exchange[]): readonly RequestForm[] {
  const forms = new Map<string, RequestForm>();
  for (const exchange of exchanges) {
    if (exchange.method !== "GET" || exchange.status !== 200) continue;
    const operation = operationOf(exchange.method, exchange.url);
    const form = formOf(exchange.url);
    const known = forms.get(`${operation} ${form}`);
    const apiVersion = [apiVersionOf(exchange.url), known?.apiVersion ?? ""].toSorted().at(-1) ?? "";
    const recording = known?.recording ?? exchange.source;
    forms.set(`${operation} ${form}`, { operation, form, count: (known?.count ?? 0) + 1, apiVersion, recording });
  }
  return [...forms.values()].toSorted((one, other) =>
    one.operation + one.form < other.operation + other.form ? -1 : 1,
  );
}

function formOf(url: string): string {
  const [, path = "", query] = /^https:\/\/[^/]+([^?]*)(?:\?(.*))?$/u.exec(url) ?? [];
  const members = (query ?? "").split("&").flatMap(memberForm);
  return `${pathForm(path)}?${members.join("&")}`;
}

function pathForm(path: string): string {
  let type = "";
  let odd = 0;
  return path
    .split("/")
    .map((segment) => {
      if (segment === "") return segment;
      odd += 1;
      const isType = type === "providers" || odd % 2 === 1 || type === "";
      const shown = isType && type !== "providers" ? segment : nameForm(type, segment);
      type = segment.toLowerCase();
      return shown;
    })
    .join("/");
}

/** How the `;` in a name is written counts, and what kind of container it names. */
function nameForm(type: string, segment: string): string {
  if (type === "providers" || /^vaultconfig$/iu.test(segment)) return segment;
  const separator = /%3B/iu.exec(segment)?.[0] ?? (segment.includes(";") ? ";" : "");
  const kind = type === "protectioncontainers" ? ` ${segment.split(/;|%3B/iu)[0] ?? ""}` : "";
  return `{${placeholders[type] ?? "name"}${kind}${separator === "" ? "" : ` ${separator}`}}`;
}

function memberForm(member: string): readonly string[] {
  const [name = ""] = member.split("=");
  if (/^(t|c|s|h|api-version)$/iu.test(name)) return [];
  if (/skiptoken$/iu.test(name)) return [`${name}={token}`];
  return [/filter$/iu.test(name) ? filterForm(member) : member];
}

/** The quotes may be written `'` or `%27`. */
function filterForm(filter: string): string {
  return filter.replaceAll(
    /(?<=[=+]|%20)([a-z]\w*)((?:\+|%20)eq(?:\+|%20))('|%27)(.*?)\3(?=$|\+|%20)/giu,
    (whole, name: string, eq: string, quote: string) =>
      words.includes(name.toLowerCase()) ? whole : `${name}${eq}${quote}{${name}}${quote}`,
  );
}

export type Names = {
  readonly [name: string]: string | undefined;
};

/** A form with names put in; `;` in a name is written as the form says. Undefined where a name is not known. */
export function fill(form: string, names: Names): string | undefined {
  let complete = true;
  const filled = form.replaceAll(/\{([\w ]+?)(?: (;|%3B|%3b))?\}/gu, (_, name: string, separator = ";") => {
    const value = names[name];
    if (value === undefined) complete = false;
    return (value ?? "").replaceAll(";", separator as string);
  });
  return complete ? filled : undefined;
}
