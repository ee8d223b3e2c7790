// Requests as they arrive on the loopback port: who may ask at all, where they point, and what they bring with them.
// It must not answer them, and holds no more of a request than Azure would take.
import type { IncomingMessage } from "node:http";

import type { Answer } from "./answers.ts";
import { origin } from "./answers.ts";
import { armError } from "./arm-errors.ts";
import type { EmulatedRequest } from "./emulator.ts";
import { contentTooLarge, invalidContent, invalidUrl, largestContent } from "./gateway.ts";

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/iu;

/** A refusal, or undefined where whoever asks is on this machine and no page that a browser shows. */
export function refusedAtTheDoor({ headers, rawHeaders, url = "" }: IncomingMessage): Answer | undefined {
  const [, authority] = /^https?:\/\/([^/?#]*)/iu.exec(url) ?? [];
  const hosts = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "host");
  if (hosts.length !== 1) return armError(400, "BadRequest", "The request must have exactly one Host header.");
  for (const host of [authority ?? hosts[0], hosts[0]]) {
    if (!loopbackHost.test(host ?? "")) return misdirected(host ?? "");
  }
  const { origin: page } = headers;
  return page === undefined || isLoopbackOrigin(page) ? undefined : foreignOrigin(page);
}

/** A name of somebody else that leads here may be a web page's way to this machine. */
function misdirected(host: string): Answer {
  const message = `The emulator answers as localhost, 127.0.0.1 or [::1] alone, and not as '${host}'.`;
  return armError(421, "MisdirectedRequest", message);
}

/** Browsers send some requests for a page of any site, and say of which. */
function foreignOrigin(page: string): Answer {
  return armError(403, "Forbidden", `The emulator does nothing for pages of '${page}'.`);
}

function isLoopbackOrigin(page: string): boolean {
  const [, host = ""] = /^https?:\/\/(.*)$/iu.exec(page) ?? [];
  return loopbackHost.test(host);
}

/** Path and query of the target, which a client of a proxy sends in its absolute form; undefined for any other form. */
export function targetOf({ url = "" }: IncomingMessage): URL | undefined {
  const target = url.replace(/^https?:\/\/[^/?#]*/iu, "");
  return target.startsWith("/") && URL.canParse(`${origin}${target}`) ? new URL(`${origin}${target}`) : undefined;
}

/** The request to hand on, or the answer it gets at once; undefined when its sender has gone. */
export async function requestFrom(incoming: IncomingMessage): Promise<EmulatedRequest | Answer | undefined> {
  const target = targetOf(incoming);
  if (target === undefined) return invalidUrl();
  const content = await contentOf(incoming);
  if (content === "gone") return undefined;
  if (content === "too large") return contentTooLarge();
  const text = isReading(incoming) ? "" : decoded(content);
  if (text === undefined) return invalidContent();
  return {
    method: incoming.method ?? "GET",
    url: target.href,
    headers: { get: (name) => headerOf(incoming, name) },
    text: () => Promise.resolve(text),
  };
}

/** Unverified: what a GET brings with it is not looked at. */
function isReading({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD";
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name.toLowerCase()];
  return typeof value === "string" ? value : null;
}

/** Stops at the first byte too many, or where so many are announced, and leaves the rest unread. */
function contentOf(incoming: IncomingMessage): Promise<readonly Buffer[] | "too large" | "gone"> {
  if (Number(incoming.headers["content-length"] ?? 0) > largestContent) return Promise.resolve("too large");
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const add = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= largestContent) chunks.push(chunk);
      else {
        incoming.off("data", add);
        incoming.pause();
        resolve("too large");
      }
    };
    incoming.on("data", add);
    incoming.once("end", () => resolve(chunks));
    incoming.once("close", () => resolve("gone"));
  });
}

/** Undefined for what is no UTF-8. */
function decoded(chunks: readonly Buffer[]): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return undefined;
  }
}
