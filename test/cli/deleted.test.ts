// `deleted` against an emulated subscription with many deleted vaults, some locations of which have no such list or refuse.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { WorldFault } from "../../src/emulator/faults/fault.ts";
import type { WorldDeletedVault } from "../../src/emulator/world.ts";
import type { DeletedContentsDocument, DeletedVaultsDocument } from "../../src/reporting/deleted-text.ts";
import { softDeleted, storageAccount, subscription, vault, vm, world } from "../emulator/world-builder.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, type Ended } from "./command-line.ts";

const listing = ["eastus", "northeurope", "uksouth", "westeurope"];
const count = 230;
const startsAt = "2026-03-01T10:00:00Z";
const day = 86_400_000;

/** Every tenth has the name `rsv-shared`; each was deleted an hour before the one before it. */
function deletedVault(index: number): WorldDeletedVault {
  const name = index % 10 === 0 ? "rsv-shared" : `rsv-${String(index).padStart(3, "0")}`;
  const deletedAt = Date.parse(startsAt) - (index + 1) * 3_600_000;
  const group = `rg-${index % 7}`;
  return {
    name: `${group}_${String(index).padStart(8, "0")}-0000-4000-8000-000000000000`,
    location: listing[index % listing.length] ?? "",
    properties: {
      vaultId: `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.RecoveryServices/vaults/${name}`,
      vaultDeletionTime: new Date(deletedAt).toISOString(),
      purgeAt: new Date(index % 2 === 0 ? deletedAt + 14 * day : deletedAt - 200).toISOString(),
    },
  };
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

function deletedVaultsWorld(more: { readonly faults: readonly WorldFault[] }): object {
  const deletedVaults = Array.from({ length: count }, (_, index) => deletedVault(index));
  const locations = [...listing, "brazilus", "germanywestcentral"];
  return world([vault()], { startsAt, locations, deletedVaults, ...more });
}

const documentOf = ({ stdout }: Ended): DeletedVaultsDocument => JSON.parse(stdout) as DeletedVaultsDocument;

describe("230 deleted vaults in six locations, of which one refuses and one has no such list", () => {
  const listed = (format: "text" | "json"): Promise<Ended> =>
    commandLineHere(["deleted", "--emulator", stored(deletedVaultsWorld({ faults })), "--format", format]);

  it("are all listed, and the exit code says that something was refused", async () => {
    const [asText, asJson] = [await listed("text"), await listed("json")];
    expect([asText.code, asJson.code]).toEqual([1, 1]);
    const { formatVersion, vaults, locations } = documentOf(asJson);
    expect({ formatVersion, locations: locations.length }).toEqual({ formatVersion: 1, locations: 6 });
    expect(new Set(vaults.map(({ id }) => id)).size).toBe(count);
    const lines = asText.stdout.split("\n");
    expect(lines[0]).toBe("230 soft-deleted vaults in 6 locations");
    expect(lines.filter((line) => /^ {2}rsv-/.test(line))).toHaveLength(count);
  });

  it("name the location that refuses as an error, and the one without the list in a line", async () => {
    const [asText, asJson] = [await listed("text"), await listed("json")];
    const { refused, unavailable } = documentOf(asJson);
    expect(refused.map(({ location, code }) => [location, code])).toEqual([
      ["germanywestcentral", "AuthorizationFailed"],
    ]);
    expect(unavailable).toEqual([
      {
        kind: "recovery-services",
        location: "brazilus",
        status: 400,
        code: "NoRegisteredProviderFound",
        message: "not here",
      },
    ]);
    expect(asText.stdout).not.toContain("no location asked");
    expect(asText.stdout).toContain("1 location without a list of deleted Recovery Services vaults: brazilus\n");
    expect(asText.stderr).toMatch(
      /^location germanywestcentral was refused, .*AuthorizationFailed.* \(an owner must grant you Reader there\)$/m,
    );
  });

  it("stand with every vault of one name, the newest first", async () => {
    const shared = documentOf(await listed("json")).vaults.filter(({ name }) => name === "rsv-shared");
    expect(shared).toHaveLength(count / 10);
    const times = shared.map(({ deletedAt }) => deletedAt ?? "");
    expect(times).toEqual(times.toSorted().toReversed());
    expect(times[0]).toBe("2026-03-01T09:00:00.000Z");
    expect(new Set(shared.map(({ location }) => location)).size).toBeGreaterThan(1);
  });

  it("have the days left until their purge, and whether they held anything", async () => {
    const { vaults } = documentOf(await listed("json"));
    const byId = (index: number) => vaults.find(({ id }) => id.endsWith(deletedVault(index).name));
    expect(byId(0)).toMatchObject({ daysLeft: 13, held: "recoverable-data" });
    expect(byId(48)).toMatchObject({ daysLeft: 11, held: "recoverable-data" });
    expect(byId(1)).toMatchObject({ daysLeft: 0, held: "nothing" });
    expect((await listed("text")).stdout).toMatch(
      /^ {2}rsv-002 +Recovery Services +uksouth +rg-2 +2026-03-01 07:00Z +2026-03-15 07:00Z +13 +recoverable data +rg-2_00000002/m,
    );
  });
});

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
    { kind: "status", status: 400, text: "" },
    { kind: "status", status: 404, text: "" },
  ])("that has no such list is no error: %o", async (fault) => {
    const path = stored(world([vault()], { faults: [refusing("brazilus", fault)] }));
    const ended = await commandLineHere(["deleted", "--emulator", path, "--location", "brazilus"]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const [found, lacking, said] = ended.stdout.split("\n");
    expect(found).toBe("0 soft-deleted vaults in 1 location");
    expect(lacking).toBe("1 location without a list of deleted Recovery Services vaults: brazilus");
    expect(said).toMatch(/^no location asked has that list: Azure answered (InvalidResourceType|Http400|Http404): /);
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
    const json = await commandLineHere(["deleted", "--emulator", path, "--vault", "rsv-test", "--format", "json"]);
    const found = JSON.parse(json.stdout) as DeletedContentsDocument;
    expect(found).toMatchObject({ formatVersion: 1, vault: standing.id, containers: [], refused: [] });
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

  it("goes with no --location", async () => {
    const both = ["--vault", "rsv-test", "--location", "uksouth"];
    const ended = await commandLineHere(["deleted", "--emulator", "small", ...both]);
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain("give one of them");
  });
});
