// `recover --run`: what a teardown has soft-deleted returns, by the very command that its summary has printed.

import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import type { RunDocument } from "../../src/reporting/run-summary.ts";
import { writesOf } from "./command-line.ts";
import { protectionOf, tornDown } from "./torn-down.ts";

describe("a soft-deleted vault", () => {
  it("returns with all its run had deleted, by the printed command; then there is nothing more to recover", async () => {
    const before = await tornDown("secure-by-default", { vault: "rsv-secure-sdc" });
    const { served, command, also, run } = before;
    expect(before.stdout).toMatch(/^ +until \d{4}-\d\d-\d\dT[\d:.]+Z/m);
    expect(served.world().vaults).toEqual([]);
    const written = writesOf(served.requests());

    const shown = await also(...command, "--dry-run");
    expect(shown.code, shown.stderr).toBe(0);
    expect(shown.stdout).toContain(`recovery  the deleted vault and 2 things that run ${run} soft-deleted\n`);
    expect(shown.stdout).toContain("2 items that had been soft-deleted before the run may return with the vault");
    const asJson = await also(...command, "--dry-run", "--format", "json", "--detailed-exitcode");
    expect(asJson.code).toBe(2);
    const plan = JSON.parse(asJson.stdout) as Plan;
    expect(plan.recovery?.run).toBe(run);
    expect(plan.steps.map(({ action, name }) => `${action} ${name}`)).toEqual([
      "undelete-vault rsv-secure-sdc",
      "register-container vm-sql-01",
      "undelete-item vm-api-01",
      "prove-recovery rsv-secure-sdc",
    ]);
    expect(writesOf(served.requests())).toEqual(written);

    const back = await also(...command, "--confirm", "rsv-secure-sdc");
    expect(back.code, back.stderr).toBe(0);
    expect(back.stdout).toMatch(/^back: rsv-secure-sdc stands, and what was to return is listed again\nproved /);
    expect(back.stdout).toContain("no backup runs by itself");
    expect(back.stdout).toContain("az backup protection resume --vault-name 'rsv-secure-sdc' ");
    expect(protectionOf(served.world())).toEqual({
      Ledger: "ProtectionStopped",
      "vm-api-00": "ProtectionStopped",
      "vm-api-01": "ProtectionStopped",
    });
    const status = await also("status", "--state-dir", "kept runs", "--format", "json");
    expect(JSON.parse(status.stdout) as RunDocument).toMatchObject({
      recovery: { run },
      outcome: { kind: "recovered" },
      exitCode: 0,
    });
    const since = writesOf(served.requests());

    const again = await also(...command, "--confirm", "rsv-secure-sdc");
    expect([again.code, again.stdout]).toEqual([3, ""]);
    expect(again.stderr).toBe(
      `nothing to recover: what run ${run} soft-deleted in rsv-secure-sdc is back, or purged: vault-teardown deleted --vault rsv-secure-sdc lists what is soft-deleted there now\n`,
    );
    expect(writesOf(served.requests())).toEqual(since);
  });

  it("of Backup instances returns with all that Azure has kept, also where the plan had to expect otherwise", async () => {
    const { served, command, also } = await tornDown("backup-vault", {
      vault: "bv-secure-weu",
      more: ["--allow", "unknown-datasources"],
    });
    const { code, stdout, stderr } = await also(...command, "--confirm", "bv-secure-weu", "--format", "json");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("bv-secure-weu stands again, and this is soft-deleted in it:");
    expect(protectionOf(served.world())).toMatchObject({
      "aks-web": "ProtectionStopped",
      "disk-data": "ProtectionStopped",
      "thing-new": "ProtectionStopped",
      // Soft-deleted before the run, and not what it is about.
      "disk-old": "SoftDeleted",
    });
    const document = JSON.parse(stdout) as RunDocument & { readonly before: readonly RunDocument[] };
    const lost = [...document.before, document].map(({ recovery }) => recovery?.byHand[0]?.subjects);
    expect(lost).toEqual([["stlogs", "thing-new"], ["stlogs"]]);
    expect(document.recovery?.byHand[0]?.todo).toContain("take a new backup of each source");
  });
});

describe("a teardown that ended half-way", () => {
  it("is undone in the vault that stands, is not gone on with afterwards, and what cannot return is told", async () => {
    const { served, command, also, run } = await tornDown("backup-vault", {
      vault: "bv-classic-weu",
      more: ["--allow", "unknown-datasources,remove-locks"],
      code: 4,
    });
    const { code, stdout, stderr } = await also(...command, "--confirm", "bv-classic-weu");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(`run ${run}, a teardown, is unfinished: once this recovery has begun it is not continued`);
    expect(stdout).toMatch(/^back: bv-classic-weu stands/);
    expect(stdout).toContain("by hand   backup data that was destroyed for good: stlogs-c\n");
    expect(stdout).toContain("by hand   backup policies: blob-operational\nby hand     to do create them again");
    expect(protectionOf(served.world())).toMatchObject({
      "disk-data-c": "ProtectionStopped",
      "disk-old-c": "SoftDeleted",
    });
    const status = await also("status", "--state-dir", "kept runs", "--vault", "bv-classic-weu");
    expect(status.stdout).toMatch(/^back: bv-classic-weu stands/);
  });
});
