// The shape of a plan document: whichever member is missing or of another type is named, before anything of it is believed.

import { describe, expect, it } from "vitest";
import { wrongMember } from "../../src/planning/plan-shape.ts";

type Members = Readonly<Record<string, unknown>>;

const step: Members = {
  id: "delete-item-1",
  action: "delete-item",
  kind: "protected-item",
  target: "/item",
  name: "",
  after: [],
  reason: "it keeps the vault alive",
  irreversible: false,
  permissions: [],
};
const resource: Members = { kind: "vault", id: "/vault", state: "Succeeded" };
const document: Members = {
  id: "0123",
  tool: "azure-vault-teardown 0.1.0",
  createdAt: "2026-11-21T08:00:00Z",
  strategy: "soft",
  vault: { id: "/vault", name: "rsv", location: "westeurope", cloud: "public" },
  options: { keepPrivateEndpoints: false },
  consents: ["remove-locks"],
  apiVersions: {
    vaultReads: "1",
    vaultWrites: "1",
    backup: "1",
    network: "1",
    replication: "1",
    locks: "1",
    authorization: "1",
    resources: "1",
  },
  expectedOutcome: { kind: "absent" },
  inventory: [resource],
  steps: [step],
  blockers: [],
  warnings: ["one"],
  remains: [],
  permissions: { needed: ["a"], missing: [], checked: true, byScope: [], grants: [], role: {} },
};

/** The document with the member at this path replaced, or taken out where there is nothing to put in its place. */
function changed(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((entry, index) => (String(index) === name ? changed(entry, rest, replacement) : entry));
  return { ...(value as Members), [name]: changed((value as Members)[name], rest, replacement) };
}

const texts = [
  "id",
  "tool",
  "createdAt",
  "vault.id",
  "vault.name",
  "vault.location",
  "vault.cloud",
  ...Object.keys(document["apiVersions"] as Members).map((name) => `apiVersions.${name}`),
  "expectedOutcome.kind",
  "steps.0.id",
  "steps.0.kind",
  "steps.0.target",
  "steps.0.reason",
  "inventory.0.kind",
  "inventory.0.id",
  "inventory.0.state",
];
const words = ["strategy", "steps.0.action"];
const flags = ["options.keepPrivateEndpoints", "permissions.checked", "steps.0.irreversible"];
const listsOfTexts = [
  "warnings",
  "permissions.needed",
  "permissions.missing",
  "steps.0.after",
  "steps.0.permissions",
  "consents",
];
const lists = ["inventory", "steps", "blockers", "remains", "permissions.byScope", "permissions.grants"];

const wrong: readonly (readonly [path: string, kind: string, values: readonly unknown[]])[] = [
  ...texts.map((path) => [path, "a text", [undefined, null, "", 1, ["a"]]] as const),
  ...words.map((path) => [path, "a known word", [undefined, null, "", "odd", 1]] as const),
  ...flags.map((path) => [path, "a flag", [undefined, null, "true", 1]] as const),
  ...listsOfTexts.map(
    (path) => [path, "a list of texts", [undefined, null, "a", {}, [1], ["remove-locks", 1]]] as const,
  ),
  ...lists.map((path) => [path, "a list", [undefined, null, "a", {}]] as const),
  ["permissions.role", "an object", [undefined, null, "a", [], true]],
  ["steps.0.name", "a text, or an empty one", [undefined, null, 1]],
];

describe("the shape of a plan", () => {
  it("is that of a document with all members, each of its type", () => {
    expect(wrongMember(document)).toBeUndefined();
  });

  it.each(wrong)("is none without %s as %s", (path, _kind, values) => {
    for (const value of values) expect(wrongMember(changed(document, path.split("."), value))).toBe(path);
  });

  it.each(["vault", "options", "apiVersions", "expectedOutcome", "permissions"])(
    "is none without the object %s",
    (name) => {
      for (const value of [undefined, null, [], "a text"])
        expect(wrongMember(changed(document, [name], value))).toMatch(new RegExp(`^${name}\\.`));
    },
  );

  it.each([
    ["steps", step, "action"],
    ["inventory", resource, "state"],
  ])("is none with a wrong entry anywhere in its %s", (name, entry, member) => {
    const entries = [entry, entry, { ...entry, [member]: 1 }];
    expect(wrongMember(changed(document, [name], entries))).toBe(`${name}.2.${member}`);
    expect(wrongMember(changed(document, [name], [null]))).toMatch(new RegExp(`^${name}\\.0\\.`));
    expect(wrongMember(changed(document, [name], []))).toBeUndefined();
  });

  it.each([undefined, null, "plan", 1, []])("is none of %j", (value) => {
    expect(wrongMember(value)).toBe("id");
  });
});
