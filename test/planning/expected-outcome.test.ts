// What will be true at the end: absent, soft-deleted or purged, until when, and what that rests on.

import { describe, expect, it } from "vitest";
import type { Blocker } from "../../src/model/blocker.ts";
import type { ExpectedOutcome, Strategy } from "../../src/model/plan.ts";
import type { Resource } from "../../src/model/resource.ts";
import type { Step } from "../../src/model/step.ts";
import { expectOutcome, expectRecovery } from "../../src/planning/expected-outcome.ts";
import { armId } from "../../src/model/arm-id.ts";
import { backupVaultPath } from "../dependencies/arm-answers.ts";
import { instance, softDeletedInstance } from "../dependencies/backup-vault/builders.ts";
import {
  fileShare,
  marsServer,
  now,
  softDelete,
  softDeleted,
  stepOn,
  vault,
  vmItem,
} from "../dependencies/builders.ts";

const recoverable: Step = stepOn(vmItem("vm-1"), "delete-item");
const final: Step = { ...stepOn(fileShare("st1", "a"), "delete-item"), irreversible: true };

type Facts = { readonly strategy?: Strategy; readonly resources?: readonly Resource[] } & {
  readonly steps?: readonly Step[];
  readonly blockers?: readonly Blocker[];
};

function outcome(facts: Facts): ExpectedOutcome {
  return expectOutcome({ strategy: "soft", resources: [], steps: [], blockers: [], now, ...facts });
}

function blocker(until?: string): Blocker {
  const base = { code: "x", subject: "s", reason: "r", fix: "f", who: "you" };
  return until === undefined ? base : { ...base, until };
}

describe("a soft teardown", () => {
  it("that deletes data where soft delete is enforced ends soft-deleted after the retention, without a doubt", () => {
    expect(outcome({ resources: [softDelete("AlwaysON", { retentionDays: 30 })], steps: [recoverable] })).toEqual({
      kind: "soft-deleted",
      until: "2026-12-21T08:00:00.000Z",
    });
  });

  it("that deletes data where soft delete is only on says what it rests on, and until when it may wait", () => {
    const found = outcome({ resources: [softDelete("Enabled")], steps: [recoverable] });
    expect(found).toMatchObject({ kind: "soft-deleted", until: "2026-12-05T08:00:00.000Z" });
    expect(found.assumption).toContain("waiting until 2026-12-05");
    expect(found.assumption).toContain("--strategy purge");
  });

  it("that only leaves soft-deleted items ends at the last of their purges", () => {
    const items = [
      vmItem("vm-1", { ...softDeleted, purgeAt: "2026-11-25T00:00:00.000Z" }),
      vmItem("vm-2", { ...softDeleted, purgeAt: "2026-12-01T00:00:00.000Z" }),
      vmItem("vm-3", { ...softDeleted, purgeAt: "2026-11-30T00:00:00.000Z" }),
    ];
    expect(outcome({ resources: [softDelete("AlwaysON"), ...items] })).toEqual({
      kind: "soft-deleted",
      until: "2026-12-01T00:00:00.000Z",
    });
  });

  it("takes an item that is purged later than what is deleted now", () => {
    const late = vmItem("vm-1", { ...softDeleted, purgeAt: "2027-03-01T00:00:00.000Z" });
    const found = outcome({ resources: [softDelete("AlwaysON"), late], steps: [recoverable] });
    expect(found.until).toBe("2027-03-01T00:00:00.000Z");
  });

  it.each([
    ["an empty vault", []],
    ["a vault of nothing but shares, whose backups soft delete does not cover", [final]],
  ])("of %s leaves nothing to recover", (_what, steps) => {
    expect(outcome({ resources: [softDelete("AlwaysON")], steps })).toMatchObject({ kind: "absent" });
  });

  it("that only unregisters servers leaves their items, and nothing where they hold none", () => {
    const server = stepOn(marsServer("mars-1"), "unregister-server");
    const held = { ...vmItem("d"), managementType: "MAB" };
    const found = (resources: readonly Resource[]) =>
      outcome({ resources: [softDelete("AlwaysON"), ...resources], steps: [server] });
    expect(found([held])).toEqual({ kind: "soft-deleted", until: "2026-12-05T08:00:00.000Z" });
    expect(found([vmItem("x", softDeleted), vmItem("y")]).until).toBe(softDeleted.purgeAt);
    expect(found([]).kind).toBe("absent");
  });

  it("where soft delete is off destroys the data, and says so", () => {
    const found = outcome({ resources: [softDelete("disabled")], steps: [final] });
    expect(found).toMatchObject({ kind: "absent", assumption: expect.stringContaining("destroyed at once") });
  });

  it("where soft delete is off still leaves what was soft-deleted before", () => {
    const old = vmItem("vm-1", softDeleted);
    const found = outcome({ resources: [softDelete("Disabled"), old], steps: [final] });
    expect(found).toMatchObject({ kind: "soft-deleted", until: "2026-11-29T07:00:00.000Z" });
  });

  it("where the state of soft delete is not known does not say that there is nothing to recover", () => {
    const found = outcome({ resources: [softDelete("Unknown"), vmItem("vm-1")], steps: [final] });
    expect(found.assumption ?? "").not.toContain("nothing to recover");
  });
});

describe("a soft teardown of a Backup vault", () => {
  const active = instance("db");
  const deletion = stepOn(active, "delete-instance");
  const enforced = softDelete("AlwaysOn");

  it("that deletes instances ends soft-deleted after the retention", () => {
    expect(outcome({ resources: [enforced, active], steps: [deletion] })).toEqual({
      kind: "soft-deleted",
      until: "2026-12-05T08:00:00.000Z",
    });
  });

  it("that only leaves soft-deleted instances ends at the last of their purges", () => {
    const late = instance("late", { ...softDeletedInstance, purgeAt: "2026-12-24T00:00:00.000Z" });
    expect(outcome({ resources: [enforced, late, instance("db", softDeletedInstance), active] })).toEqual({
      kind: "soft-deleted",
      until: "2026-12-24T00:00:00.000Z",
    });
  });

  it("that destroys instances says so, by either word for soft delete that is off", () => {
    const destroying = [{ ...deletion, irreversible: true }];
    const said = (word: string) =>
      `soft delete reads ${word}, so data is destroyed at once; a secure-by-default vault would keep it for a while`;
    for (const [state, word] of [["off", "Off"] as const, ["disabled", "Disabled"] as const])
      expect(outcome({ resources: [softDelete(state), active], steps: destroying })).toEqual({
        kind: "absent",
        assumption: said(word),
      });
  });
});

describe("a purge", () => {
  it("ends purged, if the service lets soft delete be turned off", () => {
    const off = stepOn(softDelete("Enabled"), "disable-soft-delete");
    const found = outcome({ strategy: "purge", resources: [softDelete("Enabled")], steps: [off, final] });
    expect(found).toMatchObject({
      kind: "purged",
      assumption: expect.stringContaining("lets soft delete be turned off"),
    });
  });

  it("of a vault whose soft delete is off already rests on nothing of the kind", () => {
    const found = outcome({ strategy: "purge", resources: [softDelete("Disabled")], steps: [final] });
    expect(found.kind).toBe("purged");
    expect(found.assumption ?? "").not.toContain("turned off");
  });
});

describe("a blocked plan", () => {
  it.each(["soft", "purge"] as const)("is blocked in any strategy (%s)", (strategy) => {
    expect(outcome({ strategy, blockers: [blocker()] })).toStrictEqual({ kind: "blocked" });
  });

  it("is blocked until the last of its blockers is, when all have a date", () => {
    const blockers = [
      blocker("2026-12-01T00:00:00Z"),
      blocker("2027-01-01T00:00:00Z"),
      blocker("2026-12-24T00:00:00Z"),
    ];
    expect(outcome({ blockers })).toEqual({ kind: "blocked", until: "2027-01-01T00:00:00Z" });
  });

  it("has no date when one of them has none", () => {
    expect(outcome({ blockers: [blocker("2026-12-01T00:00:00Z"), blocker()] })).toStrictEqual({ kind: "blocked" });
  });

  it("of a recovery is blocked in the same way, and one that is not ends with everything back", () => {
    expect(expectRecovery([blocker("2026-12-01T00:00:00Z")])).toEqual({
      kind: "blocked",
      until: "2026-12-01T00:00:00Z",
    });
    expect(expectRecovery([])).toEqual({ kind: "recovered" });
  });
});

describe("what an outcome rests on is said", () => {
  it("of an empty Backup vault, which is listed for minutes alone (recorded)", () => {
    const found = outcome({ resources: [vault({ id: armId(backupVaultPath) }), softDelete("AlwaysOn")] });
    expect(found).toMatchObject({ kind: "absent", assumption: expect.stringContaining("for some minutes") });
  });

  it("of an empty Recovery Services vault, which is listed for days", () => {
    const found = outcome({ resources: [vault(), softDelete("AlwaysON")] });
    expect(found).toMatchObject({ kind: "absent", assumption: expect.stringContaining("for some days") });
  });

  const atOnce = "data is destroyed at once";
  const nothingLeft = "it then holds nothing to recover; Azure may list it among deleted vaults for some days";
  const server = stepOn(marsServer("mars-1"), "unregister-server");

  it.each<[string, string, readonly Step[], string]>([
    ["an empty vault, whatever soft delete reads", "Odd", [], nothingLeft],
    ["a vault of which nothing is deleted", "Disabled", [stepOn(softDelete("Disabled"), "recheck")], nothingLeft],
    ["data that is destroyed although soft delete is on", "Enabled", [final], nothingLeft],
    ["data that is destroyed although soft delete is enforced", "ALWAYSON", [final], nothingLeft],
    [
      "data that is destroyed where soft delete is off",
      "DISABLED",
      [final],
      `soft delete reads Disabled, so ${atOnce}; a secure-by-default vault would keep it for a while`,
    ],
    [
      "servers alone where soft delete is off",
      "Disabled",
      [{ ...server, irreversible: true }],
      `soft delete reads Disabled, so ${atOnce}; a secure-by-default vault would keep it for a while`,
    ],
    [
      "data beside other steps",
      "Odd",
      [stepOn(softDelete("Odd"), "recheck"), final],
      `soft delete reads Odd, so the worst is assumed: ${atOnce}`,
    ],
    [
      "a word that only begins like one",
      "EnabledOnce",
      [final],
      `soft delete reads EnabledOnce, so the worst is assumed: ${atOnce}`,
    ],
    [
      "a word that only ends like one",
      "NotEnabled",
      [final],
      `soft delete reads NotEnabled, so the worst is assumed: ${atOnce}`,
    ],
    [
      "a word that only begins like off",
      "DisabledOnce",
      [final],
      `soft delete reads DisabledOnce, so the worst is assumed: ${atOnce}`,
    ],
    [
      "a word that only ends like off",
      "NotDisabled",
      [final],
      `soft delete reads NotDisabled, so the worst is assumed: ${atOnce}`,
    ],
  ])("for %s", (_what, state, steps, assumption) => {
    expect(outcome({ resources: [softDelete(state)], steps })).toEqual({ kind: "absent", assumption });
  });

  it("for a vault whose soft delete cannot be read", () => {
    expect(outcome({ steps: [final] }).assumption).toBe(
      `soft delete reads unreadable, so the worst is assumed: ${atOnce}`,
    );
  });

  it.each([
    ["Enabled", ""],
    ["Disabled", "what is deleted now is destroyed at once; "],
  ])("for what was soft-deleted before, where soft delete reads %s", (state, now) => {
    expect(outcome({ resources: [softDelete(state), vmItem("vm-1", softDeleted)] })).toEqual({
      kind: "soft-deleted",
      until: "2026-11-29T07:00:00.000Z",
      assumption: `soft delete reads ${state}, which is not enforced: ${now}if Azure refuses to delete the vault while it holds soft-deleted items (classic regime), the run ends waiting until 2026-11-29, and --strategy purge can delete it now`,
    });
  });
});
