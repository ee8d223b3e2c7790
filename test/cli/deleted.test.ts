// `deleted` against an emulated subscription with many deleted vaults, some locations of which have no such list or refuse.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { WorldDeletedBackupVault } from "../../src/emulator/data-protection/world-backup-vault.ts";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.ts";
import type { WorldFault } from "../../src/emulator/faults/fault.ts";
import { serveEmulator } from "../../src/emulator/server.ts";
import type { World, WorldDeletedVault } from "../../src/emulator/world.ts";
import type { DeletedContentsDocument, DeletedVaultsDocument } from "../../src/reporting/deleted-text.ts";
import { backupVault, backupVaultId, softDeletedDisk } from "../emulator/data-protection/backup-vault-builder.ts";
import { softDeleted, storageAccount, subscription, vault, vm, world } from "../emulator/world-builder.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, type Ended } from "./command-line.ts";

const listing = ["eastus", "northeurope", "uksouth", "westeurope"];
const count = 230;
const startsAt = "2026-03-01T10:00:00Z";
const day = 86_400_000;

const isBackup = (index: number): boolean => index % 3 === 2;

/** Every tenth has the name `shared`, whatever its kind; each was deleted an hour before the one before it. */
function deletedVault(index: number) {
  const name = index % 10 === 0 ? "shared" : `${isBackup(index) ? "bv" : "rsv"}-${String(index).padStart(3, "0")}`;
  const type = isBackup(index) ? "Microsoft.DataProtection/backupVaults" : "Microsoft.RecoveryServices/vaults";
  const guid = `${String(index).padStart(8, "0")}-0000-4000-8000-000000000000`;
  const group = `rg-${index % 7}`;
  const deletedAt = Date.parse(startsAt) - (index + 1) * 3_600_000;
  return {
    name: isBackup(index) ? guid : `${group}_${guid}`,
    location: listing[index % listing.length] ?? "",
    vaultName: name,
    vaultId: `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`,
    deletedAt,
    purgeAt: deletedAt + 14 * day,
  };
}

const azureTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Of the Recovery Services vaults every second one held nothing. */
function deletedRecoveryServicesVault(index: number): WorldDeletedVault {
  const { name, location, vaultId, deletedAt, purgeAt } = deletedVault(index);
  const vaultDeletionTime = azureTime(deletedAt);
  const properties = { vaultId, vaultDeletionTime, purgeAt: azureTime(index % 2 === 0 ? purgeAt : deletedAt - 200) };
  return { name, location, properties };
}

/** `emptyAt`: it held nothing and was deleted then. */
function deletedBackupVault(index: number, emptyAt?: number): WorldDeletedBackupVault {
  const { name, location, vaultName, vaultId, ...times } = deletedVault(index);
  const deletedAt = emptyAt ?? times.deletedAt;
  const resourceDeletionInfo = {
    deletionTime: azureTime(deletedAt),
    scheduledPurgeTime: azureTime(emptyAt === undefined ? times.purgeAt : deletedAt + 600_000),
  };
  const original = { originalBackupVaultName: vaultName, originalBackupVaultResourcePath: vaultId };
  return { name, location, properties: { ...original, resourceDeletionInfo } };
}

function refusing(location: string, fault: WorldFault["fault"]): WorldFault {
  return { match: { path: `*/locations/${location}/deletedVaults` }, times: "always", fault };
}

const faults = [
  refusing("brazilus", { kind: "status", status: 400, code: "NoRegisteredProviderFound", message: "not here" }),
  refusing("germanywestcentral", { kind: "status", status: 403 }),
];

const stored = (content: object): string => {
  const path = join(temporaryFolder(), "world.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
};

function deletedVaultsWorld(more: { readonly faults: readonly WorldFault[] }): World {
  const indices = Array.from({ length: count }, (_, index) => index);
  const deletedVaults = indices.filter((index) => !isBackup(index)).map((index) => deletedRecoveryServicesVault(index));
  const deletedBackupVaults = indices
    .filter((index) => isBackup(index))
    .map((index) => deletedBackupVault(index, index === 2 ? Date.parse(startsAt) - 300_000 : undefined));
  const locations = [...listing, "brazilus", "germanywestcentral"];
  return world([vault()], { startsAt, locations, deletedVaults, deletedBackupVaults, ...more });
}

const documentOf = ({ stdout }: Ended): DeletedVaultsDocument => JSON.parse(stdout) as DeletedVaultsDocument;

describe("230 deleted vaults of both kinds in six locations, of which one refuses and one has no such list", () => {
  const listed = (format: "text" | "json", ...more: readonly string[]): Promise<Ended> =>
    commandLineHere(["deleted", "--emulator", stored(deletedVaultsWorld({ faults })), "--format", format, ...more]);

  it("are all listed, and the exit code says that something was refused", async () => {
    const [asText, asJson] = [await listed("text"), await listed("json")];
    expect([asText.code, asJson.code]).toEqual([1, 1]);
    const { formatVersion, vaults, locations, kinds } = documentOf(asJson);
    expect({ formatVersion, locations: locations.length }).toEqual({ formatVersion: 1, locations: 6 });
    expect(kinds).toEqual(["recovery-services", "backup"]);
    expect(new Set(vaults.map(({ id }) => id)).size).toBe(count);
    expect(vaults.filter(({ kind }) => kind === "backup")).toHaveLength(76);
    const lines = asText.stdout.split("\n");
    expect(lines[0]).toBe("230 soft-deleted vaults in 6 locations");
    expect(
      lines.filter((line) => /^ {2}(rsv-|bv-|shared ).* (Backup|Recovery Services) vault /.test(line)),
    ).toHaveLength(count);
    expect(lines.at(-2)).toBe("bring one back: vault-teardown recover --vault <name or id of the deleted vault>");
  });

  it("name the location that refuses as an error, and the one without the list in a line", async () => {
    const [asText, asJson] = [await listed("text"), await listed("json")];
    const { refused, unavailable } = documentOf(asJson);
    expect(refused.map(({ kind, location, code }) => [kind, location, code])).toEqual([
      ["recovery-services", "germanywestcentral", "AuthorizationFailed"],
      ["backup", "germanywestcentral", "AuthorizationFailed"],
    ]);
    const lacking = { location: "brazilus", status: 400, code: "NoRegisteredProviderFound", message: "not here" };
    expect(unavailable).toEqual([
      { kind: "recovery-services", ...lacking },
      { kind: "backup", ...lacking },
    ]);
    expect(asText.stdout).not.toContain("no location asked");
    expect(asText.stdout).toContain("1 location without a list of deleted Recovery Services vaults: brazilus\n");
    expect(asText.stdout).toContain("1 location without a list of deleted Backup vaults: brazilus\n");
    expect(asText.stderr).toMatch(
      /^location germanywestcentral was refused, its deleted Backup vaults .*AuthorizationFailed.* \(an owner must grant you Reader there\)$/m,
    );
  });

  it("stand with every vault of one name, the newest first", async () => {
    const shared = documentOf(await listed("json")).vaults.filter(({ name }) => name === "shared");
    expect(shared).toHaveLength(count / 10);
    const times = shared.map(({ deletedAt }) => deletedAt ?? "");
    expect(times).toEqual(times.toSorted().toReversed());
    expect(times[0]).toBe("2026-03-01T09:00:00.000Z");
    expect(new Set(shared.map(({ location }) => location)).size).toBeGreaterThan(1);
    expect(new Set(shared.map(({ kind }) => kind)).size).toBe(2);
  });

  it("have the days left until their purge, and whether they held anything", async () => {
    const { vaults } = documentOf(await listed("json"));
    const byId = (index: number) => vaults.find(({ id }) => id.endsWith(deletedVault(index).name));
    expect(byId(0)).toMatchObject({ kind: "recovery-services", daysLeft: 13, held: "recoverable-data" });
    expect(byId(48)).toMatchObject({ kind: "recovery-services", daysLeft: 11, held: "recoverable-data" });
    expect(byId(1)).toMatchObject({ kind: "recovery-services", daysLeft: 0, held: "nothing" });
    expect(byId(50)).toMatchObject({ kind: "backup", daysLeft: 11, held: "recoverable-data", name: "shared" });
    expect(byId(2)).toMatchObject({ kind: "backup", daysLeft: 0, held: "nothing", name: "bv-002" });
    expect((await listed("text")).stdout).toMatch(
      /^ {2}bv-005 +Backup vault +northeurope +rg-5 +2026-03-01 04:00Z +2026-03-15 04:00Z +13 +recoverable data +00000005-/m,
    );
  });

  it.each([
    ["backup", "Backup", 76],
    ["recovery-services", "Recovery Services", 154],
  ])("are those of one kind with --kind %s, and nobody else is asked", async (kind, words, found) => {
    const asText = await listed("text", "--kind", kind);
    expect(asText.stdout.split("\n")[0]).toBe(`${found} soft-deleted ${words} vaults in 6 locations`);
    const { vaults, refused, unavailable, kinds } = documentOf(await listed("json", "--kind", kind));
    expect(kinds).toEqual([kind]);
    expect(new Set([...vaults, ...refused, ...unavailable].map((entry) => entry.kind))).toEqual(new Set([kind]));
  });

  it("are asked for with no more than eight requests under way, and no fewer while there is more to ask", async () => {
    const { url, most } = await heldUntilSoMany(deletedVaultsWorld({ faults }), 8);
    const ended = await commandLineHere(["deleted", "--endpoint", url, "--format", "json"]);
    expect(documentOf(ended).vaults).toHaveLength(count);
    expect(most()).toBe(8);
  });
});

/** Serves a world that answers for deleted vaults only once so many requests wait, and a moment more: for one too many. */
async function heldUntilSoMany(
  held: World,
  many: number,
): Promise<{ readonly url: string; readonly most: () => number }> {
  const emulator = createEmulator({ world: held, clock: { now: () => Date.parse(startsAt) } });
  const opened = Promise.withResolvers<void>();
  let [underWay, most] = [0, 0];
  const handle: Emulator["handle"] = async (request) => {
    if (!request.url.includes("/deletedVaults")) return emulator.handle(request);
    underWay += 1;
    most = Math.max(most, underWay);
    if (underWay === many) setTimeout(opened.resolve, 100);
    await opened.promise;
    underWay -= 1;
    return emulator.handle(request);
  };
  const { url, close } = await serveEmulator({ emulator: { ...emulator, handle }, port: 0, speed: 1 });
  onTestFinished(close);
  return { url, most: () => most };
}

describe("one location", () => {
  it("alone is asked, also as the portal writes it, and less than all is no error", async () => {
    const path = stored(deletedVaultsWorld({ faults }));
    const ended = await commandLineHere(["deleted", "--emulator", path, "--location", "UK South", "--format", "json"]);
    const { vaults, locations } = documentOf(ended);
    expect({ code: ended.code, stderr: ended.stderr, locations }).toEqual({
      code: 0,
      stderr: "",
      locations: ["uksouth"],
    });
    expect(new Set(vaults.map(({ location }) => location))).toEqual(new Set(["uksouth"]));
    const group = ["--location", "uksouth", "-g", "RG-2", "--format", "json"];
    const ofGroup = documentOf(await commandLineHere(["deleted", "--emulator", path, ...group])).vaults;
    expect(ofGroup.length).toBeGreaterThan(0);
    expect(ofGroup.filter(({ vaultId }) => !vaultId.includes("/resourceGroups/rg-2/"))).toEqual([]);
  });

  it.each<WorldFault["fault"]>([
    { kind: "status", status: 404, code: "InvalidResourceType", message: "no such type" },
    { kind: "status", status: 409, code: "MissingSubscriptionRegistration", message: "not registered" },
    { kind: "status", status: 400, text: "" },
    { kind: "status", status: 404, text: "" },
  ])("that has no such list is no error: %o", async (fault) => {
    const path = stored(world([vault()], { faults: [refusing("brazilus", fault)] }));
    const ended = await commandLineHere(["deleted", "--emulator", path, "--location", "brazilus"]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const [found, lacking, said] = ended.stdout.split("\n");
    expect(found).toBe("0 soft-deleted vaults in 1 location");
    expect(lacking).toBe("1 location without a list of deleted Recovery Services vaults: brazilus");
    expect(said).toMatch(
      /^no location asked has that list: Azure answered (InvalidResourceType|Http400|Http404|MissingSubscriptionRegistration): /,
    );
  });
});

it("who may not list the locations is told to name one", async () => {
  const match = { path: `/subscriptions/${subscription}/locations` };
  const path = stored(world([vault()], { faults: [{ match, fault: { kind: "status", status: 403 } }] }));
  const ended = await commandLineHere(["deleted", "--emulator", path]);
  expect(ended).toMatchObject({ code: 1, stdout: "" });
  expect(ended.stderr).toMatch(/AuthorizationFailed[^]*with --location <name>/);
});

describe("--vault", () => {
  const standing = vault({ parts: [vm("vm-kept"), vm("vm-gone", softDeleted("2026-02-25T10:00:00Z"))] });

  it("lists what is soft-deleted in it", async () => {
    const path = stored(world([standing], { startsAt }));
    const ended = await commandLineHere(["deleted", "--emulator", path, "--vault", "rsv-test"]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(/^1 soft-deleted item in rsv-test\n/);
    expect(ended.stdout).toMatch(/^ {2}vm-gone +VM .*2026-02-25 10:00Z +2026-03-11 10:00Z +9 +unknown$/m);
    expect(ended.stdout).not.toContain("vm-kept");
    expect(ended.stdout).toMatch(/\nbring one back: vault-teardown recover --vault <name> --item '<pattern>'\n$/);
    const json = await commandLineHere(["deleted", "--emulator", path, "--vault", "rsv-test", "--format", "json"]);
    const found = JSON.parse(json.stdout) as DeletedContentsDocument;
    expect(found).toMatchObject({
      formatVersion: 1,
      vault: standing.id,
      kind: "recovery-services",
      containers: [],
      instances: [],
      refused: [],
    });
    expect(found.items.map(({ name, daysLeft }) => [name, daysLeft])).toEqual([["vm-gone", 9]]);
  });

  it("lists a soft-deleted container with what it holds, and what is refused as an error", async () => {
    const { container, items } = storageAccount("stapp", ["docs", "kept"]);
    const [docs, kept] = items;
    const gone = { ...docs!, properties: { ...docs!.properties, ...softDeleted("2026-02-25T10:00:00Z") } };
    const account = { ...container, properties: { ...container.properties, registrationStatus: "SoftDeleted" } };
    const holding = vault({ parts: [{ container: account, items: [gone, kept!] }] });
    const match = { path: "*/backupDeletedProtectionContainers", query: "AzureWorkload" };
    const refused: WorldFault = { match, times: "always", fault: { kind: "status", status: 403 } };
    const path = stored(world([holding], { startsAt, faults: [refused] }));
    const ended = await commandLineHere(["deleted", "--emulator", path, "--vault", "rsv-test"]);
    expect(ended.stdout).toMatch(
      /^1 soft-deleted container in rsv-test\n.*\n {2}stapp +AzureStorage +1 soft-deleted item$/m,
    );
    expect(ended.stderr).toMatch(/^the list of soft-deleted containers of AzureWorkload was refused/m);
    expect(ended.code).toBe(1);
  });

  it("that no longer stands says where deleted vaults are listed", async () => {
    const path = stored(world([standing], { startsAt }));
    const ended = await commandLineHere(["deleted", "--emulator", path, "--vault", "rsv-other"]);
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain("vault rsv-other was not found");
    expect(ended.stderr).toContain("deleted without --vault lists it");
  });

  it("lists the soft-deleted instances of a Backup vault, with their dates", async () => {
    const deletedBackupInstances = [softDeletedDisk("disk-gone", "2026-03-06T10:00:00Z")];
    const backupVaults = [backupVault({ more: { deletedBackupInstances } })];
    const path = stored(world([standing], { startsAt, backupVaults }));
    const ended = await commandLineHere(["deleted", "--emulator", path, "--vault", "bv-test"]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(/^1 soft-deleted instance in bv-test\n/);
    expect(ended.stdout).toMatch(
      /^ {2}disk-gone +Microsoft.Compute\/disks +disk-daily +2026-02-20 10:00Z +2026-02-20 10:00Z +2026-03-06 10:00Z +4 /m,
    );
    const json = await commandLineHere(["deleted", "--emulator", path, "--vault", backupVaultId, "--format", "json"]);
    const found = JSON.parse(json.stdout) as DeletedContentsDocument;
    expect(found).toMatchObject({ formatVersion: 1, vault: backupVaultId, kind: "backup", items: [], containers: [] });
    expect(found.instances.map(({ id, billingEndsAt }) => [id, billingEndsAt])).toEqual([
      [`${backupVaultId}/deletedBackupInstances/disk-gone-instance`, "2026-02-20T10:00:00.000Z"],
    ]);
  });

  it("of another kind than --kind names is an error", async () => {
    const path = stored(world([standing], { startsAt }));
    const ended = await commandLineHere(["deleted", "--emulator", path, "--vault", "rsv-test", "--kind", "backup"]);
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain("rsv-test");
  });

  it("goes with no --location", async () => {
    const both = ["--vault", "rsv-test", "--location", "uksouth"];
    const ended = await commandLineHere(["deleted", "--emulator", "small", ...both]);
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain("give one of them");
  });
});
