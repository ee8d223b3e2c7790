// The tool's name and version, from its own package file: the only place that says them.

import { readFileSync } from "node:fs";

let version: string | undefined;

/** As package.json has it. */
export function toolVersion(): string {
  version ??= readVersion();
  return version;
}

/** Name and version, as plans and journals name who made them. */
export function toolName(): string {
  return `azure-vault-teardown/${toolVersion()}`;
}

/** Two folders up both from src/cli and from dist/cli. */
function readVersion(): string {
  const file: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof file === "object" && file !== null && "version" in file ? String(file.version) : "0.0.0";
}
