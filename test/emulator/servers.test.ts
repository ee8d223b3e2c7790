// Servers outside Azure: unregistered through registered identities, with what they hold.
import { expect, test } from "vitest";

import type { Properties } from "../../src/emulator/json.ts";
import type { WorldVault } from "../../src/emulator/world.ts";
import { at, bench, names, softDeleted, vault, world } from "./world-builder.ts";

const machines = "~/backupProtectionContainers?$filter=backupManagementType eq 'MAB'";
const deletedMachines = "~/backupDeletedProtectionContainers?$filter=backupManagementType eq 'MAB'";

/** A vault with a MARS machine, a DPM server and one item of each. */
function withServers(options: Parameters<typeof vault>[0] = {}, item: Properties = {}): WorldVault {
  const protectedItem = (container: string, name: string, properties: Properties) => ({
    container,
    name,
    properties: { friendlyName: name, protectionState: "Protected", ...properties, ...item },
  });
  const container = (name: string, backupManagementType: string, containerType: string) => ({
    name,
    properties: { friendlyName: name, backupManagementType, containerType, registrationStatus: "Registered" },
  });
  return vault({
    ...options,
    more: {
      protectionContainers: [
        container("Windows;mars-1.corp", "MAB", "Windows"),
        container("DPMContainer;dpm-1.corp", "DPM", "DPMContainer"),
      ],
      protectedItems: [
        protectedItem("Windows;mars-1.corp", "FileFolder;d", { backupManagementType: "MAB" }),
        protectedItem("DPMContainer;dpm-1.corp", "SQLDB;orders", {
          backupManagementType: "DPM",
          backupEngineName: "DPM-1.CORP",
        }),
      ],
      backupEngines: [{ name: "DPM-1.CORP", properties: { friendlyName: "DPM-1.CORP", backupManagementType: "DPM" } }],
    },
  });
}

/** Secure by default: deleted items are kept. */
const keeping = {} as const;
const hybridOff = {
  regime: "classic",
  properties: {
    securitySettings: { softDeleteSettings: { softDeleteState: "Disabled", enhancedSecurityState: "Disabled" } },
  },
} as const;

test.each(["mars-1.corp", "MARS-1.CORP", "Windows;mars-1.corp", "windows%3Bmars-1.corp"])(
  "a MARS machine is unregistered at once by the name %s",
  async (identity) => {
    const { send } = bench(world([withServers(hybridOff)]));
    expect((await send("DELETE", `~/registeredIdentities/${identity}`)).status).toBe(204);
    expect(names((await send("GET", machines)).body)).toEqual([]);
    expect(names((await send("GET", "~/backupProtectedItems")).body)).toEqual(["SQLDB;orders"]);
  },
);

test("a DPM server leaves the engines with its items", async () => {
  const { send } = bench(world([withServers(hybridOff)]));
  expect((await send("DELETE", "~/registeredIdentities/dpm-1.corp")).status).toBe(204);
  expect(names((await send("GET", "~/backupEngines")).body)).toEqual([]);
  expect(names((await send("GET", "~/backupProtectedItems")).body)).toEqual(["FileFolder;d"]);
});

test("a server that holds nothing takes its container along, and the vault can go", async () => {
  const { protectedItems: _, ...empty } = withServers(hybridOff);
  const { send } = bench(world([{ ...empty, protectedItems: [] }]));
  for (const identity of ["DPM-1.CORP", "mars-1.corp"])
    expect((await send("DELETE", `~/registeredIdentities/${identity}`)).status).toBe(204);
  expect((await send("DELETE", "~")).status).toBe(202);
});

test("a server that is not there is 204 too, and nothing happens", async () => {
  const { send } = bench(world([withServers(hybridOff)]));
  expect((await send("DELETE", "~/registeredIdentities/nobody.corp")).status).toBe(204);
  expect(names((await send("GET", "~/backupProtectedItems")).body)).toHaveLength(2);
});

test("where deleted items are kept, items and machine become soft-deleted, and the vault can go", async () => {
  const { send } = bench(world([withServers(keeping)]));
  for (const identity of ["mars-1.corp", "DPM-1.CORP"])
    expect((await send("DELETE", `~/registeredIdentities/${identity}`)).status).toBe(204);
  const items = (await send("GET", "~/backupProtectedItems")).body;
  expect([0, 1].map((index) => at(items, `value.${index}.properties.isScheduledForDeferredDelete`))).toEqual([
    true,
    true,
  ]);
  expect(at((await send("GET", machines)).body, "value.0.properties.registrationStatus")).toBe("SoftDeleted");
  expect(names((await send("GET", deletedMachines)).body)).toEqual(["Windows;mars-1.corp"]);
  expect((await send("DELETE", "~")).status).toBe(202);
});

test("with hybrid security on, a classic vault refuses to unregister a server with items", async () => {
  const { send } = bench(world([withServers({ regime: "classic" })]));
  const answer = await send("DELETE", "~/registeredIdentities/mars-1.corp");
  expect(answer.status).toBe(400);
  expect(at(answer.body, "error.message")).toContain("There are backup items associated with the server.");
  expect(names((await send("GET", machines)).body)).toEqual(["Windows;mars-1.corp"]);
});

test("with hybrid security on, a classic vault lets a server without active items go", async () => {
  const { send } = bench(world([withServers({ regime: "classic" }, softDeleted("now-1d"))]));
  expect((await send("DELETE", "~/registeredIdentities/mars-1.corp")).status).toBe(204);
  expect(names((await send("GET", deletedMachines)).body)).toEqual(["Windows;mars-1.corp"]);
});

test("an immutable vault keeps the items of its servers", async () => {
  const { send } = bench(world([withServers({ immutability: "Unlocked" })]));
  const answer = await send("DELETE", "~/registeredIdentities/mars-1.corp");
  expect(at(answer.body, "error.code")).toBe("UserErrorOperationDeniedOnImmutableItem");
});

test("an item of a server cannot be deleted by itself", async () => {
  const { send } = bench(world([withServers(keeping)]));
  const item = "~/backupFabrics/Azure/protectionContainers/Windows;mars-1.corp/protectedItems/FileFolder;d";
  expect((await send("DELETE", item)).status).toBe(400);
  expect(at((await send("GET", item)).body, "properties.protectionState")).toBe("Protected");
});
