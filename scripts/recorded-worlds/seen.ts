// What a recording has shown of a vault up to an exchange. It must not hold anything the recording does not show.

export type Json = null | boolean | number | string | readonly Json[] | Properties;
export type Properties = { readonly [name: string]: Json };
export type Named = { readonly name: string; readonly properties: Properties };
export type Item = Named & { readonly container: string };
type Replicated = { readonly kind: string; readonly path: string; readonly properties: Properties };
export type DeletedVault = Named & { readonly location: string };

export type Exchange = {
  readonly seq: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly responseBody: Json;
  readonly dateIso?: string | null;
};

export type Seen = {
  vaultId: string;
  vault: Properties | undefined;
  config: Properties | undefined;
  date: string;
  readonly containers: Map<string, Named>;
  readonly items: Map<string, Item>;
  readonly intents: Map<string, Named>;
  readonly policies: Map<string, Named>;
  readonly guardProxies: Map<string, Named>;
  readonly replication: Map<string, Replicated>;
  readonly deletedVaults: Map<string, DeletedVault>;
};

export function nothingSeen(): Seen {
  return {
    vaultId: "",
    vault: undefined,
    config: undefined,
    date: "",
    containers: new Map(),
    items: new Map(),
    intents: new Map(),
    policies: new Map(),
    guardProxies: new Map(),
    replication: new Map(),
    deletedVaults: new Map(),
  };
}

export function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

export function isObject(value: Json | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The entries of a list, or the one body. */
export function entriesOf(body: Properties): readonly Properties[] {
  return (Array.isArray(body["value"]) ? body["value"] : [body]) as readonly Properties[];
}
