// Answers of Azure as the rest of the tool reads them: whatever client brought them, one shape; absence told from refusal.

import type { PipelineResponse } from "@azure/core-rest-pipeline";
import { AzureError } from "../model/azure-error.ts";
import type { ArmResource } from "../model/ports.ts";
import type { Clients } from "./clients.ts";
import { asAzureError, errorFromResponse } from "./errors.ts";
import { pagedEntries } from "./pages.ts";

/** Only these words say that the resource is absent; a 404 of a proxy, or for a subscription, says something else. */
const absenceCodes = /^(ResourceNotFound|ResourceGroupNotFound|ParentResourceNotFound|NotFound)$/i;

function isAbsence(error: AzureError): boolean {
  return error.status === 404 && absenceCodes.test(error.code);
}

/** SDK models hold dates as objects; here they are the ISO strings they were. */
function fromModel(model: unknown): ArmResource {
  return asResource(JSON.parse(JSON.stringify(model)));
}

/** A resource from the JSON of an answer. */
export function asResource(json: unknown): ArmResource {
  const plain = json as Partial<ArmResource> & Record<string, unknown>;
  return {
    id: plain.id ?? "",
    name: plain.name ?? "",
    properties: plain.properties ?? plain,
    ...(plain.location === undefined ? {} : { location: plain.location }),
    ...(plain.tags === undefined ? {} : { tags: plain.tags }),
    ...(plain.identity === undefined ? {} : { identity: plain.identity }),
  };
}

/** What a client reads as one resource; undefined when Azure says it is absent. Throws AzureError. */
export async function single(read: () => Promise<unknown>): Promise<ArmResource | undefined> {
  try {
    return fromModel(await read());
  } catch (error) {
    const known = asAzureError(error);
    if (isAbsence(known)) return undefined;
    throw known;
  }
}

/** A list as the SDK clients give it. */
export type SdkList = { readonly byPage: () => AsyncIterable<readonly unknown[]> };

/** Every entry of every page. Throws AzureError. */
export async function collect(list: SdkList): Promise<readonly ArmResource[]> {
  const found = pagedEntries(fromModel);
  try {
    for await (const page of list.byPage()) found.take(page);
  } catch (error) {
    throw asAzureError(error);
  }
  return found.all();
}

/** Throws the AzureError behind what a client threw. */
export function rethrow(error: unknown): never {
  throw asAzureError(error);
}

/** What answers a read that no client makes. */
type Asked = Pick<Clients, "cloud" | "raw">;

/** The clients with Microsoft.DataProtection answering. */
export function dataProtectionOf({ cloud, dataProtection }: Clients): Asked {
  return { cloud, raw: dataProtection };
}

/** One resource that no client reads; undefined when Azure says it is absent. `path`: encoded, with its query. */
export async function getRaw(clients: Asked, path: string): Promise<ArmResource | undefined> {
  try {
    return asResource(await readJson(clients, `${clients.cloud.endpoint}${path}`));
  } catch (error) {
    if (error instanceof AzureError && isAbsence(error)) return undefined;
    throw error;
  }
}

/**
 * A list that no client reads, over all its pages. `path`: encoded, with its query. What `read` makes of an entry is kept,
 * and the page it came in is let go before the next one is asked for. Throws AzureError.
 */
export async function listRaw<T>(clients: Asked, path: string, read: (entry: unknown) => T): Promise<readonly T[]> {
  const found = pagedEntries(read);
  let url: string | undefined = `${clients.cloud.endpoint}${path}`;
  while (url !== undefined) {
    const { value, nextLink } = await readJson(clients, url);
    if (!Array.isArray(value)) throw unreadable(url, "is no list");
    found.take(value);
    url = typeof nextLink === "string" && nextLink !== "" ? nextLink : undefined;
  }
  return found.all();
}

/** What answers a question that is put in a body. `path`: encoded, with its query. Throws AzureError. */
export function queryRaw(clients: Asked, path: string, question: object): Promise<Record<string, unknown>> {
  return readJson(clients, `${clients.cloud.endpoint}${path}`, question);
}

async function readJson(clients: Asked, url: string, question?: object): Promise<Record<string, unknown>> {
  const method = question === undefined ? "GET" : "POST";
  const response: PipelineResponse = await clients
    .raw(method, url, question, { accept: "application/json" })
    .catch(rethrow);
  if (response.status !== 200) throw errorFromResponse(response);
  try {
    const body: unknown = JSON.parse(response.bodyAsText ?? "");
    if (typeof body === "object" && body !== null) return body as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw unreadable(url, "is not JSON");
}

/** An answer of 200 that does not say what was asked: not Azure's, or cut off on the way. */
function unreadable(url: string, found: string): AzureError {
  const message = `the answer for ${new URL(url).pathname} ${found}`;
  return new AzureError({ status: 0, code: "UnreadableAnswer", message });
}
