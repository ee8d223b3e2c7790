// Lists in pages: each entry once, in the order it came, and never without end.

import { describe, expect, it } from "vitest";
import { createVaultReader } from "../../src/azure/vault-reader.ts";
import { pagedEntries } from "../../src/azure/pages.ts";
import type { Fault } from "../../src/emulator/faults/fault.ts";
import type { VaultReader } from "../../src/model/ports.ts";
import { hit } from "../emulator/faults/faulty.ts";
import { sqlServer, vault, vm, world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";

const named = (...ids: readonly string[]): readonly { readonly id: string }[] => ids.map((id) => ({ id }));

function pagesOf(...pages: readonly (readonly unknown[])[]): readonly unknown[] {
  const entries = pagedEntries((entry) => entry);
  for (const page of pages) entries.take(page);
  return entries.all();
}

describe("the entries of all pages", () => {
  it("are each there once, although entries move to the next page while it is read", () => {
    expect(pagesOf(named("a", "b"), named("b", "c"))).toEqual(named("a", "b", "c"));
  });

  it("are all there where they have no id and one page has two that are alike", () => {
    const usage = { properties: { protectedItemCount: 1 } };
    expect(pagesOf([usage, usage], [usage, { id: "" }])).toEqual([usage, usage, { id: "" }]);
  });

  it("may come after empty pages", () => {
    expect(pagesOf([], [], named("a"), [], named("b"))).toEqual(named("a", "b"));
  });
});

describe("a list that goes round in a circle", () => {
  it.each([[named("a")], [[]]])("is an error after twenty pages with nothing new: %j", (page) => {
    const entries = pagedEntries((entry) => entry);
    entries.take(named("a"));
    for (let count = 0; count < 20; count++) entries.take(page);
    expect(() => entries.take(page)).toThrow("goes on without end");
  });
});

/** Read with the SDK's models, and without. */
const lists: readonly (readonly [string, (reader: VaultReader) => Promise<readonly unknown[]>])[] = [
  ["backupPolicies", (reader) => reader.policies()],
  ["backupProtectedItems", (reader) => reader.protectedItems()],
];

describe.each(lists)("the list %s of a vault, two entries a page", (path, read) => {
  const policies = ["one", "two", "three"].map((name) => ({ name, properties: {} }));
  const parts = [vm("vm1"), sqlServer("sql1", { a: {}, b: {} })];
  const readerOf = (fault: Fault, times: number | "always") => {
    const match = { method: "GET", path: `*/${path}` };
    const content = world([vault({ parts, more: { backupPolicies: policies } })], {
      pageSize: 2,
      faults: [hit(match, fault, { times })],
    });
    const rehearsal = rehearse(content);
    return { rehearsal, reader: createVaultReader(rehearsal.clients(), rehearsal.scope) };
  };

  it("is whole where a page comes twice", async () => {
    expect(await read(readerOf({ kind: "repeated-page" }, 1).reader)).toHaveLength(3);
  });

  it("is refused, not read for ever, where a page leads to itself", async () => {
    const { reader, rehearsal } = readerOf({ kind: "repeated-page" }, "always");
    await expect(read(reader)).rejects.toMatchObject({ code: "EndlessList" });
    expect(rehearsal.emulator.requests()).toHaveLength(22);
  });
});
