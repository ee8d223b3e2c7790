// Answers on connections that bring no request: what is no HTTP, stops half-way, or asks for a tunnel; and what is still
// being sent when its answer is clear. It must not keep what it reads.
import type { IncomingMessage, ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";

import type { Answer } from "./answers.ts";
import { armError } from "./arm-errors.ts";

/** How much of what nobody wants is read, so that its sender finds the answer before its connection is reset. */
const mostUnwanted = 64 * 1024 * 1024;
/** How long a connection stays that was answered and that its sender neither uses nor closes. */
const longestLinger = 5_000;

/** What the parser's complaint means to whoever sent it; undefined where nobody is left to read an answer. */
export function answerToBroken(code: string, reason: string): Answer | undefined {
  switch (code) {
    case "ECONNRESET":
    case "EPIPE":
      return undefined;
    case "HPE_HEADER_OVERFLOW":
      return armError(
        431,
        "RequestHeaderFieldsTooLarge",
        "The request's headers are too many, or longer than 64 KiB with its line.",
      );
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return armError(400, "BadRequest", "The chunk extensions of the request are longer than 16 KiB.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return armError(408, "RequestTimeout", "The request did not arrive in time.");
    case "HPE_INVALID_METHOD":
      return armError(400, "BadRequest", "The request verb is invalid.");
    default:
      return armError(400, "BadRequest", `The request is no HTTP that can be read: ${reason}.`);
  }
}

/** Without a request there is no response object to write to. */
export async function answerOnSocket(socket: Socket, response: Response): Promise<void> {
  const body = Buffer.from(await response.text());
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const headers = [...response.headers, ["content-length", String(body.length)], ["connection", "close"]];
  const lines = headers.map(([name, value]) => `${name ?? ""}: ${value ?? ""}`);
  const status = `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ""}`;
  socket.end(Buffer.concat([Buffer.from(`${[status, ...lines].join("\r\n")}\r\n\r\n`, "latin1"), body]));
  readAway(socket, () => socket.destroy());
  socket.setTimeout(longestLinger, () => socket.destroy());
}

/** The answer is whole by its length, so whoever still sends can read it; what comes is read away until it ends. */
export function answerWhileSending(incoming: IncomingMessage, outgoing: ServerResponse, body: string): void {
  outgoing.write(body);
  readAway(incoming, () => {
    if (incoming.complete) outgoing.end();
    else outgoing.destroy();
  });
}

function readAway(stream: Readable, whenDone: () => void): void {
  let left = mostUnwanted;
  stream.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) whenDone();
  });
  stream.once("end", whenDone);
  stream.once("close", whenDone);
  stream.resume();
}
