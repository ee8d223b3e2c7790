// `recover --vault`: items of a vault that stands, by name, pattern or id, and deleted vaults with what is soft-deleted in them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { WorldFault } from "../../src/emulator/faults/fault.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { RunDocument } from "../../src/reporting/run-document.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { subscription, vaultId } from "../emulator/world-builder.ts";
import { deletedBackupVault, deletedVault, fileOf, recovered, standingVault } from "./recoverable-worlds.ts";

type Whole = RunDocument & { readonly before?: readonly RunDocument[] };

describe("a vault that stands", () => {
  const file = (): string => fileOf([standingVault()]);

  /** What its plan undeletes and registers, without writing anything. */
  async function planned(...items: readonly string[]): Promise<readonly string[]> {
    const words = items.length === 0 ? [] : ["--item", ...items];
    const ended = await recovered(file(), "--vault", "rsv-test", "--dry-run", "--format", "json", ...words);
    expect(ended.code, ended.stderr).toBe(0);
    const { steps } = JSON.parse(ended.stdout) as Plan;
    return steps.flatMap(({ request, name }) => (request === undefined ? [] : [name]));
  }

  const machine = `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-test;vm-db-1/protectedItems/VM;iaasvmcontainerv2;rg-test;vm-db-1`;

  it.each([
    ["nothing is named: all of it, and its container", [], ["stapp", "vm-db-1", "vm-web-1", "vm-web-2", "docs"]],
    ["a name, in any case", ["VM-WEB-1"], ["vm-web-1"]],
    ["a pattern", ["vm-web-?"], ["vm-web-1", "vm-web-2"]],
    ["an id", [machine.toUpperCase()], ["vm-db-1"]],
    ["several", ["vm-web-1", "*db*"], ["vm-db-1", "vm-web-1"]],
    ["a share: its account is registered first", ["docs"], ["stapp", "docs"]],
  ])("brings back what is meant when %s", async (_when, items, names) => {
    expect(await planned(...items)).toEqual(names);
  });

  it("has it back after one confirmation by name, and says how protection goes on", async () => {
    const { code, stdout, stderr } = await recovered(
      file(),
      "--vault",
      "rsv-test",
      "--item",
      "docs",
      "--confirm",
      "rsv-test",
    );
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("recovery  1 soft-deleted thing fitting docs\n");
    expect(stdout).toMatch(/^back: rsv-test stands/);
    expect(stdout).toContain("proved    1 container(s) registered again\n");
    expect(stdout).toContain("proved    1 backup item(s) listed again, protection stopped and data kept\n");
    expect(stdout).toContain("resume protection of each: az backup protection resume --vault-name 'rsv-test'");
  });

  it("is told by its events with --format ndjson", async () => {
    const words = ["--vault", vaultId, "--item", "vm-db-1", "--confirm", "rsv-test", "--format", "ndjson"];
    const { code, stdout } = await recovered(file(), ...words);
    const types = stdout
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { readonly type: string }).type);
    expect([code, types[0], types.at(-1)]).toEqual([0, "run-started", "run-ended"]);
  });
});

describe("a deleted vault", () => {
  const file = (): string =>
    fileOf([], { deletedVaults: [deletedVault()], deletedBackupVaults: [deletedBackupVault()] });

  it("returns first, then what is soft-deleted in it: two runs, one name to confirm, one document", async () => {
    const words = ["--vault", "bv-test", "--confirm", "bv-test", "--format", "json"];
    const { code, stdout, stderr } = await recovered(file(), ...words);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("bv-test stands again, and this is soft-deleted in it:\n");
    const { before, steps, recovery } = JSON.parse(stdout) as Whole;
    expect(steps.map(({ action, name }) => `${action} ${name}`)).toEqual([
      "undelete-instance disk-gone",
      "prove-recovery bv-test",
    ]);
    expect(recovery?.deletedVault).toBeUndefined();
    expect(before?.map(({ outcome, steps: [first] }) => [outcome?.kind, first?.action])).toEqual([
      ["recovered", "undelete-vault"],
    ]);
  });

  it("is told of with both runs in every report, however the result is printed", async () => {
    const names = ["r.txt", "r.json", "r.ndjson", "r.md", "r.html", "r.xml"];
    for (const format of ["text", "json", "ndjson"]) {
      const folder = temporaryFolder();
      const paths = names.map((name) => join(folder, name));
      const report = paths.flatMap((path) => ["--report", path]);
      const words = ["--vault", "bv-test", "--confirm", "bv-test", "--format", format, ...report];
      const { code, stderr } = await recovered(file(), ...words);
      expect(code, stderr).toBe(0);
      const { before = [], run } = JSON.parse(readFileSync(join(folder, "r.json"), "utf8")) as Whole;
      expect(before).toHaveLength(1);
      for (const path of paths) {
        const text = readFileSync(path, "utf8");
        for (const told of [run, ...before.map((earlier) => earlier.run)]) expect(text, path).toContain(told);
      }
    }
  });

  it("of Recovery Services returns with its items stopped: nothing more is to be done", async () => {
    const { code, stdout, stderr } = await recovered(file(), "--vault", "rsv-test", "--confirm", "rsv-test");
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^back: rsv-test stands/);
    expect(stderr).toContain("rsv-test is back; beyond that: nothing to recover: the vault rsv-test stands");
  });

  it("of which an item was asked for that it does not hold is back all the same, and the exit code says that the item is not", async () => {
    const asked = (item: string) => recovered(file(), "--vault", "rsv-test", "--item", item, "--confirm", "rsv-test");
    const held = await asked("vm-of-1");
    expect([held.code, held.stdout]).toEqual([0, expect.stringMatching(/^back: /)]);
    expect(held.stderr).toContain("what fits --item vm-of-1 in rsv-test is not soft-deleted: vm-of-1\n");
    const other = await asked("vm-typo");
    expect([other.code, other.stdout]).toEqual([3, expect.stringMatching(/^back: /)]);
    const report = join(temporaryFolder(), "r.xml");
    const words = ["--vault", "rsv-test", "--item", "vm-typo", "--confirm", "rsv-test", "--report", report];
    await recovered(file(), ...words);
    expect(readFileSync(report, "utf8")).toMatch(/<failure type="exit code 3".*fits --item vm-typo/);
    expect(other.stderr).toContain(
      "rsv-test is back; beyond that: no soft-deleted item of rsv-test fits --item vm-typo: ",
    );
  });

  it("is told to be the newest of those that could be seen, where a list was refused", async () => {
    const match = { path: "*/locations/uksouth/deletedVaults" };
    const faults: readonly WorldFault[] = [{ match, times: "always", fault: { kind: "status", status: 403 } }];
    const seen = fileOf([], { deletedVaults: [deletedVault()], locations: ["westeurope", "uksouth"], faults });
    const { code, stdout } = await recovered(seen, "--vault", "rsv-test", "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toContain(
      "2 lists of deleted vaults were refused, as that of uksouth (AuthorizationFailed): whether another of this name is there is not known\n",
    );
    const other = await recovered(seen, "--vault", "rsv-other", "--dry-run");
    expect([other.code, other.stderr]).toEqual([
      3,
      expect.stringMatching(
        /^the vault rsv-other neither stands nor is among the deleted vaults that could be read; 2 lists were refused, .*: get the right to read them/,
      ),
    ]);
  });

  it("is the newest of several that had its id, which is said, and another is brought back by its own", async () => {
    const several = fileOf([], { deletedVaults: [deletedVault(1), deletedVault(3), deletedVault(2)] });
    const chosen = async (vault: string): Promise<Plan> => {
      const { stdout } = await recovered(several, "--vault", vault, "--dry-run", "--format", "json");
      return JSON.parse(stdout) as Plan;
    };
    const newest = await chosen("rsv-test");
    expect(newest.recovery?.deletedVault?.deletedAt).toBe("2026-02-22T10:00:00.000Z");
    const [remark] = newest.recovery?.remarks ?? [];
    expect(remark).toMatch(/^3 deleted vaults had this id, and the newest is brought back; another by its own id/);
    expect(remark).toContain(`${deletedVault(2).name} of 2026-02-21T10:00:00.000Z`);
    const id = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults/${deletedVault(2).name}`;
    for (const own of [id, deletedVault(2).name]) {
      const { recovery } = await chosen(own);
      expect(recovery?.deletedVault?.id).toBe(id);
      expect(recovery?.remarks.filter((text) => text.includes("deleted vaults had this id"))).toEqual([]);
      expect(recovery?.remarks.at(-1)).toMatch(/it holds 1 item: vm-of-2 \(VM\)$/);
    }
    const done = await recovered(several, "--vault", id, "--confirm", "rsv-test", "--format", "json");
    expect((JSON.parse(done.stdout) as Whole).outcome?.kind).toBe("recovered");
  });

  it("is told with what Azure Resource Graph says it holds, and which --item means nothing of that", async () => {
    const id = `${vaultId}/backupFabrics/Azure/protectionContainers/*vm-of-1`;
    const words = ["--item", "vm-*", "--item", id, "--item", "vm-typo", "--dry-run"];
    const { code, stdout, stderr } = await recovered(file(), "--vault", "rsv-test", ...words);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("  by Azure Resource Graph, which lags by minutes, it holds 1 item: vm-of-1 (VM)\n");
    expect(stdout.match(/nothing of that fits .*/g)).toEqual(["nothing of that fits --item vm-typo"]);
  });

  it.each<readonly [string, WorldFault["fault"] | undefined, string, RegExp]>([
    ["lists nothing of it yet", undefined, "lists no item of it\n", /^$/],
    ["refuses", { kind: "status", status: 403 }, "", /^what deleted .* is not listed, .*AuthorizationFailed: .*\n$/],
  ])("is brought back all the same when Azure Resource Graph %s", async (_when, fault, remark, said) => {
    const { contents: _, ...empty } = deletedVault();
    const faults = fault === undefined ? [] : [{ match: { path: "*/Microsoft.ResourceGraph/resources" }, fault }];
    const world = fileOf([], { deletedVaults: [fault === undefined ? empty : deletedVault()], faults });
    const { code, stdout, stderr } = await recovered(world, "--vault", "rsv-test", "--dry-run", "--item", "vm-typo");
    expect(code).toBe(0);
    expect(stdout).toContain(remark);
    expect(stdout).not.toContain("nothing of that");
    expect(stderr).toMatch(said);
  });
});
