// What `recover` cannot bring back, or not as it stands: one line each with what to do, and nothing written.

import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { subscription, vault, vaultId } from "../emulator/world-builder.ts";
import { commandLineHere, servedWorld, writesOf, type Ended } from "./command-line.ts";
import {
  deletedVault,
  fileOf,
  recovered,
  standingVault,
  vaultOfUnknownAccount,
  worldOf,
} from "./recoverable-worlds.ts";

const deletedVaults = [deletedVault()];
const idOfDeleted = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults/${deletedVaults[0]?.name ?? ""}`;
const elsewhere = vaultId.replace("rsv-test", "rsv-other");

function lines({ stderr }: Ended): readonly string[] {
  return stderr.trimEnd().split("\n");
}

describe("one line, exit 3", () => {
  it.each<readonly [string, () => string, readonly string[], RegExp]>([
    [
      "nothing is soft-deleted in the vault",
      () => fileOf([vault()]),
      ["--vault", "rsv-test"],
      /^nothing to recover: the vault rsv-test stands and holds nothing soft-deleted: vault-teardown deleted lists/,
    ],
    [
      "the name was never one",
      () => fileOf([], { deletedVaults }),
      ["--vault", "rsv-typo"],
      /^nothing to recover: the vault rsv-typo neither stands nor is among the deleted vaults of 1 location: check the name/,
    ],
    [
      "another location is asked",
      () => fileOf([], { deletedVaults }),
      ["--vault", "rsv-test", "--location", "uksouth"],
      /among the deleted vaults of location uksouth: check the name/,
    ],
    [
      "the vault is past its purge date",
      () => fileOf([], { deletedVaults: [deletedVault(1, { purgeAt: "2026-02-28T10:00:00Z" })] }),
      ["--vault", "rsv-test"],
      /^past the purge date: Azure purged rsv-test at 2026-02-28T10:00:00Z: nothing brings it back: create a new vault/,
    ],
    [
      "another vault stands under its name",
      () => fileOf([vault()], { deletedVaults }),
      ["--vault", idOfDeleted],
      /^the name is taken: a vault stands under \/subscriptions\/\S+\/vaults\/rsv-test, .* can return only there: look first whether that is the deleted one, .*; delete or move it only if it is another/,
    ],
    [
      "its resource group is gone",
      () => fileOf([], { deletedVaults, resourceGroups: [] }),
      ["--vault", "rsv-test"],
      /^rsv-test returns to the resource group rg-test, which does not exist any more: create it, .*: az group create --name rg-test --location westeurope --subscription 0+-0000-0000-0000-0+$/,
    ],
    [
      "no item is called so",
      () => fileOf([standingVault()]),
      ["--vault", "rsv-test", "--item", "vm-typo"],
      /^no soft-deleted item of rsv-test fits --item vm-typo: it holds vm-web-1, vm-web-2, vm-db-1, docs; quote patterns/,
    ],
    [
      "the item is not soft-deleted",
      () => fileOf([standingVault()]),
      ["--vault", "rsv-test", "--item", "vm-kept"],
      /^nothing to recover: what fits --item vm-kept in rsv-test is not soft-deleted: vm-kept: it stands with its data/,
    ],
    [
      "only a person can bring it back",
      () => fileOf([vaultOfUnknownAccount()]),
      ["--vault", "rsv-test"],
      /^nothing of this can be brought back in rsv-test from here: Azure does not say which resource stapp stands for: register it again in the portal/,
    ],
  ])("where %s", async (_why, file, words, line) => {
    const ended = await recovered(file(), ...words, "--confirm", "rsv-test");
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 3, stdout: "" });
    expect(lines(ended)).toEqual([expect.stringMatching(line)]);
  });

  it("is one document with --format json", async () => {
    const { code, stdout, stderr } = await recovered(fileOf([vault()]), "--vault", "rsv-test", "--format", "json");
    expect([code, stderr]).toEqual([3, ""]);
    expect(JSON.parse(stdout)).toEqual({
      formatVersion: 1,
      exitCode: 3,
      reason: expect.stringMatching(/^nothing to recover: .*: vault-teardown deleted lists/),
    });
  });

  it("tells of items that Azure still lists and has purged, and leaves them out of the rest", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-04-01T10:00:00Z") });
    onTestFinished(() => void vi.useRealTimers());
    const { url } = await servedWorld(worldOf([standingVault()]), 1);
    const words = ["recover", "--endpoint", url, "--vault", "rsv-test", "--dry-run"];
    const some = await commandLineHere([...words, "--item", "vm-web-*"]);
    expect([some.code, lines(some)]).toEqual([
      3,
      [
        "past the purge date: vm-web-1, vm-web-2 in rsv-test: nothing brings them back: take a new backup, or restore from another copy",
      ],
    ]);
    const all = await commandLineHere(words);
    expect([all.code, all.stderr]).toEqual([0, ""]);
    expect(all.stdout).toContain("vm-db-1 is past its purge date: it is left out\n");
    expect(all.stdout).not.toContain("undelete-item");
  });
});

describe("exit 1", () => {
  const named = deletedVault(2, { vaultId: vaultId.replace("rg-test", "rg-other") });
  const ambiguous: Partial<World> = {
    deletedVaults: [deletedVault(), { ...named, contents: vault({ id: vaultId.replace("rg-test", "rg-other") }) }],
  };

  it("where several deleted vaults have the name: they are listed, and a group tells which", async () => {
    const file = fileOf([], ambiguous);
    const ended = await recovered(file, "--vault", "rsv-test", "--dry-run");
    expect([ended.code, ended.stdout, lines(ended)]).toEqual([
      1,
      "",
      [
        "vault-teardown: 2 deleted vaults were named rsv-test: name one with --vault <full id>, --resource-group or --kind:",
        `  ${vaultId.replace("rg-test", "rg-other")}, deleted 2026-02-21T10:00:00.000Z`,
        `  ${vaultId}, deleted 2026-02-20T10:00:00.000Z`,
      ],
    ]);
    const one = await recovered(file, "--vault", "rsv-test", "-g", "rg-test", "--dry-run");
    expect([one.code, one.stderr]).toEqual([0, ""]);
    expect(one.stdout).toContain(`deleted   ${idOfDeleted}\n`);
  });

  it.each([
    ["no vault is named on Azure", ["-s", subscription], "no vault is named: give --vault <name or full resource id>"],
    [
      "no subscription is named",
      ["--vault", "rsv-test"],
      "no subscription is named: give --subscription, set AZURE_SUBSCRIPTION_ID, or give --vault a full id",
    ],
    [
      "a run is not stored",
      ["--run", "20260301T100000Z-aaaaaa"],
      "run 20260301T100000Z-aaaaaa is not stored in .vault-teardown: name another folder with --state-dir, or the vault with --vault",
    ],
    [
      "a run is named with --emulator",
      ["--run", "r", "--emulator", "small"],
      "run r cannot be recovered with --emulator: that world ended with its process; serve one with emulator --port 0 and give its --endpoint",
    ],
    [
      "a plan is wanted as events",
      ["--dry-run", "--format", "ndjson"],
      "--dry-run prints a plan, not events: use --format text, json, markdown, html, mermaid",
    ],
    ["no step may run", ["--concurrency", "0"], "--concurrency 0 is not a whole number above 0"],
  ])("where %s", async (_why, words, line) => {
    const ended = await commandLineHere(["recover", ...words]);
    expect([ended.code, ended.stdout, ended.stderr]).toEqual([1, "", `vault-teardown: ${line}\n`]);
  });

  it.each([
    [[], /^vault-teardown: nobody to ask: add --confirm rsv-test to carry this plan out; nothing was changed$/],
    [
      ["--confirm", "rsv-other"],
      /^vault-teardown: --confirm rsv-other names neither the vault rsv-test nor the plan [0-9a-f]+: nothing was changed$/,
    ],
  ])("where nobody has confirmed it: %j", async (words, line) => {
    const served = await servedWorld(worldOf([standingVault()]), 1);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-01T10:00:00Z") });
    onTestFinished(() => void vi.useRealTimers());
    const ended = await commandLineHere(["recover", "--endpoint", served.url, "--vault", "rsv-test", ...words]);
    expect([ended.code, ended.stdout, lines(ended).at(-1)]).toEqual([1, "", expect.stringMatching(line)]);
    expect(writesOf(served.requests())).toEqual([]);
  });
});

it("a container that another vault has registered since stays there: what Azure undeletes all the same is back, and the exit code is 3", async () => {
  const { code, stdout } = await recovered(
    fileOf([standingVault(elsewhere)]),
    "--vault",
    "rsv-test",
    "--confirm",
    "rsv-test",
  );
  expect(code).toBe(3);
  expect(stdout).toMatch(
    /^not done: the recovery of rsv-test is blocked: a person must act first\nsteps +4 verified, 1 failed, 1 skipped/,
  );
  expect(stdout).toMatch(
    /^blocked +register-container-1 stapp: BMSUserErrorContainerRegisteredToAnotherVault: .*rsv-other/m,
  );
  expect(stdout).toMatch(
    /^ +to do: another vault has registered it since: unregister it there first, .*; or leave it there, and bring back the rest with --item$/m,
  );
});

describe("blocked before anything is written", () => {
  const group = `/subscriptions/${subscription}/resourceGroups/rg-test`;
  const locked = (scope: string): Partial<World> => ({
    locks: [{ id: `${scope}/providers/Microsoft.Authorization/locks/frozen`, properties: { level: "ReadOnly" } }],
  });
  const reader = { scope: `/subscriptions/${subscription}`, actions: ["*/read"] };

  it.each<readonly [string, World, RegExp]>([
    [
      "a lock on the vault",
      worldOf([standingVault()], locked(vaultId)),
      /read-only-lock: the lock frozen makes \S+\/rsv-test read-only/,
    ],
    [
      "a lock on the group of a deleted vault",
      worldOf([], { deletedVaults, ...locked(group) }),
      /read-only-lock: the lock frozen makes \S+\/rg-test read-only/,
    ],
    [
      "a right that is missing at the vault",
      worldOf([standingVault()], { access: [reader] }),
      /permission-missing: .*protectedItems\/write/,
    ],
    [
      "a right at the subscription, where deleted vaults lie",
      worldOf([], { deletedVaults, access: [reader, { scope: group, actions: ["*"] }] }),
      /permission-missing: you lack permissions that the steps need: Microsoft.RecoveryServices\/locations\/deletedVaults\/undelete\/action\n +about \/subscriptions\/[^/]+\n[^]*--scope '\/subscriptions\/[^/]+'/,
    ],
    [
      "a right at the group, as the vault does not stand",
      worldOf([], { deletedVaults, access: [reader, { scope: reader.scope, actions: ["*/action"] }] }),
      /permission-missing: [^]*about \S+\/rg-test\n[^]*; then run recover again/,
    ],
  ])("by %s", async (_what, world, line) => {
    const served = await servedWorld(world, 1);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-01T10:00:00Z") });
    onTestFinished(() => void vi.useRealTimers());
    const ended = await commandLineHere([
      "recover",
      "--endpoint",
      served.url,
      "--vault",
      "rsv-test",
      "--confirm",
      "rsv-test",
    ]);
    expect([ended.code, ended.stdout, ended.stderr]).toEqual([3, "", expect.stringMatching(line)]);
    expect(writesOf(served.requests())).toEqual([]);
  });
});
