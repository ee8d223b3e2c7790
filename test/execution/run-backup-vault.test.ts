// Backup vaults taken down in every combination of regime, soft delete and strategy: what is expected, and what comes out.

import { describe, expect, it } from "vitest";
import type { BackupVaultRegime } from "../../src/emulator/data-protection/world-backup-vault.ts";
import type { World } from "../../src/emulator/world.ts";
import type { Plan, Strategy } from "../../src/model/plan.ts";
import { backupVault, disk, softDeletedDisk } from "../emulator/data-protection/backup-vault-builder.ts";
import { world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";

type State = "On" | "Off" | "AlwaysOn";
type Contents = "active" | "soft-deleted too" | "nothing";

const deleted = [softDeletedDisk("old", "2026-12-20T10:00:00.0000000Z")];
const contents = {
  active: {},
  "soft-deleted too": { deletedBackupInstances: deleted },
  nothing: { backupInstances: [], backupPolicies: [] },
} satisfies Record<Contents, object>;

function worldOf(regime: BackupVaultRegime, softDelete: State, what: Contents): World {
  return world([], { backupVaults: [backupVault({ regime, softDelete, more: contents[what] })] });
}

/** Soft delete keeps for 14 days what is deleted now, and the older instance for longer. */
const fortnight = "2026-12-05T08:00:00";
const oldest = "2026-12-20T10:00:00";

/** Expected outcome with its date, exit code, and what became of it, with its date; empty where there is none. */
type Row = readonly [
  BackupVaultRegime,
  State,
  Strategy,
  Contents,
  expected: Plan["expectedOutcome"]["kind"],
  until: string,
  exit: number,
  became: string,
  end: string,
];

const rows: readonly Row[] = [
  ["classic", "On", "soft", "active", "soft-deleted", fortnight, 4, "waiting", fortnight],
  ["classic", "On", "soft", "soft-deleted too", "soft-deleted", oldest, 4, "waiting", oldest],
  ["classic", "On", "soft", "nothing", "absent", "", 0, "absent", ""],
  ["classic", "On", "purge", "active", "purged", "", 0, "purged", ""],
  ["classic", "On", "purge", "soft-deleted too", "purged", "", 0, "purged", ""],
  ["classic", "Off", "soft", "active", "absent", "", 0, "absent", ""],
  ["classic", "Off", "soft", "soft-deleted too", "soft-deleted", oldest, 4, "waiting", oldest],
  ["classic", "Off", "purge", "active", "purged", "", 0, "purged", ""],
  ["classic", "Off", "purge", "soft-deleted too", "purged", "", 0, "purged", ""],
  ["classic", "AlwaysOn", "soft", "active", "soft-deleted", fortnight, 4, "waiting", fortnight],
  ["classic", "AlwaysOn", "soft", "nothing", "absent", "", 0, "absent", ""],
  ["classic", "AlwaysOn", "purge", "active", "blocked", "", 3, "soft-delete-always-on", ""],
  ["secure-by-default", "On", "soft", "active", "soft-deleted", fortnight, 0, "soft-deleted", fortnight],
  ["secure-by-default", "On", "soft", "nothing", "absent", "", 0, "absent", ""],
  ["secure-by-default", "On", "purge", "active", "purged", "", 3, "DppAlwaysOnSoftDeleteStateMandatory", ""],
  ["secure-by-default", "Off", "soft", "active", "absent", "", 3, "UserErrorPolicyAssociatedWithSoftDeletedItems", ""],
  ["secure-by-default", "Off", "soft", "soft-deleted too", "soft-deleted", oldest, 0, "soft-deleted", oldest],
  ["secure-by-default", "Off", "purge", "active", "purged", "", 3, "ContradictsPlan", ""],
  ["secure-by-default", "AlwaysOn", "soft", "active", "soft-deleted", fortnight, 0, "soft-deleted", fortnight],
  ["secure-by-default", "AlwaysOn", "soft", "soft-deleted too", "soft-deleted", oldest, 0, "soft-deleted", oldest],
  ["secure-by-default", "AlwaysOn", "soft", "nothing", "absent", "", 0, "absent", ""],
  ["secure-by-default", "AlwaysOn", "purge", "active", "blocked", "", 3, "soft-delete-always-on", ""],
];

const seconds = (time = ""): string => time.slice(0, 19);

describe("a Backup vault", () => {
  it.each(rows)("%s, soft delete %s, %s, holding %s: %s", async (...row) => {
    const [regime, state, strategy, what, expected, until, exit, became, end] = row;
    const rehearsal = rehearse(worldOf(regime, state, what));
    const plan = await rehearsal.plan({ strategy });
    expect(plan.expectedOutcome.kind).toBe(expected);
    expect(seconds(plan.expectedOutcome.until)).toBe(until);
    if (expected === "blocked") return expect(plan.blockers.map(({ code }) => code)).toEqual([became]);
    const { result, events } = await rehearsal.run(plan);
    const failed = events.flatMap((event) => (event.type === "step-failed" ? event : []));
    const said = result.outcome?.kind ?? (exit === 4 ? failed[0]?.disposition : failed[0]?.code);
    expect([result.exitCode, said]).toEqual([exit, became]);
    expect(seconds(result.outcome?.until ?? result.resumeAfter)).toBe(end);
    expect(rehearsal.emulator.world().backupVaults ?? []).toHaveLength(exit === 0 ? 0 : 1);
  });

  it("that refused to turn soft delete off was not touched", async () => {
    const rehearsal = rehearse(worldOf("secure-by-default", "On", "soft-deleted too"));
    const before = rehearsal.emulator.world().backupVaults;
    await rehearsal.run(await rehearsal.plan({ strategy: "purge" }));
    expect(rehearsal.writes()).toHaveLength(1);
    expect(rehearsal.emulator.world().backupVaults).toEqual(before);
  });

  it("that soft-deletes although it reads Off goes with a new plan, which leaves it its policies", async () => {
    const rehearsal = rehearse(worldOf("secure-by-default", "Off", "active"));
    await rehearsal.run(await rehearsal.plan());
    const { result } = await rehearsal.run(await rehearsal.plan());
    expect(result).toMatchObject({ exitCode: 0, outcome: { kind: "soft-deleted" } });
  });

  it("of the classic regime goes with a new plan once its soft-deleted instances are purged", async () => {
    const rehearsal = rehearse(worldOf("classic", "On", "active"));
    const { result } = await rehearsal.run(await rehearsal.plan());
    await rehearsal.clock.sleep(Date.parse(result.resumeAfter!) - rehearsal.clock.now() + 1000);
    const again = await rehearsal.run(await rehearsal.plan());
    expect(again.result).toMatchObject({ exitCode: 0, outcome: { kind: "absent" } });
  });
});

describe("a locked Backup vault", () => {
  const expiryTime = "2026-12-15T00:00:00.0000000Z";
  const stores = [{ type: "VaultStore", expiryTime, state: "COMMITTED" }];
  const point = { name: "p1", properties: { recoveryPointDataStoresDetails: stores } };
  const source = { datasourceType: "Microsoft.DBforPostgreSQL/flexibleServers", objectType: "Datasource" };
  const database = { ...disk("db", { dataSourceInfo: source }), recoveryPoints: [point] };
  const locked = world([], {
    backupVaults: [backupVault({ immutability: "Locked", more: { backupInstances: [database] } })],
  });

  it("is blocked until the last recovery point expires, and goes then", async () => {
    const rehearsal = rehearse(locked);
    const plan = await rehearsal.plan();
    expect(plan.expectedOutcome).toEqual({ kind: "blocked", until: "2026-12-15T00:00:00.000Z" });
    expect(plan.blockers.map(({ code }) => code)).toEqual(["immutability-locked", "immutability-locked-item"]);
    await rehearsal.clock.sleep(Date.parse(expiryTime) - rehearsal.clock.now() + 1000);
    const { result } = await rehearsal.run(await rehearsal.plan());
    expect(result).toMatchObject({ exitCode: 0, outcome: { kind: "soft-deleted" } });
  });
});
