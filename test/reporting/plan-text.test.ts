// A plan for people: the outcome, what stands in the way, what is done in which order, and what is lost.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { ExpectedOutcome } from "../../src/model/plan.ts";
import { planText } from "../../src/reporting/plan-text.ts";
import { rehearse } from "../rehearsal.ts";
import { vmItem } from "../dependencies/builders.ts";
import { deleteItem, harmful, hostile, permissionsOf, planOf, step } from "./builders.ts";

/** The lines below a heading, up to the next empty line. */
function section(text: string, heading: string): readonly string[] {
  const lines = text.split("\n");
  const start = lines.indexOf(heading);
  const end = lines.indexOf("", start);
  return start === -1 ? [] : lines.slice(start + 1, end);
}

describe("the text of a soft plan of world small", async () => {
  const plan = await rehearse("small").plan();
  const text = planText(plan);

  it("says what will be true at the end, and until when it can be taken back", () => {
    expect(text).toContain(
      "outcome   soft-deleted: gone from Azure Resource Manager, recoverable until about 2026-12-05",
    );
    expect(text).toContain("strategy  soft: weakens no protection of what is backed up, undeletes nothing");
  });

  it("names the vault, the plan and how much of it cannot be undone", () => {
    expect(text).toContain("vault     rsv-backup-weu in westeurope");
    expect(text).toContain(`plan      ${plan.id}`);
    expect(text).toContain("steps     13: 2 irreversible");
  });

  it("marks the share, which is lost at once, and no virtual machine", () => {
    expect(text).toMatch(/projects {2}\[IRREVERSIBLE\]/);
    expect(text).not.toMatch(/vm-web-0\d.*IRREVERSIBLE/);
    expect(text).toContain("snapshots of file shares are not covered by soft delete");
  });

  it("lists everything in the vault with its state, and why some of it needs no step", () => {
    const listed = section(text, "what stands in the vault");
    expect(listed).toContain("    vm-web-01 VM, Protected");
    expect(listed).toContain("    DefaultPolicy, defined: needs no step: policies go with the vault");
    const standing = plan.inventory.filter((entry) => entry.kind !== "leftover");
    expect(listed.filter((line) => line.startsWith("    "))).toHaveLength(standing.length);
  });

  it("shows every step, under what is done and why", () => {
    const lines = section(text, "steps, in order; independent ones run side by side");
    for (const each of plan.steps) expect(lines.some((line) => line.includes(`${each.id}  `))).toBe(true);
    expect(lines).toContain("  unregister-container (2)");
    expect(lines).toContain("    because an accepted deletion is not a proof");
  });

  it("has no word of blockers", () => {
    expect(text).not.toContain("blocked by");
  });
});

describe("the text of a purge plan of world classic", async () => {
  const text = planText(await rehearse("classic").plan({ strategy: "purge" }));

  it("says that nothing can be brought back, and what that rests on", () => {
    expect(text).toContain("outcome   purged: gone with all its data, for good");
    expect(text).toContain("assumed   the service lets soft delete be turned off");
    expect(text).toContain(
      "strategy  purge: turns soft delete off, undeletes and deletes again; nothing can be recovered",
    );
  });

  it("marks what weakens the vault and what is destroyed", () => {
    expect(text).toMatch(/disable-soft-delete-1 {2}soft delete {2}\[WEAKENS: soft delete is off for the whole vault/);
    expect(text).toMatch(/delete-item-\d {2}vm-erp-01 {2}\[IRREVERSIBLE\]/);
  });

  it("shows the items that are soft-deleted already, with the day of their purge", () => {
    expect(text).toContain("vm-erp-00 VM, ProtectionStopped, soft-deleted until 2026-11-29");
  });
});

describe("the text of a purge plan of world always-on", async () => {
  const text = planText(await rehearse("always-on").plan({ strategy: "purge" }));

  it("says first that it is blocked", () => {
    expect(text).toContain("outcome   blocked: 1 thing must be settled first\n");
  });

  it("says why, about what, what to do and whose move it is", () => {
    const lines = section(text, "blocked by");
    expect(lines[0]).toContain("soft-delete-always-on: soft delete is AlwaysON");
    expect(lines[1]).toContain("about /subscriptions/");
    expect(lines[2]).toContain("to do use --strategy soft");
    expect(lines[3]).toContain("who   you");
  });
});

describe("the outcome in words", () => {
  const cases: readonly (readonly [ExpectedOutcome, string])[] = [
    [{ kind: "soft-deleted" }, "recoverable until a time Azure does not say"],
    [{ kind: "purged" }, "purged: gone with all its data, for good"],
    [
      { kind: "absent", assumption: "nothing is in it" },
      "absent: gone from Azure Resource Manager\nassumed   nothing is in it",
    ],
    [
      { kind: "blocked", until: "2027-01-01T00:00:00Z" },
      "blocked: 0 things must be settled first, not before 2027-01-01",
    ],
    [{ kind: "waiting", until: "2027-01-01T00:00:00Z" }, "waiting: not before 2027-01-01"],
    [{ kind: "waiting" }, "waiting: not before a time Azure does not say"],
  ];

  it.each(cases)("%o", (expectedOutcome, said) => {
    expect(planText(planOf({ expectedOutcome }))).toContain(said);
  });
});

describe("long lists", () => {
  const many = Array.from({ length: 30 }, (_, at) => `vm-${at}`);

  it("of resources and steps are cut, with a count of the rest", () => {
    const inventory = many.map((name) => vmItem(name));
    const text = planText(planOf({ inventory, steps: many.map((name, at) => deleteItem(name, at + 1)) }));
    expect(text).toContain("protected-item (30)");
    expect(text).toContain("delete-item (30)");
    expect(text.match(/… and 5 more \(plan --format json has all\)/g)).toHaveLength(2);
    expect(text).toContain("vm-24 VM");
    expect(text).not.toContain("vm-25 VM");
  });

  it("of exactly as many as fit are not", () => {
    const inventory = many.slice(0, 25).map((name) => vmItem(name));
    expect(planText(planOf({ inventory }))).not.toContain("more (plan");
  });

  it("of blockers, warnings and permissions are never cut", () => {
    const blockers = many.map((name) => ({ code: "x", subject: name, reason: "r", fix: "f", who: "you" }));
    const text = planText(planOf({ blockers, warnings: many, permissions: permissionsOf({ needed: many }) }));
    expect(text).toContain("about vm-29");
    expect(section(text, "warnings")).toHaveLength(many.length);
    expect(text).toMatch(/permissions the steps need.*(\n {2}vm-\d+){30}\n/);
    expect(text).not.toContain("more (plan");
  });
});

describe("what else a plan says", () => {
  it("what a person must heed comes before what stands in the vault", () => {
    const blockers = [{ code: "x", subject: "s", reason: "r", fix: "f", who: "you" }];
    const text = planText(planOf({ blockers, warnings: ["heed"], inventory: [vmItem("vm-1")] }));
    const headings = text
      .split("\n")
      .filter((line) => /^(blocked by|warnings|what stands in the vault|steps, )/.test(line));
    expect(headings.map((line) => line.split(",")[0])).toEqual([
      "blocked by",
      "warnings",
      "what stands in the vault",
      "steps",
    ]);
  });

  it("warnings, what remains and the permissions it needs", () => {
    const text = planText(
      planOf({
        warnings: ["the vault's provisioning state is Updating"],
        remains: [
          { what: "soft-deleted backup data", subject: "/a", until: "2026-11-29T07:00:00.000Z" },
          { what: "private endpoint", subject: "/b" },
        ],
        permissions: permissionsOf({ needed: ["Microsoft.RecoveryServices/Vaults/delete"] }),
      }),
    );
    expect(section(text, "warnings")).toEqual(["  the vault's provisioning state is Updating"]);
    expect(section(text, "remains afterwards")).toEqual([
      "  soft-deleted backup data until 2026-11-29: /a",
      "  private endpoint: /b",
    ]);
    expect(text).toContain(
      "permissions the steps need, on top of Reader (not checked against your account)\n  Microsoft.RecoveryServices/Vaults/delete",
    );
  });

  it("which permissions are missing where, before all that are needed", () => {
    const [scope, other] = [armId("/subscriptions/s/vault"), armId("/subscriptions/s/endpoint")];
    const permissions = permissionsOf({
      needed: ["A/delete", "B/delete"],
      missing: ["A/delete"],
      checked: true,
      byScope: [
        { scope, needed: ["A/delete"], missing: ["A/delete"], checked: true },
        { scope: other, needed: ["B/delete"], missing: [], checked: true },
      ],
      grants: [{ scope, grants: [] }],
    });
    const text = planText(planOf({ permissions }));
    expect(section(text, "permissions you lack")).toEqual(["  A/delete at /subscriptions/s/vault"]);
    expect(text.indexOf("permissions you lack")).toBeLessThan(text.indexOf("permissions the steps need"));
    expect(text).toContain("(checked: you lack some)");
  });

  it("at which scopes permissions could not be checked", () => {
    const scope = armId("/subscriptions/s/vault");
    const permissions = permissionsOf({
      needed: ["A/delete"],
      byScope: [{ scope, needed: ["A/delete"], missing: [], checked: false }],
      grants: [{ scope, refusal: { code: "AuthorizationFailed", message: "no" } }],
    });
    const text = planText(planOf({ permissions }));
    expect(section(text, "permissions not checked at")).toEqual(["  /subscriptions/s/vault"]);
    expect(text).toContain("(not checked against your account)");
  });

  it("the resource guard that decides over a step", () => {
    const guard = armId("/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/resourceGuards/rg-guard");
    const steps = [step("delete-item", { guarded: { guard, operation: "/x", request: armId(`${guard}/x/default`) } })];
    expect(planText(planOf({ steps }))).toContain("[guarded by rg-guard]");
  });

  it("the consent that a step rests on", () => {
    const steps = [step("disable-immutability", { consent: "disable-immutability", weakens: "less" })];
    expect(planText(planOf({ steps }))).toContain("[WEAKENS: less; allowed by --allow disable-immutability]");
  });

  it("no steps where there are none", () => {
    expect(planText(planOf({ steps: [] }))).not.toContain("steps, in order");
  });
});

describe("names that would command a terminal", () => {
  it("are harmless wherever they stand", () => {
    const text = planText(
      planOf({
        vault: { id: armId(hostile), name: hostile, kind: "recovery-services", location: hostile, cloud: "public" },
        inventory: [{ ...vmItem("vm-1"), name: hostile, state: hostile, workload: hostile, note: hostile }],
        steps: [{ ...deleteItem(hostile, 1), reason: hostile }],
        blockers: [{ code: "x", subject: hostile, reason: hostile, fix: hostile, who: hostile }],
        warnings: [hostile],
        remains: [{ what: "private endpoint", subject: hostile }],
      }),
    );
    expect(text).not.toMatch(harmful);
    expect(text).toContain(String.raw`vm\u001b[31m-\u000d\u000ax\u202ee`);
  });
});
