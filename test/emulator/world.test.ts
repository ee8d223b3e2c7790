// Reading worlds: what is refused and how, relative times, and saving a running world.
import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import type { Shape, Variants } from "../../src/emulator/world-shape.ts";
import { mostSeconds, worldShape } from "../../src/emulator/world-shape.ts";
import { azureDate, isoDuration, timeSpan } from "../../src/emulator/world-times.ts";
import { WorldError, largestWorld, parseWorld, resolveTimes } from "../../src/emulator/world.ts";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld, shippedWorlds } from "../../src/emulator/worlds.ts";
import {
  at,
  bench,
  names,
  softDeleted,
  sqlItem,
  sqlServer,
  start,
  vault,
  vaultId,
  vm,
  vmItem,
  world,
} from "./world-builder.ts";

const recorded = shippedWorlds.filter((name) => name.startsWith("recorded-"));

test("the shipped worlds are these", () => {
  expect(shippedWorlds).toEqual([
    "always-on",
    "backup-vault",
    "classic",
    "failed-over",
    "guarded",
    "immutable-locked",
    "kitchen-sink",
    "locked",
    "recorded-deleted-vault",
    "recorded-file-shares",
    "recorded-guarded-machine",
    "recorded-replicated-machine",
    "recorded-replicated-site",
    "recorded-replicated-vmware",
    "recorded-soft-deletion",
    "recorded-sql-database",
    "recorded-virtual-machine",
    "secure-by-default",
    "small",
  ]);
});

test.each(shippedWorlds)("the shipped world %s is sound, named like its file and can be looked at", async (name) => {
  const content = loadWorld(name);
  expect(content.name).toBe(name);
  expect(content.speed).toBe(60);
  const { send, emulator } = bench(content);
  const vaults = [...content.vaults, ...content.deletedVaults, ...(content.backupVaults ?? [])];
  expect(vaults.length).toBeGreaterThan(0);
  for (const { id, protectedItems } of content.vaults) {
    expect((await send("GET", id)).status).toBe(200);
    expect(names((await send("GET", `${id}/backupProtectedItems`)).body)).toHaveLength(protectedItems.length);
  }
  expect(JSON.stringify(emulator.world())).not.toMatch(/"now[^"]{0,6}"/u);
});

test("each recorded world says which recording it came from", () => {
  expect(recorded).toHaveLength(9);
  for (const name of recorded) expect(loadWorld(name).source).toMatch(/^az(cli|ext).* up to exchange \d+$/u);
});

test("an unknown world names the shipped ones", () => {
  expect(() => loadWorld("smal")).toThrow(
    /^no world 'smal'; use the path of a world file or one of: always-on, .*, large:<n>$/u,
  );
});

describe("a world that cannot be used", () => {
  const good = world([vault({ parts: [vm("vm1")] })]);
  const changed = (change: (content: Record<string, unknown>) => void): string => {
    const content = structuredClone(good) as unknown as Record<string, unknown>;
    change(content);
    return JSON.stringify(content);
  };
  const holding = (contents: object): string => {
    const deleted = { name: "gone", location: "westeurope", properties: { vaultId }, contents };
    return changed((c) => (c["deletedVaults"] = [deleted]));
  };
  const firstVault = (content: Record<string, unknown>) => (content["vaults"] as Record<string, unknown>[])[0] ?? {};
  const firstContainer = (content: Record<string, unknown>) =>
    (firstVault(content)["protectionContainers"] as Record<string, unknown>[])[0] ?? {};
  test.each([
    ["{", /^world 'w\.json' is not JSON: .*; correct the file$/u],
    ["[]", /the document must be an object$/u],
    [changed((c) => (c["formatVersion"] = 2)), /'formatVersion' is 2; use 1$/u],
    [changed((c) => (c["colour"] = "red")), /unknown member 'colour'; known here: formatVersion, name, /u],
    [changed((c) => delete c["name"]), /member 'name' is missing; add it$/u],
    [changed((c) => (c["speed"] = "fast")), /'speed' must be a number of 0 or more$/u],
    [changed((c) => (c["seed"] = 1.5)), /'seed' must be a whole number of 0 or more$/u],
    [
      changed((c) => (c["latencies"] = { removeVm: -1 })),
      /'latencies\.removeVm' must be a number of seconds from 0 to 1000000000, or a list of such numbers$/u,
    ],
    [changed((c) => (c["latencies"] = { deleteVault: 1e15 })), /'latencies\.deleteVault' must be a number of seconds/u],
    [
      changed((c) => (c["latencies"] = { deleteVault: [1, 1e15] })),
      /'latencies\.deleteVault' must be a number of sec/u,
    ],
    [changed((c) => (c["listLag"] = "long")), /'listLag' must be a number of seconds from 0 to 1000000000$/u],
    [changed((c) => (c["listLag"] = 1e15)), /'listLag' must be a number of seconds from 0 to 1000000000$/u],
    [changed((c) => (c["speed"] = 0)), /'speed' is 0; use a number above 0$/u],
    [
      changed((c) => (firstVault(c)["regime"] = "new")),
      /'vaults\[0\]\.regime' is "new"; use classic or preview or secure-by-/u,
    ],
    [changed((c) => (firstVault(c)["extra"] = 1)), /unknown member 'vaults\[0\]\.extra'/u],
    [changed((c) => (firstVault(c)["id"] = "rsv")), /'vaults\[0\]\.id' is 'rsv'; use \/subscriptions\//u],
    [changed((c) => (c["subscriptions"] = [])), /which is not listed in 'subscriptions'; add it$/u],
    [changed((c) => (c["vaults"] = [firstVault(c), firstVault(c)])), /is listed twice; remove one$/u],
    [
      JSON.stringify(world([vault({ parts: [vm("vm1"), { ...vm("VM1"), container: vm("vm2").container }] })])),
      /protectedItems\[1\]\.name' is 'VM;iaasvmcontainerv2;rg-test;VM1', which is listed twice; remove one$/u,
    ],
    [
      JSON.stringify(world([vault({ more: { updatedAt: "lately" } })])),
      /updatedAt' is "lately"; use a date or one like "now-3d"$/u,
    ],
    [changed((c) => (firstVault(c)["protectionContainers"] = [])), /which is not in protectionContainers; add it$/u],
    [
      changed((c) => (firstContainer(c)["registeredElsewhere"] = "rsv-2")),
      /registeredElsewhere' is 'rsv-2'; use the id of a Recovery Services vault$/u,
    ],
    [
      changed((c) => (firstContainer(c)["registeredElsewhere"] = firstVault(c)["id"] as string)),
      /registeredElsewhere' is the vault itself; remove it or name another vault$/u,
    ],
    [
      JSON.stringify(world([vault({ parts: [vm("vm1", softDeleted("last week"))] })])),
      /deferredDeleteTimeInUTC' is "last week"; use a date or one like "now-3d"$/u,
    ],
    [holding({}), /member 'deletedVaults\[0\]\.contents\.id' is missing; add it$/u],
    [holding({ ...vault(), extra: 1 }), /unknown member 'deletedVaults\[0\]\.contents\.extra'/u],
    [
      holding(vault({ id: `${vaultId}2` })),
      /'deletedVaults\[0\]\.contents\.id' is '.*rsv-test2', but 'properties\.vaultId' is '.*rsv-test'; make them the same$/u,
    ],
    [
      holding(vault({ parts: [vm("vm1"), { ...vm("VM1"), container: vm("vm2").container }] })),
      /'deletedVaults\[0\]\.contents\.protectedItems\[1\]\.name' is .*, which is listed twice; remove one$/u,
    ],
    [
      holding({ ...vault({ parts: [vm("vm1")] }), protectionContainers: [] }),
      /'deletedVaults\[0\]\.contents\.protectedItems\[0\]\.container' is .*, which is not in protectionContainers; add it$/u,
    ],
    [
      holding(vault({ parts: [vm("vm1", softDeleted("last week"))] })),
      /'deletedVaults\[0\]\.contents\..*deferredDeleteTimeInUTC' is "last week"; use a date/u,
    ],
    [
      holding(vault({ more: { replication: { fabrics: [{ path: "x", properties: {} }] } } })),
      /'deletedVaults\[0\]\.contents\.replication\.fabrics\[0\]\.path' is 'x'; use /u,
    ],
    [`{"vaults":[{"properties":{"__proto__":{}}}]}`, /member 'vaults\.0\.properties\.__proto__' is not allowed/u],
    [`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, /its members are nested too deeply; use fewer levels$/u],
    [`{"constructor":{}}`, /member 'constructor' is not allowed; remove it$/u],
    [`{"a":{"prototype":{}}}`, /member 'a\.prototype' is not allowed; remove it$/u],
  ])("is refused in one clear line (%#)", (text, message) => {
    expect(() => parseWorld(text, "w.json")).toThrow(WorldError);
    expect(() => parseWorld(text, "w.json")).toThrow(message);
  });

  test("because of its size", () => {
    expect(() => parseWorld(" ".repeat(largestWorld + 1), "w.json")).toThrow(/larger than 400 MiB; use a smaller/u);
  });
});

const schema = JSON.parse(readFileSync("src/emulator/world.schema.json", "utf8")) as Record<string, unknown> & {
  readonly $defs: Record<string, Record<string, unknown>>;
};
const seconds = { type: "number", minimum: 0, maximum: mostSeconds };

test("the published schema and the validator know the same members", () => {
  expect(schema.$defs["seconds"]).toEqual({ oneOf: [seconds, { type: "array", minItems: 1, items: seconds }] });
  compare(schema, worldShape, "world");
});

/** What `$ref` names, where a schema is no more than that. */
function resolved(published: Record<string, unknown>): Record<string, unknown> {
  const name = /^#\/\$defs\/(\w+)$/u.exec(String(published["$ref"]))?.[1];
  return name === undefined ? published : (schema.$defs[name] ?? {});
}

function compare(published: Record<string, unknown>, shape: Shape, path: string): void {
  if (shape.kind === "seconds") return expect(published, path).toMatchObject(seconds);
  if (shape.kind === "list of seconds") return expect(published, path).toEqual({ $ref: "#/$defs/seconds" });
  const schema = resolved(published);
  if (shape.kind === "list") return compare(schema["items"] as Record<string, unknown>, shape.of, `${path}[]`);
  if (shape.kind === "variants") return compareVariants(schema["oneOf"] as readonly Published[], shape.of, path);
  if (shape.kind !== "object") return;
  const members = { ...shape.required, ...shape.optional };
  const properties = schema["properties"] as Record<string, Record<string, unknown>>;
  expect(schema["additionalProperties"], path).toBe(false);
  expect(schema["required"], path).toEqual(Object.keys(shape.required));
  expect(Object.keys(properties).toSorted(), path).toEqual(Object.keys(members).toSorted());
  for (const [name, member] of Object.entries(members)) compare(properties[name] ?? {}, member, `${path}.${name}`);
}

type Published = Record<string, unknown> & { readonly properties: { readonly kind: { readonly const: string } } };

function compareVariants(schemas: readonly Published[], variants: Variants, path: string): void {
  expect(schemas.map(({ properties }) => properties.kind.const).toSorted(), path).toEqual(
    Object.keys(variants).toSorted(),
  );
  for (const schema of schemas) {
    const kind = schema.properties.kind.const;
    const { required, optional } = variants[kind]!;
    const members = { kind: { kind: "text" } as const, ...required };
    compare(schema, { kind: "object", required: members, optional }, `${path}(${kind})`);
  }
}

test("relative dates are resolved and nothing else is", () => {
  const content = world([], { name: "now-ish", description: "now-3d", source: "now+2h", startsAt: "now" });
  expect(resolveTimes(content, start)).toMatchObject({
    name: "now-ish",
    description: "2026-02-26T10:00:00Z",
    source: "2026-03-01T12:00:00Z",
    startsAt: "2026-03-01T10:00:00Z",
  });
});

test("times are written as Azure writes them", () => {
  expect(azureDate(start + 120)).toBe("2026-03-01T10:00:00.12Z");
  expect(timeSpan(13 * 86_400_000 + 86_399_370)).toBe("13.23:59:59.3700000");
  expect(timeSpan(3_600_000)).toBe("01:00:00");
  expect(isoDuration(111_250)).toBe("PT1M51.25S");
  expect(isoDuration(3_723_000)).toBe("PT1H2M3S");
  expect(isoDuration(0)).toBe("PT0S");
});

test("a running world can be saved, loaded and carried on, operations included", async () => {
  const first = bench(world([vault({ parts: [vm("vm1"), sqlServer("sql1", { a: {} })] })]));
  const accepted = await first.send("DELETE", vmItem("vm1"));
  first.wait(5);
  const text = JSON.stringify(first.emulator.world());
  const loaded: World = parseWorld(text, "saved");
  expect(loaded.startsAt).toBe("2026-03-01T10:00:05Z");

  const second = bench(loaded);
  expect((await second.follow(accepted)).body["status"]).toBe("InProgress");
  second.wait(12);
  expect((await second.follow(accepted)).body["status"]).toBe("Succeeded");
  expect(at((await second.send("GET", vmItem("vm1"))).body, "properties.isScheduledForDeferredDelete")).toBe(true);
  const another = await second.send("DELETE", sqlItem("sql1", "a"));
  expect(another.headers.get("location")).not.toBe(accepted.headers.get("location"));
});

test("a saved world that nothing happened to differs only in what the emulator adds", () => {
  const content = world([vault({ parts: [vm("vm1", softDeleted("2026-02-27T10:00:00Z"))] })]);
  const saved = bench(content).emulator.world();
  expect(saved).toEqual({
    ...content,
    saved: true,
    startsAt: "2026-03-01T10:00:00Z",
    vaults: content.vaults.map((held) => ({ ...held, updatedAt: "2026-03-01T10:00:00Z" })),
    resourceGroups: [{ id: expect.stringMatching(/resourceGroups\/rg-test$/u) as string }],
    issuedIds: 0,
    operations: [],
  });
});
