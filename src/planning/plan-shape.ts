// Whether a document has the shape of a plan: checked before a byte of it is believed, by the member that is wrong.

import { strategies } from "../model/plan.ts";
import { actions, consents } from "../model/step.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string" && value !== "";
const isFlag: Check = (value) => typeof value === "boolean";
const isObject: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts: Check = (value) => Array.isArray(value) && value.every((entry) => typeof entry === "string");
const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && words.includes(value);

const members: Readonly<Record<string, Check>> = {
  id: isText,
  tool: isText,
  createdAt: isText,
  strategy: oneOf(strategies),
  "vault.id": isText,
  "vault.name": isText,
  "vault.location": isText,
  "vault.cloud": isText,
  "options.keepPrivateEndpoints": isFlag,
  consents: (value) => Array.isArray(value) && value.every(oneOf(consents)),
  "apiVersions.vaultReads": isText,
  "apiVersions.vaultWrites": isText,
  "apiVersions.backup": isText,
  "apiVersions.network": isText,
  "apiVersions.replication": isText,
  "apiVersions.locks": isText,
  "apiVersions.authorization": isText,
  "apiVersions.resources": isText,
  "expectedOutcome.kind": isText,
  inventory: Array.isArray,
  steps: Array.isArray,
  blockers: Array.isArray,
  warnings: isTexts,
  remains: Array.isArray,
  "permissions.needed": isTexts,
  "permissions.missing": isTexts,
  "permissions.checked": isFlag,
  "permissions.byScope": Array.isArray,
  "permissions.grants": Array.isArray,
  "permissions.role": isObject,
};

const stepMembers: Readonly<Record<string, Check>> = {
  id: isText,
  action: oneOf(actions),
  kind: isText,
  target: isText,
  name: (value) => typeof value === "string",
  after: isTexts,
  reason: isText,
  irreversible: isFlag,
  permissions: isTexts,
};

const resourceMembers: Readonly<Record<string, Check>> = { kind: isText, id: isText, state: isText };

/** The path of the first member that is missing or wrong; undefined when the document has the shape of a plan. */
export function wrongMember(document: unknown): string | undefined {
  return (
    firstWrong(document, members, "") ??
    wrongEntry(read(document, "steps"), stepMembers, "steps") ??
    wrongEntry(read(document, "inventory"), resourceMembers, "inventory")
  );
}

function wrongEntry(list: unknown, checks: Readonly<Record<string, Check>>, path: string): string | undefined {
  if (!Array.isArray(list)) return path;
  for (const [index, entry] of list.entries()) {
    const wrong = firstWrong(entry, checks, `${path}.${index}.`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function firstWrong(value: unknown, checks: Readonly<Record<string, Check>>, prefix: string): string | undefined {
  const wrong = Object.entries(checks).find(([path, check]) => !check(read(value, path)));
  return wrong === undefined ? undefined : `${prefix}${wrong[0]}`;
}

function read(value: unknown, path: string): unknown {
  let current = value;
  for (const name of path.split(".")) {
    if (!isObject(current)) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[name];
  }
  return current;
}
