// What really leaves while a plan is carried out, told apart by the write it leaves for. It must not test anything.

import { AsyncLocalStorage } from "node:async_hooks";
import type { HttpClient, PipelineRequest } from "@azure/core-rest-pipeline";
import type { World } from "../../src/emulator/world.ts";
import type { VaultWriter } from "../../src/model/ports.ts";
import type { PlainRequest } from "../../src/model/equivalent-request.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";

/** Whether a vault stands in the world. */
export function hasVault({ vaults, backupVaults = [] }: World): boolean {
  return vaults.length + backupVaults.length > 0;
}

/** A request in the one spelling in which two can be compared; headers only where they decide what is done. */
export type Comparable = {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly deletedVault: string | undefined;
};

/**
 * The address in one spelling: clients differ in which characters they encode and in the order of the query, and one method
 * of the SDK writes `/Subscriptions/`; to Azure they are the same.
 */
export function spelled(address: string): string {
  const url = new URL(address);
  const path = url.pathname.split("/").map((segment) => encodeURIComponent(decodeURIComponent(segment)));
  url.searchParams.sort();
  return `${url.origin}${path.join("/").replace("/Subscriptions/", "/subscriptions/")}?${url.searchParams.toString()}`;
}

export function comparable({ method, url, body, headers }: PlainRequest): Comparable {
  const deletedVault = headers?.["x-ms-deleted-vault-id"];
  return { method, url: spelled(url), body: JSON.parse(JSON.stringify(body ?? null)) as unknown, deletedVault };
}

function comparableFrom({ method, url, body, headers }: PipelineRequest): Comparable {
  const text = typeof body === "string" && body !== "" ? body : "null";
  const deletedVault = headers.get("x-ms-deleted-vault-id");
  return { method, url: spelled(url), body: JSON.parse(text) as unknown, deletedVault };
}

/** One sending of a write: the requests that left for it, in order, each once however often it was repeated. */
type Sending = { readonly write: WriteRequest; readonly sent: readonly Comparable[] };

export type Recorder = {
  readonly onTheWire: (inner: HttpClient) => HttpClient;
  readonly watching: (writer: VaultWriter) => VaultWriter;
  readonly sendings: () => readonly Sending[];
  /** Everything that left while `act` went on, whoever sent it. */
  readonly during: (act: () => Promise<unknown>) => Promise<readonly Comparable[]>;
};

export function recorder(): Recorder {
  const current = new AsyncLocalStorage<Comparable[]>();
  const sendings: Sending[] = [];
  return {
    onTheWire: (inner) => ({
      sendRequest: (request) => {
        current.getStore()?.push(comparableFrom(request));
        return inner.sendRequest(request);
      },
    }),
    watching: (writer) => ({
      ...writer,
      send: (write, departure) => {
        const left: Comparable[] = [];
        const sent = current.run(left, () => writer.send(write, departure));
        return sent.finally(() => {
          const writes = left.filter(({ method }) => method !== "GET");
          if (writes.length > 0) sendings.push({ write, sent: writes.filter(isNew) });
        });
      },
    }),
    sendings: () => sendings,
    during: async (act) => {
      const left: Comparable[] = [];
      await current.run(left, act);
      return left;
    },
  };
}

function isNew(request: Comparable, index: number, all: readonly Comparable[]): boolean {
  return JSON.stringify(request) !== JSON.stringify(all[index - 1]);
}
