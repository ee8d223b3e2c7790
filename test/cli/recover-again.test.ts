// `recover` given once more: after a deleted vault has returned, and beside an unfinished recovery of another sort.

import { expect, it } from "vitest";
import { nameOf } from "../../src/model/arm-id.ts";
import type { World } from "../../src/emulator/world.ts";
import { subscription } from "../emulator/world-builder.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, servedWorld, writesOf } from "./command-line.ts";
import { deletedBackupVault, worldOf } from "./recoverable-worlds.ts";
import { protectionOf, speed } from "./torn-down.ts";

const day = 86_400_000;
const deletedId = `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/westeurope/deletedVaults/${deletedBackupVault().name}`;

/** Its data is purged in nine days from now, and so is the vault. */
function worldOfToday(): World {
  const at = (days: number): string => new Date(Date.now() + days * day).toISOString();
  const resourceDeletionInfo = { deletionTime: at(-5), scheduledPurgeTime: at(9) };
  const { properties, ...deleted } = deletedBackupVault();
  const deletedVault = { ...deleted, properties: { ...properties, resourceDeletionInfo } };
  const contents = JSON.stringify(deletedVault.contents).replaceAll("2026-03-06T10:00:00Z", at(9));
  const whole = { ...deletedVault, contents: JSON.parse(contents) as NonNullable<typeof deletedVault.contents> };
  return worldOf([], { startsAt: at(0), deletedBackupVaults: [whole] });
}

it("goes on in the vault that stands, also by the last part of that id", async () => {
  const served = await servedWorld(worldOfToday(), speed);
  const cwd = temporaryFolder();
  const recover = (given: string, ...more: readonly string[]) =>
    commandLineHere(["recover", "--endpoint", served.url, "--vault", given, "--confirm", "bv-test", ...more], { cwd });
  // The vault alone returns: an item it does not hold is asked for.
  const first = await recover(deletedId, "--item", "no-such-disk");
  expect(first.code).toBe(3);
  expect(first.stdout).toMatch(/^back: bv-test stands/);

  const { code, stdout, stderr } = await recover(nameOf(deletedId));
  expect(code, stderr).toBe(0);
  expect(stdout).toContain("1 backup instance(s) listed again");
  expect(protectionOf(served.world())).toEqual({ "disk-gone": "ProtectionStopped" });

  const written = writesOf(served.requests());
  const again = await recover(deletedId);
  expect(again.code).toBe(3);
  expect(again.stderr).toMatch(/^nothing to recover: the vault bv-test stands and holds nothing soft-deleted/);
  expect(writesOf(served.requests())).toEqual(written);
});

it("a run that is not stored is said to be so, whatever recovery is unfinished", async () => {
  const fault = { kind: "status", status: 400, code: "CloudDosLimit", message: "come back tomorrow" } as const;
  const faults = [{ match: { method: "POST", path: "*/undelete" }, times: "always", fault } as const];
  const bare = { ...worldOfToday(), faults };
  const [deleted] = bare.deletedBackupVaults ?? [];
  const served = await servedWorld({ ...bare, backupVaults: [deleted!.contents!], deletedBackupVaults: [] }, speed);
  const cwd = temporaryFolder();
  const to = ["recover", "--endpoint", served.url];
  const first = await commandLineHere([...to, "--vault", "bv-test", "-s", subscription, "--confirm", "bv-test"], {
    cwd,
  });
  expect(first.code).toBe(4);
  const other = await commandLineHere([...to, "--run", "20260301T100000Z-aaaaaa"], { cwd });
  expect([other.code, other.stderr]).toEqual([1, expect.stringContaining("20260301T100000Z-aaaaaa is not stored")]);
});
