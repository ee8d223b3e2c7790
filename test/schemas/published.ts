// The published schemas as a reader of the documents uses them. It must not test anything.

import { readdirSync, readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { schemasFolder } from "../../scripts/schemas.ts";

/** The text of every committed schema by the name of its file. */
export const publishedSchemas: ReadonlyMap<string, string> = new Map(
  readdirSync(schemasFolder)
    .toSorted()
    .map((name) => [name, readFileSync(new URL(name, schemasFolder), "utf8")]),
);

const compiled = new Map<string, ValidateFunction>();

function validatorOf(name: string): ValidateFunction {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const text = publishedSchemas.get(`${name}.schema.json`);
  if (text === undefined) throw new Error(`there is no schema of the name ${name}`);
  const validate = new Ajv({ strict: true, ownProperties: true }).compile(JSON.parse(text) as object);
  compiled.set(name, validate);
  return validate;
}

/** Where a document is not what the schema of that name says, and how; empty where it is. */
export function wrongBySchema(name: string, document: unknown): string {
  const validate = validatorOf(name);
  if (validate(document) === true) return "";
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join("; ");
}

/** The same for what a command prints, or would print: only what JSON can say of it counts. */
export function wrongAsPrinted(name: string, document: unknown): string {
  return wrongBySchema(name, JSON.parse(JSON.stringify(document)));
}
