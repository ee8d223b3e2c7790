// `deleted` with what the deleted vaults held, as Azure Resource Graph lists it: one question, or none, and no error of its own.

import { describe, expect, it } from "vitest";
import type { WorldFault } from "../../src/emulator/faults/fault.ts";
import type { World, WorldDeletedVault, WorldVault } from "../../src/emulator/world.ts";
import type { DeletedVaultsDocument } from "../../src/reporting/deleted-text.ts";
import { softDeleted, sqlServer, storageAccount, subscription, vault, vaultId, vm } from "../emulator/world-builder.ts";
import { commandLineHere, servedWorld, writesOf, type Ended } from "./command-line.ts";
import { deletedBackupVault, deletedVault, fileOf, worldOf } from "./recoverable-worlds.ts";

const gone = softDeleted("2026-02-25T10:00:00Z");
const mixed = [vm("vm-2", gone), vm("vm-1", gone), sqlServer("sql-1", { orders: gone }), storageAccount("stapp", [])];

function holding(index: number, name: string, contents: WorldVault | undefined, isEmpty = false): WorldDeletedVault {
  const id = vaultId.replace(/[^/]+$/, name);
  const { contents: _, ...entry } = deletedVault(index);
  const deletedAt = entry.properties["vaultDeletionTime"];
  const properties = { ...entry.properties, vaultId: id, ...(isEmpty ? { purgeAt: deletedAt ?? null } : {}) };
  return { ...entry, properties, ...(contents === undefined ? {} : { contents: { ...contents, id } }) };
}

/** One with items, one that Resource Graph does not have yet, one whose dates say that nothing can be recovered, and others. */
function deletedVaultsWorld(more: Partial<World> = {}): World {
  const deletedVaults = [
    holding(1, "rsv-mixed", vault({ parts: mixed })),
    holding(2, "rsv-lagging", undefined),
    holding(3, "rsv-nothing", vault({ parts: [vm("vm-pending")] }), true),
    holding(4, "rsv-empty", undefined, true),
  ];
  return worldOf([], { deletedVaults, deletedBackupVaults: [deletedBackupVault()], ...more });
}

type Told = Ended & { readonly questions: number; readonly writes: readonly string[] };

async function deleted(world: World, ...words: readonly string[]): Promise<Told> {
  const { url, requests } = await servedWorld(world);
  const ended = await commandLineHere(["deleted", "--endpoint", url, "--subscription", subscription, ...words]);
  const questions = requests().filter(({ url: asked }) => asked.includes("/Microsoft.ResourceGraph/")).length;
  return { ...ended, questions, writes: writesOf(requests()) };
}

const vaultsOf = ({ stdout }: Ended): DeletedVaultsDocument["vaults"] =>
  (JSON.parse(stdout) as DeletedVaultsDocument).vaults;

const heldIn = (stdout: string, name: string): string | undefined =>
  stdout
    .split("\n")
    .find((line) => line.startsWith(`  ${name} `))
    ?.split(/ {2,}/)
    .at(-2);

describe("what deleted Recovery Services vaults held", () => {
  it("is counted by workload, and read from the dates where no item is listed", async () => {
    const { code, stdout, stderr, questions, writes } = await deleted(deletedVaultsWorld());
    expect({ code, stderr, questions, writes }).toEqual({ code: 0, stderr: "", questions: 1, writes: [] });
    expect(
      ["rsv-mixed", "rsv-lagging", "rsv-nothing", "rsv-empty", "bv-test"].map((name) => heldIn(stdout, name)),
    ).toEqual([
      "3 items: 2 VM, 1 SQLDataBase",
      "recoverable data",
      "nothing recoverable of 1 item: 1 VM",
      "nothing recoverable",
      "recoverable data",
    ]);
    expect(stdout).toContain(
      "\nitems of deleted Recovery Services vaults: by Azure Resource Graph, which lags by minutes\n",
    );
    expect(stdout).not.toContain("az backup deleted-vault");
  });

  it("stands in the document item by item, beside what the dates say", async () => {
    const vaults = vaultsOf(await deleted(deletedVaultsWorld(), "--format", "json"));
    const byName = new Map(vaults.map((entry) => [entry.name, entry]));
    expect(byName.get("rsv-mixed")?.held).toBe("recoverable-data");
    const items = byName.get("rsv-mixed")?.items ?? [];
    expect(items.map(({ name, workload, managementType }) => [name, workload, managementType])).toEqual([
      ["orders", "SQLDataBase", "AzureWorkload"],
      ["vm-1", "VM", "AzureIaasVM"],
      ["vm-2", "VM", "AzureIaasVM"],
    ]);
    expect(items[0]).toMatchObject({ container: "VMAppContainer;compute;rg-test;sql-1" });
    expect(byName.get("rsv-lagging")).toMatchObject({ held: "recoverable-data", items: [] });
    expect(byName.get("bv-test")).not.toHaveProperty("items");
  });

  it.each<readonly [string, readonly string[], Partial<World>]>([
    ["only Backup vaults are asked for", ["--kind", "backup"], {}],
    ["those of the group are none", ["-g", "rg-bv"], {}],
    ["all of them held nothing", [], { deletedVaults: [holding(4, "rsv-empty", undefined, true)] }],
    ["there are none", [], { deletedVaults: [] }],
  ])("is not asked when %s", async (_when, words, more) => {
    const { code, questions, stdout } = await deleted(deletedVaultsWorld(more), ...words);
    expect([code, questions]).toEqual([0, 0]);
    expect(stdout).not.toContain("Resource Graph");
  });

  it.each<readonly [string, WorldFault["fault"], RegExp]>([
    ["refused", { kind: "status", status: 403 }, /AuthorizationFailed/],
    [
      "answered that there is no such table",
      { kind: "status", status: 400, code: "BadRequest", message: "no table" },
      /BadRequest: no table/,
    ],
    [
      "not there in this cloud",
      { kind: "status", status: 404, code: "InvalidResourceType", message: "none" },
      /InvalidResourceType/,
    ],
    ["answered with half an answer", { kind: "truncated" }, /UnreadableAnswer/],
  ])("is said as before when the question is %s, with one line on why, and is no error", async (_when, fault, said) => {
    const faults: readonly WorldFault[] = [{ match: { path: "*/Microsoft.ResourceGraph/*" }, times: "always", fault }];
    const { code, stdout, stderr } = await deleted(deletedVaultsWorld({ faults }));
    expect([code, heldIn(stdout, "rsv-mixed")]).toEqual([0, "recoverable data"]);
    expect(stdout).toContain("is listed by: az backup deleted-vault list-containers\n");
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^what deleted Recovery Services vaults held is not listed, .*; Azure Resource Graph: /),
    ]);
    expect(stderr).toMatch(said);
    const vaults = vaultsOf(await deleted(deletedVaultsWorld({ faults }), "--format", "json"));
    expect(vaults.filter((entry) => "items" in entry)).toEqual([]);
  });

  it("is asked again after a server error, as a read is", async () => {
    const fault: WorldFault["fault"] = { kind: "status", status: 503 };
    const { deletedVaults } = deletedVaultsWorld();
    const file = fileOf([], {
      speed: 6000,
      deletedVaults,
      faults: [{ match: { path: "*/Microsoft.ResourceGraph/*" }, fault }],
    });
    const { code, stdout, stderr } = await commandLineHere(["deleted", "--emulator", file]);
    expect([code, heldIn(stdout, "rsv-mixed")]).toEqual([0, "3 items: 2 VM, 1 SQLDataBase"]);
    expect(stderr).toBe("waiting 1 s: Azure answered 503\n");
  });

  it("comes whole over many pages by as many questions, whoever's vault it is", async () => {
    const { questions, stdout } = await deleted(deletedVaultsWorld({ pageSize: 1 }));
    expect([questions, heldIn(stdout, "rsv-mixed")]).toEqual([4, "3 items: 2 VM, 1 SQLDataBase"]);
  });
});
