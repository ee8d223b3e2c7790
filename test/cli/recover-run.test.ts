// `recover --run`: what a teardown has soft-deleted returns, by the very command that its summary has printed.

import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import type { RunDocument } from "../../src/reporting/run-document.ts";
import { backupVault, backupVaultId } from "../emulator/data-protection/backup-vault-builder.ts";
import { writesOf } from "./command-line.ts";
import { diskWorld, machineWorld } from "./recoverable-worlds.ts";
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
    const unfinished = `run ${run} is unfinished: once this recovery has begun it is not continued\n`;
    expect((await also(...command, "--dry-run")).stdout).toContain(`\nwarnings\n  ${unfinished}`);
    const byVault = await also(...command.filter((word) => word !== "--run" && word !== run));
    expect(byVault.stderr).toContain(unfinished.replace(" is", ", a teardown, is"));
    const { code, stdout, stderr } = await also(...command, "--confirm", "bv-classic-weu");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(unfinished);
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

describe("what a run deleted does not return, in one line with exit 3,", () => {
  it("when an item is named that is not of it, when the purge is over, and when its vault's name is taken", async () => {
    const { served, command, also, run } = await tornDown(diskWorld(), { vault: "bv-test" });
    const written = writesOf(served.requests());
    const said = async (...words: readonly string[]): Promise<readonly unknown[]> => {
      const { code, stdout, stderr } = await also(...command, "--confirm", "bv-test", ...words);
      return [code, stdout, stderr];
    };
    expect(await said("--item", "disk-typo")).toEqual([
      3,
      "",
      `nothing that run ${run} soft-deleted fits --item disk-typo: it was disk-1, disk-2\n`,
    ]);

    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 20 * 86_400_000 });
    expect(await said()).toEqual([
      3,
      "",
      expect.stringMatching(
        /^past the purge date: Azure purged bv-test at \S+: nothing brings it back: create a new vault/,
      ),
    ]);
    vi.useRealTimers();

    const put = await fetch(`${served.url}${backupVaultId}?api-version=2025-07-01`, {
      method: "PUT",
      headers: { authorization: "Bearer of-nobody", "content-type": "application/json" },
      body: JSON.stringify({ location: "westeurope", properties: {} }),
    });
    expect(put.status).toBe(201);
    expect(await said()).toEqual([
      3,
      "",
      expect.stringMatching(
        new RegExp(
          `^run ${run} deleted this vault, and the name is taken: a vault stands under ${backupVaultId}, .*: look first whether that is the deleted one, .*delete or move it only if it is another`,
        ),
      ),
    ]);
    expect(writesOf(served.requests())).toEqual([...written, `PUT ${backupVaultId.toLowerCase()}`]);
  });

  it("while Azure is still deleting it", async () => {
    const slow = { ...diskWorld(), latencies: { deleteBackupInstance: 1_000_000_000 } };
    const cut = await tornDown(slow, { vault: "bv-test", more: ["--max-duration", "1s"], code: 4 });
    expect(cut.command).toEqual([]);
    const to = ["--endpoint", cut.served.url, "--state-dir", "kept runs"];
    const ended = await cut.also("recover", "--run", cut.run, ...to);
    expect([ended.code, ended.stdout, ended.stderr.split("\n").slice(-2)]).toEqual([
      3,
      "",
      [
        expect.stringMatching(
          /^nothing to recover in bv-test yet, of run \S+: 2 writes of the run were under way when it was cut: .*; run the same command again in some minutes$/,
        ),
        "",
      ],
    ]);
  });

  it("when it was deleted for good", async () => {
    const world = { ...diskWorld(), backupVaults: [backupVault({ regime: "classic" })] };
    const gone = await tornDown(world, { vault: "bv-test", more: ["--strategy", "purge"] });
    expect(gone.command).toEqual([]);
    const { url } = gone.served;
    const ended = await gone.also("recover", "--run", gone.run, "--endpoint", url, "--state-dir", "kept runs");
    expect([ended.code, ended.stdout, ended.stderr]).toEqual([
      3,
      "",
      expect.stringMatching(
        /^nothing to recover: bv-test does not stand, and the deleted vaults of westeurope do not name it as deleted by run \S+: past its purge date/,
      ),
    ]);
  });
});

it("a run is undone where it was, or not at all", async () => {
  const { command, also, run } = await tornDown(machineWorld(), { vault: "rsv-test" });
  const elsewhere = await also("recover", "--run", run, "--state-dir", "kept runs", "--endpoint", "http://127.0.0.1:1");
  expect([elsewhere.code, elsewhere.stderr]).toEqual([
    1,
    expect.stringMatching(
      new RegExp(
        `^vault-teardown: run ${run} was on endpoint:http://127.0.0.1:\\d+, not on endpoint:http://127.0.0.1:1: give the same connection options\n$`,
      ),
    ),
  ]);
  const [first, ...rest] = [
    await also(...command, "--item", "VM-*", "--dry-run"),
    await also("recover", "--run", run, "--vault", "rsv-other", "--state-dir", "kept runs"),
  ];
  expect(first.stdout).toContain(`recovery  the deleted vault and 1 thing that run ${run} soft-deleted fitting VM-*\n`);
  expect(rest[0]?.stderr).toContain(
    `run ${run} is not stored in kept runs: name another folder with --state-dir, or the vault with --vault`,
  );
});
