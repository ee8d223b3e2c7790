// Turns what the SDKs throw into one shape. Codes and messages are Azure's own; headers and requests are not carried along.

import type { PipelineResponse } from "@azure/core-rest-pipeline";
import { AzureError } from "../model/azure-error.ts";
import { unusableName } from "./encoded.ts";
import { refusalText } from "./policies.ts";
import { core } from "./sdk.ts";
import { retryAfterSeconds } from "./throttling.ts";

/** The error to throw for what a client threw. Throws on what is neither an answer, nor the network, nor a credential: a defect. */
export function asAzureError(error: unknown): AzureError {
  if (error instanceof AzureError) return error;
  if (core.isRestError(error)) {
    if (error.response !== undefined && error.statusCode !== undefined)
      return errorFromResponse(withBody(error.response, error.statusCode), error);
    return noAnswer(error.code ?? "NoAnswer", error);
  }
  if (error instanceof URIError) return unusableName(error);
  if (!(error instanceof Error)) throw error;
  if (credentialErrors.has(error.name))
    return new AzureError({ status: 401, code: "NoCredential", message: oneLine(error.message), cause: error });
  if (error.name === "AbortError") return noAnswer("NoAnswerInTime", error);
  if ("code" in error && typeof error.code === "string") return noAnswer(error.code, error);
  throw error;
}

function noAnswer(code: string, error: Error): AzureError {
  return new AzureError({ status: 0, code, message: oneLine(error.message), cause: error });
}

function withBody(response: PipelineResponse, status: number): PipelineResponse {
  const text = response.bodyAsText ?? refusalText(response.request);
  return { ...response, status, ...(text === undefined ? {} : { bodyAsText: text }) };
}

/** Names of the identity library's errors: it must not be loaded to recognise them. */
const credentialErrors = new Set([
  "CredentialUnavailableError",
  "AggregateAuthenticationError",
  "AuthenticationError",
  "AuthenticationRequiredError",
]);

/**
 * The error behind an answer that is not a success. The vault client's errors carry code and message, but not the body
 * they were read from: `parsed` brings them.
 */
export function errorFromResponse(
  response: PipelineResponse,
  parsed: { readonly code?: string | undefined; readonly message?: string } = {},
): AzureError {
  const inBody = parseBody(response.bodyAsText ?? "");
  const body = { code: inBody.code ?? parsed.code, message: inBody.message ?? parsed.message };
  const correlationId = response.headers.get("x-ms-correlation-request-id");
  const wait = retryAfterSeconds(response);
  return new AzureError({
    status: response.status,
    code: body.code ?? `Http${response.status}`,
    message: oneLine(body.message ?? `Azure answered ${response.status} without a message`),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
  });
}

type ErrorBody = { readonly code?: string; readonly message?: string };

/** The shapes met in recordings: `{error:{code,message}}`, `{code,message}`, `{Code,Message}`, `{error:"text"}`, and no JSON at all. */
export function parseBody(text: string): ErrorBody {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text.trim() === "" || text.trimStart().startsWith("<") ? {} : { message: text.slice(0, 500) };
  }
  const outer = asRecord(value);
  const inner = asRecord(outer["error"] ?? outer);
  if (typeof outer["error"] === "string") return { message: outer["error"] };
  const code = firstText(inner["code"], inner["Code"], inner["ErrorCode"]);
  const message = firstText(inner["message"], inner["Message"], asRecord(inner["Message"])["Value"]);
  return { ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function firstText(...values: readonly unknown[]): string | undefined {
  for (const value of values) {
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return undefined;
}

function oneLine(message: string): string {
  return message.replaceAll(/\s+/g, " ").trim();
}
