// Ids of Azure Resource Manager: when two spellings are one id, and how an id is cut by its own segments.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ancestor,
  armId,
  idKey,
  nameOf,
  sameId,
  scopeOf,
  scopeOfLock,
  segmentAfter,
  vaultId,
  vaultKindOf,
  vaultKinds,
} from "../../src/model/arm-id.ts";

const item =
  "/Subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg/providers/Microsoft.RecoveryServices/vaults/v/backupFabrics/Azure/protectionContainers/VMAppContainer;Compute;rg;vm/protectedItems/SQLDataBase;mssqlserver;Orders";

describe("two ids are the same", () => {
  it.each([
    ["/subscriptions/S/resourceGroups/Rg", "/Subscriptions/s/resourcegroups/rG"],
    ["/subscriptions/s//resourceGroups/rg", "/subscriptions/s/resourceGroups/rg"],
    ["//subscriptions/s///resourceGroups/rg", "/subscriptions/s/resourceGroups/rg"],
    ["/subscriptions/s/resourceGroups/rg/", "/subscriptions/s/resourceGroups/rg"],
    ["/subscriptions/s/resourceGroups/rg//", "/subscriptions/s/resourceGroups/rg"],
  ])("%s and %s", (left, right) => {
    expect(sameId(left, right)).toBe(true);
  });

  it("not when one is the beginning of the other", () => {
    expect(sameId("/subscriptions/s/resourceGroups/rg", "/subscriptions/s/resourceGroups/rg2")).toBe(false);
    expect(sameId("/subscriptions/s/resourceGroups/rg", "/subscriptions/s")).toBe(false);
  });
});

/** Ids over a small alphabet, so that equal ones do occur, each in a casing of its own. */
const ids = fc
  .array(fc.constantFrom("subscriptions", "resourceGroups", "VM;a", "vaults", "b"), { maxLength: 4 })
  .map((segments) => `/${segments.join("/")}`);
const cased = fc.tuple(ids, fc.array(fc.boolean(), { minLength: 80, maxLength: 80 })).map(([id, upper]) =>
  id
    .split("")
    .map((letter, at) => (upper[at] === true ? letter.toUpperCase() : letter))
    .join(""),
);

describe("sameness of ids is an equivalence", () => {
  it("every id is the same as itself in any casing", () => {
    fc.assert(
      fc.property(cased, (id) => sameId(id, id) && sameId(id, id.toUpperCase()) && sameId(id.toLowerCase(), id)),
    );
  });

  it("it holds in both directions", () => {
    fc.assert(fc.property(cased, cased, (left, right) => sameId(left, right) === sameId(right, left)));
  });

  it("what is the same as the same is the same", () => {
    fc.assert(
      fc.property(cased, cased, cased, (a, b, c) => !sameId(a, b) || !sameId(b, c) || sameId(a, c)),
      { numRuns: 500 },
    );
  });

  it("the key of a key is the key", () => {
    fc.assert(fc.property(fc.string(), (text) => idKey(idKey(text)) === idKey(text)));
  });
});

describe("an id is cut by its own segments", () => {
  it("whatever the casing of the segment's name", () => {
    expect(segmentAfter(item, "subscriptions")).toBe("00000000-0000-0000-0000-000000000000");
    expect(segmentAfter(item, "resourceGroups")).toBe("rg");
    expect(segmentAfter(item, "PROTECTEDITEMS")).toBe("SQLDataBase;mssqlserver;Orders");
  });

  it("and a segment that is not there, or has nothing after it, reads as absent", () => {
    expect(segmentAfter(item, "protectableItems")).toBeUndefined();
    expect(segmentAfter("/subscriptions", "subscriptions")).toBeUndefined();
  });

  it("an ancestor keeps the spelling of the service", () => {
    expect(ancestor(item, "protectioncontainers")).toBe(item.slice(0, item.indexOf("/protectedItems")));
    expect(ancestor(item, "Vaults")).toBe(item.slice(0, item.indexOf("/backupFabrics")));
  });

  it("at the first segment of that name, as splitting it at every slash would tell", () => {
    const parts = fc.array(fc.constantFrom("vaults", "VAULTS", "vault", "vaultss", "", "x", "İ"), { maxLength: 6 });
    fc.assert(
      fc.property(parts, (segments) => {
        const at = segments.findIndex((segment) => segment.toLowerCase() === "vaults");
        const after = at === -1 ? undefined : segments[at + 1];
        const whole = after === undefined ? undefined : segments.slice(0, at + 2).join("/");
        expect(segmentAfter(segments.join("/"), "Vaults")).toBe(after);
        expect(ancestor(segments.join("/"), "Vaults")).toBe(whole);
      }),
      { numRuns: 500 },
    );
  });

  it("and an ancestor that is not there reads as absent", () => {
    expect(ancestor(item, "locks")).toBeUndefined();
    expect(ancestor("/subscriptions/s/vaults", "vaults")).toBeUndefined();
  });

  it("the name is the last segment", () => {
    expect(nameOf(item)).toBe("SQLDataBase;mssqlserver;Orders");
    expect(nameOf("no-id")).toBe("no-id");
  });
});

describe("the scope of a resource", () => {
  it("is read from an id in odd casing, and kept as spelled", () => {
    expect(scopeOf("/Subscriptions/S1/resourcegroups/Rg-1/providers/microsoft.recoveryservices/VAULTS/Rsv-1")).toEqual({
      kind: "recovery-services",
      subscriptionId: "S1",
      resourceGroup: "Rg-1",
      name: "Rsv-1",
    });
  });

  it.each(["rsv-1", "/subscriptions/s", "/subscriptions/s/vaults/v", "/resourceGroups/rg/vaults/v", ""])(
    "is absent for %j, which is no resource id",
    (text) => {
      expect(scopeOf(text)).toBeUndefined();
    },
  );

  it("makes the vault's id, and reads back from it", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9._()-]{1,20}$/);
    fc.assert(
      fc.property(fc.constantFrom(...vaultKinds), name, name, name, (kind, subscriptionId, resourceGroup, vault) => {
        const scope = { kind, subscriptionId, resourceGroup, name: vault };
        expect(scopeOf(vaultId(scope))).toEqual(scope);
      }),
    );
  });

  it.each([
    ["/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v", "recovery-services"],
    ["/subscriptions/s/resourcegroups/g/providers/microsoft.dataprotection/BACKUPVAULTS/v", "backup"],
    ["/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v/backupInstances/i", "backup"],
    ["/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaultsOfMine/v", undefined],
    ["/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/resourceGuards/v", undefined],
    ["", undefined],
  ])("tells from %j which sort of vault it is: %j", (id, kind) => {
    expect(vaultKindOf(id)).toBe(kind);
  });

  it("marks a text as an id without changing it", () => {
    expect(armId("/a//B/")).toBe("/a//B/");
  });
});

describe("what a lock is set on", () => {
  it.each([
    ["/subscriptions/s/providers/Microsoft.Authorization/locks/keep", "/subscriptions/s"],
    [`${item}/Providers/microsoft.authorization/Locks/keep`, item],
    [`${item}/providers/Microsoft.Authorization/locks`, item],
    [item, item],
  ])("for %s is %s", (id, scope) => {
    expect(scopeOfLock(id)).toBe(scope);
  });
});
